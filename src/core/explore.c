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
    bool more = true;
    exploration->schedule = &schedule;
    while (more && !exploration->stop && exploration->schedules < most) {
        if (exploration->begin)
            exploration->begin(exploration->arg, &options);
        int rc = lab_run(&options);
        exploration->stop |= rc == LAB_EINTR;
        bool right = exploration->right
                         ? exploration->right(exploration->arg, rc)
                         : rc >= 0;
        exploration->schedules++;
        exploration->reached +=
            schedule.cancel_at > 0 && schedule.moments >= schedule.cancel_at;
        if (!right && exploration->wrong++ == 0)
            lab_schedule_put(&exploration->first, &schedule);
        if (exploration->deepest && schedule.made > exploration->deepest) {
            schedule.made = exploration->deepest;
            exploration->shallow = true;
        }
        more = lab_schedule_next(&schedule);
    }
    exploration->truncated = more;
    exploration->schedule = NULL;
    lab_schedule_free(&schedule);
}
