#include "core/watched.h"

#include "base/alloc.h"
#include "base/die.h"
#include "base/hash.h"
#include "base/list.h"
#include "base/read.h"
#include "core/loop_internal.h"
#include "core/park_internal.h"
#include "core/real_internal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <uv.h>

enum {
    SETTLE_MS = 30,    // within which an editor's next step has come
    LARGEST = 1 << 24, // of what can be a text that somebody edits
};

struct lab_watched {
    uv_fs_event_t event;
    char *path, *folder;
    const char *name; // in [path]
    struct lab_timer settle;
    uint64_t content; // its hash, as of the last return
    bool changed;
    int failure; // of watching it; 0: none
    lab_task *waiter;
    lab_loop *loop;
};

// --- its content

// The hash of what is in the file; false while it is not there.
static bool read_content(const struct lab_watched *watched, uint64_t *content) {
    struct lab_text text = {0};
    int rc = lab_read_file(watched->path, LARGEST, &text);
    *content = lab_hash(LAB_HASH_EMPTY, lab_text_string(&text), text.length);
    lab_text_free(&text);
    return rc >= 0;
}

static void wake(struct lab_watched *watched) {
    if (watched->waiter)
        lab_task_wake(watched->waiter, 0);
}

static void on_settled(struct lab_timer *timer) {
    struct lab_watched *watched =
        lab_list_item(timer, struct lab_watched, settle);
    uint64_t content;
    if (!read_content(watched, &content))
        return; // its next step will come
    watched->changed = content != watched->content;
    if (watched->changed)
        wake(watched);
}

// --- its folder

// The name is that of a file in the folder, or the folder's own.
static void on_event(uv_fs_event_t *event, const char *name, int events,
                     int status) {
    struct lab_watched *watched =
        lab_list_item(event, struct lab_watched, event);
    (void)events;
    if (!name || strcmp(name, watched->name) == 0)
        lab_timer_start(&watched->settle, SETTLE_MS * LAB_MS, on_settled);
    if (status < 0)
        watched->failure = status;
    else if (access(watched->folder, F_OK) < 0)
        watched->failure = -errno;
    if (watched->failure)
        wake(watched);
}

static void on_closed(uv_handle_t *handle) {
    struct lab_watched *watched =
        lab_list_item(handle, struct lab_watched, event);
    lab_free(watched->path);
    lab_free(watched->folder);
    lab_free(watched);
}

// --- its life

int lab_watched_open(struct lab_watched **out, const char *path) {
    char *real = realpath(path, NULL);
    if (!real)
        return -errno;
    struct lab_watched *watched = lab_alloc(sizeof *watched);
    watched->loop = lab_loop_current;
    watched->path = lab_strdup(real);
    watched->folder = lab_strdup(real);
    free(real);
    char *slash = strrchr(watched->folder, '/');
    slash[slash == watched->folder] = '\0'; // "/" is a folder, too
    watched->name = strrchr(watched->path, '/') + 1;
    int rc = uv_fs_event_init(lab_real_uv(lab_real_of(watched->loop)),
                              &watched->event);
    lab_assert(rc == 0); // it does nothing that could fail
    rc = uv_fs_event_start(&watched->event, on_event, watched->folder, 0);
    // Watched first, and then read: nothing can happen in between.
    read_content(watched, &watched->content);
    if (rc < 0)
        lab_watched_close(watched);
    else
        *out = watched;
    return rc;
}

static int take_news(struct lab_watched *watched) {
    if (watched->failure)
        return watched->failure;
    // What is there now is what the caller will see.
    watched->changed = false;
    read_content(watched, &watched->content);
    return 0;
}

int lab_watched_wait(struct lab_watched *watched, lab_time timeout) {
    lab_assert(!watched->waiter);
    if (watched->changed || watched->failure)
        return take_news(watched);
    lab_time deadline = timeout == LAB_FOREVER
                            ? LAB_FOREVER
                            : lab_loop_time(watched->loop) + timeout;
    watched->waiter = lab_self();
    watched->loop->outside++;
    int rc = lab_task_wait(LAB_ON_IO, 0, deadline, LAB_ETIMEDOUT);
    watched->loop->outside--;
    watched->waiter = NULL;
    return rc == 0 ? take_news(watched) : rc;
}

void lab_watched_close(struct lab_watched *watched) {
    lab_assert(!watched->waiter);
    lab_timer_stop(&watched->settle);
    uv_close((uv_handle_t *)&watched->event, on_closed);
}
