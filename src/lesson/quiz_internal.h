// quiz_internal.h - how questions are made, private to the files of the quiz.
//
// quiz.c chooses among candidates. Those about times are made by quiz_whole.c,
// with wrong answers by quiz_mistakes.c; those about lines, peaks and ends by
// quiz_count.c; those about a moment by quiz_moment.c. quiz_put.c shows them,
// quiz_line.c reads which one an author wants, quiz_answer.c grades answers,
// and quiz_against.c finds what speaks against one, which quiz_miss.c shows.

#ifndef LAB_LESSON_QUIZ_INTERNAL_H
#define LAB_LESSON_QUIZ_INTERNAL_H

#include "lesson/quiz.h"
#include "record/lanes.h"

struct lab_quiz_maker {
    const struct lab_comparison *comparison;
    const struct lab_quiz_other *other;
    const lab_time *at; // the moment that is asked about; NULL: a quiet one
    struct lab_quiz_question *all; // candidates
    size_t count, room;
    uint64_t random;
};

// Adds a candidate of [kind] about [run], with [text] as printf has it.
//
// Owns: borrowed, until the next.
__attribute__((format(printf, 4, 5))) struct lab_quiz_question *
lab_quiz_add(struct lab_quiz_maker *maker, enum lab_quiz_kind kind,
             const struct lab_run *run, const char *format, ...);

// Drops the candidate that was added last.
void lab_quiz_drop(struct lab_quiz_maker *maker);

// Offers [text], for the mistake as printf has it or for NULL. What is there
// already is not offered twice, and what finds no room not at all.
__attribute__((format(printf, 4, 5))) struct lab_quiz_option *
lab_quiz_offer(struct lab_quiz_question *question, const char *text,
               int64_t value, const char *mistake, ...);

// The same of the right answer, which is offered before all others.
void lab_quiz_offer_right(struct lab_quiz_question *question, const char *text,
                          int64_t value);

// Sorts the options by their values, or puts them in a random order.
void lab_quiz_sort(struct lab_quiz_question *question);
void lab_quiz_shuffle(struct lab_quiz_maker *maker,
                      struct lab_quiz_question *question);

// Begins with no candidates, and adds those of [kind].
void lab_quiz_maker_init(struct lab_quiz_maker *maker,
                         const struct lab_quiz *quiz, uint64_t seed);
void lab_quiz_make_kind(struct lab_quiz_maker *maker, enum lab_quiz_kind kind);

// Frees all candidates but those that were moved out and zeroed.
void lab_quiz_maker_term(struct lab_quiz_maker *maker);

// Returns a random number below [n] > 0.
size_t lab_quiz_random(struct lab_quiz_maker *maker, size_t n);

// Is [answer] the time [right], to the millisecond, or near it?
bool lab_quiz_same_time(lab_time answer, lab_time right);
bool lab_quiz_near_time(lab_time answer, lab_time right);

// Offers a wrong time, unless it is near the right one or none.
__attribute__((format(printf, 3, 4))) void
lab_quiz_offer_time(struct lab_quiz_question *question, lab_time time,
                    const char *mistake, ...);

// Offers times that are wrong for [run], which takes question->right.
void lab_quiz_mistake_times(const struct lab_comparison *comparison,
                            struct lab_quiz_question *question);

// The first wait for time that begins while another task waits for time: the
// spans of both. False if there is none.
struct lab_quiz_overlap {
    const struct lab_lane *first_lane, *second_lane;
    const struct lab_span *first, *second;
};
bool lab_quiz_overlap(const struct lab_lanes *lanes,
                      struct lab_quiz_overlap *overlap);

// Appends how a question about a rank or an order may be answered, with an
// answer that is wrong: "3 1=2".
void lab_quiz_put_example(struct lab_text *out,
                          const struct lab_quiz_question *question);

// By how much [event] changes what a question about a peak counts.
int64_t lab_quiz_level(const struct lab_quiz_question *question,
                       const struct lab_event *event);

// Is [span] spent waiting for a time, or holding a thread?
bool lab_quiz_is_delay(const struct lab_span *span);

// --- what speaks against an answer

// What is shown against an answer. Lanes are of [run], but for the second of
// a rank, which is of another.
struct lab_quiz_against {
    const struct lab_run *run;
    uint32_t event;    // the first that is not as the answer says; 0: none is
    const char *ended; // of a rank: the other run, which has ended by then
    lab_time ended_at;
    const struct lab_lane *lanes[2];
    lab_time from, to; // where the learner has the lane "yours"
    lab_time scale;
    struct lab_lanes read[2]; // of the lanes
    int read_count;
};

// Finds what speaks against [answer] to question [index], which is wrong.
//
// Owns: until lab_quiz_against_term.
void lab_quiz_against_find(struct lab_quiz_against *against,
                           const struct lab_quiz *quiz, size_t index,
                           const struct lab_quiz_answer *answer);
void lab_quiz_against_term(struct lab_quiz_against *against);

// The sentence for those whose order is that of the tasks or of the source;
// NULL if it is neither.
const char *lab_quiz_order_mistake(const struct lab_quiz_question *question,
                                   const struct lab_quiz_answer *answer);

// --- candidates, of each kind: in the files above

#define X(kind, name) void lab_quiz_of_##name(struct lab_quiz_maker *maker);
LAB_QUIZ_KINDS(X)
#undef X

#endif
