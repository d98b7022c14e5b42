#include "http.h"

#include "base/alloc.h"
#include "base/die.h"
#include "base/text.h"
#include "core/loop.h"
#include "core/run.h"
#include "core/stream.h"
#include "input.h"
#include "net/http.h"

#include <string.h>

// Bytes that somebody sends in pieces, and what the other understood.
struct talk {
    const char *bytes;
    size_t size, piece;
    lab_stream *peer;
    struct lab_text heard;
};

static void put_head(struct lab_text *out, const struct lab_http_head *head) {
    lab_text_printf(out, "%s|%s|%s|%d|%lld|", head->method, head->target,
                    head->host, head->status, (long long)head->length);
}

static void put_body(struct lab_text *out, lab_stream *peer) {
    char piece[100];
    int n;
    while ((n = lab_http_read(peer, piece, sizeof piece)) > 0)
        lab_text_write(out, piece, (size_t)n);
    lab_text_printf(out, "|%d\n", n);
}

static int send_pieces(void *arg) {
    struct talk *talk = arg;
    for (size_t at = 0, n; at < talk->size; at += n) {
        n = talk->piece < talk->size - at ? talk->piece : talk->size - at;
        LAB_TRY(lab_write(talk->peer, talk->bytes + at, n));
        for (int i = 0; i < 3; i++)
            LAB_TRY(lab_yield());
    }
    return lab_shutdown_write(talk->peer);
}

// --- a server hears it

static int answer(lab_stream *peer, const struct lab_http_head *request,
                  void *arg) {
    struct talk *talk = arg;
    put_head(&talk->heard, request);
    put_body(&talk->heard, peer);
    return lab_http_reply(peer, 200, NULL, "", 0);
}

static int serve(void *arg) {
    lab_stream *door;
    struct lab_http_service service = {
        .answer = answer, .arg = arg, .body_most = 500, .any_host = true};
    LAB_TRY(lab_listen(&door, "memory:door"));
    int rc = lab_http_serve(door, &service);
    lab_close(door);
    return rc;
}

// What a client sent that has gone is no failure of its own.
static void heard_by_server(struct talk *talk) {
    char reply[500];
    int n;
    lab_task *server = lab_spawn("server", serve, talk);
    lab_ignore(lab_yield());
    if (lab_connect(&talk->peer, "memory:door", LAB_FOREVER) < 0)
        return;
    lab_ignore(send_pieces(talk));
    while ((n = lab_read(talk->peer, reply, sizeof reply)) > 0)
        lab_text_write(&talk->heard, reply, (size_t)n);
    lab_assert(n == LAB_EOF || n == LAB_ECONNRESET);
    lab_close(talk->peer);
    lab_cancel(server);
    lab_assert(lab_await(server) == LAB_ECANCELED);
}

// --- a client hears it

static void heard_by_client(struct talk *talk) {
    lab_stream *ends[2];
    if (lab_stream_pair(ends) < 0)
        return;
    talk->peer = ends[1];
    lab_task *server = lab_spawn("server", send_pieces, talk);
    for (int i = 0, rc = 0; i < 3 && rc >= 0; i++) {
        rc = lab_http_ask(ends[0], i == 1 ? "HEAD" : "GET", "/");
        // Whether a message that is not heard could be sent, time decides.
        if (rc == LAB_EPIPE || rc == LAB_ECONNRESET)
            rc = LAB_EPROTO;
        lab_text_printf(&talk->heard, "%d:", rc);
        put_head(&talk->heard, lab_http_head_of(ends[0]));
        if (rc >= 0)
            put_body(&talk->heard, ends[0]);
    }
    lab_close(ends[0]);
    lab_ignore(lab_gather_all(&server, 1));
    lab_close(ends[1]);
}

void fuzz_http(const uint8_t *data, size_t size) {
    struct talk talks[2] = {0};
    if (size == 0)
        return;
    for (int i = 0; i < 2; i++) {
        talks[i].bytes = (const char *)data + 1;
        talks[i].size = size - 1;
        talks[i].piece = i == 0 ? size : 1u + data[0] / 2u % 13;
        if (data[0] % 2)
            heard_by_client(&talks[i]);
        else
            heard_by_server(&talks[i]);
    }
    lab_assert(talks[0].heard.length == talks[1].heard.length &&
               memcmp(lab_text_string(&talks[0].heard),
                      lab_text_string(&talks[1].heard),
                      talks[0].heard.length) == 0);
    for (int i = 0; i < 2; i++)
        lab_text_free(&talks[i].heard);
}

// --- for the fuzzer

static int body(void *arg) {
    (void)arg;
    fuzz_http(input.data, input.size);
    return 0;
}

static int root(void *arg) {
    struct lab_run_options options = {
        .name = "fuzz", .body = body, .arg = arg, .clock = LAB_CLOCK_VIRTUAL};
    return lab_run(&options);
}

// Weak, as the unit tests have others besides.
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
__attribute__((weak)) int LLVMFuzzerTestOneInput(const uint8_t *data,
                                                 size_t size) {
    try_input(data, size);
    lab_assert(lab_loop_main("root", root, NULL) == 0);
    return 0;
}
