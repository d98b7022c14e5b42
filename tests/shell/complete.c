#include "folder.h"
#include "test.h"

#include "base/alloc.h"
#include "shell/complete.h"
#include "shell/look.h"
#include "view/export.h"

#include <string.h>

// What is offered for a line, and where the word begins.
struct offered {
    struct lab_text text;
    size_t start;
};

static void add(void *to, const char *candidate, const char *text) {
    struct offered *offered = to;
    (void)text;
    lab_text_printf(&offered->text, "%s%s", offered->text.length ? " " : "",
                    candidate);
}

static void check_in(struct lab_shell *shell, const char *line,
                     const char *expected) {
    struct offered offered = {0};
    lab_complete(shell, line, &offered.start, add, &offered);
    if (!CHECK_STR(lab_text_string(&offered.text), expected))
        CHECK_STR(line, ""); // says which
    lab_text_free(&offered.text);
}

static void open_shell(struct lab_shell *shell) {
    lab_shell_init(shell);
    lab_free(shell->folders.demos);
    shell->folders.demos = lab_strdup(LAB_DEMOS_DIR);
}

static void check(const char *line, const char *expected) {
    struct lab_shell shell;
    open_shell(&shell);
    check_in(&shell, line, expected);
    lab_shell_term(&shell);
}

// Whatever the words before it mean, if anything.
TEST(a_word_is_offered_after_any_others) {
    const struct lab_command *command;
    struct lab_shell shell;
    open_shell(&shell);
    for (size_t i = 0; (command = lab_command_at(i)); i++) {
        struct lab_text line = {0};
        lab_text_printf(&line, "%s ", command->name);
        for (int words = 0; words < 5; words++) {
            struct offered offered = {0};
            lab_complete(&shell, lab_text_string(&line), &offered.start, add,
                         &offered);
            CHECK_INT(offered.start, line.length);
            lab_text_free(&offered.text);
            lab_text_put(&line, words == 1 ? "a.jsonl " : "nothing ");
        }
        lab_text_free(&line);
    }
    lab_shell_term(&shell);
}

TEST(options_and_keys_may_stand_before_the_word) {
    check("run --ascii 3 to", "together");
    check("run 3 --ascii --width=30 to", "together");
    check("timeline from=0.1 lanes=t1 3 tog", "together");
}

TEST(a_later_word_of_a_name_offers_the_whole_of_it) {
    check("run ga", "sequential_gather gather_wait");
    check("run timer", "sleep_timer");
    check("run g_", "");
    check("run al", "all");
}

TEST(numbers_at_the_top_of_a_python_program_are_offered_as_values) {
    struct folder folder;
    struct lab_text line = {0};
    folder_init(&folder);
    folder_put(&folder, "my.py",
               "n = 3\nlow=-1 # or less\ndelay = 1.0\nname = 'x'\n"
               "many = n + 1\nn == 4\n3 = 3\n    inner = 5\nf(x = 1)\nend = 2");
    lab_text_printf(&line, "run %s main ", folder_file(&folder, "my.py"));
    check(lab_text_string(&line), "n= low= delay= end=");
    lab_text_put(&line, "de");
    check(lab_text_string(&line), "delay=");
    lab_text_free(&line);
    folder_term(&folder);
}

TEST(programs_of_lessons_are_offered_by_the_beginning_of_their_names) {
    struct lab_shell shell;
    open_shell(&shell);
    lab_free(shell.folders.lessons);
    shell.folders.lessons = lab_strdup(LAB_LESSONS_DIR);
    check_in(&shell, "run 04_ex", "04_executor.py 04_executor_async_def.py");
    check_in(&shell, "timeline 03_", "03_sequential_gather.py");
    check_in(&shell, "run no/03_", "");
    check_in(&shell, "lesson your", "your_own");
    check_in(&shell, "claims your", "");
    check_in(&shell, "run 3 03_", "");
    lab_shell_term(&shell);
}

TEST(a_format_a_file_and_a_demo_are_exported) {
    struct lab_text formats = {0};
    for (size_t i = 0; lab_exports[i].name; i++)
        lab_text_printf(&formats, "%s%s", i ? " " : "", lab_exports[i].name);
    check("export ", lab_text_string(&formats));
    lab_text_free(&formats);
    check("export h", "html");
    check("export svg run.svg sleep", "sleep_timer");
    check("export svg run.svg 3 to", "together to=");
    check("export svg run.svg 3 fr", "from=");
}

TEST(a_view_is_told_what_to_show) {
    check("timeline 3 together ", "in_turn n= delay= from= to= lanes= axis=");
    check("timeline lan", "lanes=");
    check("run 3 lan", "");
}

TEST(a_look_is_told_a_moment_where_it_takes_one) {
    check("ps 3 together a", "at=");
    check("alive 3 a", "at=");
    check("why t1 3 a", "at=");
    check("goto 3 3 a", "");
    check("step 3 a", "");
    check("goto 1s seq", "sequential_gather");
    check("step 3 tog", "together");
}

TEST(until_is_told_what_a_task_may_do) {
    check("until t1 w", "waits wakes");
    check("until t1 waits ga", "sequential_gather gather_wait");
}

// A shell in which a demo of two variants has run.
static void run_in(struct lab_shell *shell) {
    static const char *const names[2][3] = {{"main", "a.txt", "my job"},
                                            {"main", "job", "job"}};
    open_shell(shell);
    for (int i = 0; i < 2; i++) {
        struct lab_run *run =
            lab_comparison_add_run(&shell->last, i ? "two" : "one");
        for (uint32_t task = 1; task <= 3; task++)
            lab_record_add(
                run->record,
                (struct lab_event){.kind = LAB_EVENT_SPAWN, .task = task},
                names[i][task - 1]);
    }
}

TEST(tasks_of_what_ran_last_are_offered_by_number_and_by_name) {
    struct lab_shell shell;
    run_in(&shell);
    check_in(&shell, "why ", "t1 main t2 a.txt t3 my job at=");
    check_in(&shell, "why a.", "a.txt");
    check_in(&shell, "until t", "t1 t2 t3");
    lab_shell_term(&shell);
}

TEST(variants_of_what_ran_last_are_offered_to_a_look) {
    struct lab_shell shell;
    run_in(&shell);
    check_in(&shell, "ps tw", "two");
    check_in(&shell, "step on", "one");
    check_in(&shell, "why t1 tw", "two");
    check_in(&shell, "run tw", "");
    lab_shell_term(&shell);
}

TEST(lanes_are_offered_one_after_the_other) {
    struct lab_shell shell;
    run_in(&shell);
    check_in(&shell, "timeline lanes=a", "a.txt");
    check_in(&shell, "timeline 3 lanes=main,m", "my job");
    check_in(&shell, "timeline 3 lanes=my,m", "main my job main");
    check_in(&shell, "timeline 3 \"lanes=main,my j", "my job");
    check_in(&shell, "timeline lanes=lo", "loop loop");
    check_in(&shell, "run 3 lanes=main,m", "");
    lab_shell_term(&shell);
}

TEST(names_that_repeat_are_offered_with_their_numbers) {
    struct lab_shell shell;
    run_in(&shell);
    check_in(&shell, "timeline lanes=j", "job 1 job job 2 job");
    lab_shell_term(&shell);
}

TEST(what_is_typed_in_quotes_is_completed) {
    struct lab_shell shell;
    run_in(&shell);
    check_in(&shell, "why \"my ", "my job");
    check_in(&shell, "why my\\ j", "my job");
    check_in(&shell, "why my j", "");
    check_in(&shell, "\"why\" my", "my job");
    lab_shell_term(&shell);
}

TEST(nobody_can_be_asked_for_where_nothing_has_run) {
    check("why t", "sleep_timer task_future timeout_cancel task_group "
                   "thread_to_loop testing");
    check("until ", "");
    check("timeline lanes=", "");
}

TEST(of_a_large_run_a_hundred_tasks_are_offered) {
    struct lab_shell shell;
    struct offered offered = {0};
    run_in(&shell);
    for (uint32_t task = 4; task < 5000; task++)
        lab_record_add(
            shell.last.runs[0]->record,
            (struct lab_event){.kind = LAB_EVENT_SPAWN, .task = task}, "");
    lab_complete(&shell, "why t", &offered.start, add, &offered);
    CHECK(strstr(lab_text_string(&offered.text), " t100"));
    CHECK(!strstr(lab_text_string(&offered.text), "t101"));
    lab_text_free(&offered.text);
    lab_shell_term(&shell);
}

TEST(options_of_scripts_are_offered_before_anything_runs_only) {
    struct lab_shell shell;
    check("--e", "--execute= --echo");
    open_shell(&shell);
    shell.script.has_begun = true; // at the prompt
    check_in(&shell, "--e", "");
    check_in(&shell, "--js", "--json");
    lab_shell_term(&shell);
}

// --- what is said of a candidate

static void add_text(void *to, const char *candidate, const char *text) {
    struct offered *offered = to;
    lab_text_printf(&offered->text, "%s: %s\n", candidate, text ? text : "-");
}

static void check_texts(struct lab_shell *shell, const char *line,
                        const char *expected) {
    struct offered offered = {0};
    lab_complete(shell, line, &offered.start, add_text, &offered);
    if (!CHECK_STR(lab_text_string(&offered.text), expected))
        CHECK_STR(line, ""); // says which
    lab_text_free(&offered.text);
}

TEST(each_kind_of_candidate_is_explained) {
    struct lab_shell shell;
    open_shell(&shell);
    check_texts(&shell, "run seq",
                "sequential_gather: 3: Is awaiting in a loop concurrent?\n");
    check_texts(&shell, "run 3 tog", "together: spawn all, gather\n");
    check_texts(
        &shell, "run 3 d",
        "delay=: 1000 ms, of 1 to 60000: how long one download takes\n");
    check_texts(&shell, "qui", "quit: leave looplab\n");
    check_texts(&shell, "run 3 --asc",
                "--ascii: draw with plain ASCII characters\n");
    check_texts(&shell, "timeline fr",
                "from=: show the run from this time on\n");
    check_texts(&shell, "export tr",
                "trace: for ui.perfetto.dev and chrome://tracing\n");
    check_texts(&shell, "explain W03", "W03: an error that nobody reads\n");
    lab_shell_term(&shell);
}

TEST(a_task_is_explained_by_what_it_waits_for) {
    struct lab_shell shell;
    run_in(&shell);
    struct lab_record *record = shell.last.runs[0]->record;
    lab_record_add(record, (struct lab_event){.kind = LAB_EVENT_RUN, .task = 1},
                   NULL);
    lab_record_add(
        record,
        (struct lab_event){
            .kind = LAB_EVENT_WAIT, .task = 1, .on = LAB_ON_TASK, .other = 2},
        NULL);
    check_texts(&shell, "why t1", "t1: main: waits for t2 a.txt\n");
    check_texts(&shell, "why m", "main: waits for t2 a.txt\nmy job: ready\n");
    check_texts(&shell, "timeline lanes=t3", "t3: my job\nt3: job 2\n");
    lab_shell_term(&shell);
}

TEST(what_the_line_has_already_is_not_offered) {
    check("run 3 in_turn t", "together");
    check("run 3 in_turn i", "");
    check("run 3 tog ", "in_turn n= delay=");
    check("run 3 n=2 ", "in_turn together delay=");
    check("run 3 n", "n=");
    check("run 3 n=2 n", "");
    check("run --json 3 --js", "");
    check("--clock=real run 3 --cl", "");
    check("run 3 --clock=virtual --c", "--color=");
    check("timeline 3 from=1s fr", "");
}

TEST(a_value_is_completed_with_its_default) {
    check("run 3 delay=", "delay=1000");
    check("run 3 delay=1", "delay=1000");
    check("run 3 delay=2", "");
    check("set 3 n=", "n=5");
    check("run 3 x=", "");
}

// Options may stand between the words, which keep their places.
TEST(words_are_found_among_options) {
    check("run --json --ascii 3 tog", "together");
    check("--json timeline --ascii 3 from=1s tog", "together");
}

static void count_bare(void *to, const char *candidate, const char *text) {
    struct lab_text *bare = to;
    if (!text)
        lab_text_printf(bare, "%s ", candidate);
}

// The folder that tests run in has files of each kind.
TEST(every_candidate_says_what_it_is) {
    static const char *const lines[] = {
        "",
        "run ",
        "run 3 ",
        "run 3 delay=",
        "exercise ",
        "exercise 11 ",
        "assemble ",
        "drive ",
        "drive 12 ",
        "drive exercise 11 ",
        "edit ",
        "explain ",
        "export ",
        "export svg ",
        "diff ",
        "diff 3 ",
        "orders 3 ",
        "run 3 --",
        "run 3 --clock=",
        "until t1 ",
        "lessons ",
        "timeline 3 ",
        "set 3 ",
        "clock ",
        "play ",
        "help ",
        "sweep 4 ",
    };
    struct lab_shell shell;
    open_shell(&shell);
    for (size_t i = 0; i < countof(lines); i++) {
        struct lab_text bare = {0};
        size_t start;
        lab_complete(&shell, lines[i], &start, count_bare, &bare);
        if (!CHECK_STR(lab_text_string(&bare), ""))
            CHECK_STR(lines[i], ""); // says which
        lab_text_free(&bare);
    }
    lab_shell_term(&shell);
}

TEST(an_exercise_is_offered_where_there_is_one) {
    struct lab_shell shell;
    open_shell(&shell);
    lab_free(shell.folders.lessons);
    shell.folders.lessons = lab_strdup(LAB_LESSONS_DIR);
    check_in(&shell, "exercise sema", "semaphore");
    check_in(&shell, "assemble faster", "");
    check_in(&shell, "drive exercise faster", "");
    check_in(&shell, "export svg r", "run.svg");
    check_in(&shell, "help sequ", "sequential_gather");
    lab_shell_term(&shell);
}
