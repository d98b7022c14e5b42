#include "view/source.h"

#include "test.h"

static void check_where(const char *line, const char *expected) {
    struct lab_text out = {0};
    lab_source_where(&out, NULL, line, 1);
    CHECK_STR(lab_text_string(&out), expected);
    lab_text_free(&out);
}

TEST(a_line_is_told_by_the_call_in_it) {
    check_where("    LAB_TRY(lab_sleep(lab_param(\"delay\")));",
                " (line 1: lab_sleep)");
    check_where("    return 0;", " (line 1)");
    check_where("", " (line 1)");
}

TEST(a_line_of_python_is_told_by_what_it_awaits) {
    check_where("    await asyncio.sleep(1)", " (line 1: asyncio.sleep)");
    check_where("x = [await  fetch(i) for i in y]", " (line 1: fetch)");
    check_where("    async with self.lock:", " (line 1: self.lock)");
    check_where("    return await Task2", " (line 1: Task2)");
    check_where("    not_await asyncio.sleep(1)", " (line 1)");
    check_where("    awaited = 1", " (line 1)");
    check_where("    await (a or b)", " (line 1)");
    check_where("await", " (line 1)");
}

static void check_around(const char *code, unsigned number, int columns,
                         int rows, const char *expected) {
    struct lab_style style = {.width = columns};
    struct lab_text out = {0};
    lab_source_put(&out, &style, code, number, rows);
    CHECK_STR(lab_text_string(&out), expected);
    lab_text_free(&out);
}

TEST(the_statement_that_runs_is_whole_on_a_narrow_screen) {
    static const char code[] = "static int download(void *arg, int count) {\n"
                               "    LAB_TRY(lab_sleep(lab_param(\"delay\"))); "
                               "// others run meanwhile\n"
                               "    return 0;\n"
                               "}\n";
    check_around(code, 2, 40, 5,
                 "     1  static int download(void *arg, …\n"
                 ">    2      LAB_TRY(lab_sleep(lab_param(\n"
                 "              \"delay\"))); // others run\n"
                 "              meanwhile\n"
                 "     3      return 0;\n");
    check_around(code, 2, 40, 2,
                 ">    2      LAB_TRY(lab_sleep(lab_param(\n"
                 "              \"delay\"))); // others run\n");
    check_around(
        code, 2, 80, 3,
        "     1  static int download(void *arg, int count) {\n"
        ">    2      LAB_TRY(lab_sleep(lab_param(\"delay\"))); // others "
        "run meanwhile\n"
        "     3      return 0;\n");
    check_around(code, 2, 20, 9,
                 "     1  static int …\n"
                 ">    2  LAB_TRY(\n"
                 "        lab_sleep(\n"
                 "        lab_param(\n"
                 "        \"delay\")));\n"
                 "        // others\n"
                 "        run\n"
                 "        meanwhile\n"
                 "     3  return 0;\n");
}

TEST(what_is_around_the_statement_is_whole_where_it_has_room) {
    static const char code[] =
        "for (int i = 0; i < lab_param(\"jobs\"); i++)\n"
        "    work();\n"
        "while (lab_queue_get(&items, &item) == 0) // waits while it is empty\n"
        "    use(item);\n";
    check_around(code, 2, 40, 7,
                 "     1  for (int i = 0; i < lab_param(\n"
                 "          \"jobs\"); i++)\n"
                 ">    2      work();\n"
                 "     3  while (lab_queue_get(&items,\n"
                 "          &item) == 0) // waits while it\n"
                 "          is empty\n"
                 "     4      use(item);\n");
    check_around(code, 2, 40, 4,
                 "     1  for (int i = 0; i < lab_param(\n"
                 "          \"jobs\"); i++)\n"
                 ">    2      work();\n"
                 "     3  while (lab_queue_get(&items, &i…\n");
    check_around(code, 4, 40, 3,
                 "     3  while (lab_queue_get(&items, &i…\n"
                 ">    4      use(item);\n");
}

TEST(a_statement_of_several_lines_is_one) {
    static const char code[] =
        "\tlab_say(\"it has %d of %d bytes, and more\",\n"
        "\t        bytes, all_of_them_that_there_are);\n"
        "\treturn 0;\n";
    check_around(code, 1, 40, 9,
                 ">    1      lab_say(\"it has %d of %d\n"
                 "              bytes, and more\",\n"
                 "     2  bytes,\n"
                 "        all_of_them_that_there_are);\n"
                 "     3      return 0;\n");
    check_around("one((\ntwo\n", 1, 40, 3, ">    1  one((\n     2  two\n");
}
