// guest.c - from a process to runs: its bytes are lines, its lines a record,
// and its end a sentence.

#include "guest/guest.h"

#include "base/alloc.h"
#include "base/die.h"
#include "base/json.h"
#include "base/numbered.h"
#include "core/sanitizer.h"
#include "demo/result.h"
#include "guest/guest_internal.h"
#include "guest/orders_internal.h"

#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <string.h>
#include <unistd.h>

// Beyond these the program is stopped. A line of a record is short; what is
// printed is read by somebody.
enum { LINE_MOST = 1 << 20, PRINTED_MOST = 8 << 20 };
// A sanitizer, inside a guest in C, has many times that.
#define MEMORY_MOST (1ull << 30)

struct lab_guest {
    const struct lab_guest_options *options;
    const char *name; // borrowed
    struct lab_child *child;
    struct lab_recording recording;
    struct lab_reader *reader;
    struct lab_text line, errors; // what has come of a line so far
    struct lab_text words;        // the last that the process said of itself
    struct lab_run *run;          // that is being read, or NULL
    struct lab_numbered tasks, workers; // of it: struct named
    struct lab_text over; // beyond which limit it was stopped; empty: none
    size_t printed;
    lab_time patience, silent;               // how long no line has come
    enum { UNASKED, ASKED, ANSWERED } asked; // where it is, as it says nothing
    int interrupts;
    bool is_refused, has_failed;
    bool is_over;  // all orders were tried
    bool is_shown; // the run that is being read
};

// Somebody who has a name, as the record keeps it.
struct named {
    uint32_t number, text;
};

static bool is_python(const char *path) {
    size_t n = strlen(path);
    return n > 3 && strcmp(path + n - 3, ".py") == 0;
}

bool lab_guest_is(const char *word) {
    size_t n = strlen(word);
    return (n > 2 && strcmp(word + n - 2, ".c") == 0) || is_python(word);
}

bool lab_guest_can_start(const char *word) {
    return !is_python(word) || lab_guest_has_python();
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
    size_t n = 0;
    while (plan->words[n])
        n++;
    lab_assert(n + 1 < countof(plan->words));
    va_start(args, format);
    lab_text_vprintf(&word, format, args);
    va_end(args);
    plan->words[n] = lab_strdup(lab_text_string(&word));
    lab_text_free(&word);
}

struct lab_comparison *lab_guest_comparison(const struct lab_guest *guest) {
    return guest->recording.count ? guest->recording.all[0] : NULL;
}

// --- lines of the record

static const char not_a_record[] =
    "it wrote into the pipe that its record goes through";

static void put_silence(struct lab_guest *guest) {
    if (guest->over.length)
        return;
    lab_text_put(&guest->over, "nothing has happened for ");
    lab_time_put(&guest->over, guest->silent);
    lab_text_put(&guest->over, " of machine time; --limit=time:T allows more");
}

// Stops the program, for it has come to a limit.
static void stop(struct lab_guest *guest, const char *over) {
    if (!guest->over.length)
        lab_text_put(&guest->over, over);
    lab_child_kill(guest->child, SIGKILL);
}

static void count_printed(struct lab_guest *guest, size_t n) {
    guest->printed += n;
    if (guest->printed > PRINTED_MOST)
        stop(guest, "it has printed more than 8 MiB");
}

static void note_name(struct lab_numbered *list, uint32_t number,
                      uint32_t text) {
    ((struct named *)lab_numbered_need(list, number))->text = text;
}

// The name of who has done [event].
static const char *name_of(const struct lab_guest *guest,
                           const struct lab_event *event) {
    const struct named *named =
        event->worker ? lab_numbered_find(&guest->workers, event->worker)
                      : lab_numbered_find(&guest->tasks, event->task);
    return named ? lab_record_string(guest->run->record, named->text)
                 : "the loop";
}

static void say(struct lab_guest *guest, const struct lab_event *event) {
    const struct lab_guest_sink *sink = &guest->options->sink;
    const char *text = lab_record_text(guest->run->record, event);
    count_printed(guest, strlen(text));
    if (guest->is_shown)
        sink->on_say(sink->sink, event->time, name_of(guest, event), text);
}

// Only looplab's own process leaves out the variants that are not wanted.
static bool is_wanted(const struct lab_guest *guest,
                      const struct lab_run *run) {
    const struct lab_guest_options *options = guest->options;
    bool wanted = !is_python(guest->name) || options->count == 0;
    for (int i = 0; i < options->count; i++)
        wanted |= strcmp(options->words[i], run->name) == 0;
    return wanted;
}

static void begin_run(struct lab_guest *guest, struct lab_run *run) {
    guest->run = run;
    guest->is_shown = is_wanted(guest, run);
    guest->tasks = guest->workers =
        (struct lab_numbered){.size = sizeof(struct named)};
    if (guest->is_shown)
        guest->options->sink.on_run(guest->options->sink.sink, run);
}

static void end_run(struct lab_guest *guest) {
    const struct lab_guest_sink *sink = &guest->options->sink;
    lab_result_measure(lab_guest_comparison(guest), guest->run);
    if (guest->is_shown)
        sink->on_run_end(sink->sink, guest->run);
    lab_numbered_free(&guest->tasks);
    lab_numbered_free(&guest->workers);
    guest->run = NULL;
}

static void notice_event(struct lab_guest *guest,
                         const struct lab_event *event) {
    if (event->kind == LAB_EVENT_SPAWN)
        note_name(&guest->tasks, event->task, event->text);
    else if (event->kind == LAB_EVENT_WORKER)
        note_name(&guest->workers, event->worker, event->text);
    else if (event->kind == LAB_EVENT_SAY)
        say(guest, event);
}

// A first line, a run, an event or an end was read; which, shows in what there
// is now.
static void notice(struct lab_guest *guest, size_t events) {
    struct lab_run *run = lab_reader_run(guest->reader);
    if (guest->run && run != guest->run)
        end_run(guest);
    else if (run && !guest->run)
        begin_run(guest, run);
    else if (run && lab_record_count(run->record) > events) {
        notice_event(guest, lab_record_at(run->record, events));
    }
}

// The process says that it does not run the program: {"refused":"..."}. Once it
// does run it, that line is the program's own.
static bool is_refusal(struct lab_guest *guest, const char *line) {
    static const char key[] = "{\"refused\":";
    if (guest->recording.count || strncmp(line, key, strlen(key)) != 0)
        return false;
    struct lab_json json = {.at = line + strlen(key)};
    lab_text_clear(&guest->words);
    lab_json_string(&json, &guest->words);
    guest->is_refused = true;
    return true;
}

// A line about orders, if these are what was asked for.
static bool is_of_orders(struct lab_guest *guest, const char *line) {
    const char *damaged = NULL;
    struct lab_orders *orders = guest->options->orders;
    bool taken = orders &&
                 lab_guest_orders_line(orders, line, &guest->is_over, &damaged);
    if (damaged)
        stop(guest, not_a_record);
    return taken;
}

// The answer of a process that was asked where it is does not count: it is as
// silent as before.
static void hear(struct lab_guest *guest) {
    if (guest->asked != ASKED)
        guest->silent = 0;
    guest->asked = guest->asked == ASKED ? ANSWERED : UNASKED;
}

static void take_line(struct lab_guest *guest, const char *line, size_t n) {
    const struct lab_guest_sink *sink = &guest->options->sink;
    struct lab_text error = {0};
    size_t events = guest->run ? lab_record_count(guest->run->record) : 0;
    hear(guest);
    if (guest->over.length || is_refusal(guest, line) ||
        is_of_orders(guest, line))
        return;
    bool begins = guest->recording.count == 0;
    if (lab_reader_line(guest->reader, line, n, &error) &&
        guest->recording.count == 1) {
        if (begins)
            sink->on_begin(sink->sink, lab_guest_comparison(guest));
        notice(guest, events);
    } else
        stop(guest, not_a_record);
    lab_text_free(&error);
}

static void take_record(struct lab_guest *guest, const char *bytes, size_t n) {
    const char *end;
    while ((end = memchr(bytes, '\n', n))) {
        size_t length = (size_t)(end - bytes);
        lab_text_write(&guest->line, bytes, length);
        take_line(guest, lab_text_string(&guest->line), guest->line.length);
        lab_text_clear(&guest->line);
        bytes = end + 1;
        n -= length + 1;
    }
    lab_text_write(&guest->line, bytes, n);
    if (guest->line.length > LINE_MOST)
        stop(guest, "it has printed a line of more than 1 MiB");
}

// --- what else it writes

// Looplab's own last words, in the process, end it; others' are shown.
static bool is_own(const struct lab_text *line) {
    static const char prefix[] = "looplab: ";
    return line->length > strlen(prefix) &&
           strncmp(line->data, prefix, strlen(prefix)) == 0;
}

static void take_error_line(struct lab_guest *guest) {
    const struct lab_guest_sink *sink = &guest->options->sink;
    if (is_own(&guest->errors)) {
        lab_text_clear(&guest->words);
        lab_text_put(&guest->words, guest->errors.data + strlen("looplab: "));
    } else if (!guest->interrupts || guest->recording.count) {
        // A Python that is interrupted as it starts tells where it was.
        lab_text_put(&guest->errors, "\n");
        sink->on_stray(sink->sink, guest->errors.data, guest->errors.length);
    }
    lab_text_clear(&guest->errors);
}

static void take_errors(struct lab_guest *guest, const char *bytes, size_t n) {
    for (size_t i = 0; i < n; i++) {
        if (bytes[i] == '\n')
            take_error_line(guest);
        else if (guest->errors.length < LINE_MOST)
            lab_text_write(&guest->errors, &bytes[i], 1);
    }
}

void lab_guest_hear(struct lab_guest *guest, enum lab_child_from from,
                    const char *bytes, size_t n) {
    const struct lab_guest_sink *sink = &guest->options->sink;
    if (from == LAB_CHILD_RECORD) {
        take_record(guest, bytes, n);
        return;
    }
    if (guest->over.length)
        return;
    count_printed(guest, n);
    if (from == LAB_CHILD_ERRORS)
        take_errors(guest, bytes, n);
    else
        sink->on_stray(sink->sink, bytes, n);
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
        .who = last && last->task ? name_of(guest, last) : NULL,
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

// Forgets the runs that were not asked for.
static int keep_wanted(struct lab_guest *guest, struct lab_text *error) {
    struct lab_comparison *comparison = lab_guest_comparison(guest);
    struct lab_text names = {0};
    size_t kept = 0;
    for (size_t i = 0; i < comparison->count; i++) {
        struct lab_run *run = comparison->runs[i];
        lab_text_printf(&names, "%s %s", i ? "," : "", run->name);
        if (is_wanted(guest, run)) {
            comparison->runs[i] = comparison->runs[kept];
            comparison->runs[kept++] = run;
        }
    }
    if (kept == 0)
        lab_text_printf(error, "no variant \"%s\" in %s; there are%s",
                        guest->options->words[0], guest->name,
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
        end_run(guest);
    }
    orders->stopped |= guest->interrupts > 0;
    if (guest->is_over)
        return 0;
    orders->is_cut = true;
    put_end(guest, end, error);
    return LAB_ECRASHED;
}

// The process is no more. Was everything said?
static int finish(struct lab_guest *guest, struct lab_text *error) {
    struct lab_child_end end = lab_child_close(guest->child);
    guest->child = NULL;
    if (guest->errors.length)
        take_error_line(guest);
    if (guest->is_refused) {
        lab_text_put(error, lab_text_string(&guest->words));
        return LAB_EINVAL;
    }
    if (guest->options->orders)
        return finish_orders(guest, end, error);
    const struct lab_comparison *comparison = lab_guest_comparison(guest);
    bool complete = comparison && comparison->count && !guest->run;
    // Another program, in the place of Python, was asked and did not know.
    if (end.signal == SIGUSR1 && guest->asked == ASKED)
        put_silence(guest);
    guest->has_failed = end.status != 0 || !complete || guest->over.length;
    if (complete && !end.signal && !guest->over.length)
        return keep_wanted(guest, error);
    put_end(guest, end, error);
    lab_reader_cut(guest->reader, guest->interrupts ? LAB_EINTR : LAB_ECRASHED);
    if (guest->run)
        end_run(guest);
    return LAB_ECRASHED;
}

// --- its life

static int plan_of(struct lab_guest_plan *plan,
                   const struct lab_guest_options *options,
                   struct lab_text *error) {
    if (access(options->path, R_OK) < 0) {
        lab_text_printf(error, "%s cannot be read: %s", options->path,
                        lab_error_text(-errno));
        return LAB_EXIT_USAGE;
    }
    return is_python(options->path)
               ? lab_guest_plan_python(plan, options, error)
               : lab_guest_plan_c(plan, options, error);
}

static void free_plan(struct lab_guest_plan *plan) {
    for (size_t i = 0; plan->words[i]; i++)
        lab_free(plan->words[i]);
    if (plan->file)
        close(plan->file);
}

static struct lab_guest *make(const struct lab_guest_options *options) {
    struct lab_guest *guest = lab_alloc(sizeof *guest);
    *guest = (struct lab_guest){.options = options,
                                .name = lab_guest_name(options->path)};
    guest->reader = lab_reader_new(&guest->recording);
    return guest;
}

static int start(struct lab_guest *guest, const struct lab_guest_plan *plan,
                 struct lab_text *error) {
    struct lab_child_options options = {
        .words = (char **)plan->words,
        .more = plan->more,
        .has_input = guest->options->has_input,
        .file = plan->file,
        .memory = is_python(guest->name) || !LAB_SANITIZED ? MEMORY_MOST : 0,
        .on_bytes = on_bytes,
        .arg = guest,
    };
    int rc = lab_child_start(&guest->child, &options);
    guest->patience = plan->patience;
    if (rc == LAB_ENOENT && plan->missing)
        lab_text_printf(error, "%s is not there; %s", plan->words[0],
                        plan->missing);
    else if (rc < 0)
        lab_text_printf(error, "%s cannot be started: %s", plan->words[0],
                        lab_error_text(rc));
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

enum { STEP = 250 }; // ms, after which we look again

// A program that computes for long says nothing meanwhile; nor does one that
// waits for the outside under the real clock. A Python is asked where it is,
// alone: what it has started would not know what to answer. Time is counted in
// steps, so that a looplab that was stopped itself (Ctrl-Z) counts none.
static void look_at_silence(struct lab_guest *guest) {
    if (!guest->options->clock.is_virtual || guest->patience == LAB_FOREVER)
        return;
    guest->silent += STEP * LAB_MS;
    if (guest->silent >= guest->patience) {
        put_silence(guest);
        lab_child_kill(guest->child, SIGKILL);
    } else if (guest->silent >= guest->patience - LAB_S &&
               is_python(guest->name) && !guest->options->orders &&
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
    guest->interrupts++;
    lab_child_kill(guest->child, guest->interrupts == 1 ? SIGINT : SIGKILL);
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
    lab_recording_free(&guest->recording);
    lab_text_free(&guest->line);
    lab_text_free(&guest->errors);
    lab_text_free(&guest->words);
    lab_text_free(&guest->over);
    lab_free(guest);
}
