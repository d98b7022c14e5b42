// 23 rpc: what becomes of calls that are not as they should be?
//
// It has the parts of the demo of the same number. The first four variants
// need nobody; the other two are for a peer, on a port of this machine.
//
// needs: libnghttp2

#include "23_rpc/link.h"

#include <stdio.h>
#include <string.h>

#define BYTES(literal) (const uint8_t *)(literal), sizeof(literal) - 1

enum { CROWD = 20 };

static int working;
static struct lab_barrier crowd; // of a peer's calls

// Peers have clocks of their own: how long an answer to one takes depends on
// other calls, or it takes until the call is given up.
static int take_time(const char *name) {
    int rc;
    if (strcmp(name, "crowd") == 0) {
        rc = lab_barrier_wait(&crowd);
    } else if (strcmp(name, "ever") == 0) {
        lab_say("an answer begins");
        rc = lab_sleep(LAB_FOREVER);
    } else {
        rc = lab_sleep(lab_param("delay"));
    }
    return rc < 0 ? rc : 0;
}

static int greet(const char *name, char *reply, size_t size) {
    working++;
    int rc = take_time(name);
    working--;
    snprintf(reply, size, "hello %s", name);
    if (rc == LAB_ECANCELED)
        lab_say("an answer is stopped");
    return rc;
}

static void expect(const char *what, int is, int should_be) {
    if (is == should_be)
        lab_say("as it should be");
    else
        lab_say("wrong: %s is %d, not %d", what, is, should_be);
}

// --- messages as bytes

static const struct {
    const char *what;
    const uint8_t *bytes;
    size_t size;
    int status;
    const char *text; // if that is RPC_OK
} messages[] = {
    {"bob", BYTES("\0\0\0\0\5\x0a\3bob"), RPC_OK, "bob"},
    {"nothing", BYTES("\0\0\0\0\0"), RPC_OK, ""},
    {"an empty name", BYTES("\0\0\0\0\2\x0a\0"), RPC_OK, ""},
    {"a number before", BYTES("\0\0\0\0\7\x10\x96\1\x0a\2al"), RPC_OK, "al"},
    {"8 bytes before",
     BYTES("\0\0\0\0\x0d\x11"
           "12345678\x0a\2al"),
     RPC_OK, "al"},
    {"4 bytes before",
     BYTES("\0\0\0\0\x09\x15"
           "1234\x0a\2al"),
     RPC_OK, "al"},
    {"another text before", BYTES("\0\0\0\0\7\x12\1x\x0a\2al"), RPC_OK, "al"},
    {"two names", BYTES("\0\0\0\0\7\x0a\1x\x0a\2al"), RPC_OK, "al"},
    {"a size in two bytes", BYTES("\0\0\0\0\5\x0a\x82\0al"), RPC_OK, "al"},
    {"no bytes", BYTES(""), RPC_INTERNAL, ""},
    {"half a head", BYTES("\0\0\0"), RPC_INTERNAL, ""},
    {"too few", BYTES("\0\0\0\0\5\x0a\3bo"), RPC_INTERNAL, ""},
    {"too many", BYTES("\0\0\0\0\5\x0a\3bobby"), RPC_INTERNAL, ""},
    {"far too few", BYTES("\0\xff\xff\xff\xff\x0a"), RPC_INTERNAL, ""},
    {"two messages", BYTES("\0\0\0\0\0\0\0\0\0\0"), RPC_INTERNAL, ""},
    {"compressed", BYTES("\1\0\0\0\5\x0a\3bob"), RPC_UNIMPLEMENTED, ""},
    {"a name cut short", BYTES("\0\0\0\0\5\x0a\4bob"), RPC_INTERNAL, ""},
    {"a size cut short", BYTES("\0\0\0\0\2\x0a\x80"), RPC_INTERNAL, ""},
    {"a huge size",
     BYTES("\0\0\0\0\x0b\x0a\xff\xff\xff\xff\xff\xff\xff\xff\xff\1"),
     RPC_INTERNAL, ""},
    {"a number without end",
     BYTES("\0\0\0\0\x0b\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"),
     RPC_INTERNAL, ""},
    {"field 0", BYTES("\0\0\0\0\2\2\0"), RPC_INTERNAL, ""},
    {"a group", BYTES("\0\0\0\0\2\x0b\x0c"), RPC_INTERNAL, ""},
};

static const struct {
    const char *text;
    lab_time time; // -1: is refused
} timeouts[] = {
    {"0n", 0},
    {"1n", 1},
    {"200000u", 200 * LAB_MS},
    {"200m", 200 * LAB_MS},
    {"99999999S", 99999999 * LAB_S},
    {"2M", 120 * LAB_S},
    {"1H", 3600 * LAB_S},
    {"99999999H", LAB_FOREVER},
    {"", -1},
    {"m", -1},
    {"200", -1},
    {"200s", -1},
    {"-1m", -1},
    {"1.5S", -1},
    {" 1S", -1},
    {"1S ", -1},
    {"100000000n", -1},
};

static void try_timeouts(void) {
    static const lab_time times[] = {
        0, 1, 99999999, 100000000, 99999999 * LAB_US + 1, LAB_FOREVER};
    for (size_t i = 0; i < countof(timeouts); i++) {
        const char *text = timeouts[i].text;
        lab_time time = -1;
        bool read = timeout_read(text, strlen(text), &time);
        expect(text, time == timeouts[i].time && read == (time >= 0), true);
    }
    for (size_t i = 0; i < countof(times); i++) {
        char text[TIMEOUT_MOST];
        lab_time time;
        timeout_write(text, times[i]);
        // It is never less, and at most one part in 10 million more.
        expect(text,
               timeout_read(text, strlen(text), &time) && time >= times[i] &&
                   time - times[i] <= times[i] / 10000000,
               true);
    }
}

// A row with one byte changed is read or refused. ASan looks on.
static void damage(const uint8_t *bytes, size_t size, uint32_t *seed) {
    char text[8];
    uint8_t *copy = lab_alloc(size); // exactly as large
    for (int i = 0; i < 50; i++) {
        memcpy(copy, bytes, size);
        *seed = *seed * 1664525 + 1013904223;
        copy[*seed % size] = (uint8_t)(*seed >> 24);
        int status = message_read(copy, size, text, sizeof text);
        if (status == RPC_OK && strlen(text) >= sizeof text)
            lab_say("wrong: a text is too long");
    }
    lab_free(copy);
}

static int read_messages(void) {
    uint32_t seed = 1;
    for (size_t i = 0; i < countof(messages); i++) {
        char text[RPC_TEXT_MOST + 1];
        int status = message_read(messages[i].bytes, messages[i].size, text,
                                  sizeof text);
        expect(messages[i].what, status, messages[i].status);
        if (status == RPC_OK)
            expect(messages[i].what, strcmp(text, messages[i].text), 0);
        if (messages[i].size > 0)
            damage(messages[i].bytes, messages[i].size, &seed);
    }
    try_timeouts();
    return 0;
}

// --- calls that a service is to answer with a status

static const struct {
    const char *what, *path, *type, *timeout, *body;
    size_t size;
    int status;
} calls[] = {
#define HELLO "/lab.Greeter/Hello", "application/grpc"
#define BOB "\0\0\0\0\5\x0a\3bob", 10
    {"a call", HELLO, "1H", BOB, RPC_OK},
    {"with +proto", "/lab.Greeter/Hello", "application/grpc+proto", "1H", BOB,
     RPC_OK},
    {"out of time", HELLO, "1m", BOB, RPC_DEADLINE_EXCEEDED},
    {"without time", HELLO, "0n", BOB, RPC_DEADLINE_EXCEEDED},
    {"a bad time", HELLO, "soon", BOB, RPC_INTERNAL},
    {"a bad method", "/lab.Greeter/Nope", "application/grpc", "1H", BOB,
     RPC_UNIMPLEMENTED},
    {"a page", "/", "application/grpc", "1H", BOB, RPC_UNIMPLEMENTED},
    {"text", "/lab.Greeter/Hello", "text/plain", "1H", BOB, RPC_UNKNOWN},
    {"no message", HELLO, "1H", "", 0, RPC_INTERNAL},
    {"half a message", HELLO, "1H", "\0\0\0\0\5\x0a", 6, RPC_INTERNAL},
    {"compressed", HELLO, "1H", "\1\0\0\0\5\x0a\3bob", 10, RPC_UNIMPLEMENTED},
};

static void hear_status(struct call *call, const char *name, const char *value,
                        size_t size) {
    if (strcmp(name, "grpc-status") == 0 && size <= 2)
        call->status = value[0] - '0';
    if (strcmp(name, "grpc-status") == 0 && size == 2)
        call->status = call->status * 10 + value[1] - '0';
}

static void ignore(struct call *call) {
    (void)call;
}

static void end_call(struct call *call) {
    lab_future_set(call->done, call->status);
}

static const struct side side = {false, hear_status, ignore, end_call};

static int call_row(struct link *link, size_t i) {
    struct call *call = call_new(link);
    nghttp2_nv head[] = {header(":method", "POST"),
                         header(":scheme", "http"),
                         header(":path", calls[i].path),
                         header(":authority", "127.0.0.1"),
                         header("content-type", calls[i].type),
                         header("grpc-timeout", calls[i].timeout)};
    nghttp2_data_provider body = call_body();
    memcpy(call->out, calls[i].body, calls[i].size);
    call->out_size = calls[i].size;
    call->done = lab_future_new();
    call->id = nghttp2_submit_request(link->session, NULL, head, countof(head),
                                      &body, call);
    link_send(link);
    int status = lab_future_wait(call->done);
    call_free(call);
    return status;
}

static int connect_to(lab_stream **stream, int port) {
    char address[32];
    snprintf(address, sizeof address, "tcp:127.0.0.1:%d", port);
    return lab_connect(stream, address, LAB_FOREVER);
}

static int call_rows(int port) {
    lab_stream *stream;
    struct link link;
    LAB_TRY(connect_to(&stream, port));
    int rc = link_open(&link, stream, &side, NULL);
    for (size_t i = 0; rc >= 0 && i < countof(calls); i++) {
        rc = call_row(&link, i);
        expect(calls[i].what, rc, calls[i].status);
    }
    link_free(&link);
    return rc < 0 ? rc : 0;
}

// --- frames that end a connection

#define PREFACE "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
#define HELLO_2 PREFACE "\0\0\0\4\0\0\0\0\0" // and settings

static const struct {
    const char *what;
    const uint8_t *bytes;
    size_t size;
    bool is_cut; // it could still be well, so we have to end it
} frames[] = {
    {"HTTP/1.1", BYTES("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")},
    {"nonsense", BYTES("\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff")},
    {"half a preface", BYTES("PRI * HTTP/2.0\r\n"), true},
    {"no settings", BYTES(PREFACE "\0\0\0\6\0\0\0\0\0")},
    {"half a frame", BYTES(HELLO_2 "\0\0\x8\6\0"), true},
    {"a frame of 16 MiB", BYTES(HELLO_2 "\xff\xff\xff\0\0\0\0\0\1")},
    {"data of no call", BYTES(HELLO_2 "\0\0\1\0\0\0\0\0\0x")},
    {"data of no stream", BYTES(HELLO_2 "\0\0\1\0\0\0\0\0\1x")},
    {"an even stream", BYTES(HELLO_2 "\0\0\1\1\5\0\0\0\2\x82")},
    {"headers of no stream", BYTES(HELLO_2 "\0\0\1\1\5\0\0\0\0\x82")},
    {"headers that nobody can read",
     BYTES(HELLO_2 "\0\0\2\1\5\0\0\0\1\xff\xff")},
    {"padding longer than its frame",
     BYTES(HELLO_2 "\0\0\2\1\x0d\0\0\0\1\x9\x82")},
    {"a continuation of nothing", BYTES(HELLO_2 "\0\0\1\x9\4\0\0\0\1\x82")},
    {"a frame in the middle of headers",
     BYTES(HELLO_2 "\0\0\1\1\1\0\0\0\1\x82\0\0\0\4\0\0\0\0\0")},
    {"a window that grows by nothing",
     BYTES(HELLO_2 "\0\0\4\x8\0\0\0\0\0\0\0\0\0")},
    {"a window that grows too much",
     BYTES(HELLO_2 "\0\0\4\x8\0\0\0\0\0\x7f\xff\xff\xff")},
    {"a reset of no stream", BYTES(HELLO_2 "\0\0\4\3\0\0\0\0\1\0\0\0\0")},
    {"a reset that is too short", BYTES(HELLO_2 "\0\0\1\3\0\0\0\0\1\0")},
    {"settings that are cut", BYTES(HELLO_2 "\0\0\3\4\0\0\0\0\0\0\1\0")},
    {"a ping that is too short", BYTES(HELLO_2 "\0\0\1\6\0\0\0\0\0\0")},
    {"a promise to a service", BYTES(HELLO_2 "\0\0\5\5\4\0\0\0\1\0\0\0\2\x82")},
};

// Sends a row, and reads until the service closes.
static int send_row(int port, size_t i) {
    lab_stream *stream;
    char bytes[256];
    LAB_TRY(connect_to(&stream, port));
    int rc = lab_write(stream, frames[i].bytes, frames[i].size);
    if (rc == 0 && frames[i].is_cut)
        rc = lab_shutdown_write(stream);
    while (rc >= 0)
        rc = lab_read(stream, bytes, sizeof bytes);
    lab_close(stream);
    expect(frames[i].what, rc == LAB_EOF || rc == LAB_ECONNRESET, true);
    return rc == LAB_ECANCELED ? rc : 0;
}

static int send_rows(int port) {
    for (size_t i = 0; i < countof(frames); i++) {
        LAB_TRY(send_row(port, i));
        expect("what is left of it", working, 0);
    }
    return call_rows(port); // and it still answers
}

// --- a caller that goes away

static rpc_channel *channel;

static int call_peer(void *arg) {
    char reply[80] = "";
    int status =
        rpc_call(channel, "bob", *(lab_time *)arg, reply, sizeof reply);
    lab_say("status %d %s", status, reply);
    return status < 0 ? status : 0;
}

static int leave_call(void) {
    lab_time forever = LAB_FOREVER;
    lab_task *task = lab_spawn("call", call_peer, &forever);
    LAB_TRY(lab_sleep(LAB_MS));
    expect("what is answered", working, 1);
    lab_cancel(task);
    expect("a call that is cancelled", lab_await(task), LAB_ECANCELED);
    LAB_TRY(lab_sleep(LAB_MS));
    expect("what is answered for nobody", working, 0);
    return 0;
}

static int leave(int port) {
    LAB_TRY(rpc_connect(&channel, port));
    int rc = leave_call();
    rpc_close(channel);
    return rc;
}

// --- both ends in this run

struct trial {
    int (*rows)(int port);
};

static int with_service(const void *arg) {
    const struct trial *trial = arg;
    rpc_service *service;
    LAB_TRY(rpc_serve(&service, "tcp:127.0.0.1:0", greet));
    int rc = trial->rows(rpc_port(service));
    rpc_stop(service);
    return rc;
}

static const struct trial answered = {call_rows}, ended = {send_rows},
                          left = {leave};

// --- with a peer

// Tells the peer which port it has, and serves until the peer hangs up.
static int serve_peer(lab_stream *peer) {
    rpc_service *service;
    char text[8];
    lab_barrier_init(&crowd, CROWD);
    LAB_TRY(rpc_serve(&service, "tcp:127.0.0.1:0", greet));
    snprintf(text, sizeof text, "%d\n", rpc_port(service));
    int rc = lab_write(peer, text, strlen(text));
    if (rc == 0)
        rc = lab_read(peer, text, 1);
    lab_say("working: %d", working);
    rpc_stop(service);
    return rc == LAB_EOF ? 0 : rc;
}

static int serve(void) {
    lab_stream *peer;
    LAB_TRY(connect_to(&peer, (int)lab_param("port")));
    int rc = serve_peer(peer);
    lab_close(peer);
    return rc;
}

static int call_together(void) {
    lab_time forever = LAB_FOREVER, deadline = lab_param("deadline");
    lab_task *tasks[CROWD];
    for (size_t i = 0; i < countof(tasks); i++)
        tasks[i] = lab_spawn("call", call_peer, &forever);
    LAB_TRY(lab_gather(tasks, countof(tasks)));
    return call_peer(&deadline);
}

static int call_out(void) {
    LAB_TRY(rpc_connect(&channel, (int)lab_param("port")));
    int rc = call_together();
    rpc_close(channel);
    return rc;
}

const struct lab_demo lab_demo = {
    .name = "rpc",
    .asks = "What becomes of calls that are not as they should be?",
    .params = {{"delay", 50, .min = 2, .max = 10000, .unit = "ms",
                .text = "how long the service takes"},
               {"deadline", 20, .min = 1, .max = 10000, .unit = "ms",
                .text = "how long the last call waits"},
               {"port", 1, .min = 1, .max = 65535, .text = "the peer's"}},
    .variants = {
        {"messages", read_messages, "read messages and times",
         .claims = {"time = 0", "never \"wrong\""}},
        {"calls", .with = with_service, .arg = &answered,
         .text = "make calls that get a status", .claims = {"never \"wrong\""}},
        {"frames", .with = with_service, .arg = &ended,
         .text = "send what is no HTTP/2", .claims = {"never \"wrong\""}},
        {"leave", .with = with_service, .arg = &left, .text = "cancel a call",
         .claims = {"time = 2 ms", "never \"wrong\""}},
        {"serve", serve, "serve a peer", .outside = "a peer"},
        {"call", call_out, "call a peer", .outside = "a peer"}}};
