#include "test.h"

#include "base/alloc.h"
#include "shell/wide.h"

#include <string.h>

TEST(wide_and_back_is_the_same_text) {
    const char text[] = "a\xc3\xa9\xe6\x97\xa5\xf0\x9f\x99\x82\x7f";
    struct lab_text back = {0};
    wchar_t *wide = lab_wide_new(text, strlen(text));
    CHECK(wcscmp(wide, L"aé日🙂\x7f") == 0);
    lab_wide_put(&back, wide, wcslen(wide));
    CHECK_STR(lab_text_string(&back), text);
    lab_free(wide);
    lab_text_free(&back);
}

TEST(what_is_no_utf8_has_no_wide_form) {
    wchar_t *wide = lab_wide_new("a\xff\xe6z", 4);
    CHECK(wcscmp(wide, L"az") == 0);
    lab_free(wide);
}
