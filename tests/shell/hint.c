#include "test.h"

#include "base/alloc.h"
#include "shell/hint.h"
#include "shell/shell.h"

static void check(const char *line, const char *expected) {
    struct lab_shell shell;
    struct lab_text hint = {0};
    lab_shell_init(&shell);
    lab_free(shell.folders.demos);
    shell.folders.demos = lab_strdup(LAB_DEMOS_DIR);
    lab_hint(&shell, line, &hint);
    if (!CHECK_STR(lab_text_string(&hint), expected))
        CHECK_STR(line, ""); // says which
    lab_text_free(&hint);
    lab_shell_term(&shell);
}

TEST(a_command_is_followed_by_what_it_takes) {
    check("sweep ", "DEMO|PROGRAM [VARIANT ...] NAME=VALUES [NAME=VALUE ...]");
    check("export ", "FORMAT FILE [DEMO|PROGRAM [VARIANT ...] [NAME=VALUE ...] "
                     "| VARIANT ... | FILE]"); // and keys, for some formats
    check("--json run ", "DEMO|PROGRAM|all [VARIANT ...] [NAME=VALUE ...]");
    check("quit ", "");
}

TEST(what_is_typed_is_left_out) {
    check("run 3 ", "[VARIANT ...] [NAME=VALUE ...]");
    check("run --json 3 together ", "[VARIANT ...] [NAME=VALUE ...]");
    check("orders 3 ", "[VARIANT] [NAME=VALUE ...]");
    check("orders 3 together ", "[NAME=VALUE ...]");
    check("export svg ",
          "FILE [DEMO|PROGRAM [VARIANT ...] [NAME=VALUE ...] "
          "| VARIANT ... | FILE] [from=TIME] [to=TIME] [lanes=NAME,...]");
    check("play 3 ", "[VARIANT ...] [NAME=VALUE ...]");
    check("until t1 ", "runs|waits|wakes|ends [DEMO [VARIANT]]");
}

TEST(a_value_is_hinted_at) {
    check("run 3 delay=",
          "  1000 ms, of 1 to 60000: how long one download takes");
    check("run 3 --clock=", "virtual|real|xN");
    check("timeline 3 from=", "TIME");
    check("run 3 delay=2", "");
}

TEST(where_nothing_is_known_nothing_is_hinted_at) {
    check("", "");
    check("  ", "");
    check("ru", "");
    check("frob ", "");
    check("run 3 \"", "");
    check("run 3 &", "");
    check("run 3 x=", "");
}
