#include "test.h"

#include "demo/param.h"
#include "guest/guest.h"
#include "shell/argument.h"
#include "shell/host.h"
#include "shell/option.h"
#include "view/export.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void check_row(const struct lab_command *command) {
    const struct lab_argument *at = command->takes;
    bool optional = false;
    CHECK(command->text && command->run && command->order > 0);
    CHECK((command->options & LAB_OPTIONS_ALL) == 0); // every command has them
    for (; at->type; at++) {
        CHECK(at->type->usage != NULL);
        CHECK(at->optional || at->type->noun); // said where it is missing
        CHECK(at->optional || !optional);      // what may be left out is last
        CHECK(!at->type->is_rest || !at[1].type);
        optional = at->optional;
    }
    // Each line of help is an example of this command.
    size_t n = strlen(command->name);
    for (const char *line = command->help; *line;) {
        CHECK(strncmp(line, "  ", 2) == 0 &&
              strncmp(line + 2, command->name, n) == 0);
        line = strchr(line, '\n');
        MUST(line); // the last one, too
        line++;
    }
}

TEST(every_row_is_whole_and_in_order) {
    const struct lab_command *before = NULL, *command;
    size_t count = 0;
    for (; (command = lab_command_at(count)); count++) {
        check_row(command);
        CHECK(!before || before->order < command->order);
        before = command;
    }
    CHECK(count > 20);
    CHECK(lab_command_at(count + 1) == NULL || count == 0);
}

TEST(a_command_is_found_by_its_name) {
    const struct lab_command *command;
    for (size_t i = 0; (command = lab_command_at(i)); i++)
        CHECK(lab_command_find(command->name) == command);
    CHECK(!lab_command_find("frobnicate"));
    CHECK(!lab_command_find(""));
}

static void check_refused(const char *line, const char *expected) {
    struct host host;
    host_open(&host);
    CHECK_INT(host_run(&host, line), LAB_EXIT_USAGE);
    if (!CHECK(strstr(host_said(&host), expected)))
        CHECK_STR(host_said(&host), expected);
    CHECK_STR(host_out(&host), "");
    host_close(&host);
}

TEST(a_word_that_is_missing_is_named_with_an_example) {
    check_refused("run", "run needs a demo, which list shows, or a program of "
                         "yours; for example: run 3\n");
    check_refused("export svg", "needs a file to write; for example: export "
                                "svg run.svg 3\n");
    check_refused("diff a.jsonl", "for example: diff a.jsonl b.jsonl\n");
    check_refused("until", "for example: until t2 ends\n");
}

// Every command that takes a fixed number of words.
TEST(a_word_too_many_is_refused_with_the_usage) {
    const struct lab_command *command;
    for (size_t i = 0; (command = lab_command_at(i)); i++) {
        const struct lab_argument *at = command->takes;
        bool rest = false;
        for (; at->type; at++)
            rest |= at->type->is_rest;
        if (rest || at > command->takes)
            continue;
        struct lab_text line = {0}, usage = {0};
        lab_text_printf(&line, "%s more", command->name);
        lab_arguments_usage(&usage, command);
        check_refused(lab_text_string(&line),
                      "\"more\" is one word too many; the command is: ");
        check_refused(lab_text_string(&line), lab_text_string(&usage));
        lab_text_free(&line);
        lab_text_free(&usage);
    }
    check_refused("source 3 together more",
                  "source DEMO|FILE [VARIANT|FUNCTION]");
    check_refused("back 5 6", "back [N]");
    check_refused("set 3 together", "not \"together\"");
}

TEST(words_are_read_before_anything_runs) {
    check_refused("ps 3 at=soon", "\"soon\" is not a moment");
    check_refused("timeline 3 from=soon", "not \"soon\"");
    check_refused("timeline 3 from=2s to=1s", "to= must be later");
    check_refused("timeline 3 to=0s", "to= must be later");
    check_refused("export svgg f 3", "svgg");
    check_refused("clock fast", "fast");
    check_refused("timeline a.jsonl together", "\"together\" cannot be chosen");
    check_refused("run all together", "\"together\"");
    check_refused("back many", "not \"many\"");
    check_refused("why ''", "t3");
    check_refused("why \"t3", "the quote \" is not closed");
}

TEST(a_part_of_a_run_is_exported_as_a_picture_only) {
    static const char *const keys[] = {"from=", "to=", "lanes="};
    for (size_t i = 0; lab_exports[i].name; i++)
        for (size_t k = 0; k < countof(keys); k++) {
            char line[64], expected[64];
            if (strcmp(lab_exports[i].name, "svg") == 0)
                continue;
            snprintf(line, sizeof line, "export %s f 3 %s1",
                     lab_exports[i].name, keys[k]);
            snprintf(expected, sizeof expected, "%s goes with export svg only",
                     keys[k]);
            check_refused(line, expected);
        }
}

static void check_says(struct host *host, const char *line,
                       const char *expected) {
    CHECK_INT(host_run(host, line), LAB_EXIT_OK);
    if (!CHECK(strstr(host_out(host), expected)))
        CHECK_STR(host_out(host), expected);
}

TEST(a_task_is_meant_by_the_name_that_pictures_give_it) {
    struct host host;
    host_open(&host);
    check_says(&host, "timeline 4 pool_2 \"lanes=job 4\"", "\njob 4  ");
    check_says(&host, "why 'job 4' 4 pool_2 at=0.3s", "\nt6 job 4 waits");
    check_says(&host, "why job\\ 4 4 pool_2 at=0.3s", "\nt6 job 4 waits");
    check_says(&host, "step 4 pool_2", "event 1 of");
    check_says(&host, "until \"job 4\" ends", "  t6 job 4 ends\n");
    CHECK_INT(host_run(&host, "why \"job 9\""), LAB_EXIT_USAGE);
    host_close(&host);
}

TEST(orders_says_what_comes_out_under_every_order) {
    struct host host;
    host_open(&host);
    check_says(&host, "orders 3 together n=3",
               "together: 36 orders, 6 outcomes");
    check_says(&host, "orders 3 in_turn", "Every order gives the same.");
    check_says(&host, "orders 3 together n=8", "It was cut short");
    check_says(&host, "orders 4 on_loop jobs=1", "choices were varied");
    host_close(&host);
    check_refused("orders 3", "one variant at a time; there are in_turn, tog");
    check_refused("orders 3 together in_turn", "one variant at a time");
    check_refused("orders", "for example: orders 3 together\n");
    check_refused("orders 3 together --schedule=fifo", "does not take");
}

TEST(sweep_has_a_row_and_a_bar_for_each_value) {
    struct host host;
    host_open(&host);
    check_says(&host, "sweep 11 semaphore limit=2..4 n=5",
               "value       time      law  peak(inside)");
    check_says(&host, "sweep 11 semaphore limit=2..4 n=5", "limit=3  ");
    check_says(&host, "sweep 3 delay=1s,2s", "delay=2s in_turn   \u2588");
    check_says(&host, "sweep 3 n=1,2 together --json", "\"n\":2");
    check_says(&host, "sweep 9 first delays=500,300 patience=1s,2s",
               "\npatience=2s");
    check_says(&host, "sweep 4 workers=1..8", "workers=8");
    host_close(&host);
    check_refused("sweep 3", "needs a parameter with several values");
    check_refused("sweep 3 n=1,2 delay=1,2", "changes one value, and here");
    check_refused("sweep 3 m=1,2", "no parameter \"m\" in");
    check_refused("sweep", "for example: sweep 4");
}

// --- every example of help

// Those of the demos; lesson 28 runs many programs, and would say the same.
static void copy_lessons(void) {
    struct dirent **entries;
    int count = scandir(LAB_LESSONS_DIR, &entries, NULL, NULL);
    for (int i = 0; i < count; i++) {
        const char *name = entries[i]->d_name;
        char path[512], read[4096];
        snprintf(path, sizeof path, "%s/%s", LAB_LESSONS_DIR, name);
        bool is_lesson =
            strspn(name, "0123456789") == 2 && strncmp(name, "28", 2) != 0;
        FILE *from = is_lesson ? fopen(path, "r") : NULL;
        FILE *to = from ? fopen(name, "w") : NULL;
        while (to && fgets(read, sizeof read, from))
            fputs(read, to);
        if (to)
            fclose(to);
        if (from)
            fclose(from);
        free(entries[i]);
    }
    free(entries);
}

static bool put_file(const char *name, const char *text) {
    FILE *file = fopen(name, "w");
    fputs(text, file);
    return CHECK_INT(fclose(file), 0);
}

// A folder that is worked in, with all that the examples name.
static bool enter_folder(char *folder, char *before, size_t size) {
    static const char *const records[] = {"run.jsonl", "r.jsonl", "a.jsonl",
                                          "b.jsonl"};
    static const char program[] = "#include \"lab.h\"\n"
                                  "int main_task(void) {\n"
                                  "    return lab_sleep(LAB_S);\n}\n";
    static const char race[] =
        "#include \"lab.h\"\n"
        "static int nap(void *arg) {\n"
        "    (void)arg;\n"
        "    return lab_sleep(LAB_S);\n}\n"
        "int main_task(void) {\n"
        "    lab_task *both[] = {lab_spawn(\"a\", nap, NULL),\n"
        "                        lab_spawn(\"b\", nap, NULL)};\n"
        "    return lab_gather(both, 2);\n}\n";
    struct host host;
    if (!CHECK(getcwd(before, size) && test_folder(folder) &&
               chdir(folder) == 0))
        return false;
    host_open(&host);
    for (size_t i = 0; i < countof(records); i++) {
        char line[64];
        snprintf(line, sizeof line, "run 3 --record=%s", records[i]);
        CHECK_INT(host_run(&host, line), LAB_EXIT_OK);
    }
    host_close(&host);
    copy_lessons();
    return CHECK(symlink(LAB_LESSONS_DIR "/exercises", "exercises") == 0) &&
           put_file("README.md",
                    "```looplab\nlooplab> clock\n"
                    "The clock is virtual: nothing waits, and figures are "
                    "exact.\n```\n") &&
           put_file("my.py",
                    "import asyncio\n\nn = 3\n\nasync def main():\n    "
                    "pass\n\nasyncio.run(main())\n") &&
           put_file("my.c", program) && put_file("my2.c", program) &&
           put_file("race.c", race);
}

// Something to reset and to review.
static bool put_progress(const char *folder) {
    setenv("XDG_STATE_HOME", folder, 1);
    return CHECK(mkdir("looplab", 0700) == 0) &&
           put_file("looplab/progress",
                    "2026-11-27T11:00:00Z reset 12\n"
                    "2026-11-27T11:00:01Z predict 03 - 0/1 missed=elapsed\n"
                    "2026-11-27T11:00:02Z lesson 11 read\n");
}

static void leave_folder(const char *folder, const char *before) {
    unlink("looplab/progress");
    unlink("looplab/lessons");
    unlink("looplab/teach");
    rmdir("looplab");
    struct dirent **entries;
    int count = scandir(".", &entries, NULL, NULL);
    for (int i = 0; i < count; i++) {
        unlink(entries[i]->d_name);
        free(entries[i]);
    }
    free(entries);
    CHECK(chdir(before) == 0 && rmdir(folder) == 0);
}

// What help shows after this was typed.
static void check_example(const char *example) {
    struct host host;
    host_open(&host);
    lab_free(host.shell.folders.lessons);
    host.shell.folders.lessons = lab_strdup("."); // they may be rewritten
    host.shell.at_prompt = true;
    CHECK_INT(host_run(&host, "run 3 together"), LAB_EXIT_OK);
    if (strncmp(example, "back", 4) == 0 || strncmp(example, "until", 5) == 0)
        CHECK_INT(host_run(&host, "step 3 together"), LAB_EXIT_OK);
    if (strcmp(example, "next") == 0)
        CHECK_INT(host_run(&host, "lesson 3"), LAB_EXIT_OK);
    int status = host_run(&host, example);
    if (strncmp(example, "doctor", 6) == 0 && status == LAB_EXIT_FAILED)
        status = LAB_EXIT_OK; // the machine may lack something
    if (!CHECK_INT(status, LAB_EXIT_OK) || !CHECK_STR(host_said(&host), ""))
        fprintf(stderr, "help says: %s\n", example);
    host_close(&host);
}

static void check_examples(const struct lab_command *command) {
    const char *line = command->help;
    struct lab_text example = {0};
    while (*line) {
        const char *start = line + strspn(line, " ");
        const char *end = strstr(start, "  ");
        MUST(end != NULL);
        lab_text_clear(&example);
        lab_text_write(&example, start, (size_t)(end - start));
        bool can_start = !strstr(lab_text_string(&example), "my.py") ||
                         lab_guest_can_start("my.py");
        bool has_end = !strstr(lab_text_string(&example), "--watch") &&
                       strncmp(lab_text_string(&example), "serve", 5) != 0;
        bool is_graded = strstr(lab_text_string(&example), "exercise") ||
                         strcmp(command->name, "try") == 0 ||
                         strcmp(command->name, "assemble") == 0;
        bool is_beside = strcmp(command->name, "fg") == 0 ||
                         strcmp(command->name, "cancel") == 0;
        if (can_start && has_end && !is_graded && !is_beside)
            check_example(lab_text_string(&example));
        line += strcspn(line, "\n") + 1;
    }
    lab_text_free(&example);
}

// These need a terminal, a compiler or a folder of demos.
static bool is_tested_elsewhere(const char *name) {
    static const char *const all[] = {"stepper", "play",   "edit", "pager",
                                      "shell",   "reload", "new"};
    for (size_t i = 0; i < countof(all); i++)
        if (strcmp(all[i], name) == 0)
            return true;
    return false;
}

// The stepper and play need a terminal, and only Ctrl-C ends --watch and serve:
// their examples are run in tests/pty, as are those that need a command beside
// the prompt, and exercises are graded in tests/smoke.
TEST(every_example_of_help_works) {
    const struct lab_command *command;
    char folder[TEST_FOLDER], before[4096];
    MUST(enter_folder(folder, before, sizeof before));
    MUST(put_progress(folder));
    for (size_t i = 0; (command = lab_command_at(i)); i++)
        if (!is_tested_elsewhere(command->name))
            check_examples(command);
    unsetenv("XDG_STATE_HOME");
    leave_folder(folder, before);
}

// Whatever its function is called, and also if several variants share it.
TEST(source_shows_the_function_of_every_variant) {
    struct host host;
    size_t shown = 0;
    host_open(&host);
    CHECK_INT(host_run(&host, "list"), LAB_EXIT_OK);
    for (size_t i = 0; i < host.shell.demos.count; i++) {
        struct lab_demo_file *file = &host.shell.demos.files[i];
        MUST(lab_demos_load(file, &host.said));
        for (size_t j = 0; j < lab_variant_count(file->demo); j++, shown++) {
            char line[80];
            snprintf(line, sizeof line, "source %d %s", file->number,
                     file->demo->variants[j].name);
            bool fine = CHECK_INT(host_run(&host, line), LAB_EXIT_OK) &&
                        CHECK(strstr(host_out(&host), ") {\n"));
            if (!fine)
                fprintf(stderr, "for %s\n", line);
        }
    }
    CHECK(shown > 10);
    host_close(&host);
}

// --- statuses; those that end the whole program are in tests/pty

TEST(each_command_ends_with_the_status_that_the_readme_says) {
    static const struct {
        const char *line;
        int status;
    } cases[] = {
        {"list", LAB_EXIT_OK},
        {"run 3", LAB_EXIT_OK},
        {"compare 3", LAB_EXIT_OK},
        {"run 1 --schedule=cancel:2", LAB_EXIT_FAILED}, // a variant failed
        {"ps 1 --schedule=cancel:2", LAB_EXIT_OK},      // but can be seen
        {"timeline /nowhere.jsonl", LAB_EXIT_FAILED},
        {"ps /nowhere.jsonl", LAB_EXIT_FAILED},
        {"list --demos=/nowhere", LAB_EXIT_FAILED},
        {"lesson 3 --lessons=/nowhere", LAB_EXIT_FAILED},
        {"lessons --check /nowhere.md", LAB_EXIT_FAILED},
        {"diff /nowhere.jsonl /nowhere.jsonl", LAB_EXIT_USAGE},
        {"frobnicate", LAB_EXIT_USAGE},
        {"run 99", LAB_EXIT_USAGE},
        {"run 3 delay=no", LAB_EXIT_USAGE},
        {"export svg /nowhere/x.svg 3", LAB_EXIT_IO},
        {"export html /dev/full 3", LAB_EXIT_IO},
        {"run 3 --record=/nowhere/x.jsonl", LAB_EXIT_IO},
        {"run 3 --record=/dev/full", LAB_EXIT_IO},
    };
    for (size_t i = 0; i < countof(cases); i++) {
        struct host host;
        host_open(&host);
        if (!CHECK_INT(host_run(&host, cases[i].line), cases[i].status))
            CHECK_STR(cases[i].line, ""); // says which
        CHECK_INT(host.said.length > 0, cases[i].status > LAB_EXIT_FAILED ||
                                            strstr(cases[i].line, "/nowhere"));
        host_close(&host);
    }
}
