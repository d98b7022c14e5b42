#include "base/die.h"
#include "base/read.h"
#include "lesson/folder.h"
#include "lesson/render.h"
#include "shell/command.h"
#include "shell/option.h"
#include "shell/reading.h"

#include <stdlib.h>

// Prints the whole of it, where there is no prompt.
static int print_lesson(struct lab_call *call) {
    struct lab_shell *shell = call->shell;
    struct lab_text path = {0}, text = {0}, error = {0}, out = {0};
    struct lab_markdown doc;
    lab_folder_path(shell->folders.lessons, call->file, &path);
    bool fine = lab_read_or_say(lab_text_string(&path), &text, &error);
    lab_text_free(&path);
    if (!fine)
        return lab_shell_fail_text(shell, &error);
    lab_markdown_split(&doc, lab_text_string(&text), text.length);
    lab_render_put(&out, &call->options.style, &doc, 0, text.length);
    lab_shell_put(shell, &out);
    lab_markdown_free(&doc);
    lab_text_free(&text);
    lab_text_free(&out);
    return LAB_EXIT_OK;
}

static int lesson(struct lab_call *call) {
    struct lab_shell *shell = call->shell;
    if (shell->at_prompt && !shell->in_lesson)
        return call->file ? lab_reading_begin(call, call->file, call->part)
                          : lab_reading_continue(call);
    if (!call->file)
        return lab_shell_refuse(shell, "lesson needs a demo, which list shows; "
                                       "for example: lesson 3");
    if (call->part)
        return lab_shell_refuse(shell,
                                "parts are for reading at the prompt; "
                                "leave \"%zu\" out",
                                call->part);
    return print_lesson(call);
}

// --- its words

static int read_part(struct lab_call *call, char **words, int count) {
    char *end;
    (void)count;
    call->part = strtoul(words[0], &end, 10);
    if (words[0][0] >= '0' && words[0][0] <= '9' && !*end && call->part > 0)
        return LAB_EXIT_OK;
    return lab_shell_refuse(
        call->shell, "lesson takes the number of a part, not \"%s\"", words[0]);
}

static const struct lab_type part = {
    .usage = "PART",
    .read = read_part,
};

LAB_COMMAND(lesson) = {
    .name = "lesson",
    .order = 740,
    .text = "read the lesson of a demo, part by part",
    .help =
        "  lesson 3                    where it was left, or its beginning\n"
        "  lesson 3 1                  its first part\n"
        "  lesson                      the lesson that was read last\n",
    .takes = {{&lab_type_demo, .optional = true}, {&part, .optional = true}},
    .options = LAB_OPTIONS_WHICH | LAB_OPTION_LESSONS | LAB_OPTIONS_STYLE,
    .run = lesson,
};
