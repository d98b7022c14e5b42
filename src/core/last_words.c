// last_words.c - one sentence about the task on this thread, and where it is.
//
// It is put together in a signal handler. So nothing is allocated, and no lock
// is taken that the interrupted code may hold.

#include "core/last_words_internal.h"

#include "base/alloc.h"
#include "base/text.h"
#include "base/write.h"
#include "core/here.h"
#include "core/pool_internal.h"
#include "core/printed_internal.h"
#include "core/symbol.h"
#include "core/task_internal.h"

#include <string.h>
#include <unistd.h>

const lab_task *lab_last_task(void) {
    const struct worker *worker = lab_worker_self();
    if (worker)
        return worker->job ? worker->job->asker : NULL;
    return lab_loop_current ? lab_loop_current->running : NULL;
}

static void put_name(struct lab_text *out, const char *name) {
    lab_text_mask(out, name, strlen(name), false);
}

static void put_who(struct lab_text *out) {
    const struct worker *worker = lab_worker_self();
    const lab_task *task = lab_last_task();
    if (worker && worker->job)
        lab_text_printf(out, "job #%u of ", worker->job->number);
    if (task) {
        lab_text_printf(out, "task #%u ", task->number);
        put_name(out, task->name);
    } else {
        lab_text_put(out, lab_loop_current ? "the event loop"
                                           : "a thread that runs no job");
    }
    if (worker) {
        lab_text_put(out, ", in worker ");
        put_name(out, worker->name);
        lab_text_put(out, ",");
    }
}

static void put_site(struct lab_text *out, struct lab_site site) {
    put_name(out, site.file);
    lab_text_printf(out, ":%d", site.line);
}

static void put_where(struct lab_text *out, void *context) {
    const lab_task *task = lab_last_task();
    char function[64] = "";
    if (context)
        lab_symbol_name(lab_symbol_interrupted(context), function,
                        sizeof function);
    if (function[0]) {
        lab_text_put(out, ", in ");
        put_name(out, function);
        lab_text_put(out, "()");
    }
    if (lab_here.file) {
        lab_text_put(out, ", after its call at ");
        put_site(out, lab_here);
    }
    // A run's root is spawned by the core, so that place would not help
    // anybody.
    if (task && task->number > 1) {
        lab_text_put(out, ", spawned at ");
        put_site(out, task->site);
    }
}

void lab_last_words(const char *did, const char *why, void *context) {
    const lab_task *task = lab_last_task();
    char memory[1024];
    struct lab_text line;
    lab_text_fix(&line, memory, sizeof memory - 1); // for the newline
    lab_text_put(&line, "looplab: ");
    put_who(&line);
    lab_text_printf(&line, " %s", did);
    if (task) {
        lab_text_put(&line, " at ");
        lab_time_put(&line, lab_run_time(task->run));
    }
    lab_text_printf(&line, ": %s", why);
    put_where(&line, context);
    lab_printed_put_unseen(&line);
    lab_write_sentence(memory, line.length);
}

bool lab_last_words_begin(void) {
    static atomic_flag ending;
    static _Thread_local volatile bool inside;
    if (inside)
        return false;
    inside = true;
    while (atomic_flag_test_and_set(&ending))
        pause();
    return true;
}
