#include "folder.h"
#include "test.h"

#include "shell/host.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// A checkout of its own: the demos that were built, and new sources and
// lessons.
static void open_checkout(struct host *host, struct folder *folder) {
    struct lab_folders *folders = &host->shell.folders;
    host_open(host);
    folder_init(folder);
    lab_free(folders->sources);
    lab_free(folders->lessons);
    folders->sources = lab_strdup(folder->path);
    folders->lessons = lab_strdup(folder->path);
    folders->is_checkout = true;
}

static void check_says(struct host *host, const char *line, int status,
                       const char *expected) {
    int is = host_run(host, line);
    struct lab_text all = {0};
    lab_text_printf(&all, "%s%s", host_out(host), host_said(host));
    if (!CHECK_INT(is, status) ||
        !CHECK(strstr(lab_text_string(&all), expected) != NULL))
        fprintf(stderr, "    %s: %s\n", line, lab_text_string(&all));
    lab_text_free(&all);
}

TEST(a_new_demo_is_built_and_its_lesson_is_as_it_should_be) {
    struct host host;
    struct folder folder;
    struct lab_text line = {0};
    open_checkout(&host, &folder);
    folder_put(&folder, "README.md", "| [07 other](07_other.md) |\n");
    check_says(&host, "set 3 delay=7", LAB_EXIT_OK, "");
    check_says(&host, "new 40 rest", LAB_EXIT_OK, "Next: edit 40");
    check_says(&host, "run 40", LAB_EXIT_OK, "once     nap   500.0 ms");
    check_says(&host, "list", LAB_EXIT_OK, "40 rest");
    lab_text_printf(&line, "lessons --check %s/40_rest.md", folder.path);
    check_says(&host, lab_text_string(&line), LAB_EXIT_OK,
               "1 of 1 files are as they should be.");
    CHECK(folder_holds(&folder, "README.md",
                       "| [07 other](07_other.md) |\n"
                       "| [40 rest](40_rest.md) | 5 | Does it take as long as "
                       "it says? |\n"));
    // What was made is not overwritten, by its number or by its name.
    check_says(&host, "new 40 other", LAB_EXIT_USAGE, "40_rest");
    check_says(&host, "new 41 rest", LAB_EXIT_USAGE, "1 is a number that is");
    // What does not compile leaves the old one.
    folder_put(&folder, "40_rest.c", "#include \"lab.h\"\nint x = ;\n");
    check_says(&host, "reload 40", LAB_EXIT_FAILED, "40_rest.c:2:9: error");
    check_says(&host, "reload 40", LAB_EXIT_FAILED, "demo 40 stays as it was");
    check_says(&host, "run 40", LAB_EXIT_OK, "once     nap   500.0 ms");
    folder_put(&folder, "40_rest.c", "// needs: sqlite3\n");
    check_says(&host, "reload 40", LAB_EXIT_FAILED, "make has to build it");
    lab_text_free(&line);
    host_close(&host);
    folder_term(&folder);
}

TEST(a_row_that_cannot_be_written_is_not_said_to_be_there) {
    struct host host;
    struct folder folder;
    struct lab_text list = {0};
    open_checkout(&host, &folder);
    lab_text_printf(&list, "%s/README.md", folder.path);
    MUST(symlink("/dev/full", lab_text_string(&list)) == 0);
    check_says(&host, "new 40 rest", LAB_EXIT_IO, "no space left");
    CHECK(!strstr(host_out(&host), "has a row"));
    lab_text_free(&list);
    host_close(&host);
    folder_term(&folder);
}

TEST(new_refuses_what_is_no_number_and_no_name) {
    struct host host;
    struct folder folder;
    open_checkout(&host, &folder);
    check_says(&host, "new nap 40", LAB_EXIT_USAGE, "for example: new 1 nap");
    check_says(&host, "new 0 nap", LAB_EXIT_USAGE, "a number first");
    check_says(&host, "new 40 Nap", LAB_EXIT_USAGE, "small letters");
    check_says(&host, "new 40 ../nap", LAB_EXIT_USAGE, "small letters");
    check_says(&host, "new 40", LAB_EXIT_USAGE, "a name after the number");
    CHECK_INT(folder_count(&folder), 0);
    host.shell.folders.is_checkout = false;
    check_says(&host, "new 40 nap", LAB_EXIT_USAGE, "edit my.c");
    CHECK_INT(folder_count(&folder), 0);
    host_close(&host);
    folder_term(&folder);
}
