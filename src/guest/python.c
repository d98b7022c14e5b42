// python.c - from my.py to a process: a Python, and the recorder that it runs.

#include "base/alloc.h"
#include "base/die.h"
#include "base/write.h"
#include "guest/guest_internal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

extern const char recorder_start[] __asm__("_binary_recorder_py_start");
extern const char recorder_end[] __asm__("_binary_recorder_py_end");

// What reads the recorder, whose text is on descriptor 3.
static const char reader[] =
    "import os;exec(compile(open(3).read(),\"looplab\",\"exec\"))";

const char *lab_guest_python(void) {
    const char *named = getenv("LOOPLAB_PYTHON");
    return named && *named ? named : "python3";
}

bool lab_guest_has_python(void) {
    const char *name = lab_guest_python(), *path = getenv("PATH");
    if (strchr(name, '/'))
        return access(name, X_OK) == 0;
    bool found = false;
    struct lab_text file = {0};
    while (path && *path && !found) {
        size_t n = strcspn(path, ":");
        lab_text_clear(&file);
        lab_text_printf(&file, "%.*s/%s", (int)n, path, name);
        found = access(lab_text_string(&file), X_OK) == 0;
        path += n + (path[n] == ':');
    }
    lab_text_free(&file);
    return found;
}

// The bytes from [from] to [to] as a file that a descriptor leads to.
static int put_in_file(const char *from, const char *to) {
    int fd = memfd_create("looplab recorder", MFD_CLOEXEC);
    if (fd < 0)
        return -errno;
    int rc = lab_write_whole(fd, from, (size_t)(to - from));
    if (rc == 0 && lseek(fd, 0, SEEK_SET) < 0)
        rc = -errno;
    if (rc < 0)
        close(fd);
    return rc < 0 ? rc : fd;
}

static bool is_default(uint64_t given, uint64_t usual) {
    return given == 0 || given == usual;
}

// --limit=none
static bool is_unlimited(const struct lab_limits *limits) {
    return !limits->events && !limits->turns && !limits->machine;
}

static bool names_variant(const struct lab_guest_options *options) {
    bool names = false;
    for (int i = 0; i < options->count; i++)
        names |= !lab_guest_is_value(options->words[i]);
    return names;
}

// What is an option of looplab and not of Python's recorder.
static bool has_others(const struct lab_guest_options *options,
                       struct lab_text *error) {
    struct lab_limits usual = LAB_LIMITS_DEFAULT;
    if (!options->clock.is_virtual && options->clock.pace != 1)
        lab_text_put(error, "a Python program runs under the virtual clock or "
                            "the real one; --clock=real");
    else if (!is_default(options->limits.turns, usual.turns))
        lab_text_put(error, "a Python program has no limit of turns; "
                            "--limit=events:N or time:T");
    else if (options->orders && names_variant(options))
        lab_text_printf(error,
                        "%s is tried as a whole, with every asyncio.run() in "
                        "it: orders %s; to try one alone, delete the others",
                        lab_guest_name(options->path), options->path);
    return error->length > 0;
}

// Each try has its own limit, so the whole is never silent for long.
static void add_tries(struct lab_guest_plan *plan,
                      const struct lab_guest_options *options) {
    lab_time machine = options->limits.machine;
    if (machine < 0) // 0: none
        machine = options->grade ? 2 * LAB_S : 5 * LAB_S;
    plan->patience = machine ? machine + 10 * LAB_S : LAB_FOREVER;
    lab_guest_add_word(plan, "--tries=%lld",
                       machine ? (long long)machine : (long long)INT64_MAX);
}

// No small program has as many events; one without an end is found sooner.
enum { GRADED_EVENTS = 20000 };

static void add_words(struct lab_guest_plan *plan,
                      const struct lab_guest_options *options) {
    struct lab_limits usual = LAB_LIMITS_DEFAULT;
    uint64_t events = options->limits.events;
    lab_guest_add_word(plan, "%s", lab_guest_python());
    lab_guest_add_word(plan, "-c");
    lab_guest_add_word(plan, "%s", reader);
    lab_guest_add_word(plan, "--clock=%s",
                       options->clock.is_virtual ? "virtual" : "real");
    if (options->schedule)
        lab_guest_add_word(plan, "--schedule=%s", options->schedule);
    if (is_unlimited(&options->limits)) {
        lab_guest_add_word(plan, "--for=%lld", (long long)INT64_MAX);
        lab_guest_add_word(plan, "--events=%lld", (long long)INT64_MAX);
    } else if (options->grade) {
        lab_guest_add_word(plan, "--events=%d", GRADED_EVENTS);
    } else if (!is_default(events, usual.events)) {
        lab_guest_add_word(plan, "--events=%llu", (unsigned long long)events);
    }
    if (options->orders || options->grade)
        add_tries(plan, options);
    if (options->practice)
        lab_guest_add_word(plan, "--serve=%d", options->practice);
    for (int i = 0; i < options->count; i++)
        if (lab_guest_is_value(options->words[i]))
            lab_guest_add_word(plan, "--set=%s", options->words[i]);
    lab_guest_add_word(plan, "%s", options->path);
}

int lab_guest_plan_python(struct lab_guest_plan *plan,
                          const struct lab_guest_options *options,
                          struct lab_text *error) {
    // The order of sets, and the time of day, are then the same everywhere.
    static const char *const same[] = {"PYTHONHASHSEED=0", "TZ=UTC"};
    if (has_others(options, error))
        return LAB_EXIT_USAGE;
    lab_time machine = options->limits.machine;
    plan->patience = machine < 0 ? 5 * LAB_S : machine ? machine : LAB_FOREVER;
    add_words(plan, options);
    plan->more[0] = same[0];
    plan->more[1] = options->clock.is_virtual ? same[1] : NULL;
    plan->missing = "apt install python3, or set LOOPLAB_PYTHON to yours";
    int file = put_in_file(recorder_start, recorder_end);
    if (file < 0)
        lab_text_printf(error, "no memory for the recorder: %s",
                        lab_error_text(file));
    plan->file = file < 0 ? 0 : file;
    return file < 0 ? LAB_EXIT_OS : LAB_EXIT_OK;
}
