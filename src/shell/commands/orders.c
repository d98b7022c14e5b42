// orders: a variant under every order of its tasks and jobs.

#include "view/orders.h"
#include "base/alloc.h"
#include "base/die.h"
#include "base/error.h"
#include "core/task.h"
#include "demo/choose.h"
#include "shell/drawn.h"
#include "shell/message.h"
#include "shell/option.h"
#include "shell/show.h"
#include "shell/show_guest.h"
#include "shell/words.h"

#include <string.h>

enum {
    DEEPEST = 100,     // choices of each
    MOST = 20000,      // orders; it takes a second or a few
    SLICE_MS = 20,     // of trying, before others get a turn
    PATIENCE_MS = 300, // before it is told how far it is, and between
};

struct watch {
    struct lab_call *call;
    struct lab_orders orders;
    lab_time slice, shown; // when the last one began; when it was told last
    struct lab_drawn drawn;
};

// One line, in the place of the last.
static void show_progress(struct watch *watch,
                          const struct lab_orders *orders) {
    struct lab_text row = {0};
    lab_text_printf(&row, "%zu orders so far, %zu outcome%s; Ctrl-C stops\n",
                    orders->tried, orders->count,
                    orders->count == 1 ? "" : "s");
    lab_drawn_put(&watch->drawn, watch->call, &row);
    lab_text_free(&row);
}

// Tells how far it is, if somebody waits for that.
static void look(struct watch *watch, const struct lab_orders *orders) {
    lab_time now = lab_clock_machine();
    if (!lab_call_may_redraw(watch->call) ||
        now - watch->shown < PATIENCE_MS * LAB_MS)
        return;
    show_progress(watch, orders);
    watch->shown = now;
}

static bool on_tick(void *arg, const struct lab_orders *orders) {
    struct watch *watch = arg;
    if (lab_clock_machine() - watch->slice < SLICE_MS * LAB_MS)
        return true;
    look(watch, orders);
    int rc = lab_yield();
    watch->slice = lab_clock_machine();
    return rc >= 0;
}

// A guest tries its orders in a process of its own, and has others' turns.
static bool on_guest_tick(void *arg, const struct lab_orders *orders) {
    look(arg, orders);
    return true;
}

// --- its words: a program, or a demo and one variant of it

static int read_words(struct lab_call *call, char **words, int count) {
    const struct lab_selection *selection = &call->target.selection;
    struct lab_text error = {0};
    size_t index;
    int status = lab_type_program.read(call, words, count);
    if (status == LAB_EXIT_OK && !selection->guest &&
        !lab_choose_only(selection->settings.demo, selection->variants, &index,
                         &error))
        status = lab_shell_refuse_text(call->shell, &error);
    return status;
}

static void offer(const struct lab_request *request) {
    lab_type_program.offer(request);
}

static const struct lab_type one_variant = {
    .usage = "DEMO|PROGRAM [VARIANT] [NAME=VALUE ...]",
    .noun = "a demo and one of its variants, or a program of yours",
    .is_rest = true,
    .offer = offer,
    .read = read_words,
};

// --- what came out

static int status_of(const struct lab_orders *orders) {
    if (orders->stopped)
        return LAB_EXIT_INTERRUPTED;
    if (orders->is_cut)
        return LAB_EXIT_FAILED;
    for (size_t i = 0; i < orders->count; i++)
        if (lab_outcome_is_bad(&orders->outcomes[i]))
            return LAB_EXIT_FAILED;
    return LAB_EXIT_OK;
}

// The program and its values, so that the line that is shown can be typed.
static void put_typed(struct lab_text *out, const struct lab_call *call) {
    const struct lab_selection *selection = &call->target.selection;
    if (selection->guest)
        lab_words_put(out, selection->guest, '\0');
    else
        lab_text_printf(out, "%d", selection->file->number);
    for (int i = 1; i < call->count; i++)
        if (strchr(call->words[i], '='))
            lab_text_printf(out, " %s", call->words[i]);
}

static int show(const struct watch *watch,
                const struct lab_comparison *comparison) {
    struct lab_call *call = watch->call;
    struct lab_text text = {0}, typed = {0};
    put_typed(&typed, call);
    lab_text_put(&text, "\n");
    lab_orders_put(&text, &call->options.style, comparison, &watch->orders,
                   lab_text_string(&typed));
    lab_pages_put(call->shell, &text);
    lab_text_free(&text);
    lab_text_free(&typed);
    return status_of(&watch->orders);
}

static void begin(struct watch *watch, struct lab_comparison *comparison) {
    lab_show_heading(watch->call, comparison);
    lab_pages_show(watch->call->shell); // before its progress
}

static int try_demo(struct watch *watch) {
    const struct lab_selection *selection = &watch->call->target.selection;
    struct lab_comparison comparison = {.number = selection->file->number,
                                        .clock = LAB_CLOCK_VIRTUAL};
    struct lab_settings settings = selection->settings;
    struct lab_text none = {0};
    size_t index = 0;
    settings.limits = watch->call->options.limits;
    lab_choose_only(settings.demo, selection->variants, &index, &none);
    lab_result_begin(&comparison, &settings);
    begin(watch, &comparison);
    watch->orders.tick = on_tick;
    lab_orders_run(&watch->orders, &comparison, &settings, index);
    lab_drawn_end(&watch->drawn, watch->call);
    int status = show(watch, &comparison);
    lab_comparison_free(&comparison);
    return status;
}

// --- of a guest

static void on_begin(void *sink, struct lab_comparison *comparison) {
    begin(sink, comparison);
}

// What a compiler says; a program's own output goes nowhere.
static void on_stray(void *sink, const char *bytes, size_t n) {
    const struct watch *watch = sink;
    lab_message_say(watch->call, bytes, n);
}

// The program has ended, and lab_guest_wait returned [rc] and [error].
static int finish(struct watch *watch, struct lab_guest *guest, int rc,
                  struct lab_text *error) {
    struct lab_call *call = watch->call;
    struct lab_comparison *comparison = lab_guest_comparison(guest);
    if (rc == LAB_EINVAL)
        return lab_shell_refuse_text(call->shell, error);
    if (watch->orders.tried == 0 && watch->orders.stopped)
        return lab_show_guest_refuse(call, LAB_EXIT_INTERRUPTED, error);
    if (rc < 0)
        lab_shell_fail_text(call->shell, error);
    if (watch->orders.tried == 0 || !comparison || comparison->count == 0)
        return LAB_EXIT_FAILED;
    return show(watch, comparison);
}

static int try_guest(struct watch *watch) {
    struct lab_call *call = watch->call;
    const struct lab_selection *selection = &call->target.selection;
    struct lab_text error = {0}, path = {0};
    struct lab_guest *guest;
    lab_show_guest_find(call, selection->guest, &path);
    struct lab_guest_options options =
        lab_show_guest_options(call, selection, lab_text_string(&path));
    options.clock = LAB_CLOCK_VIRTUAL;
    options.has_input = false; // the first order would read all of it
    options.orders = &watch->orders;
    options.sink = (struct lab_guest_sink){
        .on_begin = on_begin, .on_stray = on_stray, .sink = watch};
    watch->orders.tick = on_guest_tick;
    int status = lab_guest_start(&guest, &options, &error);
    if (status == LAB_EXIT_OK) {
        int rc = lab_show_guest_wait(call->shell, guest, &error);
        lab_drawn_end(&watch->drawn, watch->call);
        status = finish(watch, guest, rc, &error);
        lab_guest_free(guest);
    } else {
        status = lab_show_guest_refuse(call, status, &error);
    }
    lab_text_free(&error);
    lab_text_free(&path);
    return status;
}

// --- the command

static int try_orders(struct lab_call *call) {
    lab_time now = lab_clock_machine();
    struct watch watch = {.call = call, .slice = now, .shown = now};
    watch.orders =
        (struct lab_orders){.most = MOST, .deepest = DEEPEST, .arg = &watch};
    int status =
        call->target.selection.guest ? try_guest(&watch) : try_demo(&watch);
    lab_orders_free(&watch.orders);
    return status;
}

LAB_COMMAND(orders) = {
    .name = "orders",
    .order = 410,
    .text = "run a variant under every order of its tasks and jobs",
    .help =
        "  orders 3 together           which outcomes are there?\n"
        "  orders 3 together n=3       fewer tasks have fewer orders\n"
        "  orders my.c                 a program of yours; my.py as a whole\n",
    .takes = {{&one_variant}},
    .options = LAB_OPTION_DEMOS | LAB_OPTION_LIMIT | LAB_OPTIONS_STYLE,
    .run = try_orders,
};
