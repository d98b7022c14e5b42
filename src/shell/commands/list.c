#include "base/die.h"
#include "shell/select.h"

int lab_command_list(struct lab_call *call) {
    struct lab_shell *shell = call->shell;
    const struct lab_style *style = &call->options.style;
    struct lab_text text = {0}, error = {0};
    int status = LAB_EXIT_OK, widest = 0;
    if (!lab_shell_demos(shell, &error))
        return lab_shell_fail_text(shell, &error);
    for (size_t i = 0; i < shell->demos.count; i++) {
        int columns = lab_text_columns(shell->demos.files[i].name);
        widest = columns > widest ? columns : widest;
    }
    for (size_t i = 0; i < shell->demos.count; i++) {
        struct lab_demo_file *file = &shell->demos.files[i];
        struct lab_selection selection;
        if (lab_select_file(shell, file, &selection) != LAB_EXIT_OK) {
            status = LAB_EXIT_FAILED; // the others are there all the same
            continue;
        }
        int left = style->width - widest - 5;
        lab_text_printf(&text, "%02d ", file->number);
        lab_view_color(&text, style, LAB_COLOR_HEAD);
        if (left < 16) { // too narrow for two columns
            lab_text_put(&text, file->name);
            lab_text_put(&text, "\n   ");
            left = style->width - 3;
        } else {
            lab_text_pad(&text, file->name, widest + 2, style->ascii);
        }
        lab_view_color(&text, style, LAB_COLOR_NONE);
        int asks = lab_text_columns(file->demo->asks);
        lab_text_pad(&text, file->demo->asks, asks < left ? asks : left,
                     style->ascii);
        lab_text_put(&text, "\n");
    }
    lab_shell_put(shell, &text);
    lab_text_free(&text);
    return status;
}
