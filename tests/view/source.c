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
