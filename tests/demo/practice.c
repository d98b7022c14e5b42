#include "demo/practice.h"

#include "base/alloc.h"
#include "base/error.h"
#include "core/task.h"
#include "core/wait.h"
#include "net/http.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct scene {
    struct lab_practice practice;
    lab_task *server;
    int port;
};

static void note_port(void *arg, int port) {
    struct scene *scene = arg;
    scene->port = port;
}

static int serve(void *arg) {
    struct scene *scene = arg;
    return lab_practice_serve(&scene->practice);
}

static void begin(struct scene *scene) {
    static const char *const hosts[] = {"httpbin.org", NULL};
    *scene = (struct scene){
        .practice = {.hosts = hosts, .opened = note_port, .arg = scene}};
    scene->server = lab_spawn("server", serve, scene);
    CHECK_INT(lab_yield(), 0);
    CHECK(scene->port > 0);
}

static void end(struct scene *scene) {
    lab_cancel(scene->server);
    CHECK_INT(lab_await(scene->server), LAB_ECANCELED);
}

// Asks for [target] on a connection of its own. Returns the status, and puts
// the body, as a string, into [body].
static int ask(const struct scene *scene, const char *method,
               const char *target, char *body, size_t size) {
    char address[40];
    lab_stream *peer;
    snprintf(address, sizeof address, "tcp:127.0.0.1:%d", scene->port);
    LAB_TRY(lab_connect(&peer, address, LAB_FOREVER));
    int status = lab_http_ask(peer, method, target);
    int n = status < 0 ? 0 : lab_http_body(peer, body, size - 1);
    body[n < 0 ? 0 : n] = '\0';
    lab_close(peer);
    return n < 0 ? n : status;
}

VIRTUAL_TEST(practice_answers_what_its_header_lists) {
    static const struct {
        const char *method, *target;
        int status;
        const char *body; // how it begins
    } rows[] = {
        {"GET", "/", 200, "{\"served\": 0, \"in_flight\": 0, \"most"},
        {"GET", "/?x", 200, "{\"served\": 0, \"in_flight\": 0, \"most"},
        {"GET", "/json", 200, "{\"title\": "},
        {"POST", "/json", 200, "{\"title\": "},
        {"HEAD", "/json", 200, ""},
        {"PUT", "/json", 405, "GET, HEAD and POST"},
        {"GET", "/get?a=\"", 200,
         "{\"method\":\"GET\",\"target\":\"/get?a=\\\""},
        {"GET", "/status/503", 503, "503 Service"},
        {"GET", "/status/204", 204, ""},
        {"GET", "/status/199", 400, "/status/N takes"},
        {"GET", "/status/600", 400, "/status/N takes"},
        {"GET", "/status/5x", 400, "/status/N takes"},
        {"GET", "/status/", 400, "/status/N takes"},
        {"GET", "/bytes/5", 200, "abcde"},
        {"GET", "/bytes/0", 200, ""},
        {"GET", "/bytes/1048577", 400, "/bytes/N takes"},
        {"GET", "/bytes/-1", 400, "/bytes/N takes"},
        {"GET", "/delay/0", 200, "{\"delay\": 0}"},
        {"GET", "/delay/61", 400, "/delay/N takes"},
        {"GET", "/delay/nan", 400, "/delay/N takes"},
        {"GET", "/delay/1s", 400, "/delay/N takes"},
        {"GET", "/stream/1", 200, "{\"line\": 0}\n"},
        {"GET", "/stream/601", 400, "/stream/N takes"},
        {"GET", "/json/", 404, "There are /, "},
        {"GET", "/other", 404, "There are /, "},
    };
    struct scene scene;
    char body[200];
    begin(&scene);
    for (size_t i = 0; i < countof(rows); i++) {
        CHECK_INT(
            ask(&scene, rows[i].method, rows[i].target, body, sizeof body),
            rows[i].status);
        body[strlen(rows[i].body)] = '\0';
        CHECK_STR(body, rows[i].body);
    }
    end(&scene);
}

static int ask_delay(void *arg) {
    char body[80];
    return ask(arg, "GET", "/delay/0.5", body, sizeof body);
}

VIRTUAL_TEST(practice_counts_requests_at_once_and_takes_the_time_asked_for) {
    struct scene scene;
    lab_task *tasks[3];
    char body[200];
    begin(&scene);
    lab_time start = lab_now();
    for (size_t i = 0; i < countof(tasks); i++)
        tasks[i] = lab_spawn("ask", ask_delay, &scene);
    CHECK_INT(lab_gather(tasks, countof(tasks)), 0);
    CHECK_INT(lab_now() - start, 500 * LAB_MS);
    CHECK_INT(ask(&scene, "GET", "/", body, sizeof body), 200);
    CHECK_STR(body,
              "{\"served\": 3, \"in_flight\": 0, \"most_in_flight\": 3}\n");
    start = lab_now();
    CHECK_INT(ask(&scene, "GET", "/stream/3", body, sizeof body), 200);
    CHECK_INT(lab_now() - start, 200 * LAB_MS);
    CHECK_STR(body, "{\"line\": 0}\n{\"line\": 1}\n{\"line\": 2}\n");
    end(&scene);
}

VIRTUAL_TEST(practice_plays_no_other_hosts_than_it_is_told_to) {
    struct scene scene;
    char address[40];
    static const struct {
        const char *host;
        int status;
    } rows[] = {{"httpbin.org", 200}, {"evil.example", 421}};
    begin(&scene);
    snprintf(address, sizeof address, "tcp:127.0.0.1:%d", scene.port);
    for (size_t i = 0; i < countof(rows); i++) {
        char request[120], line[80] = "";
        lab_stream *peer;
        MUST(CHECK_INT(lab_connect(&peer, address, LAB_FOREVER), 0));
        int n =
            snprintf(request, sizeof request,
                     "GET /json HTTP/1.1\r\nHost: %s\r\n\r\n", rows[i].host);
        CHECK_INT(lab_write(peer, request, (size_t)n), 0);
        CHECK(lab_read_until(peer, "\n", line, sizeof line) > 0);
        CHECK(strtol(line + strlen("HTTP/1.1 "), NULL, 10) == rows[i].status);
        lab_close(peer);
    }
    end(&scene);
}
