// why.c - follows waits from one task down to what will end them.
//
// The walk is depth first, with its own stack: a chain may be longer than a
// task's stack is deep. The tasks on the way from the first one to the current
// one are marked, so that a circle is seen when the walk comes back to one.

#include "base/alloc.h"
#include "base/error.h"
#include "view/line.h"
#include "view/now.h"
#include "view/question.h"
#include "view/source.h"
#include "view/wording.h"

#include <inttypes.h>
#include <string.h>

// Only the first few of a wait for many are told, and only the start of a long
// chain. The others are walked too, since there may be a circle among them.
enum { TOLD_BESIDE = 6, TOLD_DEEP = 24, INDENT_MOST = 16 };

// SEEN was walked, but has no line of its own so far.
enum { FRESH, ON_THE_WAY, SEEN, TOLD };

struct frame {
    const struct lab_state_task *task;
    size_t from, next, to; // its edges
    size_t lines, left; // how many of them have a line, and how many have none
    bool told;
};

struct walk {
    struct lab_text *out; // NULL: only the circle is looked for
    const struct lab_style *style;
    const struct lab_snapshot *snapshot;
    const struct lab_state_task **edges; // who is waited for, of all frames
    struct frame *frames;
    unsigned char *marks; // of each task, by its place
    size_t edge_count, edge_room, count, room;
    size_t edges_left;      // that may still be followed
    struct lab_text circle; // the first that was found, in words
};

// --- words

static void put_line(const struct walk *walk, size_t depth,
                     const char *sentence) {
    int indent = depth * 2 < INDENT_MOST ? (int)depth * 2 : INDENT_MOST;
    if (indent > walk->style->width / 4)
        indent = walk->style->width / 4;
    lab_line_wrap(walk->out, walk->style, LAB_COLOR_NONE, indent, sentence);
}

static void tell(const struct walk *walk, size_t depth,
                 const struct lab_state_task *task) {
    struct lab_text line = {0};
    lab_now_put(&line, walk->snapshot, task);
    put_line(walk, depth, lab_text_string(&line));
    lab_text_free(&line);
}

// --- circles

static lab_time first_deadline(const struct walk *walk, size_t from) {
    lab_time first = 0;
    for (size_t i = from; i < walk->count; i++) {
        lab_time deadline = walk->frames[i].task->deadline;
        if (deadline && (!first || deadline < first))
            first = deadline;
    }
    return first;
}

static void put_verdict(const struct walk *walk, size_t from,
                        struct lab_text *line) {
    lab_time deadline = first_deadline(walk, from);
    bool sure = true;
    for (size_t i = from; i < walk->count; i++)
        sure = sure &&
               lab_state_needs_all(walk->snapshot->state, walk->frames[i].task);
    if (deadline) {
        lab_text_put(line, "A circle of waits, which a timer breaks at ");
        lab_time_put(line, deadline);
    } else {
        lab_text_put(line, sure ? "Deadlock" : "A circle of waits");
    }
    lab_text_put(line, ": ");
}

// The tasks of the walk from [again] on form a circle.
static void note_circle(struct walk *walk, const struct lab_state_task *again) {
    struct lab_text line = {0};
    size_t from = 0;
    while (walk->frames[from].task != again)
        from++;
    for (size_t i = from; i < walk->count; i++) {
        const struct lab_state_task *task = walk->frames[i].task;
        bool last = i + 1 == walk->count;
        if (i - from == TOLD_DEEP && !last)
            lab_text_put(&line, "and so on; ");
        if (i - from >= TOLD_DEEP && !last)
            continue;
        lab_wording_task(&line, lab_wording_of(walk->snapshot->state),
                         task->number);
        lab_text_put(&line, " ");
        lab_wording_wait(&line, lab_wording_of(walk->snapshot->state), task);
        lab_source_where(&line, walk->snapshot->state->record,
                         walk->snapshot->source, task->line);
        lab_text_put(&line, last ? "." : "; ");
    }
    walk->circle = line;
    if (!walk->out)
        return;
    struct lab_text told = {0};
    put_verdict(walk, from, &told);
    lab_text_put(&told, lab_text_string(&line));
    lab_line_end(walk->out, walk->style, LAB_COLOR_BAD, 0, &told);
}

// --- the walk

static unsigned char *mark_of(const struct walk *walk,
                              const struct lab_state_task *task) {
    return &walk->marks[task - lab_state_task_at(walk->snapshot->state, 0)];
}

static void add_edge(void *arg, const struct lab_state_task *task) {
    struct walk *walk = arg;
    walk->edges = lab_grow(walk->edges, walk->edge_count, &walk->edge_room,
                           sizeof *walk->edges);
    walk->edges[walk->edge_count++] = task;
}

static void add_edges(struct walk *walk, const struct lab_state_task *task) {
    const struct lab_state *state = walk->snapshot->state;
    if (walk->edges_left == 0)
        return;
    size_t before = walk->edge_count;
    lab_state_awaited(state, task, add_edge, walk);
    size_t added = walk->edge_count - before;
    walk->edges_left -= added < walk->edges_left ? added : walk->edges_left;
}

static void enter(struct walk *walk, const struct lab_state_task *task,
                  bool told) {
    walk->frames =
        lab_grow(walk->frames, walk->count, &walk->room, sizeof *walk->frames);
    size_t from = walk->edge_count;
    add_edges(walk, task);
    *mark_of(walk, task) = ON_THE_WAY;
    walk->frames[walk->count++] =
        (struct frame){task, from, from, walk->edge_count, .told = told};
}

static void leave(struct walk *walk) {
    struct lab_text line = {0};
    struct frame *frame = &walk->frames[walk->count - 1];
    if (frame->left > 0) {
        lab_text_printf(&line, "and %zu more", frame->left);
        put_line(walk, walk->count, lab_text_string(&line));
    }
    lab_text_free(&line);
    *mark_of(walk, frame->task) = frame->told ? TOLD : SEEN;
    walk->edge_count = frame->from;
    walk->count--;
}

// Tells of [task], which the last frame waits for, if there is room for it.
// What has a line already is only named, by the line above.
static bool tell_edge(struct walk *walk, const struct lab_state_task *task) {
    struct frame *frame = &walk->frames[walk->count - 1];
    unsigned char *mark = mark_of(walk, task);
    if (!frame->told || *mark == ON_THE_WAY || *mark == TOLD ||
        walk->count >= TOLD_DEEP)
        return false;
    if (frame->lines == TOLD_BESIDE) {
        frame->left++;
        return false;
    }
    frame->lines++;
    tell(walk, walk->count, task);
    if (*mark == SEEN)
        *mark = TOLD;
    return true;
}

// Follows the next edge of the last frame.
static void follow(struct walk *walk) {
    struct frame *frame = &walk->frames[walk->count - 1];
    const struct lab_state_task *task = walk->edges[frame->next++];
    bool told = tell_edge(walk, task);
    unsigned char mark = *mark_of(walk, task);
    if (mark == ON_THE_WAY && !walk->circle.length)
        note_circle(walk, task);
    else if (mark == FRESH)
        enter(walk, task, told);
}

static struct walk begin(const struct lab_snapshot *snapshot) {
    const struct lab_state *state = snapshot->state;
    return (struct walk){
        .snapshot = snapshot,
        .marks = lab_alloc(state->tasks.count),
        // A wait for several is written event by event, so a run has no more
        // edges than this. In nonsense each task may wait for all the others.
        .edges_left = lab_record_count(state->record) + state->tasks.count,
    };
}

static void go_down(struct walk *walk, const struct lab_state_task *task) {
    enter(walk, task, walk->out != NULL);
    while (walk->count > 0) {
        const struct frame *frame = &walk->frames[walk->count - 1];
        if (frame->next < frame->to)
            follow(walk);
        else
            leave(walk);
    }
}

static void end(struct walk *walk) {
    lab_text_free(&walk->circle);
    lab_free(walk->marks);
    lab_free(walk->edges);
    lab_free(walk->frames);
}

void lab_question_why(struct lab_text *out, const struct lab_style *style,
                      const struct lab_snapshot *snapshot, uint32_t number) {
    const struct lab_state_task *task = lab_state_task(snapshot->state, number);
    if (!task)
        return;
    struct walk walk = begin(snapshot);
    walk.out = out;
    walk.style = style;
    tell(&walk, 0, task);
    go_down(&walk, task);
    end(&walk);
}

// --- a run that is stuck

enum { TOLD_ENDS = 3 };

static bool is_at_work(const struct lab_state *state) {
    for (size_t i = 0; i < state->jobs.count; i++)
        if (lab_state_job_at(state, i)->is == LAB_IS_RUNNING)
            return true;
    return false;
}

// Names the tasks that wait for something that no task can give: the last links
// of the chains.
static void put_ends(struct lab_text *out, const struct walk *walk,
                     const void **tasks) {
    const struct lab_state *state = walk->snapshot->state;
    size_t told = 0, count = 0;
    for (size_t i = 0; i < state->tasks.count; i++) {
        const struct lab_state_task *task = tasks[i];
        if (!lab_is_waiting(task->is) ||
            lab_state_awaited(state, task, NULL, NULL) > 0)
            continue;
        if (count++ >= TOLD_ENDS)
            continue;
        lab_text_put(out, told++ ? "; " : "");
        lab_now_put(out, walk->snapshot, task);
    }
    if (count > told)
        lab_text_printf(out, "; and %zu more", count - told);
    if (count > 0)
        lab_text_put(out, ".");
    else if (is_at_work(state))
        lab_text_put(out, "a job waits for what nobody can bring.");
    else
        lab_text_put(out, "every task waits.");
}

void lab_question_stuck(struct lab_text *out,
                        const struct lab_snapshot *snapshot) {
    if (lab_now_put_stuck(out, snapshot)) {
        lab_text_put(out, ".");
        return;
    }
    const void **tasks = lab_numbered_in_order(&snapshot->state->tasks);
    struct walk walk = begin(snapshot);
    for (size_t i = 0; i < snapshot->state->tasks.count; i++)
        if (*mark_of(&walk, tasks[i]) == FRESH && !walk.circle.length)
            go_down(&walk, tasks[i]);
    if (walk.circle.length)
        lab_text_put(out, lab_text_string(&walk.circle));
    else
        put_ends(out, &walk, tasks);
    lab_free(tasks);
    end(&walk);
}
