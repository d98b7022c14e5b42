// real.c - what a loop under the real clock waits with.
//
//     timerfd --.
//     descriptors --> uv_loop --> one wait for all
//     uv_async --^--- mail from workers, nudges from signals
//
// libuv's own timers are not used: they have steps of 1 ms and fire early.

#include "core/state.h"

#include "base/alloc.h"
#include "base/die.h"

#include <errno.h>
#include <string.h>
#include <sys/timerfd.h>
#include <unistd.h>
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
    unsigned turns_unpolled, turns_per_poll;
    lab_time polled;
};

// A poll of nothing costs twenty task switches, so a busy loop polls only every
// so many turns: few if they are long, for somebody may be waiting outside.
enum {
    MOST_TURNS = 256,
    RUSH = 50 * LAB_US,  // polls nearer to each other than this are too many
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

// --- mail

static void on_nudge(uv_async_t *async) {
    (void)async; // the wait is over, which is all that was wanted
}

void lab_real_nudge(struct real *real) {
    uv_async_send(&real->async);
}

void lab_real_post(struct real *real, struct mail *mail) {
    pthread_mutex_lock(&real->lock);
    bool first = lab_list_empty(&real->mail);
    lab_list_push(&real->mail, &mail->node);
    atomic_store(&real->has_mail, true);
    // Inside the lock: once the mail is opened the loop may end and be gone.
    if (first)
        uv_async_send(&real->async);
    pthread_mutex_unlock(&real->lock);
}

static struct mail *take(struct real *real) {
    pthread_mutex_lock(&real->lock);
    struct lab_list *node = lab_list_pop(&real->mail);
    if (!node)
        atomic_store(&real->has_mail, false);
    pthread_mutex_unlock(&real->lock);
    return node ? lab_list_item(node, struct mail, node) : NULL;
}

static void collect(struct real *real) {
    struct mail *mail;
    if (!atomic_load(&real->has_mail))
        return;
    while ((mail = take(real)))
        mail->open(mail);
}

// --- waiting

static void on_timer_fd(uv_poll_t *poll, int status, int events) {
    struct real *real = lab_list_item(poll, struct real, timer_poll);
    uint64_t times;
    (void)status;
    (void)events;
    if (read(real->timer_fd, &times, sizeof times) > 0)
        real->armed = LAB_FOREVER;
}

// Sets the timerfd to the first timer of [loop]. Not before it sleeps: most
// timers are gone or overtaken by then.
static void arm(struct real *real, const lab_loop *loop) {
    struct lab_heap_node *node = lab_heap_least(&loop->timers);
    lab_time at = node ? node->key : LAB_FOREVER;
    if (at == real->armed)
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
           atomic_load_explicit(&real->has_mail, memory_order_relaxed) ||
           lab_signal_any();
}

void lab_real_poll(lab_loop *loop, bool may_wait) {
    struct real *real = loop->real;
    if (!real) {
        if (!may_wait)
            return; // nothing outside was ever asked for
        real = lab_real_of(loop);
    }
    if (may_wait || ++real->turns_unpolled >= real->turns_per_poll ||
        atomic_load(&real->has_mail)) {
        if (!may_wait)
            adapt(real);
        arm(real, loop);
        uv_run(&real->uv, may_wait && !atomic_load(&real->has_mail)
                              ? UV_RUN_ONCE
                              : UV_RUN_NOWAIT);
    }
    lab_signal_dispatch();
    collect(real);
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
    // Where there is no memory libuv would abort without a word.
    uv_replace_allocator(lab_alloc, resized, several, lab_free);
    need(uv_loop_init(&real->uv), "event queue");
    real->timer_fd =
        timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
    need(real->timer_fd < 0 ? -errno : 0, "timer");
    need(uv_poll_init(&real->uv, &real->timer_poll, real->timer_fd), "timer");
    need(uv_poll_start(&real->timer_poll, UV_READABLE, on_timer_fd), "timer");
    need(uv_async_init(&real->uv, &real->async, on_nudge), "wake-up");
    pthread_mutex_init(&real->lock, NULL);
    lab_list_init(&real->mail);
    real->armed = LAB_FOREVER;
    real->turns_per_poll = 1;
    loop->real = real;
    return real;
}

struct uv_loop_s *lab_real_uv(struct real *real) {
    return &real->uv;
}

void lab_real_term(lab_loop *loop) {
    struct real *real = loop->real;
    lab_signal_forget(real);
    uv_close((uv_handle_t *)&real->timer_poll, NULL);
    uv_close((uv_handle_t *)&real->async, NULL);
    uv_run(&real->uv, UV_RUN_DEFAULT);
    lab_assert(uv_loop_close(&real->uv) == 0); // a handle was left open
    close(real->timer_fd);
    pthread_mutex_destroy(&real->lock);
    lab_free(real);
    loop->real = NULL;
}
