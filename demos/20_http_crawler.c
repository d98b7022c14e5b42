// 20 http_crawler: 100 requests of 100 ms: how long?
//
// A crawler asks a web server for pages, over HTTP. The server is a task of the
// same run, and takes its time over each page. That is all waiting, so it can
// overlap: for all pages, or for some at a time, so that the server is not
// flooded. Parsing a page is computing. On the loop that adds up, and nothing
// else runs meanwhile; in a pool the cores share it.

#include "lab.h"

#include <stdio.h>

enum { MOST = 1000, CORES = 2 };
static char site[32]; // its address
static struct lab_semaphore permits;
static lab_pool *parsers;

// --- the server

static int answer(lab_stream *peer, const struct lab_http_head *request,
                  void *arg) {
    char page[64];
    (void)arg;
    LAB_TRY(lab_sleep(lab_param("delay"))); // others are answered meanwhile
    int size = snprintf(page, sizeof page, "<h1>%.40s</h1>\n", request->target);
    return lab_http_reply(peer, 200, "text/html", page, (size_t)size);
}

static int serve(void *door) {
    struct lab_http_service service = {.answer = answer, .gauge = "serving"};
    int rc = lab_http_serve(door, &service);
    lab_close(door); // nobody waits at it in vain
    return rc;
}

static int open_site(lab_task **server) {
    lab_stream *door;
    LAB_TRY(lab_listen(&door, "tcp:127.0.0.1:0"));
    snprintf(site, sizeof site, "tcp:127.0.0.1:%d", lab_port(door));
    *server = lab_spawn("server", serve, door);
    return 0;
}

// --- the crawler

static int ask_for_page(void) {
    char page[64];
    lab_stream *peer;
    LAB_TRY(lab_connect(&peer, site, LAB_FOREVER));
    int rc = lab_http_ask(peer, "GET", "/page"); // waits for the reply's head
    if (rc >= 0)
        rc = lab_http_body(peer, page, sizeof page);
    lab_close(peer);
    return rc;
}

// Has the server hung up, or is it gone? Then that is one page less.
static bool is_lost(int rc) {
    return rc == LAB_EPROTO || rc == LAB_ECONNRESET || rc == LAB_ECONNREFUSED;
}

static int crawl(void *arg) {
    int rc = ask_for_page();
    (void)arg;
    lab_count("pages", rc > 0);
    return is_lost(rc) ? 0 : rc;
}

static int crawl_with_permit(void *arg) {
    LAB_TRY(lab_semaphore_acquire(&permits)); // waits while none is free
    int rc = crawl(arg);
    lab_semaphore_release(&permits);
    return rc;
}

static int parse(void *arg) {
    (void)arg;
    lab_burn(lab_param("parse")); // computes, and holds its thread
    return 0;
}

static int crawl_and_parse(void *arg) {
    LAB_TRY(crawl(arg));
    return parse(arg);
}

static int crawl_and_offload(void *arg) {
    LAB_TRY(crawl(arg));
    return lab_offload(parsers, parse, arg); // others run meanwhile
}

// --- the variants

static int in_turn(void) {
    lab_task *server;
    LAB_TRY(open_site(&server));
    for (int64_t i = 0; i < lab_param("requests"); i++)
        LAB_TRY(crawl(NULL)); // a plain call: we wait right here
    lab_cancel(server);
    return 0;
}

// Spawns a task for each request, and waits for all of them.
static int gather(lab_fn *how) {
    lab_task *tasks[MOST], *server;
    size_t n = (size_t)lab_param("requests");
    LAB_TRY(open_site(&server));
    for (size_t i = 0; i < n; i++)
        tasks[i] = lab_spawn("crawl", how, NULL);
    LAB_TRY(lab_gather(tasks, n));
    lab_cancel(server);
    return 0;
}

static int together(void) {
    return gather(crawl);
}

static int limited(void) {
    lab_semaphore_init_bounded(&permits, (size_t)lab_param("limit"));
    return gather(crawl_with_permit);
}

static int parse_loop(void) {
    return gather(crawl_and_parse);
}

static int parse_pool(void) {
    parsers = lab_pool_new("parsers", CORES);
    return parsers ? gather(crawl_and_offload) : LAB_ENOMEM;
}

#define ALL_SERVED "last(pages) = requests", "last(serving) = 0"

const struct lab_demo lab_demo = {
    .name = "http_crawler",
    .asks = "100 requests of 100 ms: how long?",
    .params = {{"requests", 100, .min = 1, .max = MOST,
                .text = "how many pages are asked for"},
               {"delay", 100, .min = 1, .max = 60000, .unit = "ms",
                .text = "how long the server takes over a page"},
               {"limit", 10, .min = 1, .max = MOST,
                .text = "how many requests limited has in flight"},
               {"parse", 4, .min = 1, .max = 1000, .unit = "ms",
                .text = "how long computing a page takes"}},
    .variants = {
        {"in_turn", in_turn, "ask, wait, ask the next", "requests * delay",
         .claims = {"peak(serving) = 1", ALL_SERVED}},
        {"together", together, "ask for all at once", "delay",
         .claims = {"peak(serving) = requests", ALL_SERVED}},
        {"limited", limited, "at once, with a limit",
         "ceil(requests / limit) * delay",
         .claims = {"peak(serving) = min(requests, limit)", ALL_SERVED}},
        {"parse_loop", parse_loop, "at once, and parse on the loop",
         "delay + requests * parse", .differs = true,
         .claims = {"peak(serving) = requests", ALL_SERVED}},
        {"parse_pool", parse_pool, "at once, and parse in a pool of 2",
         "delay + ceil(requests / 2) * parse", .differs = true,
         .claims = {"peak(serving) = requests", ALL_SERVED}}}};
