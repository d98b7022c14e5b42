#include "guest/tries_internal.h"

#include "base/alloc.h"
#include "base/die.h"
#include "base/json.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { SAID_MOST = 100000 }; // bytes; what is said beyond tells nobody more

// --- asking

int lab_tries_open(struct lab_tries *tries, int *input) {
    int pair[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) < 0)
        return -errno;
    tries->requests = pair[0];
    *input = pair[1];
    return 0;
}

static void forget(struct lab_tries *tries) {
    struct lab_try *now = &tries->now;
    if (tries->reader)
        lab_reader_free(tries->reader);
    lab_recording_free(&now->recording);
    lab_text_free(&now->said);
    lab_text_free(&now->words);
    *now = (struct lab_try){.schedule = now->schedule, .values = now->values};
    tries->reader = NULL;
    tries->is_damaged = false;
}

static void close_requests(struct lab_tries *tries) {
    if (tries->requests > 0)
        close(tries->requests);
    tries->requests = 0;
}

bool lab_tries_ask(struct lab_tries *tries) {
    struct lab_text line = {0};
    forget(tries);
    if (!tries->next(tries)) {
        close_requests(tries);
        return false;
    }
    tries->reader = lab_reader_new(&tries->now.recording);
    lab_schedule_put(&line, tries->now.schedule);
    lab_text_printf(&line, "\t%s", tries->now.values);
    if (tries->put_ahead)
        tries->put_ahead(tries, &line);
    lab_text_put(&line, "\n");
    // One that is gone does not answer, and its end is told elsewhere.
    lab_ignore(
        (int)send(tries->requests, line.data, line.length, MSG_NOSIGNAL));
    lab_text_free(&line);
    return true;
}

// --- reading

static void put_said(struct lab_text *said, const char *text) {
    if (said->length < SAID_MOST)
        lab_text_put(said, text);
}

// What is printed outside of runs.
static void read_printed(struct lab_try *now, struct lab_json *json) {
    struct lab_text text = {0};
    bool is_error = false;
    lab_json_string(json, &text);
    while (lab_json_more(json, '}')) {
        is_error |= lab_json_key(json, "stream");
        lab_json_skip(json);
    }
    if (!is_error)
        put_said(&now->said, lab_text_string(&text));
    lab_text_free(&text);
}

// The error that ended the program.
static void read_error(struct lab_try *now, struct lab_json *json) {
    lab_json_string(json, &now->words);
    put_said(&now->said, lab_text_string(&now->words));
    put_said(&now->said, "\n");
}

// The choices are those of the schedule, again; only here they are many.
static void read_widths(struct lab_schedule *schedule, struct lab_json *json) {
    int64_t width = 0;
    lab_schedule_rewind(schedule);
    lab_json_open(json, '[');
    while (lab_json_more(json, ']')) {
        lab_json_int(json, &width);
        if (width < 2 || width > UINT16_MAX)
            lab_json_fail(json, "nothing to choose from");
        else
            lab_schedule_choose(schedule, (size_t)width);
    }
}

static void read_end(struct lab_try *now, struct lab_json *json) {
    struct lab_text past = {0};
    int64_t ran = 0, ends = 0, status = 0, result = 0, time = 0, reached = 0;
    lab_json_int(json, &ran);
    while (lab_json_more(json, '}')) {
        if (lab_json_key(json, "signal"))
            lab_json_int(json, &ends);
        else if (lab_json_key(json, "status"))
            lab_json_int(json, &status);
        else if (lab_json_key(json, "result"))
            lab_json_int(json, &result);
        else if (lab_json_key(json, "ns"))
            lab_json_int(json, &time);
        else if (lab_json_key(json, "reached"))
            lab_json_int(json, &reached);
        else if (lab_json_key(json, "widths"))
            read_widths(now->schedule, json);
        else if (lab_json_key(json, "past"))
            lab_json_string(json, &past);
        else
            lab_json_skip(json);
    }
    now->ended = ran > 0;
    now->signal = (int)ends;
    now->timed_out = ends == SIGPROF || ends == SIGALRM; // see tries.py
    now->status = (int)status;
    now->result = (int)result;
    now->time = time;
    if (reached > 0) {
        now->schedule->timers = now->schedule->late_at;
        now->schedule->moments = now->schedule->cancel_at;
    }
    put_said(&now->said, lab_text_string(&past));
    lab_text_free(&past);
}

// What the program's record does not end with, it was cut off in.
static void end_try(struct lab_tries *tries) {
    struct lab_try *now = &tries->now;
    if (lab_reader_run(tries->reader) || tries->is_damaged)
        now->ended = false;
    lab_reader_cut(tries->reader, now->timed_out ? LAB_EMACHINE : LAB_ECRASHED);
    if (!now->ended)
        now->result = now->timed_out ? LAB_EMACHINE : LAB_ECRASHED;
}

static void read_record(struct lab_tries *tries, const char *line, size_t n) {
    struct lab_text error = {0};
    const struct lab_run *run = lab_reader_run(tries->reader);
    size_t before = run ? lab_record_count(run->record) : 0;
    if (tries->is_damaged)
        return;
    tries->is_damaged = !lab_reader_line(tries->reader, line, n, &error);
    lab_text_free(&error);
    run = lab_reader_run(tries->reader);
    if (!run || lab_record_count(run->record) == before)
        return;
    const struct lab_event *event = lab_record_at(run->record, before);
    if (event->kind == LAB_EVENT_SAY) {
        put_said(&tries->now.said, lab_record_text(run->record, event));
        put_said(&tries->now.said, "\n");
    }
}

bool lab_tries_line(struct lab_tries *tries, const char *line, size_t n) {
    struct lab_json json = {.at = line};
    lab_json_open(&json, '{');
    if (!lab_json_more(&json, '}')) {
        tries->is_damaged |= n > 0; // a line that was cut off ends so
    } else if (lab_json_key(&json, "printed")) {
        read_printed(&tries->now, &json);
    } else if (lab_json_key(&json, "error")) {
        read_error(&tries->now, &json);
    } else if (lab_json_key(&json, "ran")) {
        read_end(&tries->now, &json);
        end_try(tries);
        tries->take(tries);
        return true;
    } else {
        read_record(tries, line, n);
    }
    return false;
}

void lab_tries_end(struct lab_tries *tries, const char *why) {
    if (!tries->has_ended)
        tries->end(tries, why);
    tries->has_ended = true;
}

void lab_tries_free(struct lab_tries *tries) {
    if (!tries)
        return;
    lab_tries_end(tries, NULL);
    forget(tries);
    close_requests(tries);
    lab_free(tries);
}
