#include "shell/about.h"

#include "shell/suggest.h"
#include "view/line.h"

void lab_about_params(struct lab_rows *rows,
                      const struct lab_settings *settings) {
    struct lab_text text = {0}, value = {0};
    for (size_t i = 0; i < lab_param_count(settings->demo); i++) {
        const struct lab_parameter *param = &settings->demo->params[i];
        const char *unit = lab_param_unit(param);
        lab_text_clear(&value);
        lab_text_clear(&text);
        lab_settings_put(settings, i, &value);
        lab_text_printf(&text, "%s, %s%lld to %lld%s%s", param->text,
                        param->list ? "each " : "", (long long)param->min,
                        (long long)param->max, *unit ? " " : "", unit);
        lab_rows_add(rows, lab_text_string(&value), lab_text_string(&text));
    }
    lab_text_free(&text);
    lab_text_free(&value);
}

bool lab_about_demo(struct lab_text *out, struct lab_call *call,
                    const char *word) {
    const struct lab_style *style = &call->options.style;
    struct lab_demo_file *file = lab_suggest_demo(call->shell, word);
    struct lab_rows rows = {.indent = 2};
    struct lab_text error = {0};
    bool is_loaded = file && lab_demos_load(file, &error);
    lab_text_free(&error);
    if (!is_loaded)
        return false;
    int number = file->number;
    lab_line_printf(out, style, LAB_COLOR_HEAD, 0, "%02d %s: %s", number,
                    file->name, file->demo->asks);
    lab_text_put(out, "\n");
    for (size_t i = 0; i < lab_variant_count(file->demo); i++)
        lab_rows_add(&rows, file->demo->variants[i].name,
                     file->demo->variants[i].text);
    lab_about_params(&rows, lab_select_set(call->shell, file));
    lab_rows_put(&rows, out, style);
    lab_text_put(out, "\n");
    lab_line_printf(out, style, LAB_COLOR_NONE, 0,
                    "run %d runs it, lesson %d explains it, source %d shows "
                    "its C.",
                    number, number, number);
    return true;
}
