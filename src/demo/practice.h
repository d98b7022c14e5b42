// practice.h - a server for learners' own scripts: replies that are slow, fail,
// are long or come in pieces.
//
// Use:
//     struct lab_practice practice = {.port = 8000};
//     rc = lab_practice_serve(&practice); // until this task is cancelled
//
//     /             how many requests were served, and how many at most at once
//     /delay/N      after N seconds, up to 60; 0.5 is fine
//     /status/N     that status, from 200 to 599
//     /bytes/N      N bytes, up to 1 MiB
//     /stream/N     N lines, up to 600, one each 100 ms
//     /json  /get   a fixed document; what was asked
//
// The count of requests at once is the proof that a gather overlapped. It
// listens on this machine's loopback only, 127.0.0.1 and, where there is IPv6,
// ::1, and serves no web page of others: see .hosts of net/http.h. GET, HEAD
// and POST are answered.

#ifndef LAB_DEMO_PRACTICE_H
#define LAB_DEMO_PRACTICE_H

#include "base/error.h"

#include <stddef.h>

struct lab_practice {
    // The caller's.
    int port;                 // 0: any that is free
    const char *const *hosts; // names it plays, as in struct lab_http_service
    // Called when it listens, and [port] is known. May be NULL.
    void (*opened)(void *arg, int port);
    void *arg;
    // The server's, to look at.
    size_t in_flight, most_in_flight, served;
};

// Serves until it is cancelled. Waits. In a run, its requests in flight are the
// gauge "in flight", and each that waits is a task with the name of its target.
//
// Errors: LAB_ECANCELED; LAB_EADDRINUSE and others of lab_listen.
LAB_CHECKED int lab_practice_serve(struct lab_practice *practice);

#endif
