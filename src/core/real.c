// real.c - what a loop under the real clock waits with.
//
//     timerfd --.
//     descriptors --> uv_loop --> one wait for all
//     eventfd --^---- mail from workers, nudges from signals
//
// libuv's own timers are not used: they have steps of 1 ms and fire early. Nor
// is its uv_async, which spins if the sending thread is interrupted.

#include "core/real_internal.h"

#include "base/alloc.h"
#include "base/die.h"
#include "core/crash.h"
#include "core/gate_internal.h"
#include "core/loop_internal.h"
#include "core/mailbox_internal.h"
#include "core/signal_internal.h"
#include "record/clock.h"

#include <errno.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/timerfd.h>
#include <unistd.h>
#include <uv.h>

struct real {
    uv_loop_t uv;
    int timer_fd;
    uv_poll_t timer_poll;
    lab_time armed; // what the timerfd is set to
    int event_fd;
    uv_poll_t event_poll;
    struct mailbox mail;
    char apart[64];     // what follows changes seldom, and workers read it
    atomic_bool asleep; // mail must wake it
    char also_apart[64];
    unsigned turns_unpolled, turns_per_poll;
    lab_time polled;
};

// An empty poll costs as much as twenty task switches, so a busy loop polls
// only once in several turns: in fewer if they are long, since a client may be
// waiting outside.
enum {
    MOST_TURNS = 256,
    RUSH = 50 * LAB_US,  // polls closer together than this are too many
    DRAG = 500 * LAB_US, // and further apart too few
};

static void adapt(struct real *real) {
    lab_time now = lab_clock_machine(), passed = now - real->polled;
    unsigned *turns = &real->turns_per_poll;
    if (passed < RUSH && *turns < MOST_TURNS)
        *turns *= 2;
    else if (passed > DRAG && *turns > 1)
        *turns /= 2;
    real->polled = now;
    real->turns_unpolled = 0;
}

static void need(int rc, const char *what) {
    if (rc < 0)
        lab_die(LAB_EXIT_OS, "the event loop cannot start (%s): %s", what,
                lab_error_text(rc));
}

// Takes the count of [fd], an eventfd or a timerfd; false if there is none.
// Left there by an interruption, it would wake the loop again at once.
static bool take_count(int fd) {
    uint64_t times;
    ssize_t n;
    do
        n = read(fd, &times, sizeof times);
    while (n < 0 && errno == EINTR);
    return n > 0;
}

// --- mail

// Waking the loop was the purpose; a second nudge may have been taken with the
// first.
static void on_event_fd(uv_poll_t *poll, int status, int events) {
    (void)status;
    (void)events;
    take_count(lab_list_item(poll, struct real, event_poll)->event_fd);
}

void lab_real_nudge(struct real *real) {
    const uint64_t one = 1;
    ssize_t n;
    do // it can only fail otherwise if there are 2^64 already
        n = write(real->event_fd, &one, sizeof one);
    while (n < 0 && errno == EINTR);
}

// A system call for each piece of mail would be most of its cost, so mail wakes
// the loop only if it sleeps. It is still there then: it ends after its
// workers.
void lab_real_post(struct real *real, struct mail *mail) {
    lab_mailbox_put(&real->mail, mail);
    if (atomic_load(&real->asleep) && atomic_exchange(&real->asleep, false))
        lab_real_nudge(real);
}

void lab_real_post_later(struct real *real, struct mail *mail) {
    lab_mailbox_put(&real->mail, mail);
}

// --- waiting

static void on_timer_fd(uv_poll_t *poll, int status, int events) {
    struct real *real = lab_list_item(poll, struct real, timer_poll);
    (void)status;
    (void)events;
    if (take_count(real->timer_fd))
        real->armed = LAB_FOREVER;
}

// Sets the timerfd to the first timer of [loop]. Only when the loop is about to
// sleep: most timers are gone by then. One that is set too early stays so: to
// be woken once for nothing costs less than a system call for each deadline
// that was replaced by a later one, as a server does at each request.
static void arm(struct real *real, const lab_loop *loop) {
    struct lab_heap_node *node = lab_heap_least(&loop->timers);
    lab_time at = node ? node->key : LAB_FOREVER;
    if (at == real->armed || (node && at > real->armed))
        return;
    struct itimerspec spec = {0};
    if (node) {
        lab_time sane = at > 0 ? at : 1; // all zero would disarm
        spec.it_value = (struct timespec){sane / LAB_S, sane % LAB_S};
    }
    timerfd_settime(real->timer_fd, TFD_TIMER_ABSTIME, &spec, NULL);
    real->armed = at;
}

bool lab_real_has_news(struct real *real) {
    return ++real->turns_unpolled >= real->turns_per_poll ||
           !lab_mailbox_empty(&real->mail) || lab_signal_any();
}

// libuv aborts if the kernel refuses something that libuv needs.
static void run_uv(struct real *real, uv_run_mode mode) {
    lab_crash_in_libuv(true);
    uv_run(&real->uv, mode);
    lab_crash_in_libuv(false);
}

// Waits for what comes first. We see mail that is posted before [asleep] is
// set; mail that is posted after that wakes us.
static void wait(struct real *real) {
    atomic_store(&real->asleep, true);
    run_uv(real, lab_mailbox_empty(&real->mail) ? UV_RUN_ONCE : UV_RUN_NOWAIT);
    atomic_store(&real->asleep, false);
}

// Is the next timer so close that going to sleep would take longer?
static bool is_close(const lab_loop *loop) {
    enum { CLOSE = 20 * LAB_US };
    const struct lab_heap_node *timer = lab_heap_least(&loop->timers);
    return timer && timer->key - lab_clock_machine() < CLOSE;
}

void lab_real_poll(lab_loop *loop, bool may_wait) {
    struct real *real = loop->real;
    if (!real) {
        if (!may_wait)
            return; // nothing outside was ever used
        real = lab_real_of(loop);
    }
    if (may_wait && !is_close(loop)) {
        arm(real, loop);
        lab_gate_leave(loop->gate);
        wait(real);
        lab_gate_enter(loop->gate);
    } else if (++real->turns_unpolled >= real->turns_per_poll) {
        adapt(real);
        run_uv(real, UV_RUN_NOWAIT);
    }
    lab_gate_give_on(loop->gate); // for a loop that never waits
    lab_signal_dispatch();
    lab_mailbox_open(&real->mail);
}

// --- life

static void *several(size_t count, size_t size) {
    return memset(lab_realloc(NULL, count, size), 0, count * size);
}

static void *resized(void *old, size_t size) {
    return lab_realloc(old, size, 1);
}

struct real *lab_real_of(lab_loop *loop) {
    if (loop->real)
        return loop->real;
    struct real *real = lab_alloc(sizeof *real);
    // Without memory libuv would abort silently.
    uv_replace_allocator(lab_alloc, resized, several, lab_free);
    lab_crash_in_libuv(true);
    need(uv_loop_init(&real->uv), "event queue");
    lab_crash_in_libuv(false);
    real->timer_fd =
        timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
    need(real->timer_fd < 0 ? -errno : 0, "timer");
    need(uv_poll_init(&real->uv, &real->timer_poll, real->timer_fd), "timer");
    need(uv_poll_start(&real->timer_poll, UV_READABLE, on_timer_fd), "timer");
    real->event_fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    need(real->event_fd < 0 ? -errno : 0, "wake-up");
    need(uv_poll_init(&real->uv, &real->event_poll, real->event_fd), "wake-up");
    need(uv_poll_start(&real->event_poll, UV_READABLE, on_event_fd), "wake-up");
    real->armed = LAB_FOREVER;
    real->turns_per_poll = 1;
    loop->real = real;
    return real;
}

const char *lab_loop_libuv(void) {
    return uv_version_string();
}

struct uv_loop_s *lab_real_uv(struct real *real) {
    return &real->uv;
}

void lab_real_term(lab_loop *loop) {
    struct real *real = loop->real;
    lab_signal_forget(real);
    uv_close((uv_handle_t *)&real->timer_poll, NULL);
    uv_close((uv_handle_t *)&real->event_poll, NULL);
    run_uv(real, UV_RUN_DEFAULT);
    lab_assert(uv_loop_close(&real->uv) == 0); // a handle was left open
    close(real->timer_fd);
    close(real->event_fd);
    lab_free(real);
    loop->real = NULL;
}
