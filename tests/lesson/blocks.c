#include "lesson/blocks.h"

#include "test.h"

#include <string.h>

static void put_stretch(struct lab_text *out, const struct lab_markdown *doc,
                        const char *name, struct lab_stretch at) {
    if (at.from == at.to)
        return;
    lab_text_put(out, name);
    for (; at.from < at.to; at.from++)
        lab_text_write(
            out, doc->text[at.from] == '\n' ? "," : &doc->text[at.from], 1);
}

// The blocks of [text], a line each, with their notes.
static void check(const char *text, const char *expected) {
    struct lab_markdown doc;
    struct lab_parts parts;
    struct lab_blocks blocks;
    struct lab_text out = {0};
    lab_markdown_split(&doc, text, strlen(text));
    lab_parts_split(&parts, &doc);
    lab_blocks_find(&blocks, &parts);
    if (blocks.has_plan)
        lab_text_printf(&out, "%zu minutes, %zu blocks\n", blocks.minutes,
                        blocks.planned);
    for (size_t i = 0; i < blocks.count; i++) {
        const struct lab_block *block = &blocks.all[i];
        struct lab_stretch line = {0};
        size_t number = 0;
        lab_text_printf(&out, "%zu", block->part);
        put_stretch(&out, &doc, " ", block->before);
        put_stretch(&out, &doc, block->is_held ? " held>" : " >",
                    block->command);
        put_stretch(&out, &doc, " ", block->after);
        if (block->fence)
            lab_blocks_line(&doc, block->fence, block->line, &line, &number);
        put_stretch(&out, &doc, " ?", line);
        lab_text_put(&out, " | ");
        lab_blocks_note(&blocks, i, &out);
        lab_text_put(&out, "\n");
    }
    CHECK_STR(lab_text_string(&out), expected);
    lab_text_free(&out);
    lab_blocks_free(&blocks);
    lab_parts_free(&parts);
    lab_markdown_free(&doc);
}

#define RUN(line) "```looplab\nlooplab> " line "\n```\n"
#define NOTE(words) "```note\n" words "\n```\n"

TEST(a_command_has_the_heading_before_and_the_prose_after_it) {
    check("# a\n" RUN("x") "b\n" RUN("y"), "0 # a, >x b, | \n0 >y | \n");
    check("# a\nb\n" RUN("x"), "0 # a,b, | \n0 >x | \n");
}

TEST(each_question_is_a_block_and_the_next_command_is_held) {
    check("a\n## b\n```predict\nrank\n\n  elapsed x\n```\n## c\n" RUN("x")
              RUN("y"),
          "0 a, | \n1 ## b, | \n1 ?rank | \n1 ?  elapsed x | \n"
          "2 ## c, held>x | \n2 >y | \n");
}

TEST(a_note_is_about_the_block_in_or_after_which_it_stands) {
    check("a\n" NOTE("1\n2\n\n3") RUN("x") NOTE("4") "b\n" NOTE("5")
              RUN("y") "c\n",
          "0 a,```note,1,2,,3,```, | 1 2\n3\n\n"
          "0 >x ```note,4,```,b,```note,5,```, | 4\n5\n\n"
          "0 >y c, | \n");
}

TEST(a_note_on_questions_is_about_each_of_them) {
    check("```predict\nrank\npeak\n```\n" NOTE("1") RUN("x"),
          "0 ?rank | 1\n\n0 ?peak | 1\n\n0 held>x | \n");
}

TEST(a_plan_is_a_comment_outside_of_code) {
    check("```sh\n<!-- plan: 1 minutes, 2 blocks -->\n```\n"
          "<!-- plan: 12 minutes, 9 blocks -->\n",
          "12 minutes, 9 blocks\n0 ```sh,<!-- plan: 1 minutes, 2 blocks "
          "-->,```,<!-- plan: 12 minutes, 9 blocks -->, | \n");
    check("<!-- plan: 0 minutes, 9 blocks -->\n", "");
    check("<!-- plan: 12 minutes, 9 blocks\n",
          "0 <!-- plan: 12 minutes, 9 blocks, | \n");
}
