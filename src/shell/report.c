#include "shell/report.h"

#include "record/file.h"
#include "shell/doctor.h"
#include "shell/words.h"
#include "view/events.h"
#include "view/export_said.h"
#include "view/wording.h"

#include <inttypes.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

// --- leaving out names

static bool is_in_name(char c) {
    return c && strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                       "0123456789_-.~",
                       c);
}

// Puts [with] in place of [what], a path or the end of one, wherever no name
// continues after it; and, if it is a [whole] path, none comes before it.
static void replace(struct lab_text *text, const char *what, const char *with,
                    bool whole) {
    struct lab_text out = {0};
    size_t n = strlen(what);
    while (n > 0 && what[n - 1] == '/') // as some write their home folder
        n--;
    if (n < 2) // "/" is the home folder of nobody
        return;
    for (const char *at = lab_text_string(text); *at;) {
        char before = out.length ? out.data[out.length - 1] : '\0';
        bool is_it = strncmp(at, what, n) == 0 && !is_in_name(at[n]) &&
                     !(whole && is_in_name(before));
        lab_text_write(&out, is_it ? with : at, is_it ? strlen(with) : 1);
        at += is_it ? n : 1;
    }
    lab_text_free(text);
    *text = out;
}

// The home folder is "~", and a folder elsewhere that has the user's name is
// one of "USER".
static void leave_names_out(struct lab_text *text) {
    const char *home = getenv("HOME");
    const struct passwd *user = getpwuid(getuid());
    struct lab_text name = {0};
    if (home)
        replace(text, home, "~", true);
    if (user) {
        replace(text, user->pw_dir, "~", true);
        lab_text_printf(&name, "/%s", user->pw_name);
        replace(text, lab_text_string(&name), "/USER", false);
    }
    lab_text_free(&name);
}

// --- what has run

static void put_run(struct lab_text *out, const struct lab_style *style,
                    const struct lab_run *run) {
    enum { SHOWN = 10 };
    struct lab_text line = {0};
    size_t count = lab_record_count(run->record);
    size_t from = count > SHOWN ? count - SHOWN : 0;
    lab_text_printf(out, "\n%s: ", run->name);
    if (lab_run_finished(run)) {
        lab_time_put(&line, run->time.measured);
        lab_text_put(&line, run->time.law && !run->time.held
                                ? ", its law does not hold"
                                : "");
    } else {
        lab_wording_run_failure(&line, run);
    }
    lab_text_printf(out, "%s; %zu events, the last:\n", lab_text_string(&line),
                    count);
    lab_events_put(out, style, run->record, from, count - from, " ");
    lab_text_free(&line);
}

// Appends the command that runs [comparison] again and keeps the record.
static void put_again(struct lab_text *out,
                      const struct lab_comparison *comparison) {
    lab_text_put(out, "\nto attach the record: run ");
    if (comparison->number > 0)
        lab_text_printf(out, "%d", comparison->number);
    else
        lab_words_put(out, comparison->source ? comparison->source : "", '\0');
    if (comparison->count == 1)
        lab_text_printf(out, " %s", comparison->runs[0]->name);
    for (size_t i = 0; i < comparison->param_count; i++)
        lab_text_printf(out, " %s=%s", comparison->params[i].name,
                        comparison->params[i].value);
    if (comparison->schedule)
        lab_text_printf(out, " --schedule=%s", comparison->schedule);
    lab_text_put(out, " --clock=");
    lab_clock_put(out, comparison->clock);
    lab_text_put(out, " --record=run.jsonl\n");
}

static void put_comparison(struct lab_text *out, const struct lab_style *style,
                           const struct lab_comparison *comparison) {
    lab_text_put(out, "\n");
    lab_export_said_heading(out, comparison, style);
    for (size_t i = 0; i < comparison->count; i++)
        put_run(out, style, comparison->runs[i]);
}

static bool put_file(struct lab_text *out, const struct lab_style *style,
                     const char *path, struct lab_text *error) {
    struct lab_recording recording;
    bool is_read = lab_result_read(&recording, path, error);
    for (size_t i = 0; is_read && i < recording.count; i++)
        put_comparison(out, style, recording.all[i]);
    if (is_read)
        lab_text_printf(out, "\nplease attach %s\n", path);
    lab_recording_free(&recording);
    return is_read;
}

// --- the machine

static void put_machine(struct lab_text *out, struct lab_shell *shell) {
    struct utsname about;
    struct lab_checkup of = {0};
    if (uname(&about) == 0)
        lab_text_printf(out, "\nmachine: %s %s %s, %ld cores\n", about.sysname,
                        about.release, about.machine,
                        sysconf(_SC_NPROCESSORS_ONLN));
    for (size_t i = 0; lab_doctor_check(shell, i, &of); i++) {
        lab_text_printf(out, "%s: %s\n", of.name, lab_text_string(&of.is));
        if (of.fix.length)
            lab_text_printf(out, "  to fix: %s\n", lab_text_string(&of.fix));
    }
}

bool lab_report_put(struct lab_text *out, struct lab_shell *shell,
                    const struct lab_style *style, const char *file,
                    struct lab_text *error) {
    struct lab_text text = {0};
    struct lab_style plain = *style;
    plain.color = false; // it is pasted
    lab_text_printf(&text, "looplab " LAB_VERSION "\n");
    if (file && !put_file(&text, &plain, file, error)) {
        lab_text_free(&text);
        return false;
    }
    if (!file && shell->last.count > 0) {
        put_comparison(&text, &plain, &shell->last);
        put_again(&text, &shell->last);
    } else if (!file) {
        lab_text_put(&text, "\nnothing has run yet; run what went wrong, and "
                            "then report\n");
    }
    put_machine(&text, shell);
    leave_names_out(&text);
    lab_text_mask(out, lab_text_string(&text), text.length, true);
    lab_text_free(&text);
    return true;
}
