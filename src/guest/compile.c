// compile.c - from my.c to a process: cc writes a library into memory, and
// looplab, started again, runs what is in it (see inside.c).

#include "base/alloc.h"
#include "base/die.h"
#include "core/scope.h"
#include "guest/grade_lines_internal.h"
#include "guest/guest_internal.h"
#include "guest/meant.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static void on_bytes(void *arg, enum lab_child_from from, const char *bytes,
                     size_t n) {
    if (from != LAB_CHILD_RECORD)
        lab_text_write(arg, bytes, n);
}

const char *lab_guest_compiler(void) {
    const char *named = getenv("CC");
    return named && *named ? named : "cc";
}

// Shows the compiler's messages, and what its names mean. Frees them.
static void pass_on(const struct lab_guest_options *options,
                    struct lab_text *said) {
    struct lab_text meant = {0};
    lab_guest_put_meant(&meant, lab_text_string(said), options->include);
    lab_text_put(said, lab_text_string(&meant));
    lab_guest_stray(options, lab_text_string(said), said->length);
    lab_text_free(&meant);
    lab_text_free(said);
}

// Starts the compiler. A frame larger than a guard page must not jump over it,
// and a library in memory has no name but a descriptor's. What it says goes to
// [said].
static int start(struct lab_child **child,
                 const struct lab_guest_options *options, int memory,
                 struct lab_text *said) {
    struct lab_text include = {0}, path = {0};
    lab_text_printf(&include, "-isystem%s", options->include);
    // A name that begins with a dash would be taken for an option.
    lab_text_printf(&path, "%s%s", *options->path == '-' ? "./" : "",
                    options->path);
    char *words[] = {(char *)lab_guest_compiler(),
                     "-std=gnu11",
                     "-g",
                     "-O1",
                     "-Wall",
                     "-Wno-unused-result",
                     "-D_GNU_SOURCE",
                     "-fno-omit-frame-pointer",
                     "-fstack-clash-protection",
                     "-fPIC",
                     "-shared",
                     "-pthread",
                     "-pipe",
                     include.data,
                     "-o",
                     "/proc/self/fd/3",
                     path.data,
                     NULL};
    struct lab_child_options how = {.words = words,
                                    .ends_on = SIGTERM,
                                    .file = memory,
                                    .on_bytes = on_bytes,
                                    .arg = said};
    int rc = lab_child_start(child, &how);
    lab_text_free(&include);
    lab_text_free(&path);
    return rc;
}

static void say_not_started(struct lab_text *error, int rc) {
    const char *compiler = lab_guest_compiler();
    if (rc == LAB_ENOENT)
        lab_text_printf(error,
                        "%s is not there: apt install gcc, or set CC to your "
                        "compiler",
                        compiler);
    else
        lab_text_printf(error, "%s cannot be started: %s", compiler,
                        lab_error_text(rc));
}

// Its messages are shown when it has ended, with their lines whole.
static int compile(const struct lab_guest_options *options, int memory,
                   struct lab_text *error) {
    struct lab_text said = {0};
    struct lab_child *child;
    int rc = start(&child, options, memory, &said);
    if (rc < 0) {
        say_not_started(error, rc);
        return LAB_EXIT_FAILED;
    }
    rc = lab_child_wait(child, LAB_FOREVER);
    if (rc < 0) {
        // It removes its own files before it ends.
        struct lab_shield shield = {0};
        lab_child_kill(child, SIGTERM);
        lab_shield_enter(&shield);
        lab_ignore(lab_child_wait(child, LAB_S));
        lab_shield_exit(&shield);
    }
    struct lab_child_end end = lab_child_close(child);
    pass_on(options, &said);
    if (rc < 0)
        return LAB_EXIT_INTERRUPTED;
    if (end.status == 0)
        return LAB_EXIT_OK;
    lab_text_printf(error, "%s does not compile",
                    lab_guest_name(options->path));
    return LAB_EXIT_FAILED;
}

static void add_grade(struct lab_guest_plan *plan,
                      const struct lab_guest_options *options) {
    struct lab_text text = {0};
    if (options->grade)
        lab_guest_grade_put_plan(&text, options->grade);
    lab_guest_add_word(plan, "%s", lab_text_string(&text));
    lab_text_free(&text);
}

static void add_words(struct lab_guest_plan *plan,
                      const struct lab_guest_options *options,
                      lab_time machine) {
    struct lab_text clock = {0};
    const struct lab_limits *limits = &options->limits;
    lab_clock_put(&clock, options->clock);
    lab_guest_add_word(plan, "/proc/self/exe");
    lab_guest_add_word(plan, "--guest");
    lab_guest_add_word(plan, "%s", options->path);
    lab_guest_add_word(plan, "%s", lab_text_string(&clock));
    lab_guest_add_word(plan, "%s", options->schedule ? options->schedule : "");
    lab_guest_add_word(plan, "%llu", (unsigned long long)limits->events);
    lab_guest_add_word(plan, "%llu", (unsigned long long)limits->turns);
    lab_guest_add_word(plan, "%lld", (long long)machine);
    if (options->orders)
        lab_guest_add_word(plan, "%zu,%zu", options->orders->most,
                           options->orders->deepest);
    else
        lab_guest_add_word(plan, "%s", "");
    add_grade(plan, options);
    for (int i = 0; i < options->count; i++)
        lab_guest_add_word(plan, "%s", options->words[i]);
    lab_text_free(&clock);
}

int lab_guest_compile(const struct lab_guest_options *options, int *file,
                      struct lab_text *error) {
    *file = memfd_create("looplab guest", MFD_CLOEXEC);
    if (*file >= 0)
        return compile(options, *file, error);
    lab_text_printf(error, "no memory for %s: %s", options->path,
                    lab_error_text(-errno));
    *file = 0;
    return LAB_EXIT_OS;
}

void lab_guest_library_free(struct lab_guest_library *library) {
    if (library->file)
        close(library->file);
    *library = (struct lab_guest_library){0};
}

static struct lab_guest_library look_at(const char *path) {
    struct stat status;
    if (stat(path, &status) < 0)
        return (struct lab_guest_library){0};
    return (struct lab_guest_library){.device = status.st_dev,
                                      .number = status.st_ino,
                                      .size = (uint64_t)status.st_size,
                                      .saved = status.st_mtim.tv_sec * LAB_S +
                                               status.st_mtim.tv_nsec};
}

static bool is_of(const struct lab_guest_library *a,
                  const struct lab_guest_library *b) {
    return a->device == b->device && a->number == b->number &&
           a->size == b->size && a->saved == b->saved;
}

// Compiles it, unless that was done.
static int need_library(const struct lab_guest_options *options, int *file,
                        struct lab_text *error) {
    struct lab_guest_library *kept = options->library;
    struct lab_guest_library now = look_at(options->path);
    int status = LAB_EXIT_OK;
    if (!kept->file || !is_of(kept, &now)) {
        lab_guest_library_free(kept);
        status = lab_guest_compile(options, &now.file, error);
        *kept = now;
    }
    if (status != LAB_EXIT_OK) {
        lab_guest_library_free(kept);
        return status;
    }
    *file = fcntl(kept->file, F_DUPFD_CLOEXEC, 0);
    if (*file >= 0)
        return LAB_EXIT_OK;
    lab_text_printf(error, "no descriptor for %s: %s", options->path,
                    lab_error_text(-errno));
    *file = 0;
    return LAB_EXIT_OS;
}

int lab_guest_plan_c(struct lab_guest_plan *plan,
                     const struct lab_guest_options *options,
                     struct lab_text *error) {
    lab_time machine =
        options->limits.machine < 0 ? LAB_S : options->limits.machine;
    add_words(plan, options, machine);
    // The process itself watches its time, and says more; it does so at twice
    // the limit.
    plan->patience = machine ? 2 * machine + LAB_S : LAB_FOREVER;
    return options->library ? need_library(options, &plan->file, error)
                            : lab_guest_compile(options, &plan->file, error);
}
