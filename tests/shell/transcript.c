#include "folder.h"
#include "test.h"

#include "shell/transcript.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

static void check_reduced(const char *pasted, const char *expected,
                          size_t skipped) {
    struct lab_text text = {0};
    lab_text_put(&text, pasted);
    CHECK_INT(lab_transcript_reduce(&text), skipped);
    CHECK_STR(lab_text_string(&text), expected);
    lab_text_free(&text);
}

TEST(of_a_session_the_commands_are_left) {
    check_reduced("looplab> run 3\n03 x: why?\n\n  n=5\nlooplab> list\n",
                  "run 3\nlist\n", 2);
    check_reduced("$ looplab run 3 &\nout\n% looplab list", "run 3 &\nlist", 1);
    check_reduced("    looplab> clock\n    The clock is virtual", "clock\n", 1);
    check_reduced("banner\nlooplab> run 3\nlooplab>", "run 3\n", 1);
    check_reduced("looplab> run 3", "run 3", 0);
}

TEST(where_no_line_has_a_prompt_all_are_commands) {
    check_reduced("run 3\n# looplab> no\nlist\n",
                  "run 3\n# looplab> no\nlist\n", 0);
    check_reduced("", "", 0);
    check_reduced("\n\n", "\n\n", 0);
}

// Gives [transcript] the lines of [text], and checks which it takes.
static void check_lines(struct lab_transcript *transcript, const char *text,
                        const char *expected) {
    struct lab_text line = {0}, taken = {0};
    for (const char *at = text; *at; at += strcspn(at, "\n") + 1) {
        lab_text_clear(&line);
        lab_text_write(&line, at, strcspn(at, "\n"));
        if (lab_transcript_take(transcript, &line))
            lab_text_printf(&taken, "%s.", lab_text_string(&line));
    }
    CHECK_STR(lab_text_string(&taken), expected);
    lab_text_free(&line);
    lab_text_free(&taken);
}

TEST(from_the_first_prompt_that_comes_on_other_lines_are_output) {
    struct lab_transcript session = {0}, commands = {0};
    check_lines(&session,
                "\n# so\nrun 3\nlooplab> list\nout\n\nlooplab> ps\nps\n",
                ".# so.run 3.list.ps.");
    CHECK_INT(session.skipped, 2);
    check_lines(&commands, "run 3\n\nps\n", "run 3..ps.");
    CHECK_INT(commands.skipped, 0);
}

TEST(a_file_is_looked_at_as_a_whole) {
    struct folder folder;
    struct lab_transcript transcript = {0};
    folder_init(&folder);
    folder_put(&folder, "log", "looplab 0.1.0: hello\nlooplab> ps\nnone\n");
    int fd = open(folder_file(&folder, "log"), O_RDONLY);
    lab_transcript_look(&transcript, fd);
    check_lines(&transcript, "looplab 0.1.0: hello\nlooplab> ps\nnone\n",
                "ps.");
    CHECK_INT(transcript.skipped, 2);
    CHECK_INT(lseek(fd, 0, SEEK_CUR), 0); // nothing was taken
    close(fd);
    folder_term(&folder);
}
