// real_internal.h - what a loop under the real clock waits with, private to
// src/core.

#ifndef LAB_CORE_REAL_INTERNAL_H
#define LAB_CORE_REAL_INTERNAL_H

#include <stdbool.h>

struct lab_loop;
struct mail;
struct real;
struct uv_loop_s;

// What [loop] waits with; made if need be.
struct real *lab_real_of(struct lab_loop *loop);
void lab_real_term(struct lab_loop *loop);
struct uv_loop_s *lab_real_uv(struct real *real);

// Handles what came from outside; with [may_wait] waits for that or the next
// timer first.
void lab_real_poll(struct lab_loop *loop, bool may_wait);

// Is there mail or a signal, or was the last poll long ago?
bool lab_real_has_news(struct real *real);

// From any thread: has the loop of [real] open [mail].
void lab_real_post(struct real *real, struct mail *mail);

// The same, but a waiting loop is not woken: it opens [mail] when it wakes.
void lab_real_post_later(struct real *real, struct mail *mail);

// From any thread or signal handler: ends a wait of the loop.
void lab_real_nudge(struct real *real);

#endif
