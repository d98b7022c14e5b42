#include "shell/codes.h"

#include "base/error.h"
#include "core/run.h"
#include "folder.h"
#include "host.h"
#include "record/warning.h"
#include "samples.h"
#include "shell/complete.h"
#include "test.h"

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>

// --- what the pages show

static int call(void *body) {
    return (*(int (**)(void))body)();
}

static void note(void *arg, const struct lab_warning *warning) {
    lab_text_printf(arg, "%s ", lab_warning_name(warning->code));
}

// Runs a program, and says whether it gets the code of that name: a warning is
// found in its record, an error is what it returns.
static bool gets(const char *name, int (*body)(void)) {
    struct lab_record *record = lab_record_new();
    struct lab_text warnings = {0};
    int rc = lab_run(
        &(struct lab_run_options){.name = "main",
                                  .body = call,
                                  .arg = &body,
                                  .clock = LAB_CLOCK_VIRTUAL,
                                  .record = record,
                                  .limits = {.events = 20000, .turns = 500}});
    const struct lab_code *code = lab_code_find(name);
    lab_warnings_find(record, note, &warnings);
    bool got = code && code->code
                   ? rc == code->code
                   : strstr(lab_text_string(&warnings), name) != NULL;
    lab_text_free(&warnings);
    lab_record_free(record);
    return got;
}

static int run_samples(void *arg) {
    (void)arg;
    for (const struct code_sample *at = code_samples; at->name; at++) {
        if (at->bad && !CHECK(gets(at->name, at->bad)))
            CHECK_STR(at->name, "whose bad program does not get it");
        unlink("notes.txt");
        if (at->good && !CHECK(!gets(at->name, at->good)))
            CHECK_STR(at->name, "whose good program gets it, too");
        unlink("notes.txt");
    }
    return 0;
}

TEST(bad_code_on_a_page_gets_the_code_and_good_code_does_not) {
    struct folder folder;
    char before[4096];
    folder_init(&folder);
    MUST(getcwd(before, sizeof before) && chdir(folder.path) == 0);
    CHECK_INT(lab_loop_main("test", run_samples, NULL), 0);
    CHECK_INT(chdir(before), 0);
    folder_term(&folder);
}

// --- which there are

static bool has_lesson(long number) {
    char pattern[sizeof LAB_LESSONS_DIR + 32];
    glob_t found;
    snprintf(pattern, sizeof pattern, "%s/%02ld_*.md", LAB_LESSONS_DIR, number);
    bool has = glob(pattern, 0, NULL, &found) == 0;
    globfree(&found);
    return has;
}

TEST(every_page_is_that_of_a_code_and_names_a_lesson_that_is_there) {
    const struct lab_code *code;
    size_t count = 0, samples = 0;
    for (; (code = lab_code_at(count)); count++) {
        struct lab_text page = {0}, title = {0};
        lab_text_write(&page, code->page, (size_t)(code->end - code->page));
        lab_text_printf(&title, "# %s\n\n", code->name);
        const char *text = lab_text_string(&page);
        const char *read = strstr(text, "\nRead: lesson ");
        if (!CHECK(strncmp(text, lab_text_string(&title), title.length) == 0 &&
                   strstr(text, "\nWhy it matters: ") && read))
            CHECK_STR(code->name, "whose page lacks a part");
        for (; read && (read = strstr(read, "lesson ")); read += 7)
            CHECK(has_lesson(strtol(read + 7, NULL, 10)));
        lab_text_free(&page);
        lab_text_free(&title);
    }
    while (code_samples[samples].name)
        if (!CHECK(lab_code_find(code_samples[samples++].name)))
            CHECK_STR(code_samples[samples - 1].name, "of no code");
    CHECK_INT(samples, count);
}

// --- the command

static void keep(void *to, const char *candidate, const char *text) {
    (void)text;
    lab_text_printf(to, "%s,", candidate);
}

static bool shows(struct host *host, const char *line, const char *expected) {
    return CHECK_INT(host_run(host, line), LAB_EXIT_OK) &&
           strncmp(host_out(host), expected, strlen(expected)) == 0;
}

TEST(explain_looks_for_words_where_they_begin) {
    const struct lab_code *code = lab_code_find("LAB_EEVENTS");
    CHECK(lab_code_mentions(code, "events"));
    CHECK(lab_code_mentions(code, "Event"));
    CHECK(lab_code_mentions(code, "allow"));
    CHECK(!lab_code_mentions(code, "vents"));
    CHECK(!lab_code_mentions(code, "llows"));
}

TEST(explain_refuses_signs_that_happen_to_be_on_a_page) {
    static const char *const lines[] = {"explain |", "explain .", "explain , (",
                                        "explain `"};
    struct host host;
    host_open(&host);
    for (size_t i = 0; i < countof(lines); i++) {
        CHECK_INT(host_run(&host, lines[i]), LAB_EXIT_USAGE);
        CHECK(strstr(host_said(&host), "no code is called"));
    }
    host_close(&host);
}

TEST(explain_finds_a_code_by_name_number_or_words) {
    static const char *const lines[] = {
        "explain LAB_ETIMEDOUT", "explain lab_etimedout", "explain ETIMEDOUT",
        "explain timedout",      "explain 110",           "explain -- -110",
        "explain timed out"};
    struct host host;
    host_open(&host);
    for (size_t i = 0; i < countof(lines); i++)
        CHECK(shows(&host, lines[i], "LAB_ETIMEDOUT (-110): timed out\n\n"));
    CHECK(shows(&host, "explain wait_for", "wait_for\n")); // Python's word
    CHECK(strstr(host_out(&host), "\n\nLAB_ETIMEDOUT (-110): timed out\n\n"));
    CHECK(shows(&host, "explain w01", "W01: one step holds the loop\n\n"));
    CHECK(strstr(host_out(&host), "    lab_block(200 * LAB_MS);\n"));
    CHECK(!strstr(host_out(&host), "```"));
    CHECK(shows(&host, "explain W1", "W01: one step holds the loop\n\n"));
    CHECK(shows(&host, "explain w3", "W03: an error that nobody reads\n\n"));
    CHECK(shows(&host, "explain cancelled", "LAB_ECANCELED (-125): "));
    CHECK(shows(&host, "explain W02 EOF", "W02: one turn of many steps"));
    CHECK(strstr(host_out(&host), "\n\nLAB_EOF (-4095): end of file\n\n"));
    CHECK(shows(&host, "explain BrokenPipeError", "LAB_EPIPE"));
    CHECK(shows(&host, "explain never retrieved",
                "These codes have to do with \"never retrieved\":\n"
                "  W03          an error that nobody reads\n"
                "  LAB_EUNREAD  "));
    host_close(&host);
}

TEST(explain_lists_every_code_and_completion_offers_each) {
    struct host host;
    const struct lab_code *code;
    host_open(&host);
    host.shell.options.style.width = 200; // no text is wrapped
    CHECK_INT(host_run(&host, "explain"), LAB_EXIT_OK);
    for (size_t i = 0; (code = lab_code_at(i)); i++) {
        struct lab_text offered = {0};
        size_t start;
        CHECK(strstr(host_out(&host), code->name) &&
              strstr(host_out(&host), code->text));
        lab_text_printf(&offered, "explain %s", code->name);
        char *line = lab_strdup(lab_text_string(&offered));
        lab_text_clear(&offered);
        lab_complete(&host.shell, line, &start, keep, &offered);
        CHECK(strstr(lab_text_string(&offered), code->name));
        lab_free(line);
        lab_text_free(&offered);
    }
    host_close(&host);
}

TEST(explain_says_what_was_perhaps_meant) {
    struct host host;
    host_open(&host);
    CHECK_INT(host_run(&host, "explain -110"), LAB_EXIT_USAGE);
    CHECK_STR(host_said(&host), "no option -110; for the number, type -- "
                                "before it: -- -110\n");
    CHECK_INT(host_run(&host, "explain W9"), LAB_EXIT_USAGE);
    CHECK_INT(host_run(&host, "explain W1 W9"), LAB_EXIT_USAGE);
    CHECK_INT(host_run(&host, "explain W9x"), LAB_EXIT_USAGE);
    CHECK_STR(host_said(&host), "no code is called \"W9x\", and no page "
                                "mentions it; explain lists them\n");
    CHECK_INT(host_run(&host, "w01"), LAB_EXIT_USAGE);
    CHECK_STR(host_said(&host), "no command \"w01\"; did you mean \"explain "
                                "w01\"?\n");
    CHECK_INT(host_run(&host, "help LAB_EOF"), LAB_EXIT_USAGE);
    CHECK_STR(host_said(&host), "no command \"LAB_EOF\"; did you mean "
                                "\"explain LAB_EOF\"?\n");
    CHECK_INT(host_run(&host, "explain LAB_ETIMEOUT"), LAB_EXIT_USAGE);
    CHECK_STR(host_said(&host), "no code is called \"LAB_ETIMEOUT\"; did you "
                                "mean \"explain LAB_ETIMEDOUT\"?\n");
    host_close(&host);
}
