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

#define LACKS                                                                  \
    "the next block after this program is to be what it prints, marked "       \
    "\"output\" or \"measured\"\n"

TEST(a_program_is_followed_by_what_it_prints) {
    check("```python\n```\nIt prints:\n```output\n```\n"
          "```python\n```\n```measured\n```\n",
          "");
    check("```python\n```\n", "l.md:1: " LACKS);
    check("```python\n```\n\n```sh\n```\n```output\n```\n",
          "l.md:1: " LACKS "l.md:6: no program stands before this output\n");
    check("```python\n```\n```python\n```\n```output\n```\n", "l.md:1: " LACKS);
    check("a\n```measured\n```\n",
          "l.md:2: no program stands before this output\n");
}
