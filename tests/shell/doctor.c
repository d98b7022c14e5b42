#include "shell/doctor.h"

#include "folder.h"
#include "host.h"
#include "test.h"

#include <stdlib.h>

// Runs doctor with [name] set to [value], and checks what it says of [thing].
static void check(const char *name, const char *value, const char *thing,
                  const char *is, const char *fix) {
    struct host host;
    struct lab_text expected = {0};
    char *before = getenv(name) ? lab_strdup(getenv(name)) : NULL;
    host_open(&host);
    setenv(name, value, 1);
    int status = host_run(&host, "doctor --json");
    lab_text_printf(&expected,
                    "{\"check\":\"%s\",\"fine\":%s,\"is\":\"%s\",\"fix\":%s",
                    thing, fix ? "false" : "true", is, fix ? "\"" : "null}\n");
    lab_text_put(&expected, fix ? fix : "");
    if (!CHECK(strstr(host_out(&host), lab_text_string(&expected))))
        CHECK_STR(host_out(&host), lab_text_string(&expected));
    CHECK(!fix || status == LAB_EXIT_FAILED);
    if (before)
        setenv(name, before, 1);
    else
        unsetenv(name);
    lab_free(before);
    lab_text_free(&expected);
    host_close(&host);
}

TEST(doctor_names_the_fix_of_what_is_missing) {
    check("CC", "/none/cc", "compiler", "no /none/cc", "my.c cannot run; apt");
    check("LOOPLAB_PYTHON", "/none/python", "Python", "no /none/python",
          "my.py cannot run; apt");
}

static void program(struct folder *folder, const char *says) {
    struct lab_text script = {0};
    lab_text_printf(&script, "#!/bin/sh\necho %s\n", says);
    folder_put(folder, "program", lab_text_string(&script));
    CHECK_INT(chmod(folder_file(folder, "program"), 0700), 0);
    lab_text_free(&script);
}

TEST(doctor_knows_a_python_that_is_too_old) {
    struct folder folder;
    folder_init(&folder);
    program(&folder, "Python 3.7.9");
    check("LOOPLAB_PYTHON", folder.file, "Python", "Python 3.7.9",
          "my.py cannot run;");
    program(&folder, "Python 3.13.0");
    check("LOOPLAB_PYTHON", folder.file, "Python", "Python 3.13.0", NULL);
    folder_term(&folder);
}

// pyenv's python3 is a script, and bash complains of the locale first.
TEST(doctor_reads_the_version_beside_complaints) {
    struct folder folder;
    folder_init(&folder);
    program(&folder, "setlocale: no >&2; echo Python 3.13.0");
    check("LOOPLAB_PYTHON", folder.file, "Python", "Python 3.13.0", NULL);
    program(&folder, "Python 2.7.18 >&2"); // where old ones say it
    check("LOOPLAB_PYTHON", folder.file, "Python", "Python 2.7.18",
          "my.py cannot run;");
    folder_term(&folder);
}

TEST(doctor_writes_the_home_folder_without_its_name) {
    struct host host;
    char *home = getenv("HOME") ? lab_strdup(getenv("HOME")) : NULL;
    host_open(&host);
    setenv("HOME", LAB_LESSONS_DIR, 1);
    setenv("CC", "/none/cc", 1);
    setenv("LOOPLAB_PYTHON", "/none/python", 1);
    unsetenv("XDG_STATE_HOME");
    host_run(&host, "doctor --width=200");
    CHECK(strstr(host_out(&host), "lessons    fine: ~: "));
    CHECK(strstr(host_out(&host), "state      fine: ~/.local/state/looplab"));
    CHECK(!strstr(host_out(&host), LAB_LESSONS_DIR));
    unsetenv("CC");
    unsetenv("LOOPLAB_PYTHON");
    if (home)
        setenv("HOME", home, 1);
    lab_free(home);
    host_close(&host);
}
