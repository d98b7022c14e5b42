#include "test.h"

#include "shell/host.h"
#include "shell/suggest.h"

// Cuts the first word off [at], which moves on.
static bool take_word(const char **at, char *word, size_t size) {
    size_t n = strcspn(*at, " ");
    if (n == 0 || n >= size)
        return false;
    memcpy(word, *at, n);
    word[n] = '\0';
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
        if (typed) {
            at = typed + 2;
            CHECK(take_word(&at, word, sizeof word) && lab_command_find(word));
        }
    }
    CHECK(commands >= rows - 6);
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
    check("import", "no command \"import\"; views read a record: timeline "
                    "run.jsonl");
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
