#include "shell/report.h"

#include "folder.h"
#include "host.h"
#include "test.h"

#include <pwd.h>
#include <stdlib.h>

// What a report says of the programs does not matter here.
static void begin(struct host *host, struct folder *folder) {
    folder_init(folder);
    host_open(host);
    setenv("HOME", folder->path, 1);
    setenv("CC", "/none/cc", 1);
    setenv("LOOPLAB_PYTHON", "/none/python", 1);
    unsetenv("XDG_STATE_HOME");
}

static void end(struct host *host, struct folder *folder, char *home) {
    unsetenv("CC");
    unsetenv("LOOPLAB_PYTHON");
    if (home)
        setenv("HOME", home, 1);
    lab_free(home);
    host_close(host);
    folder_term(folder);
}

static char *home(void) {
    return getenv("HOME") ? lab_strdup(getenv("HOME")) : NULL;
}

static int run_in(struct host *host, const char *before, const char *path) {
    struct lab_text line = {0};
    lab_text_printf(&line, "%s%s", before, path);
    int status = host_run(host, lab_text_string(&line));
    lab_text_free(&line);
    return status;
}

TEST(a_report_tells_neither_the_home_folder_nor_the_user) {
    struct folder folder;
    struct host host;
    char *was = home();
    const struct passwd *user = getpwuid(getuid());
    MUST(user != NULL);
    begin(&host, &folder);
    const char *path = folder_file(&folder, user->pw_name);
    CHECK_INT(run_in(&host, "run 3 together --record=", path), LAB_EXIT_OK);
    CHECK_INT(run_in(&host, "report ", path), LAB_EXIT_OK);
    CHECK(strstr(host_out(&host), "\nplease attach ~/USER\n"));
    CHECK(strstr(host_out(&host), "\nstate: ~/.local/state/looplab\n"));
    CHECK(!strstr(host_out(&host), folder.path));
    end(&host, &folder, was);
}

TEST(a_home_folder_that_ends_in_a_slash_is_not_told_either) {
    struct folder folder;
    struct host host;
    struct lab_text slashed = {0};
    char *was = home();
    begin(&host, &folder);
    lab_text_printf(&slashed, "%s//", folder.path);
    setenv("HOME", lab_text_string(&slashed), 1);
    const char *path = folder_file(&folder, "run.jsonl");
    CHECK_INT(run_in(&host, "run 3 together --record=", path), LAB_EXIT_OK);
    CHECK_INT(run_in(&host, "report ", path), LAB_EXIT_OK);
    CHECK(strstr(host_out(&host), "\nplease attach ~/run.jsonl\n"));
    CHECK(!strstr(host_out(&host), folder.path));
    lab_text_free(&slashed);
    end(&host, &folder, was);
}

TEST(a_report_has_version_run_and_machine_and_the_run_can_be_repeated) {
    static const char *const parts[] = {
        ("looplab " LAB_VERSION "\n"),
        "\n03 sequential_gather: ",
        "\n  n=2, delay=300 ms, clock virtual, schedule seed:3\n",
        "\ntogether: 300.0 ms; ",
        "\nmachine: ",
        "\ncompiler: no /none/cc\n"};
    static const char attach[] = "\nto attach the record: ";
    struct folder folder;
    struct host host;
    char *was = home();
    begin(&host, &folder);
    CHECK_INT(host_run(&host, "report"), LAB_EXIT_OK);
    CHECK(strstr(host_out(&host), "\nnothing has run yet;"));
    CHECK_INT(host_run(&host, "run 3 together n=2 delay=300 --schedule=seed:3"),
              LAB_EXIT_OK);
    CHECK_INT(host_run(&host, "report"), LAB_EXIT_OK);
    for (size_t i = 0; i < countof(parts); i++)
        if (!CHECK(strstr(host_out(&host), parts[i])))
            CHECK_STR(host_out(&host), parts[i]);
    const char *line = strstr(host_out(&host), attach);
    MUST(line != NULL);
    struct lab_text again = {0};
    line += strlen(attach);
    lab_text_write(&again, line, strcspn(line, "\n"));
    CHECK_STR(lab_text_string(&again),
              "run 3 together n=2 delay=300 --schedule=seed:3 --clock=virtual "
              "--record=run.jsonl");
    lab_text_free(&again);
    end(&host, &folder, was);
}

TEST(a_report_of_no_record_says_so) {
    struct host host;
    host_open(&host);
    CHECK_INT(host_run(&host, "report /none.jsonl"), LAB_EXIT_FAILED);
    CHECK(host.out.length == 0 && strstr(host_said(&host), "/none.jsonl"));
    CHECK(!strstr(host_said(&host), "run it first"));
    host_close(&host);
}

TEST(a_report_of_a_demo_says_how_to_report_its_run) {
    struct host host;
    host_open(&host);
    CHECK_INT(host_run(&host, "report 3"), LAB_EXIT_FAILED);
    CHECK(strstr(host_said(&host), "type run 3, and then report"));
    host_close(&host);
}
