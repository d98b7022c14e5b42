// orders: a variant under every order of its tasks and jobs.

#include "view/orders.h"
#include "base/die.h"
#include "base/error.h"
#include "core/task.h"
#include "shell/edit.h"
#include "shell/option.h"
#include "shell/show.h"

#include <string.h>

enum {
    DEEPEST = 100,     // choices of each
    MOST = 20000,      // orders; it takes a second or a few
    SLICE_MS = 20,     // of trying, before others get a turn
    PATIENCE_MS = 300, // before it is told how far it is, and between
};

struct watch {
    struct lab_call *call;
    lab_time slice, shown; // when the last one began; when it was told last
    bool is_shown;
};

// One line, in the place of the last.
static void show_progress(struct watch *watch,
                          const struct lab_orders *orders) {
    lab_shell_printf(watch->call->shell,
                     "%s%zu orders so far, %zu outcome%s; Ctrl-C stops\033[K\n",
                     watch->is_shown ? "\r\033[1A" : "", orders->tried,
                     orders->count, orders->count == 1 ? "" : "s");
    watch->is_shown = true;
}

static void hide_progress(struct watch *watch) {
    if (watch->is_shown)
        lab_shell_printf(watch->call->shell, "\r\033[1A\033[J");
}

static bool on_tick(void *arg, const struct lab_orders *orders) {
    struct watch *watch = arg;
    const struct lab_shell *shell = watch->call->shell;
    lab_time now = lab_clock_machine();
    if (now - watch->slice < SLICE_MS * LAB_MS)
        return true;
    if (shell->interactive && shell->background == 0 && lab_edit_possible() &&
        now - watch->shown >= PATIENCE_MS * LAB_MS) {
        show_progress(watch, orders);
        watch->shown = now;
    }
    int rc = lab_yield();
    watch->slice = lab_clock_machine();
    return rc >= 0;
}

// --- its words: a demo, and one variant of it

// The variant that [selection] means; their number if it is not one.
static size_t only_variant(const struct lab_selection *selection) {
    size_t n = lab_variant_count(selection->settings.demo), found = n;
    for (size_t i = 0; i < n; i++)
        if (selection->variants[i] || n == 1)
            found = found == n ? i : n + 1;
    return found < n ? found : n;
}

static int refuse_variants(struct lab_call *call) {
    const struct lab_demo *demo = call->target.selection.settings.demo;
    struct lab_text error = {0};
    lab_text_put(&error, "orders takes one variant at a time; there are");
    for (size_t i = 0; i < lab_variant_count(demo); i++)
        lab_text_printf(&error, "%s %s", i ? "," : "", demo->variants[i].name);
    return lab_shell_refuse_text(call->shell, &error);
}

static int read_words(struct lab_call *call, char **words, int count) {
    const struct lab_selection *selection = &call->target.selection;
    int status = lab_type_selection.read(call, words, count);
    if (status == LAB_EXIT_OK &&
        only_variant(selection) == lab_variant_count(selection->settings.demo))
        status = refuse_variants(call);
    return status;
}

static void offer(const struct lab_request *request) {
    lab_type_selection.offer(request);
}

static const struct lab_type one_variant = {
    .usage = "DEMO VARIANT [NAME=VALUE ...]",
    .noun = "a demo and one of its variants",
    .is_rest = true,
    .offer = offer,
    .read = read_words,
};

// --- the command

static int status_of(const struct lab_orders *orders) {
    if (orders->stopped)
        return LAB_EXIT_INTERRUPTED;
    for (size_t i = 0; i < orders->count; i++)
        if (lab_outcome_is_bad(&orders->outcomes[i]))
            return LAB_EXIT_FAILED;
    return LAB_EXIT_OK;
}

static int try_orders(struct lab_call *call) {
    const struct lab_selection *selection = &call->target.selection;
    struct lab_comparison comparison = {.number = selection->file->number,
                                        .clock = LAB_CLOCK_VIRTUAL};
    lab_time now = lab_clock_machine();
    struct watch watch = {.call = call, .slice = now, .shown = now};
    struct lab_orders orders = {
        .most = MOST, .deepest = DEEPEST, .tick = on_tick, .arg = &watch};
    struct lab_text text = {0};
    struct lab_settings settings = selection->settings;
    settings.limits = call->options.limits;
    lab_result_begin(&comparison, &settings);
    lab_show_heading(call, &comparison);
    lab_pages_show(call->shell); // before its progress
    lab_orders_run(&orders, &comparison, &settings, only_variant(selection));
    hide_progress(&watch);
    lab_text_put(&text, "\n");
    lab_orders_put(&text, &call->options.style, &comparison, &orders);
    lab_pages_put(call->shell, &text);
    int status = status_of(&orders);
    lab_orders_free(&orders);
    lab_comparison_free(&comparison);
    lab_text_free(&text);
    return status;
}

LAB_COMMAND(orders) = {
    .name = "orders",
    .order = 410,
    .text = "run a variant under every order of its tasks and jobs",
    .help = "  orders 3 together           which outcomes are there?\n"
            "  orders 3 together n=3       fewer tasks have fewer orders\n",
    .takes = {{&one_variant}},
    .options = LAB_OPTION_DEMOS | LAB_OPTION_LIMIT | LAB_OPTIONS_STYLE,
    .run = try_orders,
};
