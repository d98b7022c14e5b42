#include "shell/message.h"

#include "shell/pages.h"

#include <limits.h>
#include <string.h>

// --- kinds of lines

// Returns the length of gcc's "  12 | " before a line of code, or of "     | "
// before its marker; 0 if [line] has none. [has_number] says which it is.
static size_t gutter(const char *line, bool *has_number) {
    size_t spaces = strspn(line, " ");
    size_t digits = strspn(line + spaces, "0123456789");
    *has_number = digits > 0;
    return spaces > 0 && strncmp(line + spaces + digits, " |", 2) == 0
               ? spaces + digits + (line[spaces + digits + 2] ? 3 : 2)
           : digits == 0 && spaces > 1 && line[spaces] == '|'
               ? spaces + (line[spaces + 1] ? 2 : 1)
               : 0;
}

static bool is_code(const char *line) {
    bool has_number;
    return gutter(line, &has_number) && has_number;
}

static bool is_marker(const char *line) {
    bool has_number;
    bool is_pythons = strchr(line, '^') && line[strspn(line, " ^~")] == '\0';
    return is_pythons || (gutter(line, &has_number) && !has_number);
}

static bool is_frame(const char *line) {
    return strncmp(line, "  File \"", 8) == 0;
}

// --- laying them out

static void wrap(struct lab_text *out, const char *line, int width) {
    struct lab_text lines = {0};
    int indent = (int)strspn(line, " ");
    int deep = indent < width / 2 ? indent : width / 2;
    lab_text_wrap(&lines, line + indent, width - deep);
    for (const char *at = lab_text_string(&lines);;) {
        size_t n = strcspn(at, "\n");
        lab_text_repeat(out, " ", n ? deep : 0);
        lab_text_write(out, at, n);
        lab_text_put(out, "\n");
        if (!at[n])
            break;
        at += n + 1;
    }
    lab_text_free(&lines);
}

// Appends the columns of [line] from [from] on, at most [room] of them. What
// is cut off is marked by [cut].
static void put_part(struct lab_text *out, const char *line, int from, int room,
                     const char *cut) {
    int column = 0;
    int end = lab_text_columns(line) > from + room ? from + room - 1 : INT_MAX;
    lab_text_put(out, from > 0 ? cut : "");
    for (size_t n; *line && column < end; line += n) {
        unsigned code;
        char one[8] = {0};
        n = lab_text_decode(line, strlen(line), &code);
        memcpy(one, line, n);
        int columns = lab_text_columns(one);
        if (column >= from + (from > 0) && column + columns <= end)
            lab_text_write(out, line, n);
        column += columns;
    }
    lab_text_put(out, end < INT_MAX ? cut : "");
}

// From which column on is [line] shown, so that what is marked is seen? It
// comes after a little of the line, or after more if the line ends soon.
static int first_column(const char *line, const char *marker, int room) {
    int longest = lab_text_columns(line);
    int first = (int)strspn(marker, " ");
    int after = (int)strlen(marker);
    if (longest <= room || after < room)
        return 0;
    int from = first - room / 4;
    if (after - from >= room) // it has no room otherwise
        from = after - room + 1 < first - 1 ? after - room + 1 : first - 1;
    if (from > longest - room + 1)
        from = longest - room + 1;
    return from > 0 ? from : 0;
}

// Prints the line of code that waits, and its marker.
static void put_code(struct lab_message *message, const struct lab_call *call,
                     struct lab_text *out) {
    const struct lab_style *style = &call->options.style;
    char *line = message->code.data, *rest;
    const char *newline = memchr(line, '\n', message->code.length);
    bool has_number;
    if (!newline) {
        wrap(out, line, style->width);
        return;
    }
    size_t left = gutter(line, &has_number);
    left = left ? left : strspn(line, " ");
    int room = style->width - (int)left;
    line = strtok_r(line, "\n", &rest);
    const char *marker = newline + 1;
    size_t n = strcspn(marker, "\n");
    struct lab_text marked = {0};
    lab_text_write(&marked, marker + (left < n ? left : n),
                   n - (left < n ? left : n));
    int from = first_column(line + left, lab_text_string(&marked), room);
    for (const char *cut = style->ascii ? "~" : "…"; line;
         line = strtok_r(NULL, "\n", &rest), cut = from > 0 ? " " : "") {
        size_t own = strlen(line) < left ? strlen(line) : left;
        lab_text_write(out, line, own);
        put_part(out, line + own, from, room, cut);
        lab_text_put(out, "\n");
    }
    lab_text_free(&marked);
}

static void flush(struct lab_message *message, const struct lab_call *call,
                  struct lab_text *out) {
    if (message->code.length > 0)
        put_code(message, call, out);
    lab_text_clear(&message->code);
}

static void put_line(struct lab_message *message, const struct lab_call *call,
                     const char *line, struct lab_text *out) {
    if (message->code.length > 0 && is_marker(line)) {
        lab_text_printf(&message->code, "\n%s", line);
        return;
    }
    flush(message, call, out);
    if (is_code(line) || message->is_frame)
        lab_text_put(&message->code, line);
    else
        wrap(out, line, call->options.style.width);
    message->is_frame = is_frame(line);
}

void lab_message_put(struct lab_message *message, const struct lab_call *call,
                     const char *bytes, size_t n) {
    struct lab_text line = {0}, out = {0};
    const char *newline;
    if (!call->shell->on_terminal) {
        lab_shell_put_file(call->shell, bytes, n);
        return;
    }
    for (; (newline = memchr(bytes, '\n', n)); bytes = newline + 1) {
        lab_text_clear(&line);
        lab_shell_put_line(&line, bytes, (size_t)(newline - bytes));
        put_line(message, call, lab_text_string(&line), &out);
        n -= (size_t)(newline + 1 - bytes);
    }
    if (n > 0) { // whatever this is, it is to be seen now
        flush(message, call, &out);
        lab_shell_put_line(&out, bytes, n);
    }
    lab_pages_put(call->shell, &out);
    lab_text_free(&line);
    lab_text_free(&out);
}

void lab_message_end(struct lab_message *message, const struct lab_call *call) {
    struct lab_text out = {0};
    flush(message, call, &out);
    lab_pages_put(call->shell, &out);
    lab_text_free(&out);
    lab_text_free(&message->code);
}

void lab_message_say(const struct lab_call *call, const char *bytes, size_t n) {
    struct lab_message message = {0};
    lab_message_put(&message, call, bytes, n);
    lab_message_end(&message, call);
}
