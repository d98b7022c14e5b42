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
// A sanitizer, inside the process, has many times that.
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
    const char *over; // beyond which limit it was stopped, or NULL
    size_t printed;
    lab_time patience, heard; // when a line came last, by the machine's clock
    bool is_asked;            // where it is, as it says nothing
    int interrupts;
    bool is_refused;
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

// Stops the program, for it has come to a limit.
static void stop(struct lab_guest *guest, const char *over) {
    if (!guest->over)
        guest->over = over;
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

// The process says that it does not run the program: {"refused":"..."}.
static bool is_refusal(struct lab_guest *guest, const char *line) {
    static const char key[] = "{\"refused\":";
    if (strncmp(line, key, strlen(key)) != 0)
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

static void take_line(struct lab_guest *guest, const char *line, size_t n) {
    const struct lab_guest_sink *sink = &guest->options->sink;
    struct lab_text error = {0};
    size_t events = guest->run ? lab_record_count(guest->run->record) : 0;
    if (!guest->is_asked)
        guest->heard = lab_clock_machine();
    if (guest->over || is_refusal(guest, line) || is_of_orders(guest, line))
        return;
    bool begins = guest->recording.count == 0;
    if (lab_reader_line(guest->reader, line, n, &error)) {
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
    } else {
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

static void on_bytes(void *arg, enum lab_child_from from, const char *bytes,
                     size_t n) {
    struct lab_guest *guest = arg;
    const struct lab_guest_sink *sink = &guest->options->sink;
    if (from == LAB_CHILD_RECORD) {
        take_record(guest, bytes, n);
        return;
    }
    if (guest->over)
        return;
    count_printed(guest, n);
    if (from == LAB_CHILD_ERRORS)
        take_errors(guest, bytes, n);
    else
        sink->on_stray(sink->sink, bytes, n);
}

// --- its end

// What [signal] means, for somebody who has not met it.
static const char *meaning(int signal) {
    static const struct {
        int signal;
        const char *words;
    } known[] = {
        {SIGSEGV, "segmentation fault: it used memory that is not its own"},
        {SIGBUS, "bus error: it used memory that has nothing behind it"},
        {SIGFPE, "a division by zero"},
        {SIGILL, "an illegal instruction"},
        {SIGABRT, "it called abort()"},
        {SIGSYS, "it starts processes of its own, which no guest in C may"},
        {SIGKILL, "killed"},
    };
    for (size_t i = 0; i < countof(known); i++)
        if (known[i].signal == signal)
            return known[i].words;
    return strsignal(signal);
}

// Who was running, and where: of the last event of somebody's.
static void put_place(const struct lab_guest *guest, struct lab_text *out) {
    const struct lab_record *record = guest->run ? guest->run->record : NULL;
    size_t n = record ? lab_record_count(record) : 0;
    if (n == 0)
        return;
    lab_text_put(out, " at ");
    lab_time_put(out, lab_record_end(record));
    lab_text_printf(out, ", after event %zu", n);
    const struct lab_event *event = lab_record_at(record, n - 1);
    if (event->task)
        lab_text_printf(out, "; t%u %s was running", event->task,
                        name_of(guest, event));
    if (event->task && event->line)
        lab_text_printf(out, ", line %u", event->line);
}

static void put_end(const struct lab_guest *guest, struct lab_child_end end,
                    struct lab_text *out) {
    if (guest->words.length && !guest->over) {
        lab_text_printf(out, "%s: %s", guest->name,
                        lab_text_string(&guest->words));
        return;
    }
    lab_text_put(out, guest->name);
    if (guest->over)
        lab_text_put(out, " was stopped");
    else if (end.signal && guest->interrupts > 1)
        lab_text_put(out, " was killed");
    else if (end.signal)
        lab_text_put(out, " crashed");
    else
        lab_text_printf(out, " ended its process with exit status %d",
                        end.status);
    put_place(guest, out);
    if (guest->over)
        lab_text_printf(out, ": %s", guest->over);
    else if (end.signal && guest->interrupts < 2)
        lab_text_printf(out, " (%s)", meaning(end.signal));
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
    if (complete && !end.signal && !guest->over)
        return keep_wanted(guest, error);
    put_end(guest, end, error);
    if (guest->run) {
        lab_reader_cut(guest->reader,
                       guest->interrupts ? LAB_EINTR : LAB_ECRASHED);
        end_run(guest);
    }
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
                                .name = lab_guest_name(options->path),
                                .heard = lab_clock_machine()};
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
        .memory = LAB_SANITIZED ? 0 : MEMORY_MOST,
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

// A program that computes for long says nothing meanwhile; nor does one that
// waits for the outside under the real clock. A Python is asked where it is.
static void look_at_silence(struct lab_guest *guest) {
    lab_time silent = lab_clock_machine() - guest->heard;
    if (!guest->options->clock.is_virtual || silent < guest->patience)
        return;
    if (is_python(guest->name) && !guest->is_asked)
        lab_child_kill(guest->child, SIGUSR1);
    else
        stop(guest, "nothing has happened for too long; --limit=time:T "
                    "allows more");
    guest->is_asked = true;
}

int lab_guest_wait(struct lab_guest *guest, struct lab_text *error) {
    int rc;
    while ((rc = lab_child_wait(guest->child, LAB_S)) == LAB_ETIMEDOUT)
        look_at_silence(guest);
    return rc < 0 ? rc : finish(guest, error);
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
    lab_free(guest);
}
