#include "lesson/form.h"

#include "test.h"

#include <string.h>

static void check(const char *text, const char *expected) {
    struct lab_markdown doc;
    struct lab_text error = {0};
    lab_markdown_split(&doc, text, strlen(text));
    CHECK_INT(lab_form_check("l.md", &doc, &error), *expected == '\0');
    CHECK_STR(lab_text_string(&error), expected);
    lab_markdown_free(&doc);
    lab_text_free(&error);
}

#define PLAN "<!-- plan: 12 minutes, 4 blocks -->\n"
#define PROGRAM "```python x.py\n```\n```output\n```\n"

// The parts, each with the number of its line.
enum { TITLE, PREDICT, RUN, WHY, SAME, TRY, NOT, PARTS };
static const struct {
    const char *text;
    size_t lines;
} parts[PARTS] = {
    {"# 03 gather: so?\n" PLAN, 2},
    {"## Predict\nWhat?\n", 2},
    {"## Run\n```looplab\nlooplab> run 3\n```\n", 4},
    {"## Why\n```c together\n```\n", 3},
    {"## The same in asyncio\n" PROGRAM, 5},
    {"## Try\n", 1},
    {"## What not to conclude\n", 1},
};

static void put_parts(struct lab_text *text, int but) {
    for (int i = 0; i < PARTS; i++)
        if (i != but)
            lab_text_put(text, parts[i].text);
}

TEST(a_lesson_with_all_its_parts_is_right) {
    struct lab_text text = {0};
    put_parts(&text, -1);
    check(lab_text_string(&text), "");
    lab_text_free(&text);
}

TEST(each_part_that_is_missing_is_told_with_its_line) {
    static const char *const names[] = {
        [PREDICT] = "Predict", [RUN] = "Run",
        [WHY] = "Why",         [SAME] = "The same in asyncio",
        [TRY] = "Try",         [NOT] = "What not to conclude",
    };
    size_t line = 3;
    for (int i = PREDICT; i < PARTS; i++) {
        struct lab_text text = {0}, expected = {0};
        put_parts(&text, i);
        lab_text_printf(&expected,
                        "l.md:%zu: the part \"## %s\" is missing here\n",
                        i == NOT ? line - 1 : line, names[i]);
        check(lab_text_string(&text), lab_text_string(&expected));
        lab_text_free(&text);
        lab_text_free(&expected);
        line += parts[i].lines;
    }
}

TEST(each_block_that_is_missing_is_told_with_its_part) {
    static const struct {
        int part;
        const char *text, *expected;
    } cases[] = {
        {TITLE, "03 gather\n" PLAN,
         "l.md:1: a lesson begins with its title: \"# 03 gather: the question "
         "in a few words\"\n"},
        {PREDICT, "## Predict\n```looplab\n```\n",
         "l.md:3: the part \"Predict\" runs a command; the answer belongs in "
         "\"Run\"\n"},
        {RUN, "## Run\n",
         "l.md:5: the part \"Run\" has no block marked \"looplab\"\n"},
        {WHY, "## Why\n```c\n```\n",
         "l.md:9: the part \"Why\" has no block marked \"c NAME\"\n"},
        {SAME, "## The same in asyncio\n",
         "l.md:12: the part \"The same in asyncio\" has no block marked "
         "\"python NAME.py\"\n"},
        {TRY, "## Tyr\n",
         "l.md:17: the part \"Tyr\" is none that lessons have\n"
         "l.md:18: the part \"## Try\" is missing here\n"},
        {NOT, "## Why\n## What not to conclude\n",
         "l.md:18: the part \"Why\" stands too late\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct lab_text text = {0};
        for (int k = 0; k < PARTS; k++)
            lab_text_put(&text,
                         k == cases[i].part ? cases[i].text : parts[k].text);
        check(lab_text_string(&text), cases[i].expected);
        lab_text_free(&text);
    }
}

TEST(a_plan_is_asked_for_with_the_number_of_blocks) {
    struct lab_text text = {0};
    put_parts(&text, TITLE);
    check(lab_text_string(&text),
          "l.md:1: a lesson begins with its title: \"# 03 gather: the question "
          "in a few words\"\n"
          "l.md:1: a lesson has a plan below its title, with the minutes it "
          "takes in class: \"<!-- plan: 15 minutes, 6 blocks -->\"\n");
    lab_text_free(&text);
}

#define LACKS                                                                  \
    "the next block after this program must be what it prints, marked "        \
    "\"output\" or \"measured\"\n"

static void check_programs(const char *blocks, const char *expected) {
    struct lab_text text = {0};
    put_parts(&text, -1);
    lab_text_put(&text, blocks);
    check(lab_text_string(&text), expected);
    lab_text_free(&text);
}

TEST(a_program_is_followed_by_what_it_prints) {
    check_programs("```python x.py\n```\nIt prints:\n```output\n```\n"
                   "```python x.py\n```\n```measured\n```\n",
                   "");
    check_programs("```python x.py\n```\n", "l.md:19: " LACKS);
    check_programs("```python x.py\n```\n\n```sh\n```\n```output\n```\n",
                   "l.md:19: " LACKS
                   "l.md:24: no program stands before this output\n");
    check_programs("```python x.py\n```\n```python x.py\n```\n```output\n```\n",
                   "l.md:19: " LACKS);
    check_programs("a\n```measured\n```\n",
                   "l.md:20: no program stands before this output\n");
}

TEST(a_program_is_a_file_of_its_own) {
    check_programs("```python\n```\n```output\n```\n",
                   "l.md:19: a program is a file beside the lesson, and its "
                   "block names it: \"python 03_gather.py\"\n");
}
