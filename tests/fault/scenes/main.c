// main.c - the core as a program: scenes NAME plays one, and says in one line
// how it went. The status is 0; 1 if the scene met an error and told it; 70 if
// it met what must never be; 71 from the core. Time is real unless it is said
// to be virtual.

#include "scenes.h"

#include "base/alloc.h"
#include "base/die.h"
#include "base/write.h"
#include "core/crash.h"
#include "core/loop.h"
#include "core/run.h"

#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct {
    const char *name;
    lab_fn *body;
    bool is_virtual;
} scenes[] = {
    {"tcp", scene_tcp},           {"unix", scene_unix},
    {"memory", scene_memory},     {"files", scene_files},
    {"executor", scene_executor}, {"queue", scene_queue, .is_virtual = true},
    {"child", scene_child},
};

char scene_byte(size_t at) {
    return (char)(at * 7 + at / 251);
}

static int complain(const char *sentence) {
    char line[200];
    int n = snprintf(line, sizeof line, "scenes: %s\n", sentence);
    lab_write_whole(STDERR_FILENO, line, (size_t)n);
    return LAB_EXIT_FAILED;
}

void scene_wrong(const char *what, size_t at) {
    char sentence[100];
    snprintf(sentence, sizeof sentence, "%s, at %zu", what, at);
    complain(sentence);
    exit(LAB_EXIT_BUG);
}

static char said[200]; // by the scene, if all went well

void scene_say(const char *format, ...) {
    va_list args;
    va_start(args, format);
    vsnprintf(said, sizeof said, format, args);
    va_end(args);
}

void scene_path(char path[SCENE_PATH], const char *name) {
    const char *folder = getenv("HOME");
    snprintf(path, SCENE_PATH, "%s/%s", folder ? folder : ".", name);
}

static int play(size_t i) {
    struct lab_run_options options = {.name = scenes[i].name,
                                      .body = scenes[i].body,
                                      .clock = LAB_CLOCK_VIRTUAL};
    return scenes[i].is_virtual
               ? lab_run(&options)
               : lab_loop_main(scenes[i].name, scenes[i].body, NULL);
}

int main(int argc, char **argv) {
    const char *name = argc == 2 ? argv[1] : "";
    // As looplab does: the faults of system calls begin after this question.
    if (fcntl(STDIN_FILENO, F_GETFD) < 0)
        return LAB_EXIT_USAGE;
    signal(SIGPIPE, SIG_IGN);
    lab_crash_init();
    for (size_t i = 0; i < countof(scenes); i++) {
        if (strcmp(scenes[i].name, name) != 0)
            continue;
        int rc = play(i);
        lab_crash_may_exit(true);
        if (rc >= 0)
            rc = lab_write_whole(STDOUT_FILENO, said, strlen(said));
        return rc < 0 ? complain(lab_error_text(rc)) : LAB_EXIT_OK;
    }
    complain("there is no such scene");
    return LAB_EXIT_USAGE;
}
