#include "lesson/lesson.h"

#include "base/alloc.h"
#include "folder.h"
#include "oracle.h"
#include "test.h"

#include <stdio.h>
#include <string.h>

// A host whose commands are canned: "say X" prints X, with "|" for line ends.
static bool answer(void *context, const char *command, struct lab_text *out,
                   struct lab_text *error) {
    int *count = context;
    ++*count;
    if (strncmp(command, "say ", 4) != 0) {
        lab_text_printf(error, "there is no command \"%s\"\n", command);
        return false;
    }
    for (const char *c = command + 4; *c; c++)
        lab_text_write(out, *c == '|' ? "\n" : c, 1);
    return true;
}

static const char demo[] = "// All at once.\n"
                           "static int together(void) {\n"
                           "    return 0;   \n"
                           "}\n"
                           "\n"
                           "/*\n"
                           "````\n"
                           "*/\n"
                           "static int fence;\n";

static int commands; // how many the host ran

static bool refresh(const char *text, size_t length, const char *source,
                    struct lab_text *fresh, struct lab_text *error) {
    struct lab_lesson_host host = {
        .run = answer, .context = &commands, .source = source};
    commands = 0;
    return lab_lesson_refresh("l.md", text, length, &host, fresh, error);
}

// Is [fresh] made of [text], and made of itself?
static void check(const char *text, const char *expected) {
    struct lab_text fresh = {0}, again = {0}, error = {0};
    CHECK(refresh(text, strlen(text), demo, &fresh, &error));
    CHECK_STR(lab_text_string(&error), "");
    CHECK_STR(lab_text_string(&fresh), expected);
    CHECK(refresh(lab_text_string(&fresh), fresh.length, demo, &again, &error));
    CHECK_STR(lab_text_string(&again), lab_text_string(&fresh));
    lab_text_free(&fresh);
    lab_text_free(&again);
    lab_text_free(&error);
}

static void check_error(const char *text, const char *expected) {
    struct lab_text fresh = {0}, error = {0};
    CHECK(!refresh(text, strlen(text), demo, &fresh, &error));
    CHECK_STR(lab_text_string(&error), expected);
    lab_text_free(&fresh);
    lab_text_free(&error);
}

TEST(what_is_not_ours_stays_as_it_is) {
    check("", "");
    check("a\n\n```python\nlooplab> x\n```\n```c\nx\n```\n"
          "```c +x y\n```\n~~~loop\nx\n~~~",
          "a\n\n```python\nlooplab> x\n```\n```c\nx\n```\n"
          "```c +x y\n```\n~~~loop\nx\n~~~");
    check("    ```looplab\n    looplab> x\n    ```\n",
          "    ```looplab\n    looplab> x\n    ```\n");
}

TEST(an_output_takes_the_place_of_the_old_one) {
    check("a\n```looplab\nlooplab> say b|c\nold\nolder\noldest\n```\nd",
          "a\n```looplab\nlooplab> say b|c\nb\nc\n```\nd");
    check("```looplab\nlooplab> say b\n```\n",
          "```looplab\nlooplab> say b\nb\n```\n");
}

TEST(a_block_holds_several_commands) {
    check("```looplab\n\nlooplab> say a\nx\nlooplab>   say b||c||  \nx\n"
          "looplab>\nlooplab> \nx\n```\n",
          "```looplab\n\nlooplab> say a\na\nlooplab>   say b||c||  \nb\n\nc\n\n"
          "looplab>\nlooplab> \n```\n");
    CHECK_INT(commands, 2);
}

TEST(spaces_at_the_ends_of_lines_are_left_out) {
    check("```looplab\nlooplab> say a  | b\t |   |c\n```\n",
          "```looplab\nlooplab> say a  | b\t |   |c\na\n b\n\nc\n```\n");
}

TEST(a_prompt_is_a_whole_word) {
    check("```looplab\nlooplab> say looplab>a\nx\n```\n",
          "```looplab\nlooplab> say looplab>a\nlooplab>a\n```\n");
}

TEST(a_block_without_a_command_is_left_alone) {
    check("```looplab\n```\n", "```looplab\n```\n");
    check("```looplab\n \n```\n", "```looplab\n \n```\n");
    CHECK_INT(commands, 0);
}

TEST(a_longer_fence_is_chosen_when_needed) {
    check("```looplab\nlooplab> say a|``|```|b\n```\n",
          "````looplab\nlooplab> say a|``|```|b\na\n``\n```\nb\n````\n");
    check("~~~looplab\nlooplab> say   ~~~~~\n~~~~\n",
          "~~~~~~looplab\nlooplab> say   ~~~~~\n  ~~~~~\n~~~~~~\n");
    check("~~~looplab\nlooplab> say ```\n~~~\n",
          "~~~looplab\nlooplab> say ```\n```\n~~~\n");
    check("```looplab\nlooplab> say ```x\n```\n",
          "```looplab\nlooplab> say ```x\n```x\n```\n");
}

TEST(a_block_in_a_container_keeps_its_prefix) {
    check("> ```looplab\n> looplab> say a||b\n> ```\n",
          "> ```looplab\n> looplab> say a||b\n> a\n>\n> b\n> ```\n");
    check(">```looplab\n>looplab> say  a\n>```\n",
          ">```looplab\n>looplab> say  a\n>  a\n>```\n");
    check("1. ```looplab\n   looplab> say a||b\n   x\n   ```\n",
          "1. ```looplab\n   looplab> say a||b\n   a\n\n   b\n   ```\n");
    check("- > ```c together\n  > ```\n",
          "- > ```c together\n  > // All at once.\n"
          "  > static int together(void) {\n  >     return 0;\n  > }\n"
          "  > ```\n");
    check(">\t```looplab\n>\tlooplab> say a\n>\t```\n",
          ">\t```looplab\n>\tlooplab> say a\n>\ta\n>\t```\n");
    check("  ```looplab\nlooplab> say   a\n  ```\n",
          "  ```looplab\nlooplab> say   a\n    a\n  ```\n");
}

TEST(line_ends_are_those_of_the_block) {
    check("a\r\n```looplab\r\nlooplab> say b|c\r\nx\r\n```\r\nd\r\n",
          "a\r\n```looplab\r\nlooplab> say b|c\r\nb\r\nc\r\n```\r\nd\r\n");
    check("\xef\xbb\xbf```looplab\nlooplab> say b\n```",
          "\xef\xbb\xbf```looplab\nlooplab> say b\nb\n```");
}

TEST(bytes_of_any_kind_stay) {
    static const char text[] = "a\0\xff\r\n```looplab\n```\n\0";
    struct lab_text fresh = {0}, error = {0};
    CHECK(refresh(text, sizeof text, NULL, &fresh, &error));
    CHECK(fresh.length == sizeof text &&
          !memcmp(fresh.data, text, sizeof text));
    lab_text_free(&fresh);
    lab_text_free(&error);
}

TEST(a_function_is_quoted_by_name) {
    check("```c together and more\nold\n```\n",
          "```c together and more\n// All at once.\n"
          "static int together(void) {\n    return 0;\n}\n```\n");
    check("```c fence\n```\n",
          "`````c fence\n/*\n````\n*/\nstatic int fence;\n`````\n");
}

TEST(every_wrong_block_is_told_with_its_line) {
    check_error("a\n```looplab\nfoo\nlooplab> say x\n```\n\n"
                "```c togther\n```\n\n```looplab\nlooplab> rnu 3\nlooplab> x\n"
                "```\n- ```c nothinglikeit\n  ```\n> ~~~~\n> never\n\n```sh\n",
                "l.md:3: this text stands before the first command of its "
                "block; begin the line with \"looplab> \", or move it out\n"
                "l.md:7: no function \"togther\" in the demo; did you mean "
                "\"together\"?\n"
                "l.md:11: there is no command \"rnu 3\"\n"
                "l.md:14: no function \"nothinglikeit\" in the demo\n"
                "l.md:16: this fence is never closed; end the block with a "
                "line \"~~~~\"\n"
                "l.md:19: this fence is never closed; end the block with a "
                "line \"```\"\n");
}

TEST(a_block_that_is_nearly_ours_is_told_with_its_line) {
    check_error("a\n```Looplab\nlooplab> say x\n```\n> ```{.c} together\n"
                "> ```\n```looplab\nlooplab> say x\n```\n```ouptut\n```\n",
                "l.md:2: a block marked \"Looplab\" is not run; did you mean "
                "\"looplab\"?\n"
                "l.md:5: a block marked \"{.c} together\" quotes nothing; did "
                "you mean \"c together\"?\n"
                "l.md:10: a block marked \"ouptut\" is not compared; did you "
                "mean \"output\"?\n");
}

TEST(programs_and_what_they_print_are_left_alone) {
    check("```python\nprint(1)  \n```\n```output\n1  \n```\n",
          "```python\nprint(1)  \n```\n```output\n1  \n```\n");
}

// Refreshes a lesson in a folder that has a program.
static bool with_program(const char *text, struct lab_text *fresh,
                         struct lab_text *error) {
    struct folder folder;
    struct lab_lesson_host host = {.run = answer, .context = &commands};
    folder_init(&folder);
    folder_put(&folder, "x.py", "import a\n\n\na.run()  \n```\n");
    bool fine = lab_lesson_refresh(folder_file(&folder, "l.md"), text,
                                   strlen(text), &host, fresh, error);
    folder_term(&folder);
    return fine;
}

TEST(the_block_of_a_program_is_its_file) {
    struct lab_text fresh = {0}, error = {0};
    CHECK(
        with_program("a\n> ```python x.py\n> old\n> ```\nb\n", &fresh, &error));
    CHECK_STR(lab_text_string(&fresh),
              "a\n> ````python x.py\n> import a\n>\n>\n> a.run()\n> ```\n"
              "> ````\nb\n");
    CHECK_STR(lab_text_string(&error), "");
    lab_text_clear(&fresh);
    CHECK(!with_program("a\n```python y.py\n```\n", &fresh, &error));
    CHECK(strstr(lab_text_string(&error), "l.md:2: "));
    CHECK(strstr(lab_text_string(&error), "there is no file"));
    lab_text_free(&fresh);
    lab_text_free(&error);
}

static bool is_short(void *context, const char *command) {
    (void)context;
    return strlen(command) < strlen(" say what");
}

TEST(a_block_whose_commands_lack_something_stays_as_it_is) {
    static const char text[] = "```looplab\nlooplab> say a\nold\n"
                               "looplab> say what\nold\n```\n"
                               "```looplab\nlooplab> say b\nold\n```\n";
    struct lab_text fresh = {0}, error = {0};
    struct lab_lesson_host host = {
        .run = answer, .can_run = is_short, .context = &commands};
    commands = 0;
    CHECK(
        lab_lesson_refresh("l.md", text, strlen(text), &host, &fresh, &error));
    CHECK_STR(lab_text_string(&fresh), "```looplab\nlooplab> say a\nold\n"
                                       "looplab> say what\nold\n```\n"
                                       "```looplab\nlooplab> say b\nb\n```\n");
    CHECK_INT(commands, 1);
    lab_text_free(&fresh);
    lab_text_free(&error);
}

TEST(an_output_that_looks_like_a_command_is_wrong) {
    check_error("```looplab\nlooplab> say a|looplab> say b\n```\n",
                "l.md:2: the output of \"say a|looplab> say b\" has a line "
                "that begins with \"looplab>\", as a command does; no lesson "
                "can show it\n");
}

TEST(without_a_demo_nothing_can_be_quoted) {
    static const char text[] = "```c together\n```\n";
    struct lab_text fresh = {0}, error = {0};
    CHECK(!refresh(text, strlen(text), NULL, &fresh, &error));
    CHECK_STR(lab_text_string(&error),
              "l.md:1: cannot quote \"together\": this lesson has no demo\n");
    lab_text_free(&fresh);
    lab_text_free(&error);
}

TEST(where_the_c_is_missing_the_host_says_why) {
    static const char text[] = "```c together\n```\n";
    struct lab_text fresh = {0}, error = {0};
    struct lab_lesson_host host = {.run = answer,
                                   .no_source = "a/03.c: is not there\n"};
    CHECK(
        !lab_lesson_refresh("l.md", text, strlen(text), &host, &fresh, &error));
    CHECK_STR(lab_text_string(&error),
              "l.md:1: cannot quote \"together\": a/03.c: is not there\n");
    lab_text_free(&fresh);
    lab_text_free(&error);
}

#if !HAS_CMARK

TEST(cmark_reads_the_output_that_was_written) {
    puts(NO_CMARK);
}

#else

static uint64_t seed;

static size_t chance(size_t below) {
    return any(&seed, below);
}

// What is written into a block, cmark must read out of it.

static bool print(void *context, const char *command, struct lab_text *out,
                  struct lab_text *error) {
    const struct lab_text *output = context;
    (void)command, (void)error;
    lab_text_put(out, lab_text_string(output));
    return true;
}

static const char *const lines[] = {
    "a",   " b",    "    c", "```",      "  ````",   "`````",  "~~~",
    "",    "> d",   "- e",   "1. f",     "```g",     "~~~~~~", "        h",
    "# i", "<pre>", "---",   "looplab:", "\xc3\xa9",
};

// A lesson with one command, in containers by chance.
static void put_lesson(struct lab_text *text) {
    static const char *const containers[] = {">",   "> ", "- ", "*   ",
                                             "1. ", " ",  "  "};
    static const char *const fences[] = {"```", "````", "~~~"};
    struct lab_text opening = {0}, prefix = {0};
    const char *fence = fences[chance(countof(fences))];
    for (size_t i = chance(5); i > 0; i--)
        lab_text_put(&opening, containers[chance(countof(containers))]);
    lab_text_printf(text, "%s%slooplab\n", lab_text_string(&opening), fence);
    // The same without list markers; the space that a ">" left out would be
    // taken from what their place is.
    for (size_t i = 0; i < opening.length; i++) {
        char after = opening.data[i + 1];
        bool quote = opening.data[i] == '>';
        lab_text_put(&prefix, quote ? ">" : " ");
        if (quote && after != '>' && after != ' ')
            lab_text_put(&prefix, " ");
    }
    lab_text_free(&opening);
    lab_text_printf(text, "%slooplab> x\n%s%s\n", lab_text_string(&prefix),
                    lab_text_string(&prefix), fence);
    lab_text_free(&prefix);
}

// Refreshes [text] with [output] and gives it to cmark. Returns whether there
// was a block in it: some prefixes amount to indented code.
static bool check_output(const struct lab_text *text, struct lab_text *output) {
    struct lab_text fresh = {0}, again = {0}, error = {0}, theirs = {0};
    struct lab_lesson_host host = {.run = print, .context = output};
    CHECK(lab_lesson_refresh("x.md", lab_text_string(text), text->length, &host,
                             &fresh, &error));
    CHECK(lab_lesson_refresh("x.md", lab_text_string(&fresh), fresh.length,
                             &host, &again, &error));
    bool ok = CHECK_STR(lab_text_string(&again), lab_text_string(&fresh));
    bool closed = true;
    put_cmarks(&fresh, &theirs, &closed);
    if (theirs.length) {
        struct lab_text wanted = {0};
        lab_text_printf(&wanted, "looplab> x\n%s", lab_text_string(output));
        const char *is = strchr(lab_text_string(&theirs), '\n') + 1;
        ok = CHECK_STR(is, lab_text_string(&wanted)) && ok;
        lab_text_free(&wanted);
    }
    if (!ok)
        fprintf(stderr, "the lesson:\n%s", lab_text_string(&fresh));
    bool found = theirs.length > 0;
    lab_text_free(&fresh);
    lab_text_free(&again);
    lab_text_free(&error);
    lab_text_free(&theirs);
    return found;
}

TEST(cmark_reads_the_output_that_was_written) {
    int found = 0;
    seed = 19700101;
    for (int i = 0; i < 10000; i++) {
        struct lab_text text = {0}, output = {0};
        put_lesson(&text);
        for (size_t n = chance(6); n > 0; n--)
            lab_text_printf(&output, "%s\n", lines[chance(countof(lines))]);
        found += check_output(&text, &output);
        lab_text_free(&text);
        lab_text_free(&output);
    }
    CHECK(found > 8000);
}

#endif
