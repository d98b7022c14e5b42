// review: questions that were missed are asked again, with other figures.

#include "base/alloc.h"
#include "base/die.h"
#include "shell/answers.h"
#include "shell/ask.h"
#include "shell/done.h"
#include "shell/option.h"
#include "shell/show.h"

#include <string.h>

// A question that was missed.
struct item {
    int number; // of the lesson
    enum lab_quiz_kind kind;
    char *figures; // it was asked with; owned
};

struct review {
    struct lab_call *call;
    struct item *items; // the oldest first
    size_t count, room, at;
    unsigned long seed;
    size_t right, answered;
    bool over;
};

// --- what was missed

static void collect(struct review *review, const struct lab_progress_all *all) {
    const struct lab_demo_file *only = review->call->file;
    const struct lab_progress_lesson *of;
    enum lab_quiz_kind kind;
    size_t after = 0;
    while ((of = lab_progress_missed(all, after, &kind))) {
        const struct lab_progress_miss *miss = &of->missed[kind];
        after = miss->order;
        if (only && only->number != of->number)
            continue;
        review->items = lab_grow(review->items, review->count, &review->room,
                                 sizeof *review->items);
        review->items[review->count++] =
            (struct item){of->number, kind, lab_strdup(miss->figures)};
    }
    // With each answer that is noted the figures are others.
    review->seed = all->done;
}

static void free_items(struct review *review) {
    for (size_t i = 0; i < review->count; i++)
        lab_free(review->items[i].figures);
    lab_free(review->items);
}

// --- asking

static struct lab_demo_file *find(struct lab_shell *shell, int number) {
    for (size_t i = 0; i < shell->demos.count; i++)
        if (shell->demos.files[i].number == number)
            return &shell->demos.files[i];
    return NULL;
}

// Runs the demo with figures of [seed]. Returns whether there is such a
// question then, with figures that are not those it was missed with.
static bool open_subject(struct lab_subject *subject, struct lab_call *call,
                         const struct item *item, unsigned long seed) {
    struct lab_text figures = {0};
    if (lab_subject_open(subject, call, seed) != LAB_EXIT_OK)
        return false;
    lab_subject_ask_only(subject, seed, 1u << item->kind);
    lab_subject_put_figures(subject, &figures);
    bool fits = subject->quiz.count > 0 &&
                strcmp(lab_text_string(&figures), item->figures) != 0;
    lab_text_free(&figures);
    return fits;
}

static void ask_item(struct review *review, struct lab_call *call,
                     struct lab_subject *subject) {
    struct lab_answers answers = {.call = call, .subject = subject};
    subject->quiz.before = review->at;
    subject->quiz.after = review->count - review->at - 1;
    lab_pages_printf(call->shell, "\n");
    lab_show_heading(call, subject->shown);
    lab_pages_show(call->shell);
    review->over = lab_answers_ask(&answers) != LAB_EXIT_OK ||
                   (answers.over && !answers.wants_back);
    lab_answers_note(&answers, "review");
    size_t open = lab_answers_count(&answers, LAB_ANSWER_OPEN),
           skipped = lab_answers_count(&answers, LAB_ANSWER_SKIPPED);
    review->answered += open + skipped == 0;
    review->right += lab_answers_count(&answers, LAB_ANSWER_RIGHT);
    if (answers.wants_back)
        review->at--;
    else
        review->at++;
}

// Asks the item that comes next. One that cannot be asked is left for another
// day: its demo may need a library, or be gone.
static void ask_next(struct review *review) {
    enum { TRIES = 8 };
    const struct item *item = &review->items[review->at];
    struct lab_shell *shell = review->call->shell;
    struct lab_demo_file *file = find(shell, item->number);
    struct lab_subject subject;
    bool fits = false;
    for (int i = 0; file && i < TRIES && !fits; i++) {
        struct lab_call call = *review->call;
        call.target.kind = LAB_TARGET_DEMO;
        call.again = true;
        call.file = NULL;
        if (lab_select_file(shell, file, &call.target.selection) != LAB_EXIT_OK)
            break;
        fits = open_subject(&subject, &call, item, ++review->seed);
        if (fits)
            ask_item(review, &call, &subject);
        lab_subject_close(&subject);
    }
    if (fits)
        return;
    lab_call_say(review->call,
                 "The question about %s of lesson %d cannot be asked now.",
                 lab_quiz_kind_name(item->kind), item->number);
    review->at++;
}

static void put_end(struct review *review) {
    struct lab_shell *shell = review->call->shell;
    if (review->answered == 0)
        return;
    lab_shell_printf(shell, "\n");
    lab_call_say(review->call,
                 "%zu of %zu right%s. progress shows what is left, review asks "
                 "it with other figures.",
                 review->right, review->answered,
                 shell->interactive ? "" : "; in a pipe nothing is noted");
}

// --- the command

static int review(struct lab_call *call) {
    struct lab_shell *shell = call->shell;
    struct review review = {.call = call};
    struct lab_progress_all all;
    struct lab_text error = {0};
    if (shell->in_lesson)
        return lab_shell_refuse(shell, "review is about a learner's own "
                                       "answers, and no part of a lesson");
    if (shell->typing)
        return lab_shell_refuse(shell, "review asks at the prompt; leave the "
                                       "& out");
    int status = lab_ask_check(call);
    if (status != LAB_EXIT_OK)
        return status;
    if (!lab_shell_demos(shell, &error) || !lab_done_read(&all, &error))
        return lab_shell_fail_text(shell, &error);
    collect(&review, &all);
    lab_progress_free(&all);
    if (review.count == 0)
        lab_call_say(call,
                     "There is nothing to review: no question was missed. "
                     "predict asks some.");
    else
        lab_call_say(call, "What was missed, with other figures, the oldest "
                           "first. ? helps, s skips, b goes back, q leaves.");
    while (review.at < review.count && !review.over)
        ask_next(&review);
    put_end(&review);
    free_items(&review);
    return LAB_EXIT_OK;
}

LAB_COMMAND(review) = {
    .name = "review",
    .order = 46,
    .text = "answer again what you missed, with other figures",
    .help = "  review                      the oldest first; what is right is "
            "asked no more\n"
            "  review 3                    about lesson 3 alone\n",
    .takes = {{&lab_type_demo, .optional = true}},
    .options = LAB_OPTIONS_WHICH | LAB_OPTION_LIMIT | LAB_OPTIONS_STYLE,
    .run = review,
};
