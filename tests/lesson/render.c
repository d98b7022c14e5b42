#include "lesson/render.h"

#include "base/read.h"
#include "test.h"

#include <ctype.h>
#include <dirent.h>
#include <stdlib.h>
#include <string.h>

static void render(const char *text, const struct lab_style *style,
                   struct lab_text *out) {
    struct lab_markdown doc;
    lab_markdown_split(&doc, text, strlen(text));
    lab_render_put(out, style, &doc, 0, strlen(text));
    lab_markdown_free(&doc);
}

static void check_at(int width, const char *text, const char *expected) {
    struct lab_text out = {0};
    render(text, &(struct lab_style){.width = width}, &out);
    CHECK_STR(lab_text_string(&out), expected);
    lab_text_free(&out);
}

static void check(const char *text, const char *expected) {
    check_at(30, text, expected);
}

TEST(headings_are_underlined) {
    check("# One *two*\nText.\n## Three\n\nMore.\n",
          "One *two*\n─────────\n\nText.\n\nThree\n─────\n\nMore.\n");
}

TEST(paragraphs_are_filled) {
    check("one two three four five\nsix seven\n\neight\n",
          "one two three four five six\nseven\n\neight\n");
}

TEST(items_hang_and_stand_close_if_they_did) {
    check("- one two three four five six\n  seven\n- eight\n\n- nine\n",
          "- one two three four five six\n  seven\n- eight\n\n- nine\n");
    check("1. one\n2. two\n   - three\n10. four\n",
          "1. one\n2. two\n   - three\n10. four\n");
    check("text\n2. is no item\n- is one\n", "text 2. is no item\n- is one\n");
}

TEST(code_is_indented_where_there_is_room) {
    check("a\n```c\nint x;\n\n  y;\n```\nb\n",
          "a\n\n  int x;\n\n    y;\n\nb\n");
    check_at(80, "a\n```c\nint x;\n\n  y;\n```\nb\n",
             "a\n\n    int x;\n\n      y;\n\nb\n");
    check_at(60,
             "```c\n1234567890123456789012345678901234567890123456789012345678"
             "\n```\n",
             "  1234567890123456789012345678901234567890123456789012345678\n");
}

TEST(commands_and_their_output_are_not_indented) {
    check("```looplab\nlooplab> run 3\n  out\n```\n",
          "looplab> run 3\n  out\n");
}

TEST(a_line_of_code_that_is_too_wide_is_broken_and_goes_on_deeper) {
    check("```c\nreturn offload(default_pool_1(), a);\n```\n",
          "  return offload(\n      default_pool_1(), a);\n");
    check("```c\nLAB_TRY(download((void *)&files[i]));\n```\n",
          "  LAB_TRY(download((\n      void *)&files[i]));\n");
    check("```c\n1234567890123456789012345678901\n```\n",
          "  1234567890123456789012345678\n      901\n");
    check_at(40, "```c\n        lab_spawn(files[i], download, file);\n```\n",
             "          lab_spawn(files[i], download,\n"
             "              file);\n");
    check("```c\n                   error_text(a);\n```\n",
          "              error_text(a);\n");
}

TEST(a_comment_that_has_no_room_beside_code_is_below_it) {
    check("```c\nint answer = 42; // the answer\n```\n",
          "  int answer = 42;\n      // the answer\n");
    check("```python\n    await it()  # here the others run\n```\n",
          "      await it()\n        # here the others run\n");
    check("```c\n// what this is, and what it is not\n```\n",
          "  // what this is, and what it\n     is not\n");
    check("```c\nreturn \"http://example.com/index\";\n```\n",
          "  return \"http://example.com/i\n      ndex\";\n");
}

TEST(a_block_in_a_list_is_as_deep_as_its_item) {
    check("1. a\n\n   ```c\n   x;\n   ```\n\n   b\n",
          "1. a\n\n     x;\n\n   b\n");
}

TEST(a_table_stands_where_its_columns_have_room) {
    check("| a | bcd |\n| --- | --- |\n| `x|y` | 2 |\n| 3 | |\n",
          "a      bcd\n─────  ───\n`x|y`  2\n3\n");
}

TEST(a_table_that_is_too_wide_becomes_a_list) {
    check(
        "| word | meaning |\n| --- | --- |\n"
        "| await | waits here for what follows |\n| gather | waits for all |\n",
        "await\n  meaning: waits here for what\n  follows\n\n"
        "gather\n  meaning: waits for all\n");
}

TEST(what_is_for_a_teacher_or_for_no_one_is_left_out) {
    check("# a\n\n<!-- plan: 2 minutes, 1 blocks -->\n\nb\n\n```note\nc\n"
          "```\n\n```predict\nrank\n```\n\nd\n",
          "a\n─\n\nb\n\nd\n");
    check("a <!-- b -->\n", "a <!-- b -->\n");
}

// --- every lesson there is

// Appends the letters and digits of [text], without escapes.
static void put_letters(struct lab_text *out, const char *text) {
    for (; *text; text++) {
        if (*text == '\033')
            text += strcspn(text, "m");
        else if (isalnum((unsigned char)*text))
            lab_text_write(out, text, 1);
    }
}

// The same of Markdown: not what follows a fence, nor what only a teacher sees.
static void put_source(struct lab_text *out, const char *text) {
    bool is_hidden = false;
    for (const char *next; *text; text = next) {
        struct lab_text line = {0};
        next = text + strcspn(text, "\n");
        lab_text_write(&line, text, (size_t)(next - text));
        const char *words = lab_text_string(&line);
        words += strspn(words, " ");
        bool is_fence = strncmp(words, "```", 3) == 0;
        if (is_fence)
            is_hidden = strcmp(words, "```note") == 0 ||
                        strcmp(words, "```predict") == 0;
        if (!is_fence && !is_hidden && strncmp(text, "<!--", 4) != 0)
            put_letters(out, lab_text_string(&line));
        lab_text_free(&line);
        next += *next == '\n';
    }
}

static void check_width(const char *text, int width) {
    while (*text) {
        struct lab_text line = {0};
        size_t n = strcspn(text, "\n");
        for (size_t i = 0; i < n; i++) {
            if (text[i] == '\033')
                i += strcspn(text + i, "m");
            else
                lab_text_write(&line, &text[i], 1);
        }
        if (!CHECK(lab_text_columns(lab_text_string(&line)) <= width))
            CHECK_STR(lab_text_string(&line), "");
        lab_text_free(&line);
        text += n + (text[n] == '\n');
    }
}

static void check_lesson(const char *text, const struct lab_style *style) {
    struct lab_text out = {0}, want = {0}, got = {0};
    render(text, style, &out);
    check_width(lab_text_string(&out), style->width);
    put_source(&want, text);
    put_letters(&got, lab_text_string(&out));
    // A table that becomes a list says the names of its columns again, and
    // links lose their address.
    if (style->width >= 200 || !strstr(text, "\n|"))
        CHECK(strstr(text, "](") ||
              strcmp(lab_text_string(&got), lab_text_string(&want)) == 0);
    lab_text_free(&out);
    lab_text_free(&want);
    lab_text_free(&got);
}

TEST(every_lesson_is_whole_at_any_width) {
    static const int widths[] = {20, 40, 80, 200};
    struct dirent **entries;
    int count = scandir(LAB_LESSONS_DIR, &entries, NULL, alphasort), seen = 0;
    for (int i = 0; i < count; i++) {
        struct lab_text path = {0}, text = {0};
        lab_text_printf(&path, LAB_LESSONS_DIR "/%s", entries[i]->d_name);
        if (strstr(entries[i]->d_name, ".md") &&
            CHECK_INT(lab_read_file(path.data, SIZE_MAX, &text), 0)) {
            seen++;
            for (size_t k = 0; k < sizeof widths / sizeof *widths; k++)
                for (int look = 0; look < 4; look++)
                    check_lesson(lab_text_string(&text),
                                 &(struct lab_style){.width = widths[k],
                                                     .ascii = look & 1,
                                                     .color = look & 2});
        }
        lab_text_free(&path);
        lab_text_free(&text);
        free(entries[i]);
    }
    free(entries);
    CHECK(seen >= 4);
}
