// Files and jobs go through threads of a pool; items through a queue.

#include "scenes.h"

#include "base/alloc.h"
#include "base/die.h"
#include "core/block.h"
#include "core/call.h"
#include "core/executor.h"
#include "core/file.h"
#include "core/queue.h"
#include "core/scope.h"
#include "core/semaphore.h"
#include "core/task.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

// --- files

enum { BYTES = 20 * 1000, PIECE = 1500 };

static int write_all(lab_file *file) {
    char piece[PIECE];
    for (size_t at = 0; at < BYTES;) {
        size_t n = BYTES - at < PIECE ? BYTES - at : PIECE;
        for (size_t i = 0; i < n; i++)
            piece[i] = scene_byte(at + i);
        LAB_TRY(lab_file_write_all(file, piece, n));
        at += n;
    }
    return 0;
}

static int read_all(lab_file *file) {
    char piece[PIECE + 1];
    size_t at = 0;
    int n;
    while ((n = lab_file_read_some(file, piece, sizeof piece)) > 0)
        for (int i = 0; i < n; i++, at++)
            if (at >= BYTES || piece[i] != scene_byte(at))
                scene_wrong("another byte was written", at);
    if (n != LAB_EOF)
        return n;
    if (at != BYTES)
        scene_wrong("the file is short and nobody said so", at);
    scene_say("%zu bytes were read back\n", at);
    return 0;
}

// Opens [path] and does [what] with it.
static int with_file(const char *path, int flags, int (*what)(lab_file *)) {
    lab_file *file;
    LAB_TRY(lab_file_open(&file, path, flags, 0644));
    int rc = what(file);
    int closed = lab_file_close(file);
    return rc < 0 ? rc : closed;
}

int scene_files(void *arg) {
    char path[SCENE_PATH];
    (void)arg;
    scene_path(path, "file");
    int rc = with_file(path, LAB_FILE_WRITE | LAB_FILE_CREATE, write_all);
    if (rc >= 0)
        rc = with_file(path, LAB_FILE_READ, read_all);
    unlink(path);
    return rc;
}

// --- jobs

enum { JOBS = 6, WORKERS = 3 };

struct job {
    lab_pool *pool;
    int number, calls;
};

static void on_call(void *arg) {
    struct job *job = arg;
    job->calls++;
}

static int do_job(void *arg) {
    struct job *job = arg;
    char *own = lab_alloc(100); // so that allocations fail in threads, too
    lab_block(job->number * 100 * LAB_US);
    int rc = lab_call_soon_threadsafe(on_call, job);
    own[0] = (char)job->number;
    int square = own[0] * own[0];
    lab_free(own);
    return rc < 0 ? rc : square;
}

static int offload(void *arg) {
    struct job *job = arg;
    return lab_offload(job->pool, do_job, job);
}

int scene_executor(void *arg) {
    struct job jobs[JOBS];
    lab_task *tasks[JOBS];
    int sum = 0, calls = 0;
    lab_pool *pool = lab_pool_new("pool", WORKERS);
    (void)arg;
    if (!pool)
        return LAB_ENOMEM;
    for (int i = 0; i < JOBS; i++) {
        jobs[i] = (struct job){pool, i + 1, 0};
        tasks[i] = lab_spawn("job", offload, &jobs[i]);
    }
    LAB_TRY(lab_gather(tasks, JOBS));
    for (int i = 0; i < JOBS; i++) {
        sum += lab_task_result(tasks[i]);
        calls += jobs[i].calls;
    }
    if (sum != 91 || calls != JOBS)
        scene_wrong("a job was lost", (size_t)calls);
    scene_say("%d jobs, %d calls, results of %d together\n", JOBS, calls, sum);
    return lab_pool_shutdown(pool, false);
}

// --- items

enum { ITEMS = 40 };

struct factory {
    struct lab_queue queue;
    struct lab_semaphore tools;
    int made, used;
};

static int make(void *arg) {
    struct factory *f = arg;
    while (f->made < ITEMS) {
        char *item = lab_strdup("item");
        f->made++;
        int rc = lab_queue_put(&f->queue, item);
        if (rc < 0) {
            lab_free(item);
            return rc;
        }
    }
    return 0;
}

static int use(void *arg) {
    struct factory *f = arg;
    void *item;
    int rc;
    while ((rc = lab_queue_get(&f->queue, &item)) == 0) {
        lab_free(item);
        LAB_TRY(lab_semaphore_acquire(&f->tools));
        rc = lab_sleep(LAB_MS);
        lab_semaphore_release(&f->tools);
        LAB_TRY(rc);
        f->used++;
    }
    return rc == LAB_EOF ? 0 : rc;
}

static int produce_and_consume(void *arg) {
    struct factory *f = arg;
    lab_task *makers[2], *users[4];
    for (size_t i = 0; i < countof(users); i++)
        users[i] = lab_spawn("use", use, f);
    for (size_t i = 0; i < countof(makers); i++)
        makers[i] = lab_spawn("make", make, f);
    LAB_TRY(lab_gather(makers, countof(makers)));
    lab_queue_shutdown(&f->queue, false);
    return lab_gather(users, countof(users));
}

int scene_queue(void *arg) {
    struct factory f = {0};
    (void)arg;
    lab_queue_init(&f.queue, LAB_QUEUE_FIFO, 3);
    lab_semaphore_init(&f.tools, 2);
    int rc = lab_within(60 * LAB_S, produce_and_consume, &f);
    lab_queue_term(&f.queue);
    if (rc >= 0 && f.used != ITEMS)
        scene_wrong("an item was lost", (size_t)f.used);
    if (rc >= 0)
        scene_say("%d items were used\n", f.used);
    return rc;
}
