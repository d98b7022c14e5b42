#include "lesson/parts.h"

#include "test.h"

#include <string.h>

// The parts of [text], as "title: item | item", commands with a ">".
static void check(const char *text, const char *expected) {
    struct lab_markdown doc;
    struct lab_parts parts;
    struct lab_item item;
    struct lab_text out = {0};
    lab_markdown_split(&doc, text, strlen(text));
    lab_parts_split(&parts, &doc);
    for (size_t i = 0; i < parts.count; i++) {
        const struct lab_part *part = &parts.parts[i];
        lab_text_printf(&out, "%zu %.*s:", part->line, (int)part->title_length,
                        part->title);
        for (size_t k = 0; lab_parts_item(&parts, i, k, &item); k++) {
            lab_text_put(&out, item.is_command ? " >" : item.asks ? " ?" : " ");
            for (size_t c = item.from; c < item.to; c++)
                lab_text_write(&out, text[c] == '\n' ? "," : &text[c], 1);
        }
        lab_text_put(&out, "\n");
    }
    CHECK_STR(lab_text_string(&out), expected);
    lab_text_free(&out);
    lab_parts_free(&parts);
    lab_markdown_free(&doc);
}

TEST(headings_of_the_second_level_begin_parts) {
    check("# a\nb\n\n## c\n### d\n## e f\n",
          "1 : # a,b,,\n4 c: ## c,### d,\n6 e f: ## e f,\n");
    check("", "1 :\n");
    check("## c\n", "1 :\n1 c: ## c,\n");
}

TEST(a_heading_inside_a_block_of_code_begins_nothing) {
    check("```sh\n## no\n```\n## c\n~~~\n## no\n",
          "1 : ```sh,## no,```,\n4 c: ## c,~~~,## no,\n");
}

TEST(commands_stand_between_the_prose_without_their_output) {
    check("a\n```looplab\nlooplab> run 3\nout\nlooplab>  list \n```\nb\n",
          "1 : a, >run 3 >list  b,\n");
    check("```looplab\nlooplab> run 3\n```\n", "1 : >run 3\n");
    check("```looplab\nlooplab> x\n```\n\n```looplab\nlooplab> y\n```\n",
          "1 : >x >y\n");
    check("```looplab\nlooplab>\n```\n```sh\nlooplab> x\n```\n",
          "1 : ```sh,looplab> x,```,\n");
}

TEST(a_command_belongs_to_its_part) {
    check("a\n## b\n```looplab\nlooplab> x\n```\n## c\nd\n",
          "1 : a,\n2 b: ## b, >x\n6 c: ## c,d,\n");
}

TEST(questions_stand_between_the_prose_and_notes_are_none) {
    check("a\n```predict\nrank\n```\n```note\nb\n```\n",
          "1 : a, ?```predict,rank,```,\n");
    check("<!-- plan -->\n\n```note\nb\n```\n", "1 :\n");
    check("<!-- a\n", "1 : <!-- a,\n");
}
