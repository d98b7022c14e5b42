#include "shell/glossary.h"

#include "base/alloc.h"
#include "base/read.h"
#include "folder.h"
#include "shell/complete.h"
#include "shell/host.h"
#include "test.h"

#include <ctype.h>

static void append_headers(const char *folder, struct lab_text *text) {
    struct dirent **entries;
    int count = scandir(folder, &entries, NULL, alphasort);
    for (int i = 0; i < count; i++) {
        struct lab_text path = {0};
        lab_text_printf(&path, "%s/%s", folder, entries[i]->d_name);
        if (strstr(entries[i]->d_name, ".h"))
            CHECK_INT(lab_read_file(path.data, SIZE_MAX, text), 0);
        lab_text_free(&path);
        free(entries[i]);
    }
    free(entries);
}

// Is each lab_ word of [ours] in [headers]?
static void check_names(const char *ours, const char *headers) {
    char name[64];
    while ((ours = strstr(ours, "lab_"))) {
        size_t n = strspn(ours, "abcdefghijklmnopqrstuvwxyz_");
        snprintf(name, sizeof name, "%.*s", (int)n, ours);
        if (!CHECK(strstr(headers, name)))
            CHECK_STR(name, "");
        ours += n;
    }
}

static void check_help(const struct lab_term *term) {
    struct host host;
    struct lab_text line = {0};
    host_open(&host);
    lab_text_printf(&line, "help %s", term->word);
    CHECK_INT(host_run(&host, lab_text_string(&line)), LAB_EXIT_OK);
    CHECK(strstr(host_out(&host), term->text) != NULL);
    lab_text_free(&line);
    host_close(&host);
}

TEST(each_term_names_what_there_is_in_one_sentence) {
    struct lab_text headers = {0};
    const struct lab_term *term, *other;
    append_headers(LAB_SOURCES_DIR "/../src/core", &headers);
    for (size_t i = 0; (term = lab_term_at(i)); i++) {
        size_t n = strlen(term->text);
        check_names(term->ours, lab_text_string(&headers));
        CHECK(isupper((unsigned char)term->text[0]));
        CHECK(n > 0 && term->text[n - 1] == '.');
        CHECK(term->lesson >= 0 && term->lesson <= 27);
        CHECK(lab_term_find(term->word) == term);
        if (lab_command_find(term->word)) // help explains that, too
            check_help(term);
        for (size_t k = 0; k < i && (other = lab_term_at(k)); k++)
            CHECK(strcmp(other->word, term->word) != 0);
    }
    lab_text_free(&headers);
}

TEST(words_of_the_tutorials_are_there) {
    static const char *const words[] = {"await",
                                        "async def",
                                        "coroutine",
                                        "event loop",
                                        "gather",
                                        "create_task",
                                        "Task",
                                        "Future",
                                        "run_in_executor",
                                        "to_thread",
                                        "ThreadPoolExecutor",
                                        "wait",
                                        "wait_for",
                                        "timeout",
                                        "shield",
                                        "cancel",
                                        "TaskGroup",
                                        "Semaphore",
                                        "Lock",
                                        "Queue",
                                        "Event",
                                        "Condition",
                                        "Barrier",
                                        "call_soon",
                                        "call_later",
                                        "call_soon_threadsafe",
                                        "run_coroutine_threadsafe",
                                        "as_completed",
                                        "sleep",
                                        "asyncio.run",
                                        "run_until_complete",
                                        "get_event_loop",
                                        "run_forever",
                                        "debug mode",
                                        "uvloop",
                                        "GIL",
                                        "async with",
                                        "async for",
                                        "yield",
                                        "iscoroutine",
                                        "aiohttp"};
    for (size_t i = 0; i < countof(words); i++)
        if (!CHECK(lab_term_find(words[i])))
            CHECK_STR(words[i], "");
}

static void check_word(const char *word, const char *expected) {
    const struct lab_term *term = lab_term_find(word);
    CHECK_STR(term ? term->word : "", expected);
}

TEST(a_term_is_found_by_other_spellings) {
    check_word("asyncio.gather", "gather");
    check_word("taskgroup", "TaskGroup");
    check_word("asyncio.taskgroup", "TaskGroup");
    check_word("lab_gather", "gather");
    check_word("lab_flag", "Event");
    check_word("lab_sleep", "sleep");
    check_word("asyncio.run", "asyncio.run");
    check_word("lab", "");
    check_word("lab_", "");
    check_word("gath", "");
    check_word("", "");
}

static void check_line(const char *line, const char *expected) {
    const struct lab_term *term = lab_term_of_line(line);
    if (!CHECK_STR(term ? term->word : "", expected))
        CHECK_STR(line, ""); // says which
}

TEST(a_line_of_python_is_about_what_it_calls) {
    check_line("await asyncio.sleep(1)", "sleep");
    check_line("asyncio.run(main())", "asyncio.run");
    check_line("asyncio.gather(a(), b())", "gather");
    check_line("results = await asyncio.gather(*tasks)", "gather");
    check_line("done, pending = await asyncio.wait(tasks)", "wait");
    check_line("async def main():", "async def");
    check_line("async with asyncio.timeout(1):", "async with");
    check_line("import asyncio", "asyncio");
    check_line("task = asyncio.create_task(f())", "create_task");
    check_line("loop.run_in_executor(None, f)", "run_in_executor");
    check_line("with ThreadPoolExecutor(4) as pool:", "ThreadPoolExecutor");
    check_line("sem = asyncio.Semaphore(3)", "Semaphore");
    check_line("  await f", "await");
    check_line("print(await queue.get())", "Queue");
    check_line("print(1)", "");
    check_line("timeline 3", "");
    check_line("semaphore 3", "");
    check_line("", "");
}

static void check_said(const char *line, const char *expected) {
    struct host host;
    host_open(&host);
    CHECK_INT(host_run(&host, line), LAB_EXIT_USAGE);
    CHECK_STR(host_said(&host), expected);
    host_close(&host);
}

TEST(python_at_the_prompt_is_answered) {
    check_said("await asyncio.sleep(1)",
               "no command \"await\"; sleep is lab_sleep here; help sleep says "
               "more\n");
    check_said("asyncio.run(main())",
               "no command \"asyncio.run(main())\"; asyncio.run is run 3 or "
               "run my.py here; "
               "help asyncio.run says more\n");
    check_said("uvloop", "no command \"uvloop\"; help uvloop says more\n");
    check_said("print(1)", "no command \"print(1)\"; Python goes into a "
                           "file, which run starts: run my.py\n");
    check_said("help gathr", "nothing is known of \"gathr\"; did you mean "
                             "\"help gather\"?\n");
    check_said("help frobnicate",
               "no command \"frobnicate\"; help lists them\n");
}

TEST(help_names_a_lesson_that_is_there) {
    struct folder folder;
    struct host host;
    folder_init(&folder);
    host_open(&host);
    lab_free(host.shell.folders.lessons);
    host.shell.folders.lessons = lab_strdup(folder.path);
    CHECK_INT(host_run(&host, "help gather"), LAB_EXIT_OK);
    CHECK_STR(host_out(&host),
              "gather\n  Waits for several tasks; the results are in the order "
              "asked for.\n  In looplab: lab_gather\n");
    folder_put(&folder, "03_sequential_gather.md", "");
    CHECK_INT(host_run(&host, "help gather"), LAB_EXIT_OK);
    CHECK(strstr(host_out(&host), "\n  Read: lesson 3\n"));
    CHECK_INT(host_run(&host, "help words"), LAB_EXIT_OK);
    CHECK(strstr(host_out(&host), "Lesson 3."));
    CHECK(!strstr(host_out(&host), "Lesson 4."));
    host_close(&host);
    folder_term(&folder);
}

static void count(void *to, const char *candidate, const char *text) {
    (void)text;
    lab_text_printf(to, "%s,", candidate);
}

TEST(completion_knows_the_words) {
    struct host host;
    struct lab_text offered = {0};
    size_t start;
    host_open(&host);
    lab_complete(&host.shell, "help run_", &start, count, &offered);
    CHECK_STR(lab_text_string(&offered),
              "run_until_complete,run_forever,run_in_executor,"
              "run_coroutine_threadsafe,");
    lab_text_clear(&offered);
    lab_complete(&host.shell, "help wor", &start, count, &offered);
    CHECK_STR(lab_text_string(&offered), "words,worker,");
    lab_text_free(&offered);
    host_close(&host);
}
