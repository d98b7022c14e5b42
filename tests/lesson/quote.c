#include "lesson/quote.h"

#include "test.h"

#include <string.h>

static const char source[] =
    "// 03 gather: about the file\n"
    "\n"
    "#include \"lab.h\"\n"
    "#define BRACE(x) { \\\n"
    "    '{' }}}\n"
    "\n"
    "static int in_turn(void);\n"
    "extern int elsewhere;\n"
    "struct job;\n"
    "\n"
    "// Waits.\n"
    "/* A download: */\n"
    "static int download(void *arg) {\n"
    "    const char *s = \"}\\\"}\"; // }\n"
    "    char c = '}', d = '\\'', e = '\"';\n"
    "    /* } */ if (s) { return '{'; }\n"
    "    return 0;\n"
    "}\n"
    "\n"
    "// Not above anything.\n"
    "\n"
    "static char *const files[] = {\"a.txt\", \"b.txt\"}; // two\n"
    "int (*pick(int x))(void) {\n"
    "    return 0;\n"
    "}\n"
    "__attribute__((noinline)) static int in_turn(void)\n"
    "{\n"
    "    return download(files[0]);\n"
    "}\n"
    "struct job {\n"
    "    int n;\n"
    "};\n"
    "\n"
    "static const struct { int a; } table[2][3] = {{{1}}}, second = {2};\n"
    "typedef int fn(void *);\n"
    "static int (*hook)(void);\n"
    "static int count = sizeof(struct job);\n"
    "// The table.\r\n"
    "const struct lab_demo lab_demo = {\r\n"
    "    .name = \"x\",\r\n"
    "};\r\n"
    "static int last(void) { return 1; }";

static void check(const char *name, const char *expected) {
    struct lab_quote quote;
    struct lab_text text = {0};
    if (lab_quote_find(lab_quote_next, source, name, strlen(name), &quote))
        lab_text_write(&text, quote.start, (size_t)(quote.end - quote.start));
    CHECK_STR(lab_text_string(&text), expected);
    lab_text_free(&text);
}

TEST(a_function_is_quoted_with_the_comment_right_above) {
    check("download", "// Waits.\n"
                      "/* A download: */\n"
                      "static int download(void *arg) {\n"
                      "    const char *s = \"}\\\"}\"; // }\n"
                      "    char c = '}', d = '\\'', e = '\"';\n"
                      "    /* } */ if (s) { return '{'; }\n"
                      "    return 0;\n"
                      "}");
    check("pick", "int (*pick(int x))(void) {\n    return 0;\n}");
    check("last", "static int last(void) { return 1; }");
}

TEST(a_declaration_is_passed_over) {
    check("in_turn", "__attribute__((noinline)) static int in_turn(void)\n"
                     "{\n"
                     "    return download(files[0]);\n"
                     "}");
    check("elsewhere", "");
    check("hook", "");
    check("fn", "");
}

TEST(a_table_is_quoted_by_its_name) {
    check("files",
          "static char *const files[] = {\"a.txt\", \"b.txt\"}; // two");
    check("table", "static const struct { int a; } table[2][3] = {{{1}}}, "
                   "second = {2};");
    check("job", "struct job {\n    int n;\n};");
    check("count", "static int count = sizeof(struct job);");
    check("lab_demo", "// The table.\r\n"
                      "const struct lab_demo lab_demo = {\r\n"
                      "    .name = \"x\",\r\n"
                      "};");
}

TEST(what_is_inside_a_function_has_no_name) {
    check("if", "");
    check("s", "");
    check("down", "");
    check("a", "");
}

TEST(names_come_in_the_order_of_the_source) {
    static const char *const names[] = {
        "download", "files", "pick",     "in_turn", "job",
        "table",    "count", "lab_demo", "last",    NULL};
    struct lab_quote quote = {0};
    int i = 0;
    for (; lab_quote_next(source, &quote) && names[i]; i++)
        CHECK(strlen(names[i]) == quote.name_length &&
              !memcmp(names[i], quote.name, quote.name_length));
    CHECK(names[i] == NULL);
}

TEST(the_nearest_name_is_meant) {
    struct lab_text near = {0};
    lab_quote_nearest(lab_quote_next, source, "dowload", 7, &near);
    CHECK_STR(lab_text_string(&near), "download");
    lab_text_clear(&near);
    lab_quote_nearest(lab_quote_next, source, "somethingelse", 13, &near);
    CHECK_STR(lab_text_string(&near), "");
    lab_text_free(&near);
}

// Each beginning of the source, so that it ends in every kind of middle.
TEST(a_source_that_breaks_off_ends_the_search) {
    char part[sizeof source];
    for (size_t length = 0; length < sizeof source; length++) {
        memcpy(part, source, length);
        part[length] = '\0';
        struct lab_quote quote = {0};
        while (lab_quote_next(part, &quote))
            CHECK(quote.start < quote.end && quote.end <= part + length);
    }
}

// --- Python

static const char python[] = "import asyncio\n"
                             "\n"
                             "# Sleeps.\n"
                             "@once\n"
                             "async def main(\n"
                             "    a,\n"
                             "):\n"
                             "    \"\"\"def hidden():\n"
                             "not indented\n"
                             "    \"\"\"\n"
                             "\n"
                             "    def inner():  # it's\n"
                             "        return '\\'def no():'\n"
                             "    return inner\n"
                             "\n"
                             "\n"
                             "x = '''\n"
                             "def quoted():\n"
                             "'''\n"
                             "class Shop:\n"
                             "\tdef open(self): pass\n"
                             "\n"
                             "\tasync def close(self):\n"
                             "\t\tpass\n"
                             "default = 1\n"
                             "def last(): return 1";

static void check_python(const char *name, const char *expected) {
    struct lab_quote quote;
    struct lab_text text = {0};
    if (lab_quote_find(lab_quote_next_python, python, name, strlen(name),
                       &quote))
        lab_text_write(&text, quote.start, (size_t)(quote.end - quote.start));
    CHECK_STR(lab_text_string(&text), expected);
    lab_text_free(&text);
}

TEST(a_python_function_is_all_that_is_indented_deeper) {
    check_python("main", "# Sleeps.\n"
                         "@once\n"
                         "async def main(\n"
                         "    a,\n"
                         "):\n"
                         "    \"\"\"def hidden():\n"
                         "not indented\n"
                         "    \"\"\"\n"
                         "\n"
                         "    def inner():  # it's\n"
                         "        return '\\'def no():'\n"
                         "    return inner");
    check_python("inner", "    def inner():  # it's\n"
                          "        return '\\'def no():'");
    check_python("Shop", "class Shop:\n"
                         "\tdef open(self): pass\n"
                         "\n"
                         "\tasync def close(self):\n"
                         "\t\tpass");
    check_python("close", "\tasync def close(self):\n\t\tpass");
    check_python("last", "def last(): return 1");
}

TEST(what_only_looks_like_a_python_function_has_no_name) {
    check_python("hidden", "");
    check_python("quoted", "");
    check_python("no", "");
    check_python("ault", "");
    check_python("x", "");
    check_python("", "");
}

TEST(a_python_text_that_breaks_off_ends_the_search) {
    char part[sizeof python];
    for (size_t length = 0; length < sizeof python; length++) {
        memcpy(part, python, length);
        part[length] = '\0';
        struct lab_quote quote = {0};
        size_t count = 0;
        while (lab_quote_next_python(part, &quote) && count <= length) {
            CHECK(quote.start <= quote.name && quote.name < quote.end &&
                  quote.end <= part + length);
            count++;
        }
        CHECK(count <= 6);
    }
}
