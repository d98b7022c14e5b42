#include "base/die.h"
#include "guest/guest.h"
#include "shell/look.h"
#include "shell/option.h"
#include "shell/play.h"
#include "shell/show.h"
#include "shell/watch.h"
#include "view/change.h"
#include "view/line.h"

#include <string.h>

static int run_every(struct lab_call *call) {
    struct lab_shell *shell = call->shell;
    struct lab_text error = {0};
    struct lab_text names = {0};
    size_t skipped = 0;
    int worst = LAB_EXIT_OK;
    if (!lab_shell_demos(shell, &error))
        return lab_shell_fail_text(shell, &error);
    for (size_t i = 0; i < shell->demos.count; i++) {
        struct lab_selection selection;
        if (i > 0 && !call->options.json)
            lab_shell_printf(shell, "\n\n");
        struct lab_demo_file *file = &shell->demos.files[i];
        int status = lab_select_file(shell, file, &selection);
        if (status == LAB_EXIT_OK)
            status = lab_show_run(call, &selection, NULL);
        if (status == LAB_EXIT_INTERRUPTED) {
            lab_text_free(&names);
            return status;
        }
        if (file->is_skipped)
            lab_text_printf(&names, "%s%02d %s", skipped++ ? ", " : "",
                            file->number, file->name);
        else if (status != LAB_EXIT_OK)
            worst = status;
    }
    if (skipped && !call->options.json)
        lab_call_say(call, "%zu of %zu demos %s skipped: %s.", skipped,
                     shell->demos.count, skipped == 1 ? "is" : "are",
                     lab_text_string(&names));
    lab_text_free(&names);
    return worst;
}

// --- its words: all, or a part of one demo

static bool is_all(char **words, int count) {
    return count > 0 && strcmp(words[0], "all") == 0;
}

static void offer(const struct lab_request *request) {
    if (request->index == 0)
        lab_offer_about(request, "all", "one demo after the other");
    lab_type_program.offer(request);
}

// No variant begins with a digit, and none is a file.
static bool is_next(const char *word) {
    return (*word >= '0' && *word <= '9') ||
           (lab_guest_is(word) && !strchr(word, '='));
}

// How many of [words] belong to the first demo or program. The next one begins
// with its number or its file.
static int count_of_first(char **words, int count) {
    int n = 1;
    while (n < count && !is_next(words[n]))
        n++;
    return n;
}

// All of them are read before any runs; the first is left in the call.
static int read_each(struct lab_call *call, char **words, int count) {
    int n = count_of_first(words, count);
    int status = n < count ? read_each(call, words + n, count - n) : 0;
    if (status != LAB_EXIT_OK)
        return status;
    call->target = (struct lab_target){0};
    return lab_type_program.read(call, words, n);
}

static int read_words(struct lab_call *call, char **words, int count) {
    if (!is_all(words, count))
        return read_each(call, words, count);
    if (count == 1)
        return LAB_EXIT_OK;
    return lab_shell_refuse(call->shell,
                            "run all takes nothing more, and not \"%s\"; "
                            "parameters belong to one demo",
                            words[1]);
}

static const struct lab_type selection_or_all = {
    .usage = "DEMO|PROGRAM|all [VARIANT ...] [NAME=VALUE ...]",
    .noun = "a demo, which list shows, or a program of yours",
    .is_rest = true,
    .offer = offer,
    .read = read_words,
};

// --- again and again

struct rerun {
    struct lab_comparison before; // of the last run that came to its end
    bool is_complete;             // and what ran last is that of one
};

// Says what is different now. Returns whether something has run.
static bool say_change(struct lab_call *call, const struct rerun *rerun) {
    static const char *const places[] = {"before", NULL};
    const struct lab_comparison *last = &call->shell->last;
    struct lab_text text = {0};
    if (rerun->before.count > 0 && !call->options.json) {
        lab_text_put(&text, "\n");
        if (last->count > 0)
            lab_change_put(&text, &call->options.style, &rerun->before, last,
                           places);
        else
            lab_line_printf(&text, &call->options.style, LAB_COLOR_HEAD, 0,
                            "It does not run any more.");
    }
    lab_shell_put(call->shell, &text);
    lab_text_free(&text);
    return last->count > 0;
}

// One that was interrupted is compared with nothing.
static int rerun_once(struct lab_call *call, void *arg) {
    struct rerun *rerun = arg;
    struct lab_comparison taken;
    lab_look_take_last(call->shell, &taken);
    if (rerun->is_complete) {
        lab_comparison_free(&rerun->before);
        rerun->before = taken;
    } else
        lab_comparison_free(&taken);
    int status = lab_show_run(call, &call->target.selection, NULL);
    rerun->is_complete =
        status != LAB_EXIT_INTERRUPTED && say_change(call, rerun);
    return status;
}

static int refuse_watch(struct lab_call *call) {
    const char *obstacle = lab_watch_obstacle(call);
    if (is_all(call->words, call->count) || !call->target.selection.guest)
        return lab_shell_refuse(call->shell,
                                "--watch needs a program of yours, such as "
                                "my.py; reload builds a demo anew");
    if (count_of_first(call->words, call->count) < call->count)
        return lab_shell_refuse(call->shell,
                                "--watch needs one program, and here are "
                                "several");
    if (obstacle)
        return lab_shell_refuse(call->shell,
                                "--watch waits for a file to be "
                                "saved; %s",
                                obstacle);
    if (call->record)
        return lab_shell_refuse(call->shell,
                                "--watch runs again and again, and "
                                "--record=FILE keeps one command; leave one "
                                "of them out");
    return LAB_EXIT_OK;
}

static int run_watched(struct lab_call *call) {
    struct rerun rerun = {0};
    struct lab_watch watch = {call->target.selection.guest, rerun_once, &rerun};
    int status = refuse_watch(call);
    if (status != LAB_EXIT_OK)
        return status;
    status = lab_watch(call, &watch);
    // Views show what has run, if the last one has not.
    if (call->shell->last.count == 0)
        lab_look_replace_last(call->shell, &rerun.before);
    else
        lab_comparison_free(&rerun.before);
    return status;
}

// One demo or program after the other.
static int run_each(struct lab_call *call) {
    int worst = LAB_EXIT_OK;
    for (int at = 0, n; at < call->count; at += n) {
        char **words = call->words + at;
        n = count_of_first(words, call->count - at);
        int status = at > 0 ? read_each(call, words, n) : LAB_EXIT_OK;
        if (at > 0 && !call->options.json)
            lab_shell_printf(call->shell, "\n\n");
        if (status == LAB_EXIT_OK)
            status = lab_show_run(call, &call->target.selection, NULL);
        if (status == LAB_EXIT_INTERRUPTED)
            return status;
        worst = status != LAB_EXIT_OK ? status : worst;
    }
    return worst;
}

static int run(struct lab_call *call) {
    if (call->options.json && call->options.timeline)
        return lab_shell_refuse(call->shell, "--json prints nothing else, so "
                                             "leave --timeline out");
    int status = lab_play_check(call, &call->target.selection);
    if (status != LAB_EXIT_OK)
        return status;
    if (call->watch)
        return run_watched(call);
    return is_all(call->words, call->count) ? run_every(call) : run_each(call);
}

LAB_COMMAND(run) = {
    .name = "run",
    .order = 200,
    .text = "run a demo or a program of yours, and compare what its "
            "variants took",
    .help = "  run 3                       all variants of demo 3\n"
            "  run sequential              the same, by a word of its name\n"
            "  run 3 together delay=200    one variant, one parameter changed\n"
            "  run 3 4                     one demo after the other\n"
            "  run all                     every demo\n"
            "  run my.py                   a program of your own, in Python\n"
            "  run my.py n=5               with another number at its top\n"
            "  run my.py --serve --clock=real  with httpbin.org and "
            "example.com played\n"
            "  run my.c                    or in C\n"
            "  run my.c --watch            the same, whenever you save it\n"
            "  run 3 &                     keep typing meanwhile, as after "
            "Ctrl-Z; jobs lists it\n",
    .takes = {{&selection_or_all}},
    .options = LAB_OPTIONS_RUN | LAB_OPTIONS_STYLE | LAB_OPTION_TIMELINE |
               LAB_OPTION_JSON | LAB_OPTION_WATCH | LAB_OPTION_SERVE,
    .run = run,
};
