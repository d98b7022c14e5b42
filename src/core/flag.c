#include "core/flag.h"

#include "core/line_internal.h"
#include "core/park_internal.h"

void lab_flag_init(struct lab_flag *flag) {
    *flag = (struct lab_flag){0};
    lab_list_init(&flag->waiting);
}

void lab_flag_set(struct lab_flag *flag) {
    lab_loop_check();
    struct run *run = lab_run_acting();
    if (run && run->record)
        lab_run_note(run, LAB_EVENT_SET, LAB_ON_FLAG,
                     lab_run_number(run, LAB_ON_FLAG, &flag->number),
                     lab_task_number_in(run), 0);
    flag->is_set = true;
    lab_line_wake_all(&flag->waiting, 0);
}

void lab_flag_clear(struct lab_flag *flag) {
    lab_loop_check();
    flag->is_set = false;
}

int lab_flag_wait(struct lab_flag *flag) {
    LAB_TRY(lab_task_check());
    if (flag->is_set)
        return 0;
    struct line_waiter me = {.kind = LAB_ON_FLAG};
    me.other = lab_run_number(lab_self()->run, me.kind, &flag->number);
    return lab_line_wait(&flag->waiting, &me, LAB_FOREVER);
}
