// tree.c - who started whom, from when to when, and how each ended.
//
//     together (t1)    0 s to 1.000 s           returned 0
//     ├─ a.txt (t2)    0 s to 1.000 s  line 40  returned 100
//     └─ b.txt (t3)    0 s to 1.000 s  line 40  returned 101
//
// A task is started before its children, so a parent has the lower number. A
// task that names another parent, or none, is a root.

#include "base/alloc.h"
#include "view/line.h"
#include "view/share.h"
#include "view/wording.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum {
    MOST = 100,   // tasks that are shown
    DEEPEST = 12, // levels that are drawn as such
    LEAST = 70,   // columns from which all is in one line
    LONGEST = 36, // columns of what stands left of the times, or so
    SHARE = 4,    // many parts of a wide screen
    OUTCOME = 16, // columns, at least
    APART = 2,    // columns between two others
};

enum { NONE = -1 };

struct node {
    const struct lab_lane *lane;
    const struct lab_state_task *task; // as it was in the end
    int32_t parent, first, last, next; // places, or NONE
    bool shown;
};

struct tree {
    struct lab_text *out;
    const struct lab_style *style;
    const struct lab_run_view *view;
    struct node *nodes;  // one for each task's lane, in the same order
    int32_t first, last; // the roots
    struct lab_times times;
    int names, spans, lines; // columns: as many as the widest needs, or 0
};

static int32_t place_of(const struct tree *tree, uint32_t number) {
    const struct lab_lane *lane = lab_lanes_task(&tree->view->lanes, number);
    return lane ? (int32_t)(lane - tree->view->lanes.tasks.lanes) : NONE;
}

static void link_node(struct tree *tree, int32_t place) {
    struct node *node = &tree->nodes[place];
    int32_t parent = place_of(tree, node->task->parent);
    node->parent = parent < place ? parent : NONE;
    int32_t *first = &tree->first, *last = &tree->last;
    if (node->parent != NONE) {
        first = &tree->nodes[node->parent].first;
        last = &tree->nodes[node->parent].last;
    }
    if (*first == NONE)
        *first = place;
    else
        tree->nodes[*last].next = place;
    *last = place;
}

// Shows the task in [place] if it was asked for, and those that started it.
static void choose(struct tree *tree, int32_t place) {
    const struct lab_lane *lane = tree->nodes[place].lane;
    if (!lab_window_names(tree->style, lane) ||
        !lab_window_meets(&tree->view->window, lane->from, lane->to))
        return;
    while (place != NONE && !tree->nodes[place].shown) {
        tree->nodes[place].shown = true;
        place = tree->nodes[place].parent;
    }
}

static void read_tree(struct tree *tree) {
    size_t count = tree->view->lanes.tasks.count;
    tree->nodes = lab_alloc(count * sizeof *tree->nodes);
    tree->first = tree->last = NONE;
    for (size_t i = 0; i < count; i++) {
        const struct lab_lane *lane = &tree->view->lanes.tasks.lanes[i];
        tree->nodes[i] = (struct node){
            lane, lab_state_task(tree->view->lanes.state, lane->number),
            NONE, NONE,
            NONE, NONE,
            false};
    }
    for (size_t i = 0; i < count; i++)
        link_node(tree, (int32_t)i);
    for (size_t i = 0; i < count; i++)
        choose(tree, (int32_t)i);
}

// --- in words

static void put_failed(const struct tree *tree, struct lab_text *text,
                       const struct lab_state_task *task) {
    lab_text_put(text,
                 task->unread ? "failed, and nobody read it: " : "failed: ");
    lab_wording_failure(text, lab_wording_of(tree->view->lanes.state), task);
}

static void put_outcome(const struct tree *tree, struct lab_text *text,
                        const struct lab_state_task *task) {
    if (task->is != LAB_IS_ENDED) {
        lab_text_put(text, task->cancelled ? "was cancelled, but did not end"
                                           : "did not end");
    } else if (lab_state_ended_cancelled(task)) {
        lab_text_put(text, "was cancelled");
    } else if (task->result < 0) {
        put_failed(tree, text, task);
    } else {
        lab_text_put(text, "returned ");
        lab_wording_result(text, lab_wording_of(tree->view->lanes.state), task);
    }
}

static void put_times(const struct tree *tree, struct lab_text *text,
                      const struct node *node) {
    lab_times_put(text, &tree->times, node->lane->from);
    lab_text_put(text, " to ");
    lab_times_put(text, &tree->times, node->lane->to);
}

static void read_times(struct tree *tree) {
    const struct lab_lane_list *tasks = &tree->view->lanes.tasks;
    for (size_t i = 0; i < tasks->count; i++) {
        lab_times_add(&tree->times, tasks->lanes[i].from);
        lab_times_add(&tree->times, tasks->lanes[i].to);
    }
}

static void put_line(const struct tree *tree, struct lab_text *text,
                     const struct node *node) {
    uint32_t spawned = node->task->spawned;
    uint32_t line =
        spawned ? lab_record_at(tree->view->record, spawned - 1)->line : 0;
    if (line)
        lab_location_put(text, tree->view->record, line);
}

// --- as a tree

// The next of the siblings of [place] that is shown, itself included.
static int32_t shown_from(const struct tree *tree, int32_t place) {
    while (place != NONE && !tree->nodes[place].shown)
        place = tree->nodes[place].next;
    return place;
}

static int depth_of(const struct tree *tree, int32_t place) {
    int depth = 0;
    while ((place = tree->nodes[place].parent) != NONE)
        depth++;
    return depth;
}

// Appends the branch that leads to [place], or what continues it on the lines
// [below] that. If it is too deep, the outer levels are left out.
static void put_branch(const struct tree *tree, int32_t place, bool below,
                       struct lab_text *text) {
    bool ascii = tree->style->ascii, goes_on[DEEPEST];
    int depth = depth_of(tree, place), levels = 0;
    int most = tree->style->width / 4 < 3 * DEEPEST ? tree->style->width / 12
                                                    : DEEPEST;
    for (int32_t at = place; levels < depth && levels < most; levels++) {
        int32_t next = tree->nodes[at].next;
        goes_on[levels] = shown_from(tree, next) != NONE;
        at = tree->nodes[at].parent;
    }
    if (tree->style->plain) {
        lab_text_repeat(text, "  ", levels);
        return;
    }
    if (levels < depth)
        lab_text_put(text, below ? "  " : ascii ? "~ " : "… ");
    for (int i = levels - 1; i >= !below; i--)
        lab_text_put(text, !goes_on[i] ? "   " : ascii ? "|  " : "│  ");
    if (levels > 0 && !below)
        lab_text_put(text, ascii        ? goes_on[0] ? "|- " : "`- "
                           : goes_on[0] ? "├─ "
                                        : "└─ ");
}

static void put_name(const struct node *node, struct lab_text *text) {
    char number[16];
    snprintf(number, sizeof number, "t%" PRIu32, node->lane->number);
    lab_text_put(text, node->lane->name);
    if (strcmp(number, node->lane->name) != 0)
        lab_text_printf(text, " (%s)", number);
}

static enum lab_color color_of(const struct node *node) {
    const struct lab_state_task *task = node->task;
    bool failed = task->is == LAB_IS_ENDED && task->result < 0 &&
                  !lab_state_ended_cancelled(task);
    return failed ? LAB_COLOR_BAD : LAB_COLOR_NONE;
}

// Appends what stands to the left of the words below [place], so that no line
// of the tree is broken there.
static void put_left(const struct tree *tree, int32_t place,
                     struct lab_text *text) {
    bool leads_on = shown_from(tree, tree->nodes[place].first) != NONE;
    put_branch(tree, place, true, text);
    if (leads_on && !tree->style->plain)
        lab_text_put(text, tree->style->ascii ? "| " : "│ ");
    else if (text->length == 0 || tree->style->plain)
        lab_text_put(text, "  ");
}

// Puts [words], wrapped, each line after [left]; not the first if what is left
// of it is there.
static void put_words(const struct tree *tree, const struct node *node,
                      const struct lab_text *words, const struct lab_text *left,
                      bool is_there) {
    struct lab_text lines = {0}, line = {0};
    int room = lab_text_measure(tree->style->width -
                                lab_line_columns(lab_text_string(left)));
    lab_text_wrap(&lines, lab_text_string(words), room);
    for (const char *at = lab_text_string(&lines); *at; is_there = false) {
        size_t n = strcspn(at, "\n");
        lab_text_clear(&line);
        lab_text_write(&line, at, n);
        lab_text_put(tree->out, is_there ? "" : lab_text_string(left));
        lab_line_paint(tree->out, tree->style, color_of(node),
                       lab_text_string(&line), room);
        lab_text_put(tree->out, "\n");
        at += n + (at[n] == '\n');
    }
    lab_text_free(&lines);
    lab_text_free(&line);
}

// Columns of a row before its outcome.
static int columns_before(const struct tree *tree) {
    int lines = tree->lines ? tree->lines + APART : 0;
    return tree->names + APART + tree->spans + APART + lines;
}

// All in columns.
static void put_row(const struct tree *tree, int32_t place,
                    const struct lab_text *branch) {
    const struct node *node = &tree->nodes[place];
    const struct lab_style *style = tree->style;
    struct lab_text times = {0}, line = {0}, outcome = {0}, left = {0};
    put_times(tree, &times, node);
    put_line(tree, &line, node);
    put_outcome(tree, &outcome, node->task);
    lab_line_name(tree->out, style, lab_text_string(branch), tree->names);
    lab_text_repeat(tree->out, " ", APART);
    lab_line_left(tree->out, style, lab_text_string(&times), tree->spans);
    if (tree->lines > 0) {
        lab_text_repeat(tree->out, " ", APART);
        lab_line_left(tree->out, style, lab_text_string(&line), tree->lines);
    }
    lab_text_repeat(tree->out, " ", APART);
    put_left(tree, place, &left);
    int before = columns_before(tree);
    lab_text_repeat(&left, " ",
                    before - lab_line_columns(lab_text_string(&left)));
    put_words(tree, node, &outcome, &left, true);
    lab_text_free(&times);
    lab_text_free(&line);
    lab_text_free(&outcome);
    lab_text_free(&left);
}

// The branch; its number is on a line of its own if it has no room.
static void put_stacked_name(const struct tree *tree,
                             const struct lab_text *branch,
                             const struct lab_text *left) {
    const char *string = lab_text_string(branch);
    const char *number = strrchr(string, ' ');
    int room = tree->style->width;
    bool breaks = number && lab_line_columns(string) > room;
    struct lab_text name = {0};
    lab_text_write(&name, string,
                   breaks ? (size_t)(number - string) : branch->length);
    lab_line_put(tree->out, tree->style, lab_text_string(&name), room);
    lab_text_put(tree->out, "\n");
    if (breaks)
        lab_text_printf(tree->out, "%s%s\n", lab_text_string(left), number + 1);
    lab_text_free(&name);
}

// The branch on one line, the words below it.
static void put_stack(const struct tree *tree, int32_t place,
                      const struct lab_text *branch) {
    const struct node *node = &tree->nodes[place];
    struct lab_text text = {0}, line = {0}, left = {0};
    put_times(tree, &text, node);
    lab_text_put(&text, ": ");
    put_outcome(tree, &text, node->task);
    put_line(tree, &line, node);
    lab_text_put(&text, line.length ? ", " : "");
    lab_text_put(&text, lab_text_string(&line));
    put_left(tree, place, &left);
    put_stacked_name(tree, branch, &left);
    put_words(tree, node, &text, &left, false);
    lab_text_free(&text);
    lab_text_free(&line);
    lab_text_free(&left);
}

// The place after [place] in a walk through the tree, parents first.
static int32_t after(const struct tree *tree, int32_t place) {
    int32_t next = shown_from(tree, tree->nodes[place].first);
    while (next == NONE && place != NONE) {
        next = shown_from(tree, tree->nodes[place].next);
        place = tree->nodes[place].parent;
    }
    return next;
}

static void widen(int *columns, struct lab_text *text) {
    int width = lab_line_columns(lab_text_string(text));
    *columns = width > *columns ? width : *columns;
    lab_text_clear(text);
}

static void measure(struct tree *tree) {
    struct lab_text text = {0};
    int shown = 0;
    for (int32_t at = shown_from(tree, tree->first); at != NONE && shown < MOST;
         at = after(tree, at), shown++) {
        put_branch(tree, at, false, &text);
        put_name(&tree->nodes[at], &text);
        widen(&tree->names, &text);
        put_times(tree, &text, &tree->nodes[at]);
        widen(&tree->spans, &text);
        put_line(tree, &text, &tree->nodes[at]);
        widen(&tree->lines, &text);
    }
    lab_text_free(&text);
    int most =
        tree->style->width - (columns_before(tree) - tree->names) - OUTCOME;
    int longest = tree->style->width / SHARE;
    longest = longest < LONGEST ? LONGEST : longest;
    most = most < longest ? most : longest;
    tree->names = tree->names < most ? tree->names : most;
}

static void put_tree(struct tree *tree) {
    struct lab_text branch = {0};
    measure(tree);
    size_t count = 0;
    for (int32_t at = shown_from(tree, tree->first); at != NONE;
         at = after(tree, at)) {
        if (count++ >= MOST)
            continue;
        lab_text_clear(&branch);
        put_branch(tree, at, false, &branch);
        put_name(&tree->nodes[at], &branch);
        if (tree->style->width < LEAST)
            put_stack(tree, at, &branch);
        else
            put_row(tree, at, &branch);
    }
    lab_window_more(tree->out, tree->style, count, MOST, "tasks");
    lab_text_free(&branch);
}

static void put_run(struct lab_run_view *view, void *arg) {
    (void)arg;
    struct tree tree = {.out = view->out, .style = view->style, .view = view};
    read_tree(&tree);
    read_times(&tree);
    put_tree(&tree);
    lab_window_put_folded(view->out, view->style, &view->lanes);
    lab_free(tree.nodes);
}

void lab_view_tree(struct lab_text *out,
                   const struct lab_comparison *comparison,
                   const struct lab_style *style) {
    lab_window_each(out, comparison, style, put_run, NULL);
}
