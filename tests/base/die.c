#include "base/die.h"

#include "base/alloc.h"
#include "child.h"
#include "test.h"

#include <pthread.h>

// How often [word] is in [text].
static int count_of(const char *word, const char *text) {
    int count = 0;
    while ((text = strstr(text, word))) {
        text++;
        count++;
    }
    return count;
}

static void die_again(void) {
    lab_die(LAB_EXIT_IO, "the second sentence");
}

static int die_twice(void *arg) {
    (void)arg;
    atexit(die_again);
    lab_die(LAB_EXIT_OS, "the first sentence");
}

TEST(die_while_dying_says_no_more) {
    char said[1024];
    CHECK_INT(child_run(die_twice, said, sizeof said), LAB_EXIT_OS);
    CHECK_STR(said, "looplab: the first sentence\n");
}

static int die_of_a_name(void *arg) {
    (void)arg;
    lab_die(LAB_EXIT_BUG, "task \"%s\" is wrong", "\033]0;title\a\n\u202e");
}

TEST(die_masks_what_its_sentence_quotes) {
    char said[1024];
    CHECK_INT(child_run(die_of_a_name, said, sizeof said), LAB_EXIT_BUG);
    CHECK_STR(said, "looplab: task \"\\x1b]0;title\\x07\\x0a\\u202e\" is "
                    "wrong\n");
}

static char order[16];

static void first_hook(void) {
    strcat(order, "1");
}

static void second_hook(void) {
    strcat(order, "2");
}

static int hook_twice(void *arg) {
    (void)arg;
    lab_die_hook(first_hook);
    lab_die_hook(second_hook);
    lab_die_hook(first_hook);
    lab_die_restore();
    lab_die_restore();
    lab_die(LAB_EXIT_BUG, "%s", order);
}

TEST(hooks_are_called_last_first_and_each_once_an_end) {
    char said[1024];
    CHECK_INT(child_run(hook_twice, said, sizeof said), LAB_EXIT_BUG);
    CHECK_STR(said, "looplab: 212121\n");
}

enum { THREADS = 8 };
static pthread_barrier_t together;

static void *die_together(void *arg) {
    (void)arg;
    pthread_barrier_wait(&together);
    lab_die(LAB_EXIT_OS, "one of many");
}

static int die_in_threads(void *arg) {
    pthread_t threads[THREADS];
    (void)arg;
    pthread_barrier_init(&together, NULL, THREADS);
    for (size_t i = 0; i < countof(threads); i++)
        if (pthread_create(&threads[i], NULL, die_together, NULL) != 0)
            return LAB_ENOMEM;
    return pthread_join(threads[0], NULL);
}

TEST(die_in_many_threads_says_one_sentence) {
    char said[1024];
    for (int i = 0; i < 20; i++) {
        CHECK_INT(child_run(die_in_threads, said, sizeof said), LAB_EXIT_OS);
        CHECK_INT(count_of("one of many", said), 1);
    }
}
