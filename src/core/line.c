#include "core/line_internal.h"

#include "core/misuse.h"
#include "core/park_internal.h"

// A static variable is full of zeros before its init function is called.
static void check_made(const struct lab_list *line) {
    if (!line->next)
        lab_misuse("a queue, a lock or the like is used before its init "
                   "function was called, such as lab_queue_init");
}

static void enter(struct lab_list *line, struct line_waiter *waiter) {
    check_made(line);
    waiter->task = lab_self();
    lab_list_push(line, &waiter->node);
}

int lab_line_wait(struct lab_list *line, struct line_waiter *waiter,
                  lab_time deadline) {
    enter(line, waiter);
    int rc =
        lab_task_wait(waiter->kind, waiter->other, deadline, LAB_ETIMEDOUT);
    lab_list_remove(&waiter->node);
    return rc;
}

int lab_line_wait_shielded(struct lab_list *line, struct line_waiter *waiter) {
    enter(line, waiter);
    int rc = lab_task_wait_shielded(waiter->kind, waiter->other);
    lab_list_remove(&waiter->node);
    return rc;
}

struct line_waiter *lab_line_wake(struct lab_list *line, int result) {
    struct lab_list *node;
    lab_loop_check();
    check_made(line);
    while ((node = lab_list_pop(line))) {
        struct line_waiter *waiter =
            lab_list_item(node, struct line_waiter, node);
        if (lab_task_wake(waiter->task, result))
            return waiter;
    }
    return NULL;
}

size_t lab_line_wake_all(struct lab_list *line, int result) {
    size_t count = 0;
    while (lab_line_wake(line, result))
        count++;
    return count;
}

// A task that was woken for another reason stays in line until it runs.
size_t lab_line_length(const struct lab_list *line) {
    size_t count = 0;
    check_made(line);
    lab_list_each(node, line) {
        const struct line_waiter *waiter =
            lab_list_item(node, struct line_waiter, node);
        count += waiter->task->state == LAB_TASK_WAITING;
    }
    return count;
}
