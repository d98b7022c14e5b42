// deck_ask.c - the questions of a deck, and the hands for each answer.

#include "base/die.h"
#include "shell/deck_internal.h"
#include "shell/questions.h"

#include <stdlib.h>
#include <string.h>

static void add(struct lab_deck_question *question, const char *text) {
    lab_text_put(&question->options[question->count++], text);
}

// Which option hands should name: the right one; or, of an order, the first, if
// no other is as soon. Of two that may be equal, that is an option, too.
static void find_best(struct lab_deck_question *question,
                      const struct lab_quiz_question *asked) {
    size_t least = 0, equal = 0;
    for (size_t i = 0; i < asked->count; i++)
        if (asked->options[i].right)
            question->best = i;
    if (!question->is_first)
        return;
    for (size_t i = 0; i < asked->count; i++) {
        int64_t value = asked->options[i].value;
        equal = i && value == asked->options[least].value ? equal + 1 : equal;
        if (value < asked->options[least].value) {
            least = i;
            equal = 0;
        }
    }
    question->best = equal == 0 ? least : question->count;
    if (asked->kind == LAB_QUIZ_RANK && asked->count == 2) {
        if (equal)
            question->best = 2;
        else
            question->best = least;
        add(question, "they are equal");
    }
}

void lab_deck_question_init(struct lab_deck_question *question,
                            const struct lab_quiz_question *asked) {
    *question = (struct lab_deck_question){0};
    lab_text_put(&question->text, asked->text);
    for (size_t i = 0; i < asked->count; i++)
        add(question, asked->options[i].text);
    question->is_first =
        asked->kind == LAB_QUIZ_RANK || asked->kind == LAB_QUIZ_ORDER;
    question->best = question->count;
    find_best(question, asked);
    lab_quiz_put_right(&question->right, asked);
}

void lab_deck_question_term(struct lab_deck_question *question) {
    for (size_t i = 0; i < question->count; i++)
        lab_text_free(&question->options[i]);
    lab_text_free(&question->text);
    lab_text_free(&question->right);
}

void lab_deck_ask(struct lab_deck *deck, struct lab_call *call, size_t index) {
    struct lab_questions questions;
    const struct lab_fence *fence = deck->blocks.all[index].fence;
    int status =
        lab_questions_open(&questions, call, deck->file, &deck->doc, fence);
    const struct lab_quiz *quiz = &questions.subject.quiz;
    for (size_t i = index;
         i < deck->blocks.count && deck->blocks.all[i].fence == fence; i++) {
        struct lab_deck_question *question = &deck->states[i].question;
        size_t line = deck->blocks.all[i].line;
        if (status == LAB_EXIT_OK && line < quiz->count)
            lab_deck_question_init(question, &quiz->questions[line]);
        else
            lab_text_put(&question->text,
                         "This question is about a run that cannot be made "
                         "here.");
    }
    lab_questions_close(&questions);
}

// --- what is asked between the blocks

void lab_deck_put_unanswered(struct lab_text *out,
                             const struct lab_deck *deck) {
    lab_text_put(out, "a class cannot answer here; q leaves, and ");
    if (deck->is_kept && deck->at + 1 < deck->blocks.count)
        lab_text_put(out, "teach comes back to this block");
    else
        lab_text_printf(out, "teach %d, then %zu, comes back to this block",
                        deck->file->number, deck->at + 1);
}

// --- hands

#define BETWEEN " ,;"

// The question of the block that is shown; else the last one before it and
// after the command before, and in [count] how many there are.
static struct lab_deck_question *question_of(const struct lab_deck *deck,
                                             size_t *count) {
    struct lab_deck_question *last = NULL;
    *count = 0;
    for (size_t i = deck->at + 1; i-- > 0;) {
        enum lab_block_kind kind = deck->blocks.all[i].kind;
        if (i < deck->at && kind == LAB_BLOCK_RUN)
            break;
        if (kind != LAB_BLOCK_QUESTION)
            continue;
        last = last ? last : &deck->states[i].question;
        ++*count;
        if (i == deck->at)
            break;
    }
    return last;
}

bool lab_deck_is_asking(const struct lab_deck *deck) {
    size_t count;
    const struct lab_deck_question *question = question_of(deck, &count);
    return question && question->count > 0 && !deck->is_aside &&
           deck->states[deck->at].is_hidden;
}

bool lab_deck_is_hand(const struct lab_deck *deck, int letter) {
    bool is_letter = (letter | 0x20) >= 'a' && (letter | 0x20) <= 'z';
    return is_letter && !strchr("hrq", letter) && lab_deck_is_asking(deck);
}

// Reads the hands for one option at [at], and returns what follows; NULL, with
// a sentence in [error], if they cannot be read.
static const char *read_hands(const struct lab_deck_question *question,
                              const char *at, int *hands,
                              struct lab_text *error) {
    enum { MOST = 9999 };
    size_t option = (size_t)((*at | 0x20) - 'a'); // "A 3" is meant, too
    const char *digits = at + 1 + strspn(at + 1, " =");
    char *end;
    if (*at < 'A' || option >= question->count) {
        lab_text_put(error, "Hands are letters with their numbers, such as "
                            "a 12 b 3; not ");
        lab_text_quote(error, at, strcspn(at, " "));
        lab_text_printf(error, ": here the letters are a to %c.",
                        (char)('a' + question->count - 1));
        return NULL;
    }
    if (*digits < '0' || *digits > '9') {
        lab_text_printf(error, "How many hands for %c? For example: %c 12", *at,
                        *at);
        return NULL;
    }
    long count = strtol(digits, &end, 10);
    if (count > MOST) {
        lab_text_printf(error, "At most %d hands are counted.", MOST);
        return NULL;
    }
    hands[option] = (int)count;
    return end;
}

bool lab_deck_count(struct lab_deck *deck, const char *typed,
                    struct lab_text *error) {
    size_t count;
    struct lab_deck_question *question = question_of(deck, &count);
    int hands[LAB_DECK_OPTIONS];
    if (!question || question->count == 0) {
        lab_text_put(error, "There is no question here to count hands for.");
        return false;
    }
    if (count > 1) {
        lab_text_put(error, "Hands are counted at their own question: Esc "
                            "goes back to it.");
        return false;
    }
    memcpy(hands, question->hands, sizeof hands);
    for (const char *at = typed + strspn(typed, BETWEEN); *at;
         at += strspn(at, BETWEEN)) {
        at = read_hands(question, at, hands, error);
        if (!at)
            return false;
    }
    memcpy(question->hands, hands, sizeof hands);
    return true;
}
