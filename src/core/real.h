// real.h - what a loop under the real clock waits with, private to src/core.
//
//     timerfd --.
//     descriptors --> uv_loop --> one wait for all
//     uv_async --^--- mail from workers, nudges from signals
//
// libuv's own timers are not used: they have steps of 1 ms and fire early.

#ifndef LAB_CORE_REAL_H
#define LAB_CORE_REAL_H

#include "core/state.h"

#include <uv.h>

struct real {
    uv_loop_t uv;
    int timer_fd;
    uv_poll_t timer_poll;
    lab_time armed; // what the timerfd is set to
    uv_async_t async;
    pthread_mutex_t lock; // guards mail
    struct lab_list mail;
    atomic_bool has_mail;
    unsigned turns_unpolled;
};

#endif
