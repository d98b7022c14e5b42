#include "base/die.h"
#include "base/read.h"
#include "lesson/folder.h"
#include "shell/command.h"
#include "shell/option.h"

static int lesson(struct lab_call *call) {
    struct lab_shell *shell = call->shell;
    struct lab_text path = {0}, text = {0}, error = {0};
    int status = LAB_EXIT_OK;
    lab_folder_path(shell->folders.lessons, call->file, &path);
    if (lab_read_or_say(lab_text_string(&path), &text, &error))
        lab_shell_put_file(shell, lab_text_string(&text), text.length);
    else
        status = lab_shell_fail_text(shell, &error);
    lab_text_free(&path);
    lab_text_free(&text);
    return status;
}

LAB_COMMAND(lesson) = {
    .name = "lesson",
    .order = 740,
    .text = "read the lesson of a demo",
    .help = "  lesson 3                    what happens there, and why\n",
    .takes = {{&lab_type_demo}},
    .options = LAB_OPTIONS_WHICH | LAB_OPTION_LESSONS,
    .run = lesson,
};
