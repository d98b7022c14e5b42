#include "shell/capture.h"

#include "view/line.h"

static void complain(struct lab_shell *shell, const char *sentence) {
    struct lab_text text = {0};
    lab_line_wrap(&text, shell->capture->style, LAB_COLOR_BAD, 0, sentence);
    lab_shell_put(shell, &text);
    lab_text_free(&text);
}

void lab_capture_begin(struct lab_capture *capture, struct lab_shell *shell,
                       const struct lab_style *style, lab_capture_print *print,
                       void *output) {
    *capture = (struct lab_capture){.style = style,
                                    .print = shell->print,
                                    .complain = shell->complain,
                                    .output = shell->output,
                                    .outer = shell->capture};
    // cppcheck-suppress autoVariables ; given back in lab_capture_end
    shell->capture = capture;
    shell->print = print;
    shell->complain = complain;
    shell->output = output;
}

void lab_capture_end(struct lab_shell *shell) {
    const struct lab_capture *capture = shell->capture;
    shell->print = capture->print;
    shell->complain = capture->complain;
    shell->output = capture->output;
    shell->capture = capture->outer;
}
