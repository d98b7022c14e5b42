#include "test.h"

#include "shell/host.h"
#include "shell/suggest.h"

// Cuts the first word off [at], which moves on. "my*" stands for "my".
static bool take_word(const char **at, char *word, size_t size) {
    size_t n = strcspn(*at, " ");
    if (n == 0 || n >= size)
        return false;
    const char *from = *at + (**at == '\\');
    memcpy(word, from, n);
    word[n - (size_t)(from - *at)] = '\0';
    *at += n + ((*at)[n] == ' ');
    return true;
}

TEST(no_word_that_people_type_is_a_command_and_none_is_there_twice) {
    const char *words, *instead, *before;
    char word[32];
    for (size_t i = 0; lab_suggest_row(i, &words, &instead); i++)
        while (take_word(&words, word, sizeof word)) {
            struct lab_text sentence = {0};
            struct host host;
            if (!CHECK(!lab_command_find(word)))
                CHECK_STR(word, "");
            if (word[strcspn(word, "*[")])
                continue; // a pattern
            host_open(&host);
            lab_suggest_command(&host.shell, (char *[]){word}, 1, &sentence);
            before = strstr(lab_text_string(&sentence), instead);
            if (!CHECK(before != NULL)) // an earlier row has it as well
                CHECK_STR(word, instead);
            host_close(&host);
            lab_text_free(&sentence);
        }
}

// What a sentence tells to type is a command; some are about keys.
TEST(what_is_there_instead_is_there) {
    const char *words, *instead;
    char word[32];
    size_t commands = 0, rows = 0;
    for (; lab_suggest_row(rows, &words, &instead); rows++) {
        const char *typed = strstr(instead, ": "), *at = instead;
        if (take_word(&at, word, sizeof word) && lab_command_find(word))
            commands++;
        if (typed && typed[2] != '!') { // that one is a shell's
            at = typed + 2;
            CHECK(take_word(&at, word, sizeof word) && lab_command_find(word));
        }
    }
    CHECK(commands >= rows - 12);
}

// Each line does what was meant, or says what to type.
TEST(what_people_type_does_what_was_meant_or_says_what_to_type) {
    static const struct {
        const char *line, *out, *said;
    } all[] = {
        {"ls", "03 sequential_gather", ""},
        {"dir --color=never", "03 sequential_gather", ""},
        {"?", "looplab makes asynchronous time visible", ""},
        {"help me", "looplab makes asynchronous time visible", ""},
        {"help ls", "every demo, with its question", ""},
        {"man run", "run DEMO|PROGRAM", ""},
        {"info", "looplab makes asynchronous time visible", ""},
        {"cls", "", ""},
        {"clear", "", ""},
        {"time run 3 together n=1", "03 sequential_gather", ""},
        {"time", "", "run says what each variant took: run 3"},
        {"looplab run 3 together n=1", "03 sequential_gather", ""},
        {">>> looplab run 3 together n=1", "03 sequential_gather", ""},
        {"looplab", "", "a line begins with a command: run 3"},
        {"run demos/03_sequential_gather.c together n=1",
         "03 sequential_gather", ""},
        {"run demos/03_sequential_gather.so together n=1",
         "03 sequential_gather", ""},
        {"run 03_sequential_gather together n=1", "03 sequential_gather", ""},
        {"run 03 together n=1", "03 sequential_gather", ""},
        {"demos/03_sequential_gather.c together n=1", "03 sequential_gather",
         ""},
        {"03_sequential_gather together n=1", "03 sequential_gather", ""},
        {"run elsewhere/03_sequential_gather.c", "", "elsewhere"},
        {"run demos/3_nothing.c", "",
         "no demo \"demos/3_nothing.c\"; did you mean \"sequential_gather\"?"},
        {"demos/3.c", "", "did you mean \"sequential_gather\"?"},
        {"run 4_sequential_gather", "", "did you mean \"sequential_gather\"?"},
        {"run 3 together n=1 4 on_loop jobs=1", "\n\n\n04 executor", ""},
        {"run 3 together n=1 04_executor on_loop jobs=1", "\n\n\n04 executor",
         ""},
        {"run 3 4 pool_x", "", "pool_x"},
        {"run 3 99", "", "no demo \"99\""},
        {"python nothing.py", "", "nothing.py"},
        {"python3 nothing.py", "", "nothing.py"},
        {"./nothing.py", "", "nothing.py"},
        {"nothing.py", "", "nothing.py"},
        {"nothing.c", "", "nothing.c"},
        {"python", "", "run starts a program: run my.py"},
        {"cat 3", "static int together", ""},
        {"cat", "", "source 3"},
        {"history", "", "the up arrow"},
        {"cd ..", "", "quit and start looplab there"},
        {"pwd", "", "!pwd"},
        {"make", "", "!make"},
        {"run 3 | less", "", "\"|\" is a shell's; here what is long"},
        {"run 3 && jobs", "", "here each command has a line of its own"},
        {"run 3 # all", "", "a comment has a line of its own"},
        {"RUN 3", "", "no command \"RUN\"; did you mean \"run\"?"},
        {"bg", "Nothing runs beside the prompt", ""},
        {"bg %1", "", "no command \"bg\"; jobs lists what continues"},
        {"sudo run 3 together n=1", "03 sequential_gather", ""},
        {"sudo apt update", "", "!sudo apt update is a line for your shell"},
        {">>> await x", "", "no command \"await\"; await is a plain call"},
        {">>> 1+1", "", "no command \"1+1\"; Python goes into a file"},
        {"3*4", "", "Python goes into a file"},
        {"looplab RUN", "", "no command \"RUN\"; did you mean \"run\"?"},
        {"/exit", "", ""},
        {"/help", "looplab makes asynchronous time visible", ""},
        {"run3", "", "no command \"run3\"; did you mean \"run 3\"?"},
        {"run 3;", "", "\";\" is a shell's"},
        {"run 3 > out.txt", "", "--record=run.jsonl keeps a run"},
        {"help > x", "", "no command \">\"; help lists them"},
        {"%1", "", "fg is about commands beside the prompt"},
        {"!ls -l | head", "", "at the prompt only"},
        {"!!", "", "the up arrow"},
        {"await x", "", "help await says more"},
        {"import asyncio", "", "help asyncio says more"},
        {"import os", "", "run my.py"},
        {"asyncio.run(main())", "", "asyncio.run"},
        {"print(1)", "", "run my.py"},
        {"edit 3", "", "edit needs the terminal"},
        {"vi 3", "", "edit needs the terminal"},
        {"vi", "", "edit 3"},
        // what asks for help
        {"run help", "run DEMO|PROGRAM", ""},
        {"run ?", "run DEMO|PROGRAM", ""},
        {"run -h", "run DEMO|PROGRAM", ""},
        {"help run -h", "run DEMO|PROGRAM", ""},
        {"help run --help", "run DEMO|PROGRAM", ""},
        {"help run 3", "run DEMO|PROGRAM", ""},
        {"?run", "run DEMO|PROGRAM", ""},
        {"run??", "run DEMO|PROGRAM", ""},
        {"help(run)", "run DEMO|PROGRAM", ""},
        {"list help", "every demo, with its question", ""},
        {"list -h", "every demo, with its question", ""},
        {"help list --help", "every demo, with its question", ""},
        {"lesson help", "where it was left", ""},
        {"help timeline -h", "timeline [DEMO", ""},
        {"try help", "try DEMO", ""},
        {"predict ?", "predict [DEMO", ""},
        {"help -h", "help [COMMAND", ""},
        {"help()", "looplab makes asynchronous time visible", ""},
        {"looplab --help", "looplab makes asynchronous time visible", ""},
        {"man looplab", "looplab makes asynchronous time visible", ""},
        {"help 3", "delay=1000 ms  how long one download takes", ""},
        {"3 help", "in_turn        call each, wait for it", ""},
        {"3 -h", "run 3 runs it, lesson 3 explains it", ""},
        {"3?", "03 sequential_gather: Is awaiting", ""},
        {"help sequential_gather", "03 sequential_gather: Is awaiting", ""},
        {"help 99", "", "no command \"99\""},
        {"?xyz", "", "no command \"?xyz\"; help lists them"},
        // a shell's lines
        {"ls -l", "", "!ls -l is a line for your shell; list shows the demos"},
        {"ls demos", "", "!ls demos is a line for your shell"},
        {"cat README.md", "", "!cat README.md is a line for your shell"},
        {"cat -n 3", "", "!cat -n 3 is a line for your shell"},
        {"python -m asyncio", "",
         "!python -m asyncio is a line for your shell"},
        {"gcc nothing.c -o x", "", "!gcc nothing.c -o x is a line"},
        {"gcc nothing.c", "", "nothing.c"},
        {"pip install aiohttp", "", "!pip install aiohttp is a line"},
        {"git status", "", "!git status is a line for your shell\n"},
        {"mkdir x", "", "!mkdir x is a line for your shell"},
        {"less demos/03_sequential_gather.c", "static int together", ""},
        // a language
        {"assemble 10 C", "", "Python; exercise 10 c mends a program in C"},
        {"assemble 10 x", "", "its lines are Python; not \"x\""},
        {"try 10 python", "", "as only exercise has a choice of language"},
        {"predict 3 python", "", "a demo is in C, exercise 3 in both"},
        // IPython's, Python's, C's
        {"%run 3 together n=1", "03 sequential_gather", ""},
        {"%run nothing.py", "", "nothing.py"},
        {"%ls", "03 sequential_gather", ""},
        {"%timeit run 3 together n=1", "03 sequential_gather", ""},
        {"run(3)", "03 sequential_gather", ""},
        {"list()", "03 sequential_gather", ""},
        {"x = 3", "", "Python goes into a file"},
        {"delay=3", "", "set changes parameters: set 3 delay=200"},
        {"set delay=3", "", "set needs the demo first, as in set 3 delay=3"},
        {"try:", "", "Python goes into a file"},
        {"int main(void) {", "", "run my.c"},
        {"demo 3 together n=1", "03 sequential_gather", ""},
        {"again", "", "the up arrow"},
    };
    struct host host;
    host_open(&host);
    for (size_t i = 0; i < countof(all); i++) {
        int status = host_run(&host, all[i].line);
        bool is_right = strstr(host_out(&host), all[i].out) &&
                        strstr(host_said(&host), all[i].said);
        if (!CHECK(is_right) || !CHECK((status == 0) == !*all[i].said))
            fprintf(stderr, "    %s: %s%s", all[i].line, host_out(&host),
                    host_said(&host));
    }
    host_close(&host);
}

TEST(who_reads_along_is_told_the_word_that_looplab_has) {
    struct host host;
    host_open(&host);
    host.shell.interactive = true;
    CHECK_INT(host_run(&host, "exit"), LAB_EXIT_OK);
    CHECK(host.shell.quitting);
    CHECK_STR(host_out(&host), "\"exit\": quit leaves looplab.\n");
    host_close(&host);
}

TEST(a_program_that_is_not_there_can_be_made_at_the_prompt) {
    struct host host;
    host_open(&host);
    host.shell.interactive = true;
    host_run(&host, "nothing.py");
    CHECK(strstr(host_said(&host),
                 "no file nothing.py; edit nothing.py makes it"));
    host.shell.interactive = false;
    host_run(&host, "sweep nothing.py n=1,2");
    CHECK(!strstr(host_said(&host), "edit"));
    host_close(&host);
}

TEST(a_lesson_shows_commands_as_they_are) {
    struct host host;
    host_open(&host);
    host.shell.in_lesson = true;
    CHECK_INT(host_run(&host, "ls"), LAB_EXIT_USAGE);
    CHECK_STR(host_said(&host), "no command \"ls\"; list shows the demos\n");
    host_close(&host);
}

static void check(char *word, const char *expected) {
    struct host host;
    struct lab_text sentence = {0};
    host_open(&host);
    lab_suggest_command(&host.shell, (char *[]){word}, 1, &sentence);
    CHECK_STR(lab_text_string(&sentence), expected);
    host_close(&host);
    lab_text_free(&sentence);
}

TEST(a_slip_is_told_from_a_word_of_another_program) {
    check("rnu", "no command \"rnu\"; did you mean \"run\"?");
    check("timline", "no command \"timline\"; did you mean \"timeline\"?");
    check("comp", "no command \"comp\"; did you mean \"compare\"?");
    check("exit", "no command \"exit\"; quit leaves looplab");
    check("forward", "no command \"forward\"; step moves one event forward");
    check("?", "no command \"?\"; help lists the commands");
    check("import", "no command \"import\"; Python goes into a file, which run "
                    "starts: run my.py");
    check("3", "no command \"3\"; did you mean \"run 3\"?");
    check("timer", "no command \"timer\"; did you mean \"run timer\"?");
    check("xyzzy", "no command \"xyzzy\"; help lists them");
    check("", "no command \"\"; help lists them");
}

static void check_run(const char *line, const char *expected) {
    struct host host;
    host_open(&host);
    CHECK_INT(host_run(&host, line), LAB_EXIT_USAGE);
    if (!CHECK(strstr(host_said(&host), expected)))
        CHECK_STR(host_said(&host), expected);
    host_close(&host);
}

TEST(another_number_is_no_slip) {
    check_run("run 4 pool_3", "it is pool workers=3");
    check_run("run 4 threads=3", "it has jobs, job, beat and workers");
    check_run("run 4 polo_2", "did you mean \"pool_2\"?");
}

TEST(python_is_left_as_python_is_left) {
    static const char *const lines[] = {"quit()", "exit()", "exit", "bye",
                                        "EXIT"};
    for (size_t i = 0; i < countof(lines); i++) {
        struct host host;
        host_open(&host);
        CHECK_INT(host_run(&host, lines[i]), LAB_EXIT_OK);
        if (!CHECK(host.shell.quitting))
            CHECK_STR(lines[i], "");
        host_close(&host);
    }
}

TEST(parameters_that_are_only_shown_say_how_to_change_one) {
    static const char next[] =
        "set 3 n=VALUE changes one from now on; set 3 reset restores the "
        "defaults.\n";
    struct host host;
    host_open(&host);
    CHECK_INT(host_run(&host, "set 3"), LAB_EXIT_OK);
    CHECK(strstr(host_out(&host), next));
    CHECK_INT(host_run(&host, "set 3 n=2"), LAB_EXIT_OK);
    CHECK(strstr(host_out(&host), "n=2"));
    CHECK(!strstr(host_out(&host), "VALUE"));
    CHECK_INT(host_run(&host, "set 3 reset"), LAB_EXIT_OK);
    CHECK(!strstr(host_out(&host), "VALUE"));
    host_close(&host);
}
