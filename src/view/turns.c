// turns.c - what each turn of the loop ran.
//
//     turn 6 at 250.0 ms
//       jobs back: job 1 and job 2
//       ready: job 1 and job 2
//       job 1 continues at line 30 and ends.
//       job 2 continues at line 30 and ends.
//
// A turn runs the tasks that were ready when it began. What made them ready
// stands in the record before the turn that runs them.

#include "view/line.h"
#include "view/phrase.h"
#include "view/sentence.h"
#include "view/window.h"

#include <inttypes.h>

enum {
    MOST = 40,       // turns that are shown of a run
    MOST_STEPS = 20, // and steps of a turn
};

// What makes tasks ready.
enum cause { TIMERS, JOBS, CALLS, WAKES, CAUSES };
static const char *const causes[CAUSES] = {
    [TIMERS] = "timers due: ",
    [JOBS] = "jobs back: ",
    [CALLS] = "calls made: ",
    [WAKES] = "input or output for: ",
};

struct turns {
    struct lab_text *out;
    const struct lab_style *style;
    const struct lab_run_view *view;
    struct lab_phrase phrase;

    // What made the tasks of this turn ready, and those of the next.
    struct lab_names now[CAUSES], next[CAUSES];
    struct lab_names ready;
    struct lab_text steps;    // whole lines
    struct lab_text step;     // the one in progress; empty if there is none
    struct lab_text notes;    // whole lines, for the end of the turn
    int64_t number;           // of this turn; 0 before the first
    lab_time time;            // when it began
    uint32_t task;            // that runs
    size_t step_count, count; // of steps of this turn; of turns
    bool wanted;              // does it run what was asked for, and then?
};

static void put_names(struct turns *turns, const char *what,
                      struct lab_names *names) {
    struct lab_text text = {0};
    if (names->count == 0)
        return;
    lab_text_put(&text, what);
    lab_names_end(names, &text);
    lab_line_end(turns->out, turns->style, LAB_COLOR_DIM, 2, &text);
}

static void put_turn(struct turns *turns) {
    struct lab_text head = {0};
    const struct lab_style *style = turns->style;
    lab_text_printf(&head, "turn %" PRId64 "  at ", turns->number);
    lab_time_put(&head, turns->time);
    lab_line_end(turns->out, style, LAB_COLOR_HEAD, 0, &head);
    for (size_t i = 0; i < CAUSES; i++)
        put_names(turns, causes[i], &turns->now[i]);
    put_names(turns, "ready: ", &turns->ready);
    lab_text_put(turns->out, lab_text_string(&turns->steps));
    lab_window_more(turns->out, style, turns->step_count, MOST_STEPS, "steps");
    lab_text_put(turns->out, lab_text_string(&turns->notes));
}

// Ends the step in progress, if there is one.
static void end_step(struct turns *turns) {
    struct lab_text *step = &turns->step;
    bool told = step->length > 0 && turns->phrase.clauses.count > 0;
    lab_text_put(step, " ");
    lab_phrase_end(&turns->phrase, step);
    if (told && turns->step_count++ < MOST_STEPS)
        lab_line_wrap(&turns->steps, turns->style, LAB_COLOR_NONE, 2,
                      lab_text_string(step));
    lab_text_clear(step);
    turns->task = 0;
}

static void end_turn(struct turns *turns) {
    if (turns->wanted) {
        end_step(turns);
        if (turns->count++ < MOST)
            put_turn(turns);
    }
    for (size_t i = 0; i < CAUSES; i++) {
        lab_names_free(&turns->now[i]);
        turns->now[i] = turns->next[i];
        turns->next[i] = (struct lab_names){0};
    }
    lab_names_free(&turns->ready);
    lab_text_clear(&turns->steps);
    if (turns->number > 0) // what comes before the first turn is told in it
        lab_text_clear(&turns->notes);
    turns->step_count = 0;
    turns->wanted = false;
}

static void add_name(const struct turns *turns, struct lab_names *names,
                     uint32_t task) {
    lab_wording_task(lab_names_next(names), turns->phrase.wording, task);
}

// Is the turn that begins with the event at [index] to be shown?
static bool is_wanted(const struct turns *turns, size_t index) {
    const struct lab_record *record = turns->view->record;
    if (turns->number <= 0 ||
        !lab_window_meets(&turns->view->window, turns->time, turns->time))
        return false;
    for (; index < lab_record_count(record); index++) {
        const struct lab_event *event = lab_record_at(record, index);
        if (event->kind != LAB_EVENT_RUN)
            continue;
        if (event->value != turns->number)
            return false;
        if (lab_window_names(turns->style,
                             lab_lanes_task(&turns->view->lanes, event->task)))
            return true;
    }
    return false;
}

// Begins a turn with the event at [index], if that is a RUN in another turn.
static void count_turn(struct turns *turns, size_t index) {
    const struct lab_event *event = lab_record_at(turns->view->record, index);
    if (event->kind != LAB_EVENT_RUN || event->value == turns->number)
        return;
    end_turn(turns);
    turns->number = event->value;
    turns->time = event->time;
    turns->wanted = is_wanted(turns, index);
}

static void on_run(struct turns *turns, const struct lab_event *event) {
    end_step(turns);
    turns->task = event->task;
    add_name(turns, &turns->ready, event->task);
    lab_wording_task(&turns->step, turns->phrase.wording, event->task);
}

// Did the world, not a task, wake the task of [event]?
static bool is_io(const struct lab_event *event) {
    return event->other == 0 &&
           lab_wait_kind(event->on)->class == LAB_WAIT_OUTSIDE;
}

static void add_call(const struct turns *turns, struct lab_names *names,
                     const struct lab_event *event) {
    struct lab_text *name = lab_names_next(names);
    lab_text_put(name, "for ");
    lab_wording_worker(name, turns->phrase.wording, event->worker);
    lab_text_put(name, " at ");
    lab_time_put(name, event->time);
}

static void note_cause(struct turns *turns, const struct lab_event *event) {
    if (event->kind == LAB_EVENT_TIMER)
        add_name(turns, &turns->next[TIMERS], event->task);
    else if (event->kind == LAB_EVENT_DONE)
        add_name(turns, &turns->next[JOBS], event->task);
    else if (event->kind == LAB_EVENT_CALL)
        add_call(turns, &turns->next[CALLS], event);
    else if (event->kind == LAB_EVENT_WAKE && is_io(event))
        add_name(turns, &turns->next[WAKES], event->task);
}

static void add_note(struct turns *turns, const struct lab_event *event) {
    struct lab_text text = {0};
    lab_sentence_put_note(&text, turns->phrase.wording, event);
    lab_text_put(&text, ".");
    lab_line_end(&turns->notes, turns->style, LAB_COLOR_NONE, 2, &text);
}

// Is [event] something that the running task did?
static bool is_deed(const struct turns *turns, const struct lab_event *event) {
    return turns->task != 0 && event->worker == 0 &&
           lab_sentence_doer(event).task == turns->task;
}

static void play(struct turns *turns, size_t index) {
    const struct lab_event *event = lab_record_at(turns->view->record, index);
    count_turn(turns, index);
    note_cause(turns, event);
    if (event->kind == LAB_EVENT_NOTE)
        add_note(turns, event);
    if (!turns->wanted)
        return;
    if (event->kind == LAB_EVENT_RUN)
        on_run(turns, event);
    if (event->kind == LAB_EVENT_WAKE || is_deed(turns, event))
        lab_phrase_add(&turns->phrase, event);
    if ((event->kind == LAB_EVENT_WAIT || event->kind == LAB_EVENT_END) &&
        event->task == turns->task)
        end_step(turns);
}

static void put_run(struct lab_run_view *view, void *arg) {
    (void)arg;
    struct turns turns = {.out = view->out, .style = view->style, .view = view};
    lab_phrase_init(&turns.phrase, view->record, &view->lanes);
    size_t count = lab_record_count(view->record), i = 0;
    for (; i < count && turns.count < MOST; i++) {
        play(&turns, i);
        lab_phrase_pass(&turns.phrase);
    }
    for (; i < count; i++)
        count_turn(&turns, i);
    end_turn(&turns);
    if (turns.count > MOST)
        lab_line_printf(view->out, view->style, LAB_COLOR_NONE, 0,
                        "... and %zu turns more; from= and to= choose others",
                        turns.count - MOST);
    lab_window_put_folded(view->out, view->style, &view->lanes);
    for (i = 0; i < CAUSES; i++)
        lab_names_free(&turns.now[i]);
    lab_text_free(&turns.steps);
    lab_text_free(&turns.step);
    lab_text_free(&turns.notes);
    lab_phrase_term(&turns.phrase);
}

void lab_view_turns(struct lab_text *out,
                    const struct lab_comparison *comparison,
                    const struct lab_style *style) {
    lab_window_each(out, comparison, style, put_run, NULL);
}
