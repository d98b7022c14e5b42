#include "demo/practice.h"

#include "base/alloc.h"
#include "base/json.h"
#include "base/text.h"
#include "core/say.h"
#include "core/task.h"
#include "core/wait.h"
#include "net/http.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    DELAY_MOST = 60, // seconds
    BYTES_MOST = 1024 * 1024,
    LINES_MOST = 600,
    CONNECTIONS_MOST = 1000,
};
#define PAUSE (100 * LAB_MS) // between two lines of a stream

// One request that is being answered.
struct visit {
    struct lab_practice *practice;
    lab_stream *peer;
    const struct lab_http_head *request;
    const char *rest; // of the target, after the route: "1" of /delay/1
};

static int reply(const struct visit *visit, int status, const char *type,
                 const char *text) {
    return lab_http_reply(visit->peer, status, type, text, strlen(text));
}

static int reply_and_free(const struct visit *visit, struct lab_text *text) {
    int rc = reply(visit, 200, "application/json", lab_text_string(text));
    lab_text_free(text);
    return rc;
}

static int refuse(const struct visit *visit, int status, const char *why) {
    return reply(visit, status, "text/plain", why);
}

// Reads the rest of the target as a whole number from [least] to [most].
static bool read_number(const char *rest, long least, long most, long *number) {
    char *end;
    *number = strtol(rest, &end, 10);
    return *rest >= '0' && *rest <= '9' && !*end && *number >= least &&
           *number <= most;
}

// --- what there is

static int answer_counts(struct visit *visit) {
    const struct lab_practice *practice = visit->practice;
    struct lab_text text = {0};
    lab_text_printf(&text,
                    "{\"served\": %zu, \"in_flight\": %zu, "
                    "\"most_in_flight\": %zu}\n",
                    practice->served, practice->in_flight,
                    practice->most_in_flight);
    return reply_and_free(visit, &text);
}

static int answer_delay(struct visit *visit) {
    char *end;
    double seconds = strtod(visit->rest, &end);
    struct lab_text text = {0};
    if (end == visit->rest || *end || !(seconds >= 0 && seconds <= DELAY_MOST))
        return refuse(visit, 400, "/delay/N takes seconds from 0 to 60\n");
    LAB_TRY(lab_sleep((lab_time)(seconds * (double)LAB_S)));
    lab_text_printf(&text, "{\"delay\": %g}\n", seconds);
    return reply_and_free(visit, &text);
}

static int answer_status(struct visit *visit) {
    long status;
    if (!read_number(visit->rest, 200, 599, &status))
        return refuse(visit, 400, "/status/N takes a number from 200 to 599\n");
    struct lab_text text = {0};
    lab_text_printf(&text, "%ld %s\n", status, lab_http_reason((int)status));
    int rc = reply(visit, (int)status, "text/plain", lab_text_string(&text));
    lab_text_free(&text);
    return rc;
}

static int answer_bytes(struct visit *visit) {
    long size;
    if (!read_number(visit->rest, 0, BYTES_MOST, &size))
        return refuse(visit, 400, "/bytes/N takes a number up to 1048576\n");
    char *bytes = lab_alloc((size_t)size + 1);
    for (long i = 0; i < size; i++)
        bytes[i] = (char)('a' + i % 26);
    int rc = lab_http_reply(visit->peer, 200, "application/octet-stream", bytes,
                            (size_t)size);
    lab_free(bytes);
    return rc;
}

static int answer_stream(struct visit *visit) {
    long lines;
    char line[40];
    if (!read_number(visit->rest, 1, LINES_MOST, &lines))
        return refuse(visit, 400, "/stream/N takes a number from 1 to 600\n");
    LAB_TRY(lab_http_begin(visit->peer, 200, "application/json"));
    for (long i = 0; i < lines; i++) {
        if (i > 0)
            LAB_TRY(lab_sleep(PAUSE));
        int n = snprintf(line, sizeof line, "{\"line\": %ld}\n", i);
        LAB_TRY(lab_http_send(visit->peer, line, (size_t)n));
    }
    return lab_http_end(visit->peer);
}

static int answer_json(struct visit *visit) {
    return reply(visit, 200, "application/json",
                 "{\"title\": \"practice\", \"items\": [1, 2, 3]}\n");
}

static int answer_get(struct visit *visit) {
    struct lab_text text = {0};
    lab_text_put(&text, "{");
    lab_json_put_member(&text, "method", visit->request->method);
    lab_json_put_member(&text, "target", visit->request->target);
    lab_json_put_member(&text, "host", visit->request->host);
    lab_text_put(&text, "}\n");
    return reply_and_free(visit, &text);
}

// A route that ends with a slash takes what follows it.
static const struct route {
    const char *path;
    int (*answer)(struct visit *visit);
    bool waits; // then it is a task, which views show by its target
} routes[] = {
    {"/", answer_counts},
    {"/json", answer_json},
    {"/get", answer_get},
    {"/delay/", answer_delay, .waits = true},
    {"/status/", answer_status},
    {"/bytes/", answer_bytes},
    {"/stream/", answer_stream, .waits = true},
};

static const char nothing[] =
    "There are /, /delay/N, /status/N, /bytes/N, /stream/N, /json and /get.\n";

// --- a request

// Does [target] begin with [path]? Then [*rest] follows.
static bool follows(const char *target, const char *path, const char **rest) {
    while (*path && *path == *target)
        path++, target++;
    *rest = target;
    return !*path;
}

// Where does [target] go, without what it asks after a "?"?
static const struct route *find_route(const char *target, const char **rest) {
    for (size_t i = 0; i < countof(routes); i++) {
        if (!follows(target, routes[i].path, rest))
            continue;
        bool takes = i > 0 && (*rest)[-1] == '/';
        if (takes || !**rest || **rest == '?')
            return &routes[i];
    }
    return NULL;
}

struct errand {
    struct visit *visit;
    const struct route *route;
};

static int run_errand(void *arg) {
    const struct errand *errand = arg;
    return errand->route->answer(errand->visit);
}

static int follow(const struct route *route, struct visit *visit) {
    struct errand errand = {visit, route};
    const char *method = visit->request->method;
    if (strcmp(method, "GET") != 0 && strcmp(method, "HEAD") != 0 &&
        strcmp(method, "POST") != 0) {
        LAB_TRY(lab_http_add(visit->peer, "Allow", "GET, HEAD, POST"));
        return refuse(visit, 405, "GET, HEAD and POST are answered.\n");
    }
    if (!route)
        return refuse(visit, 404, nothing);
    if (!route->waits)
        return run_errand(&errand);
    return lab_await(lab_spawn(visit->request->target, run_errand, &errand));
}

// Who asks for the counts is not counted.
static int answer(lab_stream *peer, const struct lab_http_head *request,
                  void *arg) {
    struct lab_practice *practice = arg;
    struct visit visit = {practice, peer, request, ""};
    const struct route *route = find_route(request->target, &visit.rest);
    if (route == routes)
        return follow(route, &visit);
    if (++practice->in_flight > practice->most_in_flight)
        practice->most_in_flight = practice->in_flight;
    lab_count("in flight", +1);
    int rc = follow(route, &visit);
    lab_count("in flight", -1);
    practice->in_flight--;
    practice->served++;
    return rc;
}

// --- the server

struct door {
    struct lab_practice *practice;
    lab_stream *stream;
};

static int attend(void *arg) {
    const struct door *door = arg;
    struct lab_http_service service = {
        .answer = answer,
        .arg = door->practice,
        .hosts = door->practice->hosts,
        .connections_most = CONNECTIONS_MOST,
        .quick = true,
    };
    return lab_http_serve(door->stream, &service);
}

static int open_door(struct door *door, const char *format, int port) {
    struct lab_text address = {0};
    lab_text_printf(&address, format, port);
    int rc = lab_listen(&door->stream, lab_text_string(&address));
    lab_text_free(&address);
    return rc;
}

int lab_practice_serve(struct lab_practice *practice) {
    struct door doors[] = {{practice, NULL}, {practice, NULL}};
    lab_task *tasks[countof(doors)];
    LAB_TRY(open_door(&doors[0], "tcp:127.0.0.1:%d", practice->port));
    int port = lab_port(doors[0].stream);
    // Not every machine has IPv6.
    bool both = open_door(&doors[1], "tcp:[::1]:%d", port) == 0;
    if (practice->opened)
        practice->opened(practice->arg, port);
    tasks[0] = lab_spawn("IPv4", attend, &doors[0]);
    if (both)
        tasks[1] = lab_spawn("IPv6", attend, &doors[1]);
    int rc = lab_gather(tasks, both ? 2 : 1);
    lab_close(doors[1].stream);
    lab_close(doors[0].stream);
    return rc;
}
