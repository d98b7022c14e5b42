#include "lesson/exercise.h"

#include "base/alloc.h"
#include "folder.h"
#include "test.h"

#include <string.h>

// A small exercise, a line each; what a test changes it names by its line.
static const char *const lines[] = {
    "# 03 gather: all at once",                   // 1
    "Two calls, one after the other. Mend it.",   // 2
    "```claims",                                  // 3
    "count(got) = n",                             // 4
    "time = delay",                               // 5
    "cancel: last(a - b) = 0",                    // 6
    "small n=2",                                  // 7
    "cases n=3; n=4 delay=2s",                    // 8
    "under late, cancel",                         // 9
    "```",                                        // 10
    "```c start: time",                           // 11
    "int main_task(void);",                       // 12
    "```",                                        // 13
    "```c solution\n```",                         // 14
    "```c solution: by hand\n```",                // 16
    "```c wrong: count(got)\n```",                // 18
    "```c wrong: last(a - b) under cancel\n```",  // 20
    "```python start: ends ok\n```",              // 22
    "```python solution\n```",                    // 24
    "```python solution: by a group\n```",        // 26
    "```python wrong: time under late\n```",      // 28
    "```python wrong: ends ok under cancel\n```", // 30
    "```assemble",                                // 32
    "import asyncio  # given",                    // 33
    "async def one():",                           // 34
    "    await a | b",                            // 35
    "one()",                                      // 36
    "run()  # given",                             // 37
    "```",                                        // 38
    "```try\ntogether n=1..9: time <= 1s\n```",   // 39
    "```hint\nWhere?\n```",                       // 42
    "```hint\nWhat?\n```",                        // 45
    "```hint\nHow?\n```",                         // 48
    "## After",                                   // 51
    "They waited at once.",                       // 52
};

// Writes the exercise with [text] in the place of line [index] of the table.
static void put(struct folder *folder, size_t index, const char *text) {
    struct lab_text all = {0};
    for (size_t i = 0; i < countof(lines); i++)
        lab_text_printf(&all, "%s\n", i == index ? text : lines[i]);
    folder_put(folder, "03_gather.md", lab_text_string(&all));
    lab_text_free(&all);
}

// Reads it, and says what is wrong, without the folder's name.
static char *read_exercise(struct folder *folder,
                           struct lab_exercise *exercise) {
    struct lab_text error = {0};
    const char *path = folder_file(folder, "03_gather.md");
    size_t skipped = strlen(folder->path) + 1;
    if (lab_exercise_read(exercise, path, &error))
        lab_exercise_is_whole(exercise, &error);
    char *said = lab_strdup(lab_text_string(&error) +
                            (error.length > skipped ? skipped : 0));
    lab_text_free(&error);
    return said;
}

TEST(an_exercise_is_read_whole) {
    struct folder folder;
    struct lab_exercise exercise;
    folder_init(&folder);
    put(&folder, countof(lines), "");
    char *said = read_exercise(&folder, &exercise);
    CHECK_STR(said, "");
    CHECK_STR(exercise.title, "03 gather: all at once");
    CHECK_STR(exercise.statement, "Two calls, one after the other. Mend it.");
    CHECK_INT(exercise.claim_count, 3);
    CHECK_STR(exercise.claims[2], "cancel: last(a - b) = 0");
    CHECK_STR(exercise.small, "n=2");
    CHECK_INT(exercise.case_count, 2);
    CHECK_STR(exercise.cases[1], "n=4 delay=2s");
    CHECK(exercise.late && exercise.cancel);
    CHECK_INT(exercise.program_count, 10);
    CHECK_STR(exercise.programs[0].text, "int main_task(void);\n");
    CHECK_STR(exercise.programs[2].name, "by hand");
    CHECK_STR(exercise.programs[4].name, "last(a - b)");
    CHECK_STR(exercise.programs[4].under, "cancel");
    CHECK_INT(exercise.line_count, 5);
    CHECK(exercise.lines[0].given && !exercise.lines[1].given);
    CHECK_STR(exercise.lines[2].right, "    await a");
    CHECK_STR(exercise.lines[2].wrong, "    b");
    CHECK_STR(exercise.try_values, "together n=1..9");
    CHECK_STR(exercise.try_claims, "time <= 1s");
    CHECK_STR(exercise.hints[true][2], "How?");
    CHECK_STR(exercise.after, "They waited at once.");
    lab_free(said);
    lab_exercise_free(&exercise);
    folder_term(&folder);
}

TEST(a_hint_may_be_for_one_language) {
    struct folder folder;
    struct lab_exercise exercise;
    folder_init(&folder);
    put(&folder, 32,
        "```hint c\nOne call for all.\n```\n"
        "```hint python\nCan one Call do it?\n```"); // C is part of a word
    char *said = read_exercise(&folder, &exercise);
    CHECK_STR(said, "");
    CHECK_INT(exercise.hint_count[false], 3);
    CHECK_INT(exercise.hint_count[true], 3);
    CHECK_STR(exercise.hints[false][1], "What?");
    CHECK_STR(exercise.hints[true][1], "What?");
    CHECK_STR(exercise.hints[false][2], "One call for all.");
    CHECK_STR(exercise.hints[true][2], "Can one Call do it?");
    lab_free(said);
    lab_exercise_free(&exercise);
    folder_term(&folder);
}

TEST(a_table_is_the_end_of_each_program_in_c) {
    struct folder folder;
    struct lab_exercise exercise;
    folder_init(&folder);
    put(&folder, 13, "```c table\nTABLE\n```\n```c solution\n```");
    char *said = read_exercise(&folder, &exercise);
    CHECK_STR(said, "");
    CHECK_INT(exercise.program_count, 10);
    CHECK_STR(exercise.programs[0].text, "int main_task(void);\n\nTABLE\n");
    CHECK_STR(exercise.programs[9].text, ""); // in Python
    lab_free(said);
    lab_exercise_free(&exercise);
    folder_term(&folder);
}

TEST(what_is_wrong_with_an_exercise_is_told_with_its_line) {
    static const struct {
        size_t index; // of the line that is changed
        const char *text, *says;
    } cases[] = {
        {0, "All at once", "03_gather.md:1: an exercise begins with"},
        {1, "", "03_gather.md:1: the title is followed by the task"},
        {6, "", "03_gather.md:3: this block does not say the small case"},
        {8, "under water", "03_gather.md:3: \"under\" takes late, cancel"},
        {10, "```c begin", "03_gather.md:11: a program is a start"},
        {10, "```c start", "03_gather.md:11: this program must name"},
        {10, "```c start: tmie", "03_gather.md:11: no claim begins with"},
        {10, "```c start: last(a - b)", "03_gather.md:11: no claim begins"},
        {13, "```ruby\n```", "03_gather.md:14: a block of an exercise is"},
        {14, "", "03_gather.md:3: in C there must be one start, and two"},
        {20, "", "03_gather.md:3: in Python there must be one start, and"},
        {25, "wait()  # given", "03_gather.md:32: lines that are given"},
        {29, "```try\nn=1..9\n```", "03_gather.md:39: this block says what"},
        {30, "", "03_gather.md:3: there must be three hints"},
        {32, "```hint\n```\n```hint\n```", "03_gather.md:50: there are three"},
        {32, "```hint c\nHow?\n```", "03_gather.md:3: there must be three"},
        {32, "```hint c\nA\n```\n```hint python\nIn C?\n```",
         "03_gather.md:3: hint 3 in Python has \"C\""},
        {32, "```hint c\nasyncio\n```\n```hint python\nB\n```",
         "03_gather.md:3: hint 3 in C has \"asyncio\""},
        {32, "```hint\nUse lab_gather\n```",
         "03_gather.md:3: hint 3 in Python has \"lab_\""},
        {32, "```hint ruby\nHow?\n```", "03_gather.md:48: a hint is for both"},
        {33, "## Before", "03_gather.md:51: an exercise has one part with"},
        {32, "```hint\nHow?", "03_gather.md:48: this block is not closed"},
    };
    struct folder folder;
    folder_init(&folder);
    for (size_t i = 0; i < countof(cases); i++) {
        struct lab_exercise exercise;
        put(&folder, cases[i].index, cases[i].text);
        char *said = read_exercise(&folder, &exercise);
        if (strncmp(said, cases[i].says, strlen(cases[i].says)) != 0)
            CHECK_STR(said, cases[i].says);
        lab_free(said);
        lab_exercise_free(&exercise);
    }
    folder_term(&folder);
}

TEST(a_claim_is_named_by_its_first_words_in_the_phase_that_judges_it) {
    static const struct {
        const char *name, *under, *claim;
        bool is;
    } cases[] = {
        {"last(a", "", "last(a - b) = 0", true},
        {"last(a", "", "cancel: last(a - b) = 0", false},
        {"last(a", "cancel", "last(a - b) = 0", false},
        {"last(a", "cancel", "cancel: last(a - b) = 0", true},
        {"last(a", "late", "last(a - b) = 0", true},
        {"last(a", "late", "late: last(a - b) = 0", true},
        {"ends ok", "cancel", "ends ok", true},
        {"", "", "time = 1s", false},
    };
    for (size_t i = 0; i < countof(cases); i++) {
        const struct lab_exercise_program program = {
            .name = (char *)cases[i].name, .under = (char *)cases[i].under};
        CHECK_INT(lab_exercise_names(&program, cases[i].claim), cases[i].is);
    }
}
