// quiz.h - questions about runs that have not been shown, made from their
// records; their answers, graded; and what speaks against a wrong one.
//
// Use:
//     struct lab_quiz quiz;
//     lab_quiz_make(&quiz, comparison, NULL, seed);
//     lab_quiz_put_question(&out, style, &quiz, i);
//     grade = lab_quiz_grade(&quiz.questions[i], "3s", &answer, &error);
//     if (grade != LAB_QUIZ_RIGHT)
//         lab_quiz_put_miss(&out, style, &quiz, i, &answer);
//     lab_quiz_free(&quiz);
//
// Nobody writes questions: each is a measure of the record. The wrong answers
// that are offered are mistakes people make, computed from the same record. The
// same record and seed make the same questions.

#ifndef LAB_LESSON_QUIZ_H
#define LAB_LESSON_QUIZ_H

#include "record/run.h"
#include "view/view.h"

// X(kind, name): what is asked.
#define LAB_QUIZ_KINDS(X)                                                      \
    X(RANK, rank)       /* which variant is fastest, and then? */              \
    X(ELAPSED, elapsed) /* how long does it take? */                           \
    X(ORDER, order)     /* in which order are the lines said? */               \
    X(THREAD, thread)   /* who has the loop's thread at a time? */             \
    X(STATE, state)     /* what does a task do at that time? */                \
    X(WAITS, waits)     /* which task does it wait for? */                     \
    X(PEAK, peak)       /* how many at once, at most? */                       \
    X(END, end)         /* how does a task end? */                             \
    X(WHAT_IF, what_if) /* how long, with another parameter? */

enum lab_quiz_kind {
#define X(kind, name) LAB_QUIZ_##kind,
    LAB_QUIZ_KINDS(X)
#undef X
        LAB_QUIZ_KIND_COUNT,
};

enum { LAB_QUIZ_MOST = 5, LAB_QUIZ_OPTIONS = 7 };

struct lab_quiz_option {
    char *text;     // as it is typed and shown: "1.000 s", "b.txt"; owned
    char *mistake;  // the sentence for those who choose it; owned, or NULL
    int64_t value;  // a time or a count; of RANK when it ends; of ORDER the
                    // place; else what tells options apart
    uint32_t event; // of ORDER the line's; else what speaks against it; or 0
    bool right;     // of RANK and ORDER no single one is
};

struct lab_quiz_question {
    enum lab_quiz_kind kind;
    const struct lab_run *run; // borrowed; NULL of RANK
    lab_time at;               // THREAD, STATE, WAITS: the moment
    uint32_t task;             // STATE, WAITS, END: who is asked about
    uint32_t event;            // that settles it, from 1 on; 0: none does
    uint32_t gauge;            // PEAK: the .text of its events; 0: of tasks
    int64_t right;             // ELAPSED, WHAT_IF, PEAK: the value
    char *text;                // owned
    struct lab_quiz_option options[LAB_QUIZ_OPTIONS];
    size_t count;
    size_t score;     // the greater, the sooner it is asked
    bool has_letters; // before the options, as on paper
};

// Other runs of the same variants, for "what if".
struct lab_quiz_other {
    const struct lab_comparison *comparison;
    const char *change; // "delay=2000ms"
};

struct lab_quiz {
    const struct lab_comparison *comparison; // borrowed, as is the other
    const struct lab_quiz_other *other;
    struct lab_quiz_question questions[LAB_QUIZ_MOST];
    size_t count;
    // Questions of others that are asked before and after it: they count where
    // it is said how many there are.
    size_t before, after;
    // For misses; borrowed. How a command names what ran: " 3", "" for what
    // ran last; if variants may follow that, what follows them: " n=3", else
    // NULL. And the program's text, or NULL.
    const char *target, *values, *source;
};

// Makes at most LAB_QUIZ_MOST questions about [comparison], no two of a kind;
// none, if nothing ran that could be asked about. [other] may be NULL.
//
// Owns: yours, until lab_quiz_free; records are borrowed and must stay as they
//       are.
void lab_quiz_make(struct lab_quiz *quiz,
                   const struct lab_comparison *comparison,
                   const struct lab_quiz_other *other, uint64_t seed);
// The same of the kinds alone whose bits, 1 << LAB_QUIZ_RANK, are in [kinds].
enum { LAB_QUIZ_EVERY = (1 << LAB_QUIZ_KIND_COUNT) - 1 };
void lab_quiz_make_of(struct lab_quiz *quiz,
                      const struct lab_comparison *comparison,
                      const struct lab_quiz_other *other, uint64_t seed,
                      uint32_t kinds);
void lab_quiz_free(struct lab_quiz *quiz);

// --- questions of an author

// What a line asks for:
//
//     elapsed together               the kind, and of which variant
//     thread together at=0.5s        at a moment at which nothing happens
//     state b.txt together at=0.5s   of which task
//     peak inside semaphore          of which gauge
//     what_if in_turn delay=2000     with another value
//
// What is left out is chosen as lab_quiz_make does.
struct lab_quiz_wish {
    enum lab_quiz_kind kind;
    bool has_at;
    lab_time at;
    struct lab_text words;  // variant, task, gauge
    struct lab_text change; // "delay=2000"
};

// Reads the [length] bytes at [line].
//
// Owns:   yours, until lab_quiz_wish_free, which may follow an error.
// Errors: false, with one sentence in [error].
bool lab_quiz_wish_read(struct lab_quiz_wish *wish, const char *line,
                        size_t length, struct lab_text *error);
void lab_quiz_wish_free(struct lab_quiz_wish *wish);

// Adds the question to [quiz], whose comparison is set, and for a change its
// other runs.
//
// Errors: false, with one sentence in [error]: the record does not answer it.
bool lab_quiz_ask(struct lab_quiz *quiz, const struct lab_quiz_wish *wish,
                  struct lab_text *error);

// The name of a kind: "what_if".
const char *lab_quiz_kind_name(enum lab_quiz_kind kind);

// Appends question [index] and what there is to choose from.
void lab_quiz_put_question(struct lab_text *out, const struct lab_style *style,
                           const struct lab_quiz *quiz, size_t index);

// Appends what there is to choose from.
void lab_quiz_put_options(struct lab_text *out, const struct lab_style *style,
                          const struct lab_quiz_question *question);

// Appends how [question] is answered, in brackets.
void lab_quiz_put_how(struct lab_text *out,
                      const struct lab_quiz_question *question);

// The same where the options have letters: on paper.
void lab_quiz_put_how_lettered(struct lab_text *out,
                               const struct lab_quiz_question *question);

// Appends the right answer, in a few words.
void lab_quiz_put_right(struct lab_text *out,
                        const struct lab_quiz_question *question);

// Appends all questions with their answers, as an object on a line for each.
void lab_quiz_put_json(struct lab_text *out, const struct lab_quiz *quiz);

// --- answers

enum lab_quiz_grade {
    LAB_QUIZ_UNCLEAR, // it is no answer to this question
    LAB_QUIZ_WRONG,
    LAB_QUIZ_NEAR, // a time that is wrong by a tenth at most
    LAB_QUIZ_HALF, // an order that another schedule gives
    LAB_QUIZ_RIGHT,
};

struct lab_quiz_answer {
    size_t option; // that was chosen; SIZE_MAX: none of them
    int64_t value; // a time or a count
    // Of RANK and ORDER: the options from first to last, and for each whether
    // it is as fast as the one before.
    size_t order[LAB_QUIZ_OPTIONS];
    bool equal[LAB_QUIZ_OPTIONS];
};

// Reads and grades what was [typed]: a time or a count, the number of an
// option, or its text.
//
// Errors: LAB_QUIZ_UNCLEAR, with one sentence in [error]: it is no answer, or
//         means two of them.
enum lab_quiz_grade lab_quiz_grade(const struct lab_quiz_question *question,
                                   const char *typed,
                                   struct lab_quiz_answer *answer,
                                   struct lab_text *error);

// Is [said], a line after the other, the order that [answer] to a question
// about order has?
bool lab_quiz_is_order(const struct lab_quiz_question *question,
                       const struct lab_quiz_answer *answer, const char *said);

// Appends what [answer] says, in a few words; nothing of an order.
void lab_quiz_put_said(struct lab_text *out,
                       const struct lab_quiz_question *question,
                       const struct lab_quiz_answer *answer);

// Appends what speaks against [answer], which is wrong: the mistake behind it,
// the first event that is not as it says, lanes as they are and, of question
// marks, as it would have them; then the right answer, and a command that says
// more.
void lab_quiz_put_miss(struct lab_text *out, const struct lab_style *style,
                       const struct lab_quiz *quiz, size_t index,
                       const struct lab_quiz_answer *answer);

#endif
