#include "shell/rerun.h"

#include "base/die.h"
#include "lesson/info.h"
#include "lesson/render.h"
#include "shell/command.h"
#include "shell/words.h"

#include <string.h>

bool lab_rerun_needed(const struct lab_style *style) {
    enum { LESSONS_HAVE = 80 };
    return style->width < LESSONS_HAVE;
}

static void print(struct lab_shell *shell, const char *bytes, size_t n) {
    struct lab_rerun *rerun = shell->output;
    lab_text_write(rerun->out, bytes, n);
}

static void complain(struct lab_shell *shell, const char *sentence) {
    struct lab_rerun *rerun = shell->output;
    (void)sentence; // what the lesson says is shown instead
    rerun->failed = true;
}

void lab_rerun_begin(struct lab_rerun *rerun, struct lab_shell *outer,
                     const struct lab_style *style) {
    rerun->out = NULL;
    rerun->failed = false;
    lab_shell_begin_lesson(&rerun->shell, outer);
    rerun->shell.options.style = *style;
    rerun->shell.print = print;
    rerun->shell.complain = complain;
    rerun->shell.output = rerun;
}

void lab_rerun_end(struct lab_rerun *rerun) {
    lab_shell_end_lesson(&rerun->shell);
}

static void run(struct lab_rerun *rerun, const char *line) {
    struct lab_words words;
    struct lab_text error = {0};
    lab_render_code(rerun->out, &rerun->shell.options.style, LAB_COLOR_HEAD, 0,
                    line);
    line += strlen(LAB_INFO_PROMPT);
    rerun->failed |=
        !lab_words_split(&words, line + strspn(line, " "), &error) ||
        lab_command_call(&rerun->shell, words.words, words.count) ==
            LAB_EXIT_USAGE;
    lab_words_free(&words);
    lab_text_free(&error);
}

bool lab_rerun_put(struct lab_rerun *rerun, const struct lab_markdown *doc,
                   const struct lab_fence *fence, struct lab_text *out) {
    size_t before = out->length;
    if (lab_info_read(doc->text + fence->info, doc->text + fence->info_end,
                      NULL)
            .kind != LAB_INFO_COMMANDS)
        return false;
    rerun->out = out;
    rerun->failed = false;
    for (size_t i = 0; i < fence->count && !rerun->failed; i++) {
        const struct lab_fence_line *at = &doc->lines[fence->first + i];
        struct lab_text line = {0};
        lab_text_write(&line, doc->text + at->content, at->end - at->content);
        const char *string = lab_text_string(&line);
        if (lab_info_is_command(string, string + line.length)) {
            lab_text_put(out, out->length ? "\n" : "");
            run(rerun, string);
        }
        lab_text_free(&line);
    }
    if (rerun->failed)
        lab_text_cut(out, before);
    return !rerun->failed;
}
