#include "shell/done.h"

#include "folder.h"
#include "shell/host.h"
#include "test.h"

// How many lines about lesson 11 that can be understood are in the log?
static size_t count_lines(void) {
    struct lab_progress_all all;
    struct lab_text error = {0};
    CHECK(lab_done_read(&all, &error));
    size_t count = all.done;
    CHECK_STR(lab_text_string(&error), "");
    lab_progress_free(&all);
    return count;
}

TEST(only_what_somebody_does_at_a_terminal_is_noted) {
    struct folder folder;
    struct host host;
    folder_init(&folder);
    setenv("XDG_STATE_HOME", folder.path, 1);
    host_open(&host);
    lab_done_add(&host.shell, "try", 11, "passed");
    CHECK_INT(count_lines(), 0);
    host.shell.interactive = true;
    lab_done_add(&host.shell, "try", 11, "%s", "passed");
    CHECK_INT(count_lines(), 1);
    host.shell.in_lesson = true;
    lab_done_add(&host.shell, "try", 11, "passed");
    CHECK_INT(count_lines(), 1);
    static const char *const own[] = {"progress", "review", "reset 11"};
    for (size_t i = 0; i < countof(own); i++) {
        CHECK_INT(host_run(&host, own[i]), LAB_EXIT_USAGE);
        CHECK(strstr(host_said(&host), "no part of a lesson"));
    }
    CHECK_INT(count_lines(), 1);
    host_close(&host);
    unsetenv("XDG_STATE_HOME");
    unlink(folder_file(&folder, "looplab/progress"));
    rmdir(folder_file(&folder, "looplab"));
    folder_term(&folder);
}

TEST(what_cannot_be_noted_is_said_once_and_stops_nothing) {
    static const char *const homes[] = {NULL, "/dev/null", "relative"};
    for (size_t i = 0; i < countof(homes); i++) {
        struct host host;
        struct lab_text error = {0};
        if (homes[i])
            setenv("HOME", homes[i], 1);
        else
            unsetenv("HOME");
        host_open(&host);
        host.shell.interactive = true;
        for (int n = 0; n < 3; n++)
            lab_done_add(&host.shell, "try", 11, "passed");
        const char *said = host_said(&host);
        CHECK(strncmp(said, "progress is not kept", 20) == 0);
        CHECK(strchr(said, '\n') == said + strlen(said) - 1);
        CHECK(!lab_done_reset("11", &error));
        CHECK(strncmp(lab_text_string(&error), "progress is not kept", 20) ==
              0);
        lab_text_free(&error);
        host_close(&host);
    }
    setenv("HOME", "/dev/null", 1);
}
