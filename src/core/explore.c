#include "core/explore.h"

void lab_explore(const struct lab_run_options *model,
                 struct lab_exploration *exploration) {
    struct lab_run_options options = *model;
    struct lab_schedule schedule = {.kind = LAB_SCHEDULE_SCRIPT,
                                    .victim = exploration->victim,
                                    .cancel_at = exploration->cancel_at};
    size_t most = exploration->most ? exploration->most : 1000000;
    options.clock = LAB_CLOCK_VIRTUAL;
    options.schedule = &schedule;
    do {
        if (exploration->schedules == most) {
            exploration->truncated = true;
            break;
        }
        int rc = lab_run(&options);
        bool right = exploration->right
                         ? exploration->right(exploration->arg, rc)
                         : rc >= 0;
        exploration->schedules++;
        exploration->reached +=
            schedule.cancel_at > 0 && schedule.moments >= schedule.cancel_at;
        if (!right && exploration->wrong++ == 0)
            lab_schedule_put(&exploration->first, &schedule);
    } while (lab_schedule_next(&schedule));
    lab_schedule_free(&schedule);
}
