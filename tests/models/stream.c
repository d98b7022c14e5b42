// Streams in memory: no byte is lost, none comes twice, and all come in order.

#include "models/model.h"

#include "core/stream.h"

#include <string.h>

// --- one writes, one passes on, one reads

enum { SIZE = 2 }; // of a message
static lab_stream *ends[2];
static int written, passed, received;

static void message(char *out, int number) {
    out[0] = 'a';
    out[1] = (char)('0' + number);
}

static int writer(void *arg) {
    int rc = 0;
    (void)arg;
    for (int i = 1; i < model_steps && rc == 0; i++) {
        char out[SIZE];
        message(out, written);
        rc = lab_write(ends[0], out, SIZE);
        written += rc == 0;
        if (rc == 0)
            rc = lab_yield();
    }
    lab_ignore(lab_shutdown_write(ends[0]));
    return rc == LAB_EPIPE ? 0 : rc;
}

static int read_message(lab_stream *stream, int number) {
    char in[SIZE] = "..", expected[SIZE];
    message(expected, number);
    int rc = lab_read_exactly(stream, in, SIZE);
    RULE(memcmp(in, rc < 0 ? ".." : expected, SIZE) == 0);
    return rc;
}

static int passer(void *arg) {
    int rc;
    (void)arg;
    while ((rc = read_message(ends[1], passed)) >= 0) {
        char out[SIZE];
        message(out, passed++);
        if ((rc = lab_write(ends[1], out, SIZE)) < 0)
            break;
    }
    lab_ignore(lab_shutdown_write(ends[1]));
    return rc == LAB_EOF || rc == LAB_EPIPE ? 0 : rc;
}

static int reader(void *arg) {
    int rc;
    (void)arg;
    while ((rc = read_message(ends[0], received)) >= 0)
        received++;
    return rc == LAB_EOF ? 0 : rc;
}

// What nobody has read is there: who was cancelled has taken no byte of it.
static int left(lab_stream *stream) {
    char in[64];
    int rc, bytes = 0;
    if (lab_task_cancelled(lab_self()))
        return -1; // we may not look any more
    while ((rc = lab_read(stream, in, sizeof in)) > 0)
        bytes += rc;
    RULE(rc == LAB_EOF && bytes % SIZE == 0);
    return bytes / SIZE;
}

MODEL(bytes_come_whole_and_in_order, .quick = 30, .full = 555) {
    written = passed = received = 0;
    RULE(lab_stream_pair(ends) == 0);
    int rc = model_play(writer, passer, reader);
    int not_passed = left(ends[1]), not_received = left(ends[0]);
    RULE(passed <= written && received <= passed);
    RULE(not_passed < 0 || passed + not_passed == written);
    RULE(not_received < 0 || passed - received - not_received <= 1);
    RULE(!model_is_calm() || received == model_steps - 1);
    lab_close(ends[0]);
    lab_close(ends[1]);
    return rc;
}

// --- one writes more than there is room for, and the other goes away

enum { MUCH = 40 * 1024, PIECE = 30 * 1024 };
static char much[MUCH];
static int sent, got;
static bool done; // it was all written

static int pusher(void *arg) {
    int rc = 0;
    (void)arg;
    for (int i = 1; i < model_steps && rc == 0; i++) {
        sent += MUCH; // of which part may be there, if it fails
        rc = lab_write(ends[0], much, MUCH);
    }
    done = rc == 0;
    lab_ignore(lab_shutdown_write(ends[0]));
    return rc == LAB_EPIPE ? 0 : rc;
}

static int puller(void *arg) {
    static char in[PIECE];
    int rc;
    (void)arg;
    while ((rc = lab_read(ends[1], in, sizeof in)) > 0) {
        got += rc;
        LAB_TRY(lab_yield());
    }
    RULE(rc != LAB_EOF || !done || got == sent);
    return rc == LAB_EOF || rc == LAB_EBADF ? 0 : rc;
}

static int leaver(void *arg) {
    int rc = 0;
    (void)arg;
    for (int i = 1; i < model_steps && rc == 0; i++)
        rc = lab_yield();
    lab_close(ends[1]);
    return rc;
}

MODEL(a_writer_waits_for_room_or_is_told, .quick = 38, .full = 9939) {
    sent = got = 0;
    done = false;
    RULE(lab_stream_pair(ends) == 0);
    int rc = model_play(pusher, puller, leaver);
    RULE(got <= sent);
    lab_close(ends[0]);
    return rc;
}

// --- two connect, one accepts

static const char address[] = "memory:model";
static lab_stream *door;
static int served, greeted;

static int serve(lab_stream *peer) {
    char in;
    int rc = lab_read_exactly(peer, &in, 1);
    RULE(rc < 0 || in == '?');
    if (rc == 1)
        rc = lab_write(peer, "!", 1);
    served += rc == 0;
    lab_close(peer);
    // Who connected may have been cancelled.
    return rc == LAB_ECANCELED ? rc : 0;
}

static int server(void *arg) {
    int rc = 0;
    (void)arg;
    for (int i = 0; i < 2 && rc == 0; i++) {
        lab_stream *peer;
        rc = lab_accept(door, &peer);
        RULE((rc == 0) == (peer != NULL));
        if (rc == 0)
            rc = serve(peer);
    }
    lab_close(door); // turns away who still comes
    return rc;
}

static int talk(lab_stream *peer) {
    char in = 0;
    LAB_TRY(lab_write(peer, "?", 1));
    LAB_TRY(lab_read_exactly(peer, &in, 1));
    RULE(in == '!');
    greeted++;
    return 0;
}

static int call(void) {
    lab_stream *peer;
    int rc = lab_connect(&peer, address, LAB_FOREVER);
    RULE((rc == 0) == (peer != NULL));
    if (rc == 0)
        rc = talk(peer);
    lab_close(peer);
    if (rc == 0 || rc == LAB_ECANCELED)
        return rc;
    RULE(!model_is_calm()); // refused, or reset
    return 0;
}

// A server that waits for one who does not come waits no more.
static int client(void *arg) {
    int rc = 0;
    (void)arg;
    for (int i = 2; i < model_steps && rc == 0; i++)
        rc = lab_yield();
    if (rc == 0)
        rc = call();
    if (rc < 0)
        lab_close(door);
    return rc;
}

static int closed_server(void *arg) {
    int rc = server(arg);
    return rc == LAB_EBADF && !model_is_calm() ? 0 : rc;
}

MODEL(who_connects_is_served_or_turned_away, .quick = 24, .full = 898) {
    served = greeted = 0;
    RULE(lab_listen(&door, address) == 0);
    int rc = model_play(closed_server, client, client);
    RULE(greeted <= served && (greeted == 2 || !model_is_calm()));
    return rc;
}
