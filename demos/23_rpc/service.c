// A service has one task that accepts connections, three for each connection,
// and one for each call that it answers.

#define LAB_PART // of a demo: see lab.h

#include "23_rpc/link.h"

#include <stdio.h>
#include <string.h>

struct rpc_service {
    lab_stream *door;
    lab_group *group;
    rpc_answer *answer;
};

// --- a call

static void hear_header(struct call *call, const char *name, const char *value,
                        size_t size) {
    static const char type[] = "application/grpc"; // or that with +proto
    if (strcmp(name, ":path") == 0)
        call->is_known = strcmp(value, "/lab.Greeter/Hello") == 0;
    else if (strcmp(name, "content-type") == 0)
        call->is_grpc = strncmp(value, type, sizeof type - 1) == 0;
    else if (strcmp(name, "grpc-timeout") == 0 &&
             !timeout_read(value, size, &call->deadline))
        call->deadline = -1;
}

static int answer_in_time(const struct call *call, const char *request,
                          char *reply) {
    const rpc_service *service = call->link->owner;
    struct lab_timeout timeout;
    lab_timeout_enter(&timeout, call->deadline);
    int rc = service->answer(request, reply, RPC_TEXT_MOST + 1);
    rc = lab_timeout_exit(&timeout, rc);
    if (rc >= 0)
        return RPC_OK;
    return rc == LAB_ETIMEDOUT   ? RPC_DEADLINE_EXCEEDED
           : rc == LAB_ECANCELED ? RPC_CANCELLED
                                 : RPC_UNKNOWN;
}

static int status_of(const struct call *call, char *reply) {
    char request[RPC_TEXT_MOST + 1];
    if (!call->is_known)
        return RPC_UNIMPLEMENTED;
    if (call->deadline < 0)
        return RPC_INTERNAL;
    int status = message_read(call->in, call->in_size, request, sizeof request);
    return status == RPC_OK ? answer_in_time(call, request, reply) : status;
}

// Headers and a body, which trailers follow.
static void send_reply(struct call *call, const char *reply) {
    nghttp2_nv head[] = {header(":status", "200"),
                         header("content-type", "application/grpc")};
    nghttp2_data_provider body = call_body();
    call->out_size = message_write(call->out, reply, strlen(reply));
    nghttp2_submit_response(call->link->session, call->id, head, countof(head),
                            &body);
}

// Headers only. A caller that does not speak gRPC is told so in HTTP.
static void send_failure(struct call *call) {
    char status[12];
    snprintf(status, sizeof status, "%d", call->status);
    nghttp2_nv head[] = {header(":status", call->is_grpc ? "200" : "415"),
                         header("content-type", "application/grpc"),
                         header("grpc-status", status)};
    nghttp2_submit_response(call->link->session, call->id, head, countof(head),
                            NULL);
}

static int answer_call(void *arg) {
    struct call *call = arg;
    char reply[RPC_TEXT_MOST + 1] = "";
    call->task = lab_self();
    if (!call->is_closed)
        call->status = call->is_grpc ? status_of(call, reply) : RPC_UNKNOWN;
    call->is_answering = false;
    if (call->is_closed) { // nobody waits for it any more
        call_free(call);
        return 0;
    }
    if (call->status == RPC_OK)
        send_reply(call, reply);
    else
        send_failure(call);
    link_send(call->link);
    return 0;
}

static void begin_answer(struct call *call) {
    // A group that stops refuses it, and the call ends with its connection.
    call->is_answering =
        lab_group_spawn(call->link->group, "answer", answer_call, call) == 0;
}

static void end_answer(struct call *call) {
    if (!call->is_answering)
        call_free(call);
    else if (call->task)
        lab_cancel(call->task);
}

static const struct side side = {true, hear_header, begin_answer, end_answer};

// --- a connection

struct visit {
    struct link link;
    lab_stream *stream;
    rpc_service *service;
};

static int attend(void *arg) {
    struct visit *visit = arg;
    int rc = link_open(&visit->link, visit->stream, &side, visit->service);
    if (rc == 0)
        rc = link_wait(&visit->link);
    link_free(&visit->link);
    lab_free(visit);
    return rc == LAB_ECANCELED ? rc : 0; // its failure is not the service's
}

static int accept_all(rpc_service *service) {
    for (;;) {
        lab_stream *stream;
        LAB_TRY(lab_accept(service->door, &stream));
        struct visit *visit = lab_alloc(sizeof *visit);
        *visit = (struct visit){.stream = stream, .service = service};
        int rc = lab_group_spawn(service->group, "attend", attend, visit);
        if (rc < 0) {
            lab_close(stream);
            lab_free(visit);
            return rc;
        }
    }
}

static int keep_door(void *arg) {
    rpc_service *service = arg;
    int rc = accept_all(service);
    lab_close(service->door); // else clients would wait there for ever
    return rc;
}

// --- all of it

int rpc_serve(rpc_service **out, const char *address, rpc_answer *answer) {
    lab_stream *door;
    LAB_TRY(lab_listen(&door, address));
    rpc_service *service = lab_alloc(sizeof *service);
    *service = (rpc_service){door, lab_group_new(), answer};
    int rc = lab_group_spawn(service->group, "accept", keep_door, service);
    *out = service;
    if (rc < 0)
        rpc_stop(service);
    return rc;
}

int rpc_port(const rpc_service *service) {
    return lab_port(service->door);
}

void rpc_stop(rpc_service *service) {
    lab_group_cancel(service->group);
    int rc = lab_group_wait(service->group);
    if (rc < 0 && rc != LAB_ECANCELED)
        lab_say("the service had stopped: %s", lab_error_text(rc));
    lab_close(service->door);
    lab_free(service);
}
