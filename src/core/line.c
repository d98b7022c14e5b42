#include "core/line_internal.h"

#include "core/park_internal.h"

static void enter(struct lab_list *line, struct place *place) {
    place->task = lab_self();
    lab_list_push(line, &place->node);
}

int lab_line_wait(struct lab_list *line, struct place *place,
                  lab_time deadline) {
    enter(line, place);
    int rc = lab_task_wait(place->on, place->other, deadline, LAB_ETIMEDOUT);
    lab_list_remove(&place->node);
    return rc;
}

int lab_line_wait_shielded(struct lab_list *line, struct place *place) {
    enter(line, place);
    int rc = lab_task_wait_shielded(place->on, place->other);
    lab_list_remove(&place->node);
    return rc;
}

struct place *lab_line_wake(struct lab_list *line, int result) {
    struct lab_list *node;
    lab_loop_check();
    while ((node = lab_list_pop(line))) {
        struct place *place = lab_list_item(node, struct place, node);
        if (lab_task_wake(place->task, result))
            return place;
    }
    return NULL;
}

size_t lab_line_wake_all(struct lab_list *line, int result) {
    size_t count = 0;
    while (lab_line_wake(line, result))
        count++;
    return count;
}

// A task that was woken for another reason keeps its place until it runs.
size_t lab_line_length(const struct lab_list *line) {
    size_t count = 0;
    lab_list_each(node, line) {
        const struct place *place = lab_list_item(node, struct place, node);
        count += place->task->state == LAB_TASK_WAITING;
    }
    return count;
}
