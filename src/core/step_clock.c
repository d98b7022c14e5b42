#include "core/step_clock_internal.h"

#include "record/clock.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

enum {
    TRUSTED = 100 * LAB_US, // the rate may be wrong by so little that the time
                            // is wrong by less than it takes to ask for it
    MEASURED = LAB_MS,      // just long enough to know the rate that well:
                            // until then each time is asked for
    SLOWEST = 100,          // ns of a tick; slower ones are no clock
    QUICK = 400,            // more ticks for an answer: something came between
    FEW = 500,              // answers, which take as long as to ask the kernel
                            // whether the counter may be used
};

// The kernel has tested the counter: it runs by it only if that is the same on
// all processors, and never changes its rate.
static bool kernel_runs_by_it(void) {
    static const char file[] =
        "/sys/devices/system/clocksource/clocksource0/current_clocksource";
    char name[8] = "";
    int fd = open(file, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return false;
    ssize_t n = read(fd, name, sizeof name - 1);
    close(fd);
    return n > 0 && strncmp(name, "tsc\n", 4) == 0;
}

static void measure(struct step_clock *clock) {
    lab_time passed = clock->at - clock->since_at;
    uint64_t ticks = clock->from - clock->since;
    bool has_begun = clock->since_at > 0;
    if (has_begun && passed < MEASURED)
        return;
    if (has_begun && ticks > (uint64_t)passed / SLOWEST)
        clock->rate =
            (uint64_t)((double)passed / (double)ticks * ((uint64_t)1 << 32));
    clock->since = clock->from;
    clock->since_at = clock->at;
}

lab_time lab_step_clock_set(struct step_clock *clock, uint64_t before,
                            lab_time now, uint64_t after) {
    clock->trusted = 0;
    if (after - before < QUICK) {
        clock->from = before;
        clock->at = now;
        measure(clock);
        if (clock->rate > 0)
            clock->trusted = ((uint64_t)TRUSTED << 32) / clock->rate;
    }
    return clock->last = now > clock->last ? now : clock->last;
}

lab_time lab_step_clock_ask(struct step_clock *clock) {
    uint64_t before = lab_counter();
    lab_time now = lab_clock_machine();
    uint64_t after = lab_counter();
    // To count must pay: a short run, or one that mostly sleeps, does without.
    if (clock->is_off || clock->asked < FEW) {
        clock->asked++;
        return now;
    }
    bool is_new = clock->rate == 0;
    lab_time told = lab_step_clock_set(clock, before, now, after);
    if (is_new && clock->rate > 0 && !kernel_runs_by_it())
        *clock = (struct step_clock){.is_off = true};
    return told;
}
