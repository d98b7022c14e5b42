#include "shell/waiting.h"

#include "shell/keys.h"

enum { BACKSPACE = 8, CTRL_U = 21, CTRL_W = 23, DELETE = 127 };

struct waiting {
    struct lab_text *out;
    struct lab_text line; // as far as it is typed
    size_t count, from;
};

static void cut(struct lab_text *line, size_t length) {
    line->length = length;
    if (line->data)
        line->data[length] = '\0';
}

// Where the last character begins.
static size_t before_last(const struct lab_text *line) {
    size_t at = line->length;
    while (at > 0 && ((unsigned char)line->data[--at] & 0xc0) == 0x80)
        continue;
    return at;
}

static size_t before_word(const struct lab_text *line) {
    size_t at = line->length;
    while (at > 0 && line->data[at - 1] == ' ')
        at--;
    while (at > 0 && line->data[at - 1] != ' ')
        at--;
    return at;
}

static void end_line(struct waiting *w) {
    if (w->count++ >= w->from && w->line.length > 0)
        lab_text_printf(w->out, "%s\n", lab_text_string(&w->line));
    lab_text_clear(&w->line);
}

static void put_pasted(struct waiting *w, const char *bytes, size_t n) {
    struct lab_text text = {0};
    lab_keys_clean(&text, bytes, n);
    for (size_t i = 0; i < text.length; i++)
        if (text.data[i] == '\n')
            end_line(w);
        else
            lab_text_write(&w->line, &text.data[i], 1);
    lab_text_free(&text);
}

// The key that the bytes at [bytes] were, [used] of them.
static void press(struct waiting *w, int key, const char *bytes, size_t used) {
    struct lab_text *line = &w->line;
    if (key == '\r' || key == '\n')
        end_line(w);
    else if (key == BACKSPACE || key == DELETE)
        cut(line, before_last(line));
    else if (key == CTRL_U)
        lab_text_clear(line);
    else if (key == CTRL_W)
        cut(line, before_word(line));
    else if (key >= ' ' && (key < LAB_KEY_UP || key > LAB_KEY_PASTE))
        lab_text_write(line, bytes, used);
}

size_t lab_waiting_lines(struct lab_text *out, struct lab_text *begun,
                         const char *bytes, size_t n, size_t from) {
    struct waiting w = {.out = out, .from = from};
    size_t used, text, after;
    for (int key; n > 0; bytes += used, n -= used) {
        used = lab_keys_decode(bytes, n, false, false, &key);
        if (used == 0)
            break; // the rest of a key is to come
        if (key == LAB_KEY_PASTE) {
            text = 0;
            if (!lab_keys_paste_end(bytes + used, n - used, 0, &text, &after))
                break;
            put_pasted(&w, bytes + used, text);
            used += after;
        } else {
            press(&w, key, bytes, used);
        }
    }
    if (begun)
        lab_text_put(begun, lab_text_string(&w.line));
    lab_text_free(&w.line);
    return w.count;
}
