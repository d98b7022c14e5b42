// http_serve.c - the server: a task that accepts, and one for each connection.
//
//     lab_http_serve --> struct server --> idle: the connections that wait for
//                                          a request, longest first
//
// All tasks are members of a group that lab_http_serve waits for, because they
// use what lies in its frame.

#include "base/alloc.h"
#include "base/list.h"
#include "core/future.h"
#include "core/group.h"
#include "core/room.h"
#include "core/say.h"
#include "core/scope.h"
#include "core/task.h"
#include "net/http_internal.h"

#include <string.h>

enum {
    CONNECTIONS_MOST = 1000,
    BODY_MOST = 1024 * 1024,
    SKIP_MOST = 64 * 1024,    // of a body that nobody has read
    LINGER_MOST = 1024 * 1024 // of what comes after a refusal
};
#define PATIENCE (10 * LAB_S)
#define IDLE (60 * LAB_S)
#define LINGER LAB_S
#define BREATH (100 * LAB_MS)

struct server {
    struct lab_http_service *service;
    lab_stream *door;
    lab_group *group;
    struct lab_list idle;
    lab_future *leaving; // of one connection, if that is waited for
};

struct visit {
    struct lab_list idle; // in the server's list, while it is
    struct server *server;
    lab_stream *peer;
};

static lab_time or (lab_time time, lab_time usual) {
    return time ? time : usual;
}

static size_t or_size(size_t size, size_t usual) {
    return size ? size : usual;
}

// --- idle connections

// Has the connection that is idle for the longest time end; false if none is.
// Its task wakes up, sends what is late, and leaves.
static bool end_one(struct server *server) {
    struct lab_list *node = lab_list_pop(&server->idle);
    if (!node)
        return false;
    lab_room_end_reading(lab_list_item(node, struct visit, idle)->peer);
    return true;
}

// --- a request

// Refuses what was read, and what will come.
static int refuse(lab_stream *peer, struct http *http, int status) {
    const char *reason = lab_http_reason(status);
    http->message.keeps = false;
    http->message.expects = false;
    http->body_done = true; // nobody is to look for one
    LAB_TRY(lab_http_write_reply(peer, http, status, "text/plain", reason,
                                 strlen(reason)));
    return LAB_EPROTO;
}

// Waits for a request that is to be answered.
static int hear(struct visit *visit, struct http *http, lab_time first) {
    const struct lab_http_service *service = visit->server->service;
    http->patience = http->write_time = or (service->patience, PATIENCE);
    http->replied = http->is_begun = http->bare = false;
    http->extra_size = 0;
    int rc = lab_http_read_head(visit->peer, http, first);
    if (rc == 0 && !service->any_host &&
        !lab_http_is_ours(http->message.head.host, service->hosts))
        rc = 421;
    if (rc <= 0)
        return rc;
    return refuse(visit->peer, http, rc);
}

static int wait_for_request(struct visit *visit, lab_time first) {
    struct http *http;
    LAB_TRY(lab_http_enter(visit->peer, &http));
    http->is_server = true;
    http->is_quick = visit->server->service->quick;
    http->most = (int64_t)or_size(visit->server->service->body_most, BODY_MOST);
    lab_list_push(&visit->server->idle, &visit->idle);
    int rc = hear(visit, http, first);
    lab_list_remove(&visit->idle); // unless end_one did
    lab_room_leave(visit->peer);
    return rc;
}

// Which status a failed answer comes to.
static int status_of(int rc) {
    return rc == LAB_EMSGSIZE    ? 413
           : rc == LAB_EPROTO    ? 400
           : rc == LAB_ETIMEDOUT ? 408
                                 : 500;
}

// Completes what the answer left undone.
static int finish(lab_stream *peer, struct http *http, int rc) {
    if (rc == LAB_ECANCELED || (rc < 0 && http->replied))
        return rc;
    if (!http->replied)
        return refuse(peer, http, status_of(rc));
    if (http->is_begun)
        LAB_TRY(lab_http_write_end(peer, http));
    if (http->body_done)
        return 0;
    return http->message.keeps ? lab_http_skip_body(peer, http, SKIP_MOST)
                               : LAB_EMSGSIZE;
}

static void count(struct lab_http_service *service, int delta) {
    service->in_flight += (size_t)delta;
    if (service->in_flight > service->in_flight_most)
        service->in_flight_most = service->in_flight;
    if (service->gauge)
        lab_count(service->gauge, delta);
}

static int answer(struct visit *visit) {
    struct lab_http_service *service = visit->server->service;
    struct http *http = lab_room_of(visit->peer);
    count(service, +1);
    int rc = service->answer(visit->peer, &http->message.head, service->arg);
    count(service, -1);
    service->served++;
    LAB_TRY(lab_http_enter(visit->peer, &http)); // unless it was closed
    rc = finish(visit->peer, http, rc);
    lab_room_leave(visit->peer);
    return rc;
}

// --- a connection

static int converse(struct visit *visit) {
    const struct lab_http_service *service = visit->server->service;
    lab_time first = or (service->patience, PATIENCE);
    do {
        LAB_TRY(wait_for_request(visit, first));
        LAB_TRY(answer(visit));
        first = or (service->idle, IDLE);
    } while (lab_http_keeps(visit->peer));
    return 0;
}

// Closing while the client still writes would reset the connection, and its
// system would throw away the reply. So it is read on for a while.
static void linger(lab_stream *peer) {
    char buffer[4096];
    lab_time end = lab_now() + LINGER;
    size_t most = LINGER_MOST;
    int n = lab_shutdown_write(peer);
    while (n >= 0 && most > 0) {
        n = lab_room_read(peer, buffer, sizeof buffer, end - lab_now());
        most -= n > 0 && (size_t)n < most ? (size_t)n : most;
    }
}

static void leave(struct visit *visit) {
    visit->server->service->connections--;
    if (visit->server->leaving)
        lab_future_set(visit->server->leaving, 0);
    lab_room_forget(visit->peer);
    lab_free(visit);
}

// Some of the last replies may be late, as the client has not read those before
// them; it may have said all it has to say.
static void send_late(const struct visit *visit) {
    lab_time most = or (visit->server->service->patience, PATIENCE);
    lab_ignore(lab_room_write(visit->peer, "", 0, most));
}

// That a client goes away or talks nonsense is not a failure of the server.
static int attend(void *arg) {
    struct visit *visit = arg;
    int rc = converse(visit);
    send_late(visit);
    if (rc == LAB_EPROTO || rc == LAB_EMSGSIZE)
        linger(visit->peer);
    leave(visit);
    return 0;
}

// --- all of them

static int welcome(struct server *server, lab_stream *peer) {
    struct visit *visit = lab_alloc(sizeof *visit);
    *visit = (struct visit){.server = server, .peer = peer};
    server->service->connections++;
    int rc = lab_group_spawn_here(server->group, "connection", attend, visit);
    if (rc < 0)
        leave(visit);
    return rc;
}

static bool is_full(const struct server *server) {
    return server->service->connections >=
           or_size(server->service->connections_most, CONNECTIONS_MOST);
}

// Waits until a connection leaves, but not for long: one that was told to may
// have replies that its client does not read, and another may be idle by then.
static int wait_for_leaving(struct server *server) {
    struct lab_timeout timeout = {0};
    server->leaving = lab_future_new();
    lab_timeout_enter(&timeout, BREATH);
    int rc = lab_future_wait(server->leaving);
    rc = lab_timeout_exit(&timeout, rc);
    lab_future_free(server->leaving);
    server->leaving = NULL;
    return rc == LAB_ETIMEDOUT ? 0 : rc;
}

// Makes room for one connection more; waits while all are busy.
static int make_room(struct server *server) {
    while (is_full(server)) {
        lab_ignore(end_one(server)); // if it can; one may leave anyway
        LAB_TRY(wait_for_leaving(server));
    }
    return 0;
}

// The system has no descriptor for it, or no memory. The connection waits in
// the system, and would be offered again at once: hence the wait.
static int make_room_outside(struct server *server) {
    lab_ignore(end_one(server));
    return wait_for_leaving(server);
}

static bool is_final(int rc) {
    return rc == LAB_ECANCELED || rc == LAB_EBADF || rc == LAB_EINVAL ||
           rc == LAB_EBUSY || rc == LAB_EPERM;
}

static int accept_all(struct server *server) {
    for (;;) {
        lab_stream *peer = NULL;
        int rc = lab_accept(server->door, &peer);
        if (is_final(rc))
            return rc;
        if (rc < 0) {
            LAB_TRY(make_room_outside(server));
            continue;
        }
        rc = make_room(server);
        if (rc == 0)
            rc = welcome(server, peer);
        else
            lab_room_forget(peer);
        LAB_TRY(rc);
    }
}

int lab_http_serve(lab_stream *door, struct lab_http_service *service) {
    struct server server = {.service = service, .door = door};
    if (!lab_self())
        return LAB_EPERM;
    if (!service->answer)
        return LAB_EINVAL;
    lab_list_init(&server.idle);
    server.group = lab_group_new();
    int rc = accept_all(&server);
    lab_group_cancel(server.group);
    lab_ignore(lab_group_wait(server.group)); // none of them fails
    return rc;
}
