#include "guest/inside.h"

#include "base/alloc.h"
#include "base/die.h"
#include "base/error.h"
#include "base/json.h"
#include "base/read.h"
#include "base/write.h"
#include "core/crash.h"
#include "core/loop.h"
#include "core/printed.h"
#include "core/sanitizer.h"
#include "demo/choose.h"
#include "demo/result.h"
#include "guest/grade_lines_internal.h"
#include "guest/guest_internal.h"
#include "guest/inside_internal.h"
#include "guest/orders_internal.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

// The words of the process, as compile.c puts them.
enum {
    WORD_OPTION = 1,
    WORD_SOURCE,
    WORD_CLOCK,
    WORD_SCHEDULE,
    WORD_EVENTS,
    WORD_TURNS,
    WORD_MACHINE,
    WORD_ORDERS,
    WORD_GRADE,
    WORDS,
};

enum { LIBRARY = 3, RECORD = 4 };

bool lab_guest_inside(int argc, char **argv) {
    return argc >= WORDS && strcmp(argv[WORD_OPTION], "--guest") == 0;
}

// --- what a guest may not do

#define LOAD(field)                                                            \
    BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))
#define IF_SYSCALL(number, action)                                             \
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (number), 0, 1),                       \
        BPF_STMT(BPF_RET | BPF_K, (action))

// A guest may start threads, and no processes: those could be many. glibc
// starts threads by clone3, whose flags are out of sight, or else by clone.
static void forbid_processes(void) {
    struct sock_filter filter[] = {
        LOAD(nr),
#ifdef SYS_fork
        IF_SYSCALL(SYS_fork, SECCOMP_RET_TRAP),
        IF_SYSCALL(SYS_vfork, SECCOMP_RET_TRAP),
#endif
        IF_SYSCALL(SYS_clone3, SECCOMP_RET_ERRNO | ENOSYS),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_clone, 0, 3),
        LOAD(args[0]), // its lower half, on a little-endian machine
        BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, CLONE_THREAD, 1, 0),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRAP),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = {countof(filter), filter};
    // Where the kernel has no filters, there is only less containment.
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0)
        prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
}

// --- what it says to the outside

// Returns the exit status of a process that did not run its guest.
static int refuse(struct lab_text *why) {
    struct lab_text line = {0};
    lab_text_put(&line, "{\"refused\":");
    lab_json_put_string(&line, lab_text_string(why));
    lab_text_put(&line, "}\n");
    // There is nowhere left to tell of an error.
    lab_ignore(lab_write_whole(RECORD, line.data, line.length));
    lab_text_free(&line);
    lab_text_free(why);
    return LAB_EXIT_USAGE;
}

// --- running

struct inside {
    int argc;
    char **argv;
    struct lab_demo_file file;
    struct lab_settings settings;
    bool variants[LAB_DEMO_VARIANTS];
    struct lab_comparison comparison;
    struct lab_recorder recorder;
    lab_task *task;
    size_t variant; // of which orders are tried, or that is graded
    struct lab_grade grade;
    bool is_graded;
    // Of every order:
    struct lab_orders orders;
    size_t told;              // outcomes
    lab_time slice, reported; // when others had a turn last, by the machine
};

static void on_run(void *sink, struct lab_run *run) {
    struct inside *inside = sink;
    lab_recorder_run(&inside->recorder, run);
}

static void on_interrupt(int signal, void *arg) {
    struct inside *inside = arg;
    (void)signal;
    lab_cancel(inside->task);
}

static int run_all(struct inside *inside) {
    struct lab_result_sink sink = {.on_run = on_run, .sink = inside};
    struct lab_comparison *comparison = &inside->comparison;
    bool named = false;
    int rc = 0;
    for (size_t i = 0; i < LAB_DEMO_VARIANTS; i++)
        named |= inside->variants[i];
    for (size_t i = 0; i < lab_variant_count(inside->file.demo); i++) {
        if (rc == LAB_EINTR || (named && !inside->variants[i]))
            continue;
        rc = lab_result_run(comparison, &inside->settings, i, &sink);
        lab_recorder_end(&inside->recorder,
                         comparison->runs[comparison->count - 1]);
    }
    return rc == LAB_EINTR ? LAB_EXIT_INTERRUPTED : LAB_EXIT_OK;
}

// --- every order

enum { SLICE_MS = 20, REPORT_MS = 100 };

// Says what was found, and from time to time how often.
static void tell(struct inside *inside, bool counts, bool is_over) {
    const struct lab_orders *orders = &inside->orders;
    struct lab_text out = {0};
    for (; inside->told < orders->count; inside->told++)
        lab_guest_orders_put_outcome(&out, &orders->outcomes[inside->told]);
    if (counts)
        lab_guest_orders_put_counts(&out, orders, is_over);
    // Nobody may listen any more; then we are about to be killed.
    lab_ignore(lab_write_whole(RECORD, out.data, out.length));
    lab_text_free(&out);
}

static bool on_tick(void *arg, const struct lab_orders *orders) {
    struct inside *inside = arg;
    lab_time now = lab_clock_machine();
    bool reports = now - inside->reported >= REPORT_MS * LAB_MS;
    if (inside->told == 0)
        lab_recorder_run(&inside->recorder, inside->comparison.runs[0]);
    if (reports || orders->count > inside->told)
        tell(inside, reports, false);
    inside->reported = reports ? now : inside->reported;
    if (now - inside->slice < SLICE_MS * LAB_MS)
        return true;
    int rc = lab_yield();
    inside->slice = lab_clock_machine();
    return rc >= 0;
}

// Says which order the program has crashed in. It allocates nothing, as it is
// called from a signal handler.
static struct inside *trying;

static void tell_crash(void) {
    char bytes[2000], name[1000];
    struct lab_text line, schedule;
    struct inside *inside = trying;
    trying = NULL;
    if (!inside)
        return;
    lab_text_fix(&line, bytes, sizeof bytes);
    lab_text_fix(&schedule, name, sizeof name);
    lab_orders_put_current(&inside->orders, &schedule);
    if (inside->orders.tried == 0) { // so its run was not told yet
        const struct lab_demo *demo = inside->file.demo;
        lab_text_put(&line, "{\"run\":");
        lab_json_put_string(&line, demo->variants[inside->variant].name);
        lab_text_put(&line, ",\"text\":null,\"law\":null,\"gap_law\":null}\n");
    }
    const struct lab_run *run = inside->comparison.runs[0];
    struct lab_outcome outcome = {.rc = LAB_ECRASHED,
                                  .end = lab_record_end(run->record),
                                  .schedule = schedule.data};
    lab_guest_orders_put_outcome(&line, &outcome);
    lab_ignore(lab_write_whole(RECORD, line.data, line.length));
}

static int run_orders(struct inside *inside) {
    inside->orders.tick = on_tick;
    inside->orders.arg = inside;
    trying = inside;
    lab_die_hook(tell_crash);
    lab_orders_run(&inside->orders, &inside->comparison, &inside->settings,
                   inside->variant);
    trying = NULL;
    tell(inside, true, true);
    lab_orders_free(&inside->orders);
    return LAB_EXIT_OK;
}

static int run_grade(struct inside *inside) {
    lab_inside_grade(&inside->grade, &inside->settings, inside->variant,
                     RECORD);
    return LAB_EXIT_OK;
}

// The pipe breaks when looplab has ended, and then so do we.
static int run(void *arg) {
    struct inside *inside = arg;
    struct lab_text error = {0};
    inside->task = lab_self();
    if (!lab_recorder_open(&inside->recorder, "/proc/self/fd/4", &error))
        return refuse(&error);
    setvbuf(inside->recorder.save.file, NULL, _IOLBF, BUFSIZ);
    lab_recorder_begin(&inside->recorder, &inside->comparison);
    lab_signal_watch(SIGINT, on_interrupt, inside);
    int status = inside->is_graded     ? run_grade(inside)
                 : inside->orders.most ? run_orders(inside)
                                       : run_all(inside);
    lab_signal_watch(SIGINT, NULL, NULL);
    if (!lab_recorder_close(&inside->recorder, &error))
        status = LAB_EXIT_IO;
    lab_text_free(&error);
    return status;
}

static bool choose(struct inside *inside, struct lab_text *error) {
    char **argv = inside->argv;
    for (int i = WORDS; i < inside->argc; i++) {
        bool fine = strchr(argv[i], '=')
                        ? lab_settings_assign(&inside->settings, argv[i], error)
                        : lab_choose_variant(inside->file.demo, argv[i],
                                             inside->variants, error);
        if (!fine)
            return false;
    }
    return true;
}

// Is a grading asked for, then of which variant?
static bool read_grade(struct inside *inside, struct lab_text *error) {
    const char *plan = inside->argv[WORD_GRADE];
    inside->is_graded = *plan != '\0';
    if (!inside->is_graded)
        return true;
    lab_assert(lab_guest_grade_read_plan(plan, &inside->grade));
    return lab_choose_only(inside->file.demo, inside->variants,
                           &inside->variant, error) &&
           lab_grade_check(&inside->grade, &inside->settings, error);
}

// Are orders asked for, then of which variant?
static bool read_orders(struct inside *inside, struct lab_text *error) {
    struct lab_orders *orders = &inside->orders;
    char *end;
    orders->most = strtoull(inside->argv[WORD_ORDERS], &end, 10);
    if (orders->most == 0)
        return true;
    orders->deepest = strtoull(end + 1, NULL, 10);
    return lab_choose_only(inside->file.demo, inside->variants,
                           &inside->variant, error);
}

static bool load(struct inside *inside, struct lab_text *error) {
    char **argv = inside->argv;
    struct lab_comparison *comparison = &inside->comparison;
    struct lab_settings *settings = &inside->settings;
    inside->file = (struct lab_demo_file){
        .path = lab_strdup("/proc/self/fd/3"),
        .source = lab_strdup(argv[WORD_SOURCE]),
        .is_trusted = true,
        .guest = lab_guest_name(argv[WORD_SOURCE]),
    };
    if (!lab_demos_load(&inside->file, error))
        return false;
    lab_settings_init(settings, inside->file.demo);
    settings->file = &inside->file;
    settings->limits = (struct lab_limits){
        .events = strtoull(argv[WORD_EVENTS], NULL, 10),
        .turns = strtoull(argv[WORD_TURNS], NULL, 10),
        .machine = strtoll(argv[WORD_MACHINE], NULL, 10),
    };
    if (!choose(inside, error) || !read_orders(inside, error) ||
        !read_grade(inside, error) ||
        !lab_clock_parse(argv[WORD_CLOCK], &comparison->clock, error))
        return false;
    if (*argv[WORD_SCHEDULE])
        comparison->schedule = lab_strdup(argv[WORD_SCHEDULE]);
    lab_result_begin(comparison, settings);
    lab_free(comparison->demo);
    comparison->demo = lab_guest_title(argv[WORD_SOURCE]);
    comparison->source = lab_strdup(argv[WORD_SOURCE]);
    comparison->language = lab_strdup("c");
    // Somebody may change the file while it runs. Without it views show less.
    struct lab_text code = {0};
    if (lab_read_file(argv[WORD_SOURCE], SIZE_MAX, &code) == 0)
        comparison->code = lab_strdup(lab_text_string(&code));
    lab_text_free(&code);
    return true;
}

int lab_guest_inside_main(int argc, char **argv) {
    struct inside inside = {.argc = argc, .argv = argv};
    struct lab_text error = {0};
    lab_crash_init();
    lab_printed_init();
    if (!LAB_SANITIZED) // it looks for leaks from a process beside it
        forbid_processes();
    int status = load(&inside, &error) ? lab_loop_main("looplab", run, &inside)
                                       : refuse(&error);
    lab_crash_may_exit(true);
    lab_printed_term();
    lab_demos_unload(&inside.file);
    lab_free(inside.file.path);
    lab_free(inside.file.source);
    lab_free(inside.file.needs);
    lab_free(inside.file.packages);
    lab_comparison_free(&inside.comparison);
    lab_grade_free(&inside.grade);
    return status;
}
