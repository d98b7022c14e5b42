#include "guest/meant.h"

#include "test.h"

#define CLANG(name)                                                            \
    "my.c:5:12: warning: implicit declaration of function '" name              \
    "' is invalid in C99 [-Wimplicit-function-declaration]\n"

static bool means(const char *said, const char *expected) {
    struct lab_text out = {0};
    lab_guest_put_meant(&out, said, LAB_INCLUDE_DIR);
    bool same = CHECK_STR(lab_text_string(&out), expected);
    lab_text_free(&out);
    return same;
}

TEST(a_name_near_one_of_lab_h_is_what_was_meant) {
    CHECK(means(CLANG("lab_slep"), "lab_slep: did you mean lab_sleep?\n"));
    CHECK(
        means(CLANG("lab_slep") "    return lab_slep(1);\n" CLANG("lab_awiat"),
              "lab_slep: did you mean lab_sleep?\n"
              "lab_awiat: did you mean lab_await?\n"));
    CHECK(means("warning: implicit declaration of function \xe2\x80\x98lab_"
                "gathr\xe2\x80\x99 [-W]\n",
                "lab_gathr: did you mean lab_gather?\n"));
}

TEST(what_the_compiler_knows_better_or_nobody_knows_is_left_alone) {
    CHECK(means("implicit declaration of function 'lab_slep'; did you mean "
                "'lab_sleep'?\n",
                ""));
    CHECK(means(CLANG("frobnicate"), ""));
    CHECK(means("implicit declaration of function ", ""));
    CHECK(means("implicit declaration of function \n lab_slep", ""));
    CHECK(means("", ""));
}
