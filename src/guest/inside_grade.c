// inside_grade.c - a guest in C is graded in its process.

#include "base/die.h"
#include "base/error.h"
#include "base/write.h"
#include "core/wait.h"
#include "guest/grade_lines_internal.h"
#include "guest/inside_internal.h"
#include "record/clock.h"

enum { SLICE_MS = 20, REPORT_MS = 100 };

struct telling {
    struct lab_grade *grade;
    int record;
    size_t told;              // phases that are over and told
    lab_time slice, reported; // when others had a turn last, by the machine
};

// Appends what is known of the phases that were not told yet.
static void put_phases(struct telling *telling, struct lab_text *out) {
    const struct lab_grade *grade = telling->grade;
    for (size_t i = telling->told; i < LAB_GRADE_PHASES; i++) {
        if (!grade->phases[i].claims)
            continue;
        lab_guest_grade_put_phase(out, grade, (enum lab_grade_phase)i);
        if (grade->phases[i].done)
            telling->told = i + 1;
    }
}

// Nobody may listen any more; then we are about to be killed.
static void tell(struct telling *telling, bool is_over) {
    struct lab_text out = {0};
    put_phases(telling, &out);
    if (is_over)
        lab_guest_grade_put_over(&out, telling->grade);
    lab_ignore(lab_write_whole(telling->record, out.data, out.length));
    lab_text_free(&out);
}

static bool on_tick(void *arg, const struct lab_grade *grade) {
    struct telling *telling = arg;
    lab_time now = lab_clock_machine();
    (void)grade;
    if (now - telling->reported >= REPORT_MS * LAB_MS) {
        tell(telling, false);
        telling->reported = now;
    }
    if (now - telling->slice < SLICE_MS * LAB_MS)
        return true;
    int rc = lab_yield();
    telling->slice = lab_clock_machine();
    return rc >= 0;
}

// Says under which schedule the program has crashed. It allocates nothing, as
// it is called from a signal handler.
static struct telling *crashing;

static void tell_crash(void) {
    char bytes[16384];
    struct lab_text out;
    struct telling *telling = crashing;
    crashing = NULL;
    if (!telling || !telling->grade->plan)
        return;
    lab_text_fix(&out, bytes, sizeof bytes);
    put_phases(telling, &out);
    // What does not fit is left out; what was told before has nearly all.
    if (out.length > sizeof bytes - 4096)
        lab_text_clear(&out);
    lab_guest_grade_put_cut(&out, telling->grade->plan);
    lab_ignore(lab_write_whole(telling->record, out.data, out.length));
}

void lab_inside_grade(struct lab_grade *grade,
                      const struct lab_settings *settings, size_t variant,
                      int record) {
    struct telling telling = {.grade = grade, .record = record};
    grade->tick = on_tick;
    // cppcheck-suppress autoVariables ; taken back below
    grade->arg = &telling;
    crashing = &telling;
    lab_die_hook(tell_crash);
    lab_grade_run(grade, settings, variant);
    crashing = NULL;
    tell(&telling, true);
    grade->tick = NULL;
    grade->arg = NULL;
}
