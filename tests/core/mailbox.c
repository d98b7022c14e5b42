#include "core/mailbox_internal.h"

#include "test.h"

#include <pthread.h>
#include <stdbool.h>
#include <string.h>

struct letter {
    struct mail mail;
    int sender, number;
};

enum { SENDERS = 3, EACH = 2000 };
static struct letter letters[SENDERS][EACH];
static struct mailbox box;
static int next_of[SENDERS]; // the number that comes next
static bool in_order;

static void on_letter(struct mail *mail) {
    const struct letter *letter = (const struct letter *)(const void *)mail;
    in_order &= letter->number == next_of[letter->sender]++;
}

static void *send(void *arg) {
    struct letter *mine = arg;
    for (int i = 0; i < EACH; i++) {
        mine[i].mail.open = on_letter;
        mine[i].sender = (int)((mine - letters[0]) / EACH);
        mine[i].number = i;
        lab_mailbox_put(&box, &mine[i].mail);
    }
    return NULL;
}

TEST(mail_of_several_threads_is_opened_once_and_in_the_order_of_each) {
    pthread_t threads[SENDERS];
    in_order = true;
    memset(next_of, 0, sizeof next_of);
    lab_mailbox_open(&box); // there is none yet
    for (int i = 0; i < SENDERS; i++)
        pthread_create(&threads[i], NULL, send, letters[i]);
    while (next_of[0] + next_of[1] + next_of[2] < SENDERS * EACH)
        lab_mailbox_open(&box);
    for (int i = 0; i < SENDERS; i++)
        pthread_join(threads[i], NULL);
    CHECK(in_order);
    CHECK(lab_mailbox_empty(&box));
}

static struct letter answer;

static void on_question(struct mail *mail) {
    (void)mail;
    lab_mailbox_put(&box, &answer.mail);
}

TEST(mail_that_comes_while_mail_is_opened_is_for_the_next_time) {
    struct letter question = {.mail.open = on_question};
    answer = (struct letter){.mail.open = on_letter};
    next_of[0] = 0;
    in_order = true;
    lab_mailbox_put(&box, &question.mail);
    lab_mailbox_open(&box);
    CHECK_INT(next_of[0], 0);
    lab_mailbox_open(&box);
    CHECK_INT(next_of[0], 1);
}
