// hear.c - what a guest's process writes: lines of a record, and what else it
// prints.

#include "base/alloc.h"
#include "base/json.h"
#include "demo/result.h"
#include "guest/grade_lines_internal.h"
#include "guest/guest_internal.h"
#include "guest/orders_internal.h"

#include <signal.h>
#include <string.h>

// Beyond these the program is stopped. A line of a record is short; what is
// printed is read by somebody.
enum { LINE_MOST = 1 << 20, PRINTED_MOST = 8 << 20 };

// Somebody who has a name, as the record keeps it.
struct named {
    uint32_t number, text;
};

// --- lines of the record

static const char not_a_record[] =
    "it wrote into the pipe that its record goes through";

void lab_guest_put_silence(struct lab_guest *guest) {
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

const char *lab_guest_name_of(const struct lab_guest *guest,
                              const struct lab_event *event) {
    const struct named *named =
        event->worker ? lab_numbered_find(&guest->workers, event->worker)
                      : lab_numbered_find(&guest->tasks, event->task);
    return named ? lab_record_string(guest->run->record, named->text)
                 : "the loop";
}

void lab_guest_stray(const struct lab_guest_options *options, const char *bytes,
                     size_t n) {
    if (options->sink.on_stray)
        options->sink.on_stray(options->sink.sink, bytes, n);
}

static void say(struct lab_guest *guest, const struct lab_event *event) {
    const struct lab_guest_sink *sink = &guest->options->sink;
    const char *text = lab_record_text(guest->run->record, event);
    count_printed(guest, strlen(text));
    if (guest->is_shown && sink->on_say)
        sink->on_say(sink->sink, event->time, lab_guest_name_of(guest, event),
                     text);
}

bool lab_guest_wants(const struct lab_guest *guest, const struct lab_run *run) {
    const struct lab_guest_options *options = guest->options;
    bool wanted = false, named = false;
    for (int i = 0; i < options->count; i++) {
        named |= !lab_guest_is_value(options->words[i]);
        wanted |= strcmp(options->words[i], run->name) == 0;
    }
    return wanted || !named || !lab_guest_is_python(guest->name);
}

static void begin_run(struct lab_guest *guest, struct lab_run *run) {
    guest->run = run;
    guest->is_shown = lab_guest_wants(guest, run);
    guest->tasks = guest->workers =
        (struct lab_numbered){.size = sizeof(struct named)};
    const struct lab_guest_sink *sink = &guest->options->sink;
    if (guest->is_shown && sink->on_run)
        sink->on_run(sink->sink, run);
}

void lab_guest_end_run(struct lab_guest *guest) {
    const struct lab_guest_sink *sink = &guest->options->sink;
    lab_result_measure(lab_guest_comparison(guest), guest->run);
    if (guest->is_shown && sink->on_run_end)
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
        lab_guest_end_run(guest);
    else if (run && !guest->run)
        begin_run(guest, run);
    else if (run && lab_record_count(run->record) > events) {
        notice_event(guest, lab_record_at(run->record, events));
    }
}

// Reads the string of a line that begins with [key] into [text].
static bool read_words(const char *line, const char *key,
                       struct lab_text *text) {
    struct lab_json json = {.at = line + strlen(key)};
    if (strncmp(line, key, strlen(key)) != 0)
        return false;
    lab_text_clear(text);
    lab_json_string(&json, text);
    return true;
}

// The process says that it does not run the program: {"refused":"..."}. Once it
// does run it, that line is the program's own.
static bool is_refusal(struct lab_guest *guest, const char *line) {
    const struct lab_recording *began =
        guest->tries ? &guest->tries->now.recording : &guest->recording;
    if (began->count || !read_words(line, "{\"refused\":", &guest->words))
        return false;
    guest->is_refused = true;
    return true;
}

// What a Python program prints outside of runs: {"printed":"..."}. It comes by
// this pipe, or it could overtake lines of the record.
static bool is_printed(struct lab_guest *guest, const char *line) {
    struct lab_text text = {0};
    bool is = read_words(line, "{\"printed\":", &text);
    if (is) {
        count_printed(guest, text.length);
        lab_guest_stray(guest->options, lab_text_string(&text), text.length);
    }
    lab_text_free(&text);
    return is;
}

// A line about orders or a grading, if these are what was asked for.
static bool is_of_schedules(struct lab_guest *guest, const char *line) {
    const char *damaged = NULL;
    struct lab_orders *orders = guest->options->orders;
    struct lab_grade *grade = guest->options->grade;
    bool taken =
        orders ? lab_guest_orders_line(orders, line, &guest->is_over, &damaged)
               : grade && lab_guest_grade_line(grade, line, &guest->is_over,
                                               &damaged);
    if (damaged)
        stop(guest, not_a_record);
    return taken;
}

// The answer of a process that was asked where it is does not count: it is as
// silent as before.
static void hear(struct lab_guest *guest) {
    guest->has_begun = true;
    if (guest->asked != ASKED)
        guest->silent = 0;
    guest->asked = guest->asked == ASKED ? ANSWERED : UNASKED;
}

static void read_line(struct lab_guest *guest, const char *line, size_t n) {
    const struct lab_guest_sink *sink = &guest->options->sink;
    struct lab_text error = {0};
    size_t events = guest->run ? lab_record_count(guest->run->record) : 0;
    bool begins = guest->recording.count == 0;
    if (lab_reader_line(guest->reader, line, n, &error) &&
        guest->recording.count == 1) {
        if (begins && sink->on_begin)
            sink->on_begin(sink->sink, lab_guest_comparison(guest));
        notice(guest, events);
    } else
        stop(guest, not_a_record);
    lab_text_free(&error);
}

// What is tried has one first line for all; orders have a run without events.
static void take_try(struct lab_guest *guest, const char *line, size_t n) {
    static const char head[] = "{\"looplab\":";
    static const char run[] =
        "{\"run\":\"\",\"text\":null,\"law\":null,\"gap_law\":null}";
    bool is_head = strncmp(line, head, strlen(head)) == 0;
    if (is_head && guest->recording.count == 0) {
        read_line(guest, line, n);
        if (guest->options->orders)
            read_line(guest, run, strlen(run));
    }
    if (lab_tries_line(guest->tries, line, n)) {
        guest->printed = 0;
        guest->is_over = !lab_tries_ask(guest->tries);
    }
}

static void take_line(struct lab_guest *guest, const char *line, size_t n) {
    hear(guest);
    if (guest->over.length || is_refusal(guest, line))
        return;
    if (guest->tries)
        take_try(guest, line, n);
    else if (!is_printed(guest, line) && !is_of_schedules(guest, line))
        read_line(guest, line, n);
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

void lab_guest_end_errors(struct lab_guest *guest) {
    if (is_own(&guest->errors)) {
        lab_text_clear(&guest->words);
        lab_text_put(&guest->words, guest->errors.data + strlen("looplab: "));
    } else if (!guest->interrupts || guest->recording.count) {
        // A Python that is interrupted as it starts tells where it was.
        lab_text_put(&guest->errors, "\n");
        lab_guest_stray(guest->options, guest->errors.data,
                        guest->errors.length);
    }
    lab_text_clear(&guest->errors);
}

static void take_errors(struct lab_guest *guest, const char *bytes, size_t n) {
    for (size_t i = 0; i < n; i++) {
        if (bytes[i] == '\n')
            lab_guest_end_errors(guest);
        else if (guest->errors.length < LINE_MOST)
            lab_text_write(&guest->errors, &bytes[i], 1);
    }
}

void lab_guest_hear(struct lab_guest *guest, enum lab_child_from from,
                    const char *bytes, size_t n) {
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
        lab_guest_stray(guest->options, bytes, n);
}
