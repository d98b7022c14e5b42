#include "lesson/quiz_internal.h"

#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

// --- candidates

size_t lab_quiz_random(struct lab_quiz_maker *maker, size_t n) {
    // Knuth's; the high bits are the good ones.
    maker->random = maker->random * 6364136223846793005u + 1442695040888963407u;
    return (size_t)((maker->random >> 33) % n);
}

struct lab_quiz_question *lab_quiz_add(struct lab_quiz_maker *maker,
                                       enum lab_quiz_kind kind,
                                       const struct lab_run *run,
                                       const char *format, ...) {
    struct lab_text text = {0};
    va_list args;
    va_start(args, format);
    lab_text_vprintf(&text, format, args);
    va_end(args);
    maker->all =
        lab_grow(maker->all, maker->count, &maker->room, sizeof *maker->all);
    struct lab_quiz_question *question = &maker->all[maker->count++];
    *question = (struct lab_quiz_question){.kind = kind, .run = run};
    question->text = lab_strdup(lab_text_string(&text));
    lab_text_free(&text);
    return question;
}

static void question_free(struct lab_quiz_question *question) {
    for (size_t i = 0; i < question->count; i++) {
        lab_free(question->options[i].text);
        lab_free(question->options[i].mistake);
    }
    lab_free(question->text);
}

void lab_quiz_drop(struct lab_quiz_maker *maker) {
    question_free(&maker->all[--maker->count]);
}

static bool is_offered(const struct lab_quiz_question *question,
                       const char *text) {
    for (size_t i = 0; i < question->count; i++)
        if (strcmp(question->options[i].text, text) == 0)
            return true;
    return false;
}

struct lab_quiz_option *lab_quiz_offer(struct lab_quiz_question *question,
                                       const char *text, int64_t value,
                                       const char *mistake, ...) {
    struct lab_text sentence = {0};
    if (question->count == LAB_QUIZ_OPTIONS || is_offered(question, text))
        return NULL;
    struct lab_quiz_option *option = &question->options[question->count++];
    *option =
        (struct lab_quiz_option){.text = lab_strdup(text), .value = value};
    if (!mistake)
        return option;
    va_list args;
    va_start(args, mistake);
    lab_text_vprintf(&sentence, mistake, args);
    va_end(args);
    option->mistake = lab_strdup(lab_text_string(&sentence));
    lab_text_free(&sentence);
    return option;
}

void lab_quiz_offer_right(struct lab_quiz_question *question, const char *text,
                          int64_t value) {
    struct lab_quiz_option *option =
        lab_quiz_offer(question, text, value, NULL);
    option->right = true;
}

static int by_value(const void *a, const void *b) {
    const struct lab_quiz_option *x = a, *y = b;
    return (x->value > y->value) - (x->value < y->value);
}

void lab_quiz_sort(struct lab_quiz_question *question) {
    qsort(question->options, question->count, sizeof *question->options,
          by_value);
}

void lab_quiz_shuffle(struct lab_quiz_maker *maker,
                      struct lab_quiz_question *question) {
    struct lab_quiz_option *options = question->options;
    for (size_t i = question->count; i > 1; i--) {
        size_t k = lab_quiz_random(maker, i);
        struct lab_quiz_option option = options[i - 1];
        options[i - 1] = options[k];
        options[k] = option;
    }
}

// --- which are asked

// The right answer as text, which orders have none of.
static const char *right_of(const struct lab_quiz_question *question) {
    for (size_t i = 0; i < question->count; i++)
        if (question->options[i].right)
            return question->options[i].text;
    return question->text;
}

// Where the same question has another answer, in another run or of another
// task, it is worth asking.
static void score(struct lab_quiz_maker *maker) {
    enum { JITTER = 50 };
    for (size_t i = 0; i < maker->count; i++) {
        struct lab_quiz_question *at = &maker->all[i];
        size_t same = 0, other = 0;
        for (size_t k = 0; k < maker->count && at->kind > LAB_QUIZ_ELAPSED; k++)
            if (maker->all[k].kind != at->kind)
                continue;
            else if (strcmp(right_of(&maker->all[k]), right_of(at)) == 0)
                same++;
            else
                other++;
        if (same) // and by chance, so that each seed asks about something else
            at->score +=
                100 * other / (same + other) + lab_quiz_random(maker, JITTER);
    }
}

// Returns the candidate of [kind] with the greatest score; of equals one by
// chance; NULL if there is none.
static struct lab_quiz_question *best(struct lab_quiz_maker *maker,
                                      enum lab_quiz_kind kind) {
    struct lab_quiz_question *found = NULL;
    size_t equal = 0;
    for (size_t i = 0; i < maker->count; i++) {
        struct lab_quiz_question *at = &maker->all[i];
        if (at->kind != kind || (found && at->score < found->score))
            continue;
        equal = found && at->score == found->score ? equal + 1 : 1;
        if (lab_quiz_random(maker, equal) == 0)
            found = at;
    }
    return found;
}

// The ones of [kinds] that are asked: the first two always, then those with the
// greatest scores. Returns how many, in [chosen] in the order of their kinds.
static size_t choose(struct lab_quiz_maker *maker, uint32_t kinds,
                     struct lab_quiz_question *chosen[LAB_QUIZ_MOST]) {
    struct lab_quiz_question *of[LAB_QUIZ_KIND_COUNT] = {0};
    bool taken[LAB_QUIZ_KIND_COUNT] = {0};
    size_t count = 0, n = 0;
    for (int kind = 0; kind < LAB_QUIZ_KIND_COUNT; kind++)
        if (kinds >> kind & 1)
            of[kind] = best(maker, (enum lab_quiz_kind)kind);
    for (; count < LAB_QUIZ_MOST; count++) {
        int next = -1;
        for (int kind = 0; kind < LAB_QUIZ_KIND_COUNT; kind++) {
            bool first = kind <= LAB_QUIZ_ELAPSED;
            if (of[kind] && !taken[kind] &&
                (next < 0 || (next > LAB_QUIZ_ELAPSED && first) ||
                 (next > LAB_QUIZ_ELAPSED &&
                  of[kind]->score > of[next]->score)))
                next = kind;
        }
        if (next < 0)
            break;
        taken[next] = true;
    }
    for (int kind = 0; kind < LAB_QUIZ_KIND_COUNT; kind++)
        if (taken[kind])
            chosen[n++] = of[kind];
    return n;
}

void lab_quiz_maker_init(struct lab_quiz_maker *maker,
                         const struct lab_quiz *quiz, uint64_t seed) {
    *maker = (struct lab_quiz_maker){.comparison = quiz->comparison,
                                     .other = quiz->other,
                                     .random = seed * 1000003};
}

void lab_quiz_make_kind(struct lab_quiz_maker *maker, enum lab_quiz_kind kind) {
    static void (*const makers[])(struct lab_quiz_maker * maker) = {
#define X(kind, name) lab_quiz_of_##name,
        LAB_QUIZ_KINDS(X)
#undef X
    };
    makers[kind](maker);
}

void lab_quiz_maker_term(struct lab_quiz_maker *maker) {
    for (size_t i = 0; i < maker->count; i++)
        question_free(&maker->all[i]);
    lab_free(maker->all);
}

void lab_quiz_make(struct lab_quiz *quiz,
                   const struct lab_comparison *comparison,
                   const struct lab_quiz_other *other, uint64_t seed) {
    lab_quiz_make_of(quiz, comparison, other, seed, LAB_QUIZ_EVERY);
}

void lab_quiz_make_of(struct lab_quiz *quiz,
                      const struct lab_comparison *comparison,
                      const struct lab_quiz_other *other, uint64_t seed,
                      uint32_t kinds) {
    struct lab_quiz_maker maker;
    struct lab_quiz_question *chosen[LAB_QUIZ_MOST];
    *quiz = (struct lab_quiz){.comparison = comparison, .other = other};
    lab_quiz_maker_init(&maker, quiz, seed);
    for (int kind = 0; kind < LAB_QUIZ_KIND_COUNT; kind++)
        lab_quiz_make_kind(&maker, (enum lab_quiz_kind)kind);
    score(&maker);
    quiz->count = choose(&maker, kinds, chosen);
    for (size_t i = 0; i < quiz->count; i++) {
        quiz->questions[i] = *chosen[i];
        *chosen[i] = (struct lab_quiz_question){0};
    }
    lab_quiz_maker_term(&maker);
}

void lab_quiz_free(struct lab_quiz *quiz) {
    for (size_t i = 0; i < quiz->count; i++)
        question_free(&quiz->questions[i]);
    *quiz = (struct lab_quiz){0};
}

const char *lab_quiz_kind_name(enum lab_quiz_kind kind) {
    static const char *const names[] = {
#define X(kind, name) #name,
        LAB_QUIZ_KINDS(X)
#undef X
    };
    return names[kind];
}
