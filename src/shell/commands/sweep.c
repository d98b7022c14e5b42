// sweep: a demo or a program with one value after the other.

#include "base/alloc.h"
#include "base/die.h"
#include "guest/guest.h"
#include "shell/look.h"
#include "shell/option.h"
#include "shell/show.h"
#include "shell/steps.h"
#include "view/claims.h"
#include "view/grid.h"
#include "view/line.h"
#include "view/wording.h"

#include <string.h>

struct sweep {
    struct lab_call *call;
    struct lab_steps steps;
    const char *name; // of the parameter, with its "=": borrowed
    size_t length;
    char **words; // of which one is replaced by each value
    int count, place;
    struct lab_guest_library library; // of a program in C
    struct lab_comparison all;        // a run for each value and variant
    int status;
};

// --- its words

// Is [word] several values: "n=1..8", "n=1,2,4"? A list is one value.
static bool is_several(const struct lab_call *call, const char *word) {
    const struct lab_demo *demo = call->target.selection.settings.demo;
    const char *value = strchr(word, '=');
    if (!value)
        return false;
    size_t n = (size_t)(value - word);
    for (size_t i = 0; demo && i < lab_param_count(demo); i++)
        if (demo->params[i].list && strlen(demo->params[i].name) == n &&
            strncmp(demo->params[i].name, word, n) == 0)
            return false;
    return strchr(value, ',') || strstr(value, "..");
}

// The words are a demo or a program, and of the values one is many.
static int find_values(struct sweep *sweep) {
    struct lab_shell *shell = sweep->call->shell;
    struct lab_text error = {0};
    const char *found = NULL;
    for (int i = 1; i < sweep->count; i++) {
        if (!is_several(sweep->call, sweep->words[i]))
            continue;
        if (found)
            return lab_shell_refuse(shell,
                                    "sweep changes one value, and here are "
                                    "two, \"%s\" and \"%s\"; give one of them "
                                    "a single value",
                                    found, sweep->words[i]);
        found = sweep->words[i];
        sweep->place = i;
    }
    if (!found)
        return lab_shell_refuse(shell, "sweep needs a parameter with several "
                                       "values: workers=1..8, "
                                       "delay=100ms,1s or "
                                       "n=0..100..25");
    sweep->name = found;
    sweep->length = (size_t)(strchr(found, '=') - found) + 1;
    if (lab_steps_read(&sweep->steps, found + sweep->length, &error))
        return LAB_EXIT_OK;
    return lab_shell_refuse_text(shell, &error);
}

// --- running

// Moves the runs of [one] to all, named after the value.
static void take_runs(struct sweep *sweep, const char *value,
                      struct lab_comparison *one) {
    for (size_t i = 0; i < one->count; i++) {
        struct lab_text name = {0};
        lab_text_write(&name, sweep->name, sweep->length);
        lab_text_put(&name, value);
        if (one->count > 1)
            lab_text_printf(&name, " %s", one->runs[i]->name);
        struct lab_run *to =
            lab_comparison_add_run(&sweep->all, lab_text_string(&name));
        struct lab_run empty = *to;
        *to = *one->runs[i];
        *one->runs[i] = empty;
        one->runs[i]->name = to->name;
        to->name = empty.name;
        lab_text_free(&name);
    }
}

static char *copy(const char *string) {
    return string ? lab_strdup(string) : NULL;
}

// What all runs have in common: all but the value that is swept.
static void take_heading(struct sweep *sweep,
                         const struct lab_comparison *one) {
    struct lab_comparison *all = &sweep->all;
    all->demo = copy(one->demo);
    all->asks = copy(one->asks);
    all->mark = copy(one->mark);
    all->gap_text = copy(one->gap_text);
    all->schedule = copy(one->schedule);
    all->clock = one->clock;
    all->number = one->number;
    for (size_t i = 0; i < one->param_count; i++) {
        const struct lab_run_param *param = &one->params[i];
        bool is_swept =
            strlen(param->name) + 1 == sweep->length &&
            strncmp(param->name, sweep->name, sweep->length - 1) == 0;
        if (!is_swept)
            lab_comparison_add_param(all, param->name, param->value,
                                     param->unit)
                ->is_list = param->is_list;
    }
}

static void put_json(const struct sweep *sweep,
                     const struct lab_comparison *one) {
    struct lab_text text = {0};
    lab_view_json(&text, one, &sweep->call->options.style);
    lab_shell_put(sweep->call->shell, &text);
    lab_text_free(&text);
}

// Where none is chosen, a variant that is made for this parameter is meant:
// pool for workers.
static void choose_variant(const struct sweep *sweep,
                           struct lab_selection *selection) {
    const struct lab_demo *demo = selection->settings.demo;
    size_t n = demo ? lab_variant_count(demo) : 0;
    for (size_t i = 0; i < n; i++)
        if (selection->variants[i])
            return;
    for (size_t i = 0; i < n; i++) {
        const char *number = demo->variants[i].number;
        selection->variants[i] =
            number && strlen(number) + 1 == sweep->length &&
            strncmp(number, sweep->name, sweep->length - 1) == 0;
    }
}

// Runs it with one value. False if no more are to be tried.
static bool run_value(struct sweep *sweep, const char *value) {
    struct lab_call call = *sweep->call;
    struct lab_text word = {0};
    struct lab_comparison one;
    char *replaced = sweep->words[sweep->place];
    lab_text_write(&word, sweep->name, sweep->length);
    lab_text_put(&word, value);
    sweep->words[sweep->place] = word.data;
    int status = lab_type_program.read(&call, sweep->words, sweep->count);
    one = (struct lab_comparison){0};
    call.library = &sweep->library;
    if (status == LAB_EXIT_OK) {
        choose_variant(sweep, &call.target.selection);
        status = lab_show_quietly(&call, &call.target.selection, &one);
    }
    sweep->words[sweep->place] = replaced;
    sweep->status = status > sweep->status ? status : sweep->status;
    if (one.count && call.options.json)
        put_json(sweep, &one);
    if (one.count && sweep->all.count == 0)
        take_heading(sweep, &one);
    if (one.count)
        take_runs(sweep, value, &one);
    lab_comparison_free(&one);
    lab_text_free(&word);
    return status == LAB_EXIT_OK || status == LAB_EXIT_FAILED;
}

// --- what came out

// Do all runs claim the same? Then each claim has a column.
static bool claims_agree(const struct lab_comparison *all) {
    for (size_t i = 1; i < all->count; i++) {
        if (all->runs[i]->claim_count != all->runs[0]->claim_count)
            return false;
        for (size_t j = 0; j < all->runs[0]->claim_count; j++)
            if (strcmp(all->runs[i]->claims[j].text,
                       all->runs[0]->claims[j].text) != 0)
                return false;
    }
    return true;
}

static bool is_figure(const struct lab_claim *claim) {
    return claim->relation && claim->measure && claim->unit != LAB_CLAIM_WORDS;
}

static void put_claims(struct lab_grid *grid, const struct lab_run *run,
                       size_t columns) {
    for (size_t j = 0, n = 0; j < run->claim_count && n < columns; j++) {
        const struct lab_claim *claim = &run->claims[j];
        if (!is_figure(claim))
            continue;
        n++;
        if (claim->missing)
            lab_text_put(lab_grid_cell(grid), "none");
        else
            lab_claims_add_value(grid, claim->unit, claim->measured);
    }
}

static bool all_held(const struct lab_run *run) {
    bool held = !run->time.law || run->time.held;
    for (size_t j = 0; j < run->claim_count; j++)
        held &= run->claims[j].held;
    return held;
}

static void put_row(struct lab_grid *grid, const struct lab_run *run,
                    size_t columns) {
    lab_text_put(lab_grid_cell(grid), run->name);
    struct lab_text *cell = lab_grid_cell(grid);
    if (lab_run_finished(run))
        lab_grid_time(grid, run->time.measured);
    else
        lab_wording_run_failure(cell, run);
    lab_grid_cell(grid);
    if (run->time.law)
        lab_grid_time(grid, run->time.predicted);
    put_claims(grid, run, columns);
    if (run->time.law || run->claim_count > 0)
        lab_grid_held(grid, all_held(run));
    else // a program of yours: nothing was predicted that could hold
        lab_grid_cell(grid);
}

static void put_table(struct lab_text *out, const struct lab_style *style,
                      const struct lab_comparison *all) {
    enum { FIGURES = 3 };
    struct lab_text heads = {0};
    const struct lab_run *first = all->runs[0];
    struct lab_grid grid;
    size_t columns = 0;
    lab_text_put(&heads, "value|>time|>law");
    for (size_t j = 0; claims_agree(all) && j < first->claim_count; j++)
        if (is_figure(&first->claims[j]) && columns < FIGURES) {
            lab_grid_put_head(&heads, '>', first->claims[j].measure);
            columns++;
        }
    lab_text_put(&heads, "|+held");
    lab_grid_init(&grid, lab_text_string(&heads));
    for (size_t i = 0; i < all->count; i++)
        put_row(&grid, all->runs[i], columns);
    lab_grid_put(&grid, out, style);
    lab_text_free(&heads);
}

static void put_all(const struct sweep *sweep) {
    const struct lab_style *style = &sweep->call->options.style;
    const struct lab_comparison *all = &sweep->all;
    struct lab_text text = {0};
    if (all->count == 0 || sweep->call->options.json)
        return;
    lab_show_heading(sweep->call, all);
    lab_text_put(&text, "\n");
    put_table(&text, style, all);
    if (!style->plain)
        lab_view_append(&text, lab_view_bars, all, style);
    lab_pages_put(sweep->call->shell, &text);
    lab_text_free(&text);
}

// --- the command

static int sweep(struct lab_call *call) {
    struct sweep sweep = {
        .call = call, .words = call->words, .count = call->count};
    int status = find_values(&sweep);
    if (status == LAB_EXIT_OK) {
        for (size_t i = 0; i < sweep.steps.count; i++)
            if (!run_value(&sweep, sweep.steps.values[i]))
                break;
        put_all(&sweep);
        status = sweep.status;
    }
    lab_guest_library_free(&sweep.library);
    lab_comparison_free(&sweep.all);
    lab_steps_free(&sweep.steps);
    return status;
}

static int read_words(struct lab_call *call, char **words, int count) {
    // The demo alone: its values are read one after the other.
    int status = lab_type_program.read(call, words, 1);
    (void)count;
    return status;
}

// One value is several; after that, the others are one.
static void offer(const struct lab_request *request) {
    bool has_range = request->index == 0 || lab_guest_is(request->words[0]);
    for (int i = 1; i < request->index; i++)
        has_range |= strstr(request->words[i], "..") != NULL;
    if (has_range) {
        lab_type_program.offer(request);
        return;
    }
    lab_offer_variants(request, request->words[0]);
    lab_offer_ranges(request, request->words[0]);
}

static const struct lab_type swept = {
    .usage = "DEMO|PROGRAM [VARIANT ...] NAME=VALUES [NAME=VALUE ...]",
    .noun = "a demo, which list shows, or a program of yours",
    .is_rest = true,
    .offer = offer,
    .read = read_words,
};

LAB_COMMAND(sweep) = {
    .name = "sweep",
    .order = 420,
    .text = "run a demo with one value after another, and compare",
    .help =
        "  sweep 4 workers=1..8          a table, and a bar for each value\n"
        "  sweep 3 together delay=1s,2s  these values, of one variant\n"
        "  sweep 2 beat=50..200..50      from, to, and the step\n"
        "  sweep my.py n=1,3             a program of yours\n"
        "  sweep 11 limit=1..9 --json    an object on a line for each value\n",
    .takes = {{&swept}},
    .options = LAB_OPTIONS_WHICH | LAB_OPTION_LIMIT | LAB_OPTIONS_STYLE |
               LAB_OPTION_SCHEDULE | LAB_OPTION_RECORD | LAB_OPTION_JSON,
    .run = sweep,
};
