// The same calls without libnghttp2: each is a request of HTTP/1.1 on a
// connection of its own. The deadline is in a header of ours. The service does
// not notice that a caller has gone, because it does not read while it answers.

#define LAB_PART // of a demo: see lab.h

#include "23_rpc/rpc.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char target[] = "/lab.Greeter/Hello",
                  deadline_field[] = "Deadline";

struct rpc_service {
    lab_stream *door;
    lab_group *group;
    rpc_answer *answer;
    struct lab_http_service http;
};

struct rpc_channel {
    int port;
};

// --- the service

static lab_time deadline_of(const lab_stream *peer) {
    const char *text = lab_http_field(peer, deadline_field);
    return text ? strtoll(text, NULL, 10) : LAB_FOREVER; // nanoseconds
}

// What HTTP calls it.
static int status_of(int rc) {
    if (rc >= 0)
        return 200;
    return rc == LAB_ETIMEDOUT ? 504 : rc == LAB_ECANCELED ? 503 : 500;
}

static int answer_http(lab_stream *peer, const struct lab_http_head *head,
                       void *arg) {
    rpc_service *service = arg;
    char request[RPC_TEXT_MOST + 1], reply[RPC_TEXT_MOST + 1] = "";
    lab_time deadline = deadline_of(peer);
    struct lab_timeout timeout;
    if (strcmp(head->target, target) != 0)
        return lab_http_reply(peer, 404, NULL, "", 0);
    int n = lab_http_body(peer, request, sizeof request - 1);
    LAB_TRY(n);
    request[n] = '\0';
    lab_timeout_enter(&timeout, deadline);
    int rc = service->answer(request, reply, sizeof reply);
    rc = lab_timeout_exit(&timeout, rc);
    return lab_http_reply(peer, status_of(rc), "text/plain", reply,
                          rc < 0 ? 0 : strlen(reply));
}

static int serve(void *arg) {
    rpc_service *service = arg;
    int rc = lab_http_serve(service->door, &service->http);
    lab_close(service->door); // else clients would wait there for ever
    return rc;
}

int rpc_serve(rpc_service **out, const char *address, rpc_answer *answer) {
    lab_stream *door;
    LAB_TRY(lab_listen(&door, address));
    rpc_service *service = lab_alloc(sizeof *service);
    *service = (rpc_service){
        door, lab_group_new(), answer, {.answer = answer_http, .arg = service}};
    int rc = lab_group_spawn(service->group, "serve", serve, service);
    *out = service;
    if (rc < 0)
        rpc_stop(service);
    else
        lab_say("calls are of HTTP/1.1, without libnghttp2");
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

// --- the caller

int rpc_connect(rpc_channel **out, int port) {
    *out = lab_alloc(sizeof **out);
    (*out)->port = port;
    return 0; // each call connects
}

void rpc_close(rpc_channel *channel) {
    lab_free(channel);
}

static int ask(lab_stream *peer, const char *request, lab_time deadline,
               char *reply, size_t size) {
    char text[24];
    snprintf(text, sizeof text, "%lld", (long long)deadline);
    if (deadline != LAB_FOREVER)
        LAB_TRY(lab_http_add(peer, deadline_field, text));
    int status = lab_http_ask_with(peer, "POST", target, "text/plain", request,
                                   strlen(request));
    LAB_TRY(status);
    if (status != 200)
        return status == 504   ? RPC_DEADLINE_EXCEEDED
               : status == 503 ? RPC_CANCELLED
               : status == 404 ? RPC_UNIMPLEMENTED
                               : RPC_UNKNOWN;
    int n = lab_http_body(peer, reply, size - 1);
    LAB_TRY(n);
    reply[n] = '\0';
    return RPC_OK;
}

static int connect_and_ask(int port, const char *request, lab_time deadline,
                           char *reply, size_t size) {
    char address[32];
    lab_stream *peer;
    snprintf(address, sizeof address, "tcp:127.0.0.1:%d", port);
    LAB_TRY(lab_connect(&peer, address, LAB_FOREVER));
    int rc = ask(peer, request, deadline, reply, size);
    lab_close(peer);
    return rc;
}

int rpc_call(rpc_channel *channel, const char *request, lab_time deadline,
             char *reply, size_t size) {
    struct lab_timeout timeout;
    if (strlen(request) > RPC_TEXT_MOST)
        return LAB_EMSGSIZE;
    lab_timeout_enter(&timeout, deadline);
    int rc = connect_and_ask(channel->port, request, deadline, reply, size);
    rc = lab_timeout_exit(&timeout, rc);
    if (rc == LAB_ETIMEDOUT)
        return RPC_DEADLINE_EXCEEDED;
    return rc >= 0 || rc == LAB_ECANCELED ? rc : RPC_UNAVAILABLE;
}
