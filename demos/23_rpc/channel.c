// A caller's connection. A call waits for a future, which is set when its
// stream has ended.

#define LAB_PART // of a demo: see lab.h

#include "23_rpc/link.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct rpc_channel {
    struct link link;
};

static void hear_header(struct call *call, const char *name, const char *value,
                        size_t size) {
    char *end;
    if (strcmp(name, "grpc-status") != 0)
        return;
    long status = strtol(value, &end, 10);
    bool is_status = size > 0 && *end == '\0' && status >= 0 && status <= 16;
    call->status = is_status ? (int)status : RPC_UNKNOWN;
}

static void ignore(struct call *call) {
    (void)call; // a reply is over when its trailers have come
}

static void end_call(struct call *call) {
    lab_future_set(call->done, call->status);
}

static const struct side side = {false, hear_header, ignore, end_call};

int rpc_connect(rpc_channel **out, int port) {
    char address[32];
    lab_stream *stream;
    snprintf(address, sizeof address, "tcp:127.0.0.1:%d", port);
    LAB_TRY(lab_connect(&stream, address, LAB_FOREVER));
    rpc_channel *channel = lab_alloc(sizeof *channel);
    int rc = link_open(&channel->link, stream, &side, channel);
    *out = channel;
    if (rc < 0)
        rpc_close(channel);
    return rc;
}

void rpc_close(rpc_channel *channel) {
    link_free(&channel->link);
    lab_free(channel);
}

// Asks for the call to be sent. Returns RPC_OK, or why it cannot be.
static int send_call(struct call *call, lab_time deadline) {
    char timeout[TIMEOUT_MOST];
    timeout_write(timeout, deadline);
    nghttp2_nv head[] = {header(":method", "POST"),
                         header(":scheme", "http"),
                         header(":path", "/lab.Greeter/Hello"),
                         header(":authority", "127.0.0.1"),
                         header("content-type", "application/grpc"),
                         header("te", "trailers"),
                         header("grpc-timeout", timeout)};
    size_t count = countof(head) - (deadline == LAB_FOREVER);
    nghttp2_data_provider body = call_body();
    nghttp2_session *session = call->link->session;
    if (call->link->is_lost || !nghttp2_session_check_request_allowed(session))
        return RPC_UNAVAILABLE;
    call->id = nghttp2_submit_request(session, NULL, head, count, &body, call);
    if (call->id < 0)
        return RPC_UNAVAILABLE;
    link_send(call->link);
    return RPC_OK;
}

static int wait_for_reply(struct call *call, lab_time deadline) {
    struct lab_timeout timeout;
    lab_timeout_enter(&timeout, deadline);
    int rc = lab_future_wait(call->done);
    rc = lab_timeout_exit(&timeout, rc);
    if (rc < 0 && !call->is_closed) // the service can stop
        call_reset(call, NGHTTP2_CANCEL);
    return rc == LAB_ETIMEDOUT ? RPC_DEADLINE_EXCEEDED : rc;
}

int rpc_call(rpc_channel *channel, const char *request, lab_time deadline,
             char *reply, size_t size) {
    struct call *call = call_new(&channel->link);
    call->done = lab_future_new();
    call->out_size = message_write(call->out, request, strlen(request));
    int rc = call->out_size ? send_call(call, deadline) : LAB_EMSGSIZE;
    if (rc == RPC_OK)
        rc = wait_for_reply(call, deadline);
    if (rc == RPC_OK)
        rc = message_read(call->in, call->in_size, reply, size);
    call_free(call);
    return rc;
}
