#include "view/source.h"

#include "base/alloc.h"
#include "view/line.h"

#include <string.h>

const char *lab_source_line(const char *source, unsigned number, size_t *n) {
    if (!source || number == 0)
        return NULL;
    while (*source && --number > 0) {
        source += strcspn(source, "\n");
        source += *source == '\n';
    }
    *n = strcspn(source, "\n");
    return *source ? source : NULL;
}

static bool is_word(char c) {
    return c == '_' || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

// Finds the first lab_name( in the [n] bytes at [line]; its length, or 0.
static size_t find_call(const char *line, size_t n, const char **call) {
    for (size_t i = 0; i + 4 < n; i++) {
        if (memcmp(line + i, "lab_", 4) != 0 || (i > 0 && is_word(line[i - 1])))
            continue;
        size_t end = i;
        while (end < n && is_word(line[end]))
            end++;
        *call = line + i;
        if (end < n && line[end] == '(')
            return end - i;
    }
    return 0;
}

static bool is_name(char c) {
    return is_word(c) || (c >= 'A' && c <= 'Z') || c == '.' || (c & 0x80);
}

// Finds what stands after [keyword] in the [n] bytes at [line], such as the
// asyncio.sleep of await; its length, or 0.
static size_t find_after(const char *line, size_t n, const char *keyword,
                         const char **name) {
    size_t length = strlen(keyword);
    for (size_t i = 0; i + length < n; i++) {
        if (memcmp(line + i, keyword, length) != 0 ||
            (i > 0 && is_name(line[i - 1])) || line[i + length] != ' ')
            continue;
        size_t from = i + length, end;
        while (from < n && line[from] == ' ')
            from++;
        for (end = from; end < n && is_name(line[end]);)
            end++;
        *name = line + from;
        return end - from;
    }
    return 0;
}

static size_t find_awaited(const char *line, size_t n, const char **name) {
    static const char *const keywords[] = {"await", "async with"};
    size_t length = 0;
    for (size_t i = 0; i < countof(keywords) && length == 0; i++)
        length = find_after(line, n, keywords[i], name);
    return length;
}

void lab_source_where(struct lab_text *out, const struct lab_record *record,
                      const char *own, uint32_t location) {
    size_t n = 0;
    const char *call = NULL;
    const char *line = lab_source_line(lab_location_code(record, location, own),
                                       lab_location_line(location), &n);
    size_t length = line ? find_call(line, n, &call) : 0;
    if (line && length == 0)
        length = find_awaited(line, n, &call);
    if (!location)
        return;
    lab_text_put(out, " (");
    lab_location_put(out, record, location);
    if (length)
        lab_text_printf(out, ": %.*s", (int)length, call);
    lab_text_put(out, ")");
}

// One line. Tabs differ in width from terminal to terminal: they become spaces.
static void put_line(struct lab_text *out, const struct lab_style *style,
                     const char *line, size_t n, unsigned number, bool marked) {
    struct lab_text text = {0};
    lab_text_printf(&text, "%c %4u  ", marked ? '>' : ' ', number);
    for (size_t i = 0; i < n; i++)
        if (line[i] == '\t')
            lab_text_put(&text, "    ");
        else
            lab_text_write(&text, line + i, 1);
    lab_text_trim(&text);
    lab_line_paint(out, style, marked ? LAB_COLOR_HEAD : LAB_COLOR_DIM,
                   lab_text_string(&text), style->width);
    lab_text_put(out, "\n");
    lab_text_free(&text);
}

void lab_source_put(struct lab_text *out, const struct lab_style *style,
                    const char *source, unsigned number, int rows) {
    size_t n;
    unsigned above = (unsigned)(rows > 0 ? rows : 0) / 2;
    unsigned from = number > above ? number - above : 1;
    if (!lab_source_line(source, number, &n))
        return;
    for (int i = 0; i < rows; i++) {
        unsigned at = from + (unsigned)i;
        const char *line = lab_source_line(source, at, &n);
        if (line)
            put_line(out, style, line, n, at, at == number);
    }
}
