#include "view/export_text.h"

#include "view/line.h"
#include "view/wording.h"

#include <inttypes.h>

void lab_export_put_cut(struct lab_text *out, const char *string, int columns) {
    static const struct lab_style plain = {.width = 80};
    lab_line_put(out, &plain, string, columns);
}

// Two characters of each plane are none, and XML and HTML take them for an
// error.
static bool is_none(unsigned code) {
    return (code & 0xFFFE) == 0xFFFE;
}

static void put_xml_character(struct lab_text *out, unsigned code,
                              const char *bytes, size_t length) {
    switch (code) {
    case '<':
        lab_text_put(out, "&lt;");
        break;
    case '>':
        lab_text_put(out, "&gt;");
        break;
    case '&':
        lab_text_put(out, "&amp;");
        break;
    case '"':
        lab_text_put(out, "&quot;");
        break;
    case '\'':
        lab_text_put(out, "&#39;");
        break;
    default:
        if (is_none(code))
            lab_text_put(out, "\xEF\xBF\xBD");
        else
            lab_text_write(out, bytes, length);
    }
}

// In a string of JSON any character may be escaped, and in a page these must.
static void put_json_character(struct lab_text *out, unsigned code,
                               const char *bytes, size_t length) {
    if (is_none(code))
        lab_text_put(out, "\\ufffd");
    else if (code == '<' || code == '>' || code == '&')
        lab_text_printf(out, "\\u%04x", code);
    else if (code == '"' || code == '\\')
        lab_text_printf(out, "\\%c", (char)code);
    else
        lab_text_write(out, bytes, length);
}

typedef void put_fn(struct lab_text *out, unsigned code, const char *bytes,
                    size_t length);

static void put_each(struct lab_text *out, const char *string, int columns,
                     put_fn *put) {
    struct lab_text masked = {0};
    lab_export_put_cut(&masked, string, columns);
    unsigned code = 0;
    for (size_t i = 0, length; i < masked.length; i += length) {
        length = lab_text_decode(masked.data + i, masked.length - i, &code);
        put(out, code, masked.data + i, length);
        length += length == 0;
    }
    lab_text_free(&masked);
}

void lab_export_put_xml(struct lab_text *out, const char *string, int columns) {
    put_each(out, string, columns, put_xml_character);
}

void lab_export_put_json(struct lab_text *out, const char *string,
                         int columns) {
    lab_text_put(out, "\"");
    put_each(out, string, columns, put_json_character);
    lab_text_put(out, "\"");
}

void lab_export_put_file(struct lab_text *out, const char *start,
                         const char *end) {
    lab_text_write(out, start, (size_t)(end - start));
}

void lab_export_put_title(struct lab_text *out,
                          const struct lab_comparison *comparison) {
    if (comparison->number > 0)
        lab_text_printf(out, "%02d ", comparison->number);
    lab_text_put(out, comparison->demo);
}

void lab_export_put_setting(struct lab_text *out,
                            const struct lab_comparison *comparison) {
    for (size_t i = 0; i < comparison->param_count; i++) {
        lab_comparison_put_param(comparison, i, out);
        lab_text_put(out, ", ");
    }
    lab_text_put(out, "clock ");
    lab_clock_put(out, comparison->clock);
    if (comparison->schedule)
        lab_text_printf(out, ", schedule %s", comparison->schedule);
}

void lab_export_put_about(struct lab_text *out, const struct lab_run *run) {
    if (!lab_run_finished(run))
        lab_wording_run_failure(out, run);
    else if (run->text)
        lab_text_put(out, run->text);
}
