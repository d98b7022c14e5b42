// guest.c - a guest from its start to its end, which is a sentence. What its
// process writes meanwhile, hear.c reads.

#include "guest/guest.h"

#include "base/alloc.h"
#include "base/die.h"
#include "base/read.h"
#include "core/sanitizer.h"
#include "demo/result.h"
#include "guest/grade_lines_internal.h"
#include "guest/guest_internal.h"

#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// A sanitizer, inside a guest in C, has many times that.
#define MEMORY_MOST (1ull << 30)

bool lab_guest_is_python(const char *path) {
    size_t n = strlen(path);
    return n > 3 && strcmp(path + n - 3, ".py") == 0;
}

bool lab_guest_is(const char *word) {
    size_t n = strlen(word);
    return (n > 2 && strcmp(word + n - 2, ".c") == 0) ||
           lab_guest_is_python(word);
}

bool lab_guest_is_value(const char *word) {
    return strchr(word, '=') != NULL;
}

bool lab_guest_can_start(const char *word) {
    return !lab_guest_is_python(word) || lab_guest_has_python();
}

const char *lab_guest_name(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

char *lab_guest_title(const char *path) {
    char *title = lab_strdup(lab_guest_name(path));
    *strrchr(title, '.') = '\0';
    return title;
}

void lab_guest_add_word(struct lab_guest_plan *plan, const char *format, ...) {
    struct lab_text word = {0};
    va_list args;
    va_start(args, format);
    lab_text_vprintf(&word, format, args);
    va_end(args);
    plan->words = lab_grow(plan->words, plan->count + 1, &plan->room,
                           sizeof *plan->words);
    plan->words[plan->count++] = lab_strdup(lab_text_string(&word));
    plan->words[plan->count] = NULL;
    lab_text_free(&word);
}

struct lab_comparison *lab_guest_comparison(const struct lab_guest *guest) {
    return guest->recording.count ? guest->recording.all[0] : NULL;
}

static void on_bytes(void *arg, enum lab_child_from from, const char *bytes,
                     size_t n) {
    lab_guest_hear(arg, from, bytes, n);
}

// --- its end

// Says how it ended: what the process itself has said of that is best.
static void put_end(const struct lab_guest *guest, struct lab_child_end end,
                    struct lab_text *out) {
    const struct lab_record *record = guest->run ? guest->run->record : NULL;
    size_t n = record ? lab_record_count(record) : 0;
    const struct lab_event *last = n ? lab_record_at(record, n - 1) : NULL;
    struct lab_guest_end known = {
        .name = guest->name,
        .end = end,
        .over = guest->over.length ? guest->over.data : NULL,
        .interrupts = guest->interrupts,
        .record = last ? record : NULL,
        .who = last && last->task ? lab_guest_name_of(guest, last) : NULL,
    };
    if (guest->interrupts && !lab_guest_comparison(guest))
        lab_text_put(out, "cancelled");
    else if (guest->words.length && !guest->over.length)
        lab_text_printf(out, "%s: %s", guest->name,
                        lab_text_string(&guest->words));
    else
        lab_guest_put_end(&known, out);
    if (guest->words.length && guest->over.length)
        lab_text_printf(out, " (%s)", lab_text_string(&guest->words));
}

// The first that is named, if one is.
static const char *first_variant(const struct lab_guest_options *options) {
    int i = 0;
    while (i < options->count && lab_guest_is_value(options->words[i]))
        i++;
    return i < options->count ? options->words[i] : "";
}

// Forgets the runs that were not asked for.
static int keep_wanted(struct lab_guest *guest, struct lab_text *error) {
    struct lab_comparison *comparison = lab_guest_comparison(guest);
    struct lab_text names = {0};
    size_t kept = 0;
    for (size_t i = 0; i < comparison->count; i++) {
        struct lab_run *run = comparison->runs[i];
        lab_text_printf(&names, "%s %s", i ? "," : "", run->name);
        if (lab_guest_wants(guest, run)) {
            comparison->runs[i] = comparison->runs[kept];
            comparison->runs[kept++] = run;
        }
    }
    if (kept == 0)
        lab_text_printf(error, "no variant \"%s\" in %s; there are%s",
                        first_variant(guest->options), guest->name,
                        lab_text_string(&names));
    else
        lab_comparison_cut(comparison, kept);
    lab_text_free(&names);
    return kept == 0 ? LAB_EINVAL : 0;
}

// The process has tried orders, or has found out that it cannot.
static int finish_orders(struct lab_guest *guest, struct lab_child_end end,
                         struct lab_text *error) {
    struct lab_orders *orders = guest->options->orders;
    if (guest->run) { // it has no events, and no end
        lab_reader_cut(guest->reader, 0);
        lab_guest_end_run(guest);
    }
    orders->stopped |= guest->interrupts > 0;
    if (guest->is_over || (guest->tries && guest->interrupts))
        return 0;
    orders->is_cut = true;
    put_end(guest, end, error);
    return LAB_ECRASHED;
}

// The same of a grading. How it was cut off is a part of what came out.
static int finish_grade(struct lab_guest *guest, struct lab_child_end end) {
    struct lab_grade *grade = guest->options->grade;
    struct lab_text text = {0};
    bool is_cut = !guest->is_over && !guest->interrupts;
    if (is_cut)
        put_end(guest, end, &text);
    const char *why = is_cut ? lab_text_string(&text) : NULL;
    grade->stopped |= guest->interrupts > 0;
    if (guest->tries)
        lab_tries_end(guest->tries, why);
    else
        lab_guest_grade_end(grade, why);
    lab_text_free(&text);
    return 0;
}

// The process is no more. Was everything said?
static int finish(struct lab_guest *guest, struct lab_text *error) {
    struct lab_child_end end = lab_child_close(guest->child);
    guest->child = NULL;
    if (guest->errors.length)
        lab_guest_end_errors(guest);
    if (guest->is_refused) {
        lab_text_put(error, lab_text_string(&guest->words));
        return LAB_EINVAL;
    }
    if (guest->options->orders)
        return finish_orders(guest, end, error);
    if (guest->options->grade)
        return finish_grade(guest, end);
    const struct lab_comparison *comparison = lab_guest_comparison(guest);
    bool complete = comparison && comparison->count && !guest->run;
    // Another program, in the place of Python, was asked and did not know.
    if (end.signal == SIGUSR1 && guest->asked == ASKED)
        lab_guest_put_silence(guest);
    guest->has_failed = end.status != 0 || !complete || guest->over.length;
    if (complete && !end.signal && !guest->over.length)
        return keep_wanted(guest, error);
    put_end(guest, end, error);
    lab_reader_cut(guest->reader, guest->interrupts ? LAB_EINTR : LAB_ECRASHED);
    if (guest->run)
        lab_guest_end_run(guest);
    return LAB_ECRASHED;
}

// --- its life

static int plan_of(struct lab_guest_plan *plan,
                   const struct lab_guest_options *options,
                   struct lab_text *error) {
    if (access(options->path, R_OK) < 0) {
        lab_read_put_why(error, options->path, -errno);
        return LAB_EXIT_USAGE;
    }
    return lab_guest_is_python(options->path)
               ? lab_guest_plan_python(plan, options, error)
               : lab_guest_plan_c(plan, options, error);
}

static void free_plan(struct lab_guest_plan *plan) {
    for (size_t i = 0; i < plan->count; i++)
        lab_free(plan->words[i]);
    lab_free(plan->words);
    if (plan->file)
        close(plan->file);
}

static struct lab_guest *make(const struct lab_guest_options *options) {
    struct lab_guest *guest = lab_alloc(sizeof *guest);
    *guest = (struct lab_guest){.options = options,
                                .name = lab_guest_name(options->path)};
    guest->reader = lab_reader_new(&guest->recording);
    if (options->orders && lab_guest_is_python(guest->name))
        guest->tries = lab_tries_of_orders(options->orders);
    if (options->grade && lab_guest_is_python(guest->name))
        guest->tries = lab_tries_of_grade(options->grade, guest->name);
    return guest;
}

static int start(struct lab_guest *guest, const struct lab_guest_plan *plan,
                 struct lab_text *error) {
    struct lab_child_options options = {
        .words = plan->words,
        .more = plan->more,
        .ignored = SIGUSR1, // until it can say where it is
        .has_input = guest->options->has_input,
        .file = plan->file,
        .memory = lab_guest_is_python(guest->name) || !LAB_SANITIZED
                      ? MEMORY_MOST
                      : 0,
        .on_bytes = on_bytes,
        .arg = guest,
    };
    int rc = guest->tries ? lab_tries_open(guest->tries, &options.input) : 0;
    if (rc == 0)
        rc = lab_child_start(&guest->child, &options);
    if (options.input)
        close(options.input);
    guest->patience = plan->patience;
    if (rc == LAB_ENOENT && plan->missing)
        lab_text_printf(error, "%s is not there; %s", plan->words[0],
                        plan->missing);
    else if (rc < 0)
        lab_text_printf(error, "%s cannot be started: %s", plan->words[0],
                        lab_error_text(rc));
    else if (guest->tries)
        lab_tries_ask(guest->tries);
    return rc < 0 ? LAB_EXIT_FAILED : LAB_EXIT_OK;
}

int lab_guest_start(struct lab_guest **out,
                    const struct lab_guest_options *options,
                    struct lab_text *error) {
    struct lab_guest_plan plan = {0};
    struct lab_guest *guest = make(options);
    int status = plan_of(&plan, options, error);
    if (status == LAB_EXIT_OK)
        status = start(guest, &plan, error);
    free_plan(&plan);
    if (status == LAB_EXIT_OK)
        *out = guest;
    else
        lab_guest_free(guest);
    return status;
}

enum {
    STEP = 250,   // ms, after which we look again
    START_S = 60, // for a Python to begin, on a machine that is busy
};

// Has the process a handler for the question where it is? The recorder has one
// before the program's first line.
static bool has_handler(const struct lab_guest *guest) {
    static const char caught[] = "SigCgt:"; // the signals with a handler
    char path[40], line[200];
    unsigned long long signals = 0;
    snprintf(path, sizeof path, "/proc/%d/status",
             lab_child_number(guest->child));
    FILE *file = fopen(path, "re");
    if (!file)
        return true;
    while (fgets(line, sizeof line, file))
        if (strncmp(line, caught, strlen(caught)) == 0)
            signals = strtoull(line + strlen(caught), NULL, 16);
    fclose(file);
    return signals >> (SIGUSR1 - 1) & 1;
}

// To begin may take a Python long, which is not the program's affair.
static bool begins(struct lab_guest *guest) {
    if (guest->has_begun || !lab_guest_is_python(guest->name))
        return false;
    guest->has_begun = has_handler(guest);
    if (guest->has_begun)
        guest->silent = 0;
    return guest->silent < START_S * LAB_S;
}

// A program that computes for long says nothing meanwhile; nor does one that
// waits for the outside under the real clock. A Python is asked where it is,
// alone: what it has started would not know what to answer. Time is counted in
// steps, so that a looplab that was stopped itself (Ctrl-Z) counts none; nor
// does what the program waited for a processor.
static void look_at_silence(struct lab_guest *guest) {
    if (!guest->options->clock.is_virtual || guest->patience == LAB_FOREVER)
        return;
    guest->silent +=
        lab_guest_silence(guest, STEP * LAB_MS,
                          lab_guest_starved(lab_child_number(guest->child)));
    if (begins(guest))
        return;
    if (guest->silent >= guest->patience) {
        lab_guest_put_silence(guest);
        lab_child_kill(guest->child, SIGKILL);
    } else if (guest->silent >= guest->patience - LAB_S &&
               lab_guest_is_python(guest->name) && !guest->tries &&
               guest->asked == UNASKED) {
        guest->asked = ASKED;
        lab_child_tell(guest->child, SIGUSR1);
    }
}

int lab_guest_wait(struct lab_guest *guest, struct lab_text *error) {
    int rc;
    while ((rc = lab_child_wait(guest->child, STEP * LAB_MS)) == LAB_ETIMEDOUT)
        look_at_silence(guest);
    if (rc == LAB_ECANCELED || rc == LAB_EINTR)
        return rc;
    if (rc < 0)
        lab_text_printf(&guest->over, "what it wrote cannot be read: %s",
                        lab_error_text(rc));
    return finish(guest, error);
}

int lab_guest_status(const struct lab_guest *guest) {
    if (guest->interrupts && guest->recording.count == 0)
        return LAB_EXIT_INTERRUPTED;
    return guest->has_failed ? LAB_EXIT_FAILED : LAB_EXIT_OK;
}

void lab_guest_interrupt(struct lab_guest *guest) {
    bool is_gentle = guest->interrupts++ == 0 && !guest->options->ends_at_once;
    lab_child_kill(guest->child, is_gentle ? SIGINT : SIGKILL);
}

bool lab_guest_was_interrupted(const struct lab_guest *guest) {
    return guest->interrupts > 0;
}

void lab_guest_free(struct lab_guest *guest) {
    if (guest->child)
        lab_child_close(guest->child);
    lab_numbered_free(&guest->tasks);
    lab_numbered_free(&guest->workers);
    lab_reader_free(guest->reader);
    lab_tries_free(guest->tries);
    lab_recording_free(&guest->recording);
    lab_text_free(&guest->line);
    lab_text_free(&guest->errors);
    lab_text_free(&guest->words);
    lab_text_free(&guest->over);
    lab_free(guest);
}
