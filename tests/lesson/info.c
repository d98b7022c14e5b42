#include "lesson/info.h"

#include "base/alloc.h"
#include "test.h"

#include <stdio.h>
#include <string.h>

static const char demo[] = "static int together(void) {\n    return 0;\n}\n";

static struct lab_info read_info(const char *info) {
    return lab_info_read(info, info + strlen(info), demo);
}

// Is each of the words up to NULL of this kind?
static void check_all(const char *const *words, enum lab_info_kind kind,
                      const char *meant) {
    for (; *words; words++) {
        struct lab_info info = read_info(*words);
        bool fine = CHECK_INT(info.kind, kind);
        fine = CHECK_STR(info.meant ? info.meant : "", meant) && fine;
        if (!fine)
            fprintf(stderr, "    the words are: %s\n", *words);
    }
}

TEST(other_languages_are_prose) {
    static const char *const words[] = {"",
                                        "sh",
                                        "text",
                                        "console",
                                        "markdown",
                                        "c",
                                        "c +x y",
                                        "c 2x",
                                        "c++",
                                        "c++ together",
                                        "c# a",
                                        "cpp",
                                        "C",
                                        "C++",
                                        "{.c}",
                                        "{.c .numberLines}",
                                        "C x",
                                        "loop",
                                        "lab",
                                        "matlab",
                                        "l",
                                        "lua",
                                        "latex",
                                        "polab",
                                        "shell looplab",
                                        "looplab_but_longer",
                                        "javascript",
                                        "objective-c together",
                                        "pycon",
                                        "stdout",
                                        "input",
                                        "put",
                                        NULL};
    check_all(words, LAB_INFO_PROSE, "");
}

TEST(commands_are_marked_by_one_word) {
    static const char *const words[] = {"looplab", "looplab  {.wide}", NULL};
    check_all(words, LAB_INFO_COMMANDS, "");
}

TEST(a_slip_in_that_word_is_seen) {
    static const char *const words[] = {
        "loooplab",        "Looplab",  "LOOPLAB",  "{.looplab}",
        "{ .looplab #x }", ".looplab", "looplabs", "loop-lab",
        "looplba",         "loplab",   "looplab,", "looplab:x",
        "{looplab}",       "looplab>", "LoopLabs", NULL};
    check_all(words, LAB_INFO_COMMANDS, "looplab");
}

TEST(programs_and_what_they_print_have_a_word_each) {
    static const char *const program[] = {"python", "python title=x", NULL};
    static const char *const output[] = {"output", NULL};
    static const char *const measured[] = {"measured", NULL};
    check_all(program, LAB_INFO_PROGRAM, "");
    check_all(output, LAB_INFO_OUTPUT, "");
    check_all(measured, LAB_INFO_MEASURED, "");
}

TEST(a_program_names_its_file_which_is_beside_the_lesson) {
    struct lab_info info = read_info("python  03_x.py and more");
    CHECK_INT(info.kind, LAB_INFO_PROGRAM);
    CHECK_INT(info.length, 7);
    CHECK(info.length && !strncmp(info.name, "03_x.py", 7));
    CHECK_INT(read_info("python").length, 0);
    CHECK_INT(read_info("python x.pyc").length, 0);
    CHECK_INT(read_info("python .py").length, 0);
    CHECK_INT(read_info("python ../x.py").length, 0);
}

TEST(slips_in_those_are_seen) {
    static const char *const program[] = {
        "Python", "pyhton", "python3", "{.python}", "py", "Py", "pythn", NULL};
    static const char *const output[] = {"Output", "ouput",     "outputs",
                                         "ouptut", "{.output}", NULL};
    static const char *const measured[] = {"Measured", "mesured", "measure",
                                           "mesuerd", NULL};
    check_all(program, LAB_INFO_PROGRAM, "python");
    check_all(output, LAB_INFO_OUTPUT, "output");
    check_all(measured, LAB_INFO_MEASURED, "measured");
}

TEST(a_quotation_names_what_it_quotes) {
    struct lab_info info = read_info("c  togther and more");
    CHECK_INT(info.kind, LAB_INFO_QUOTE);
    CHECK(!info.meant);
    CHECK_INT(info.length, 7);
    CHECK(!strncmp(info.name, "togther", 7));
}

TEST(a_slip_before_a_name_of_the_demo_is_seen) {
    static const char *const words[] = {
        "C together",  "{.c} together", "{.c together}", "{.c .together}",
        "c, together", "c:together",    "c {together}",  NULL};
    check_all(words, LAB_INFO_QUOTE, "c");
    CHECK_INT(lab_info_read(words[0], words[0] + 10, NULL).kind,
              LAB_INFO_PROSE);
}
