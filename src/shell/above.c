#include "shell/above.h"

#include <string.h>

void lab_above_free(struct lab_above *above) {
    lab_text_free(&above->text);
    above->lost = 0;
}

void lab_above_put(struct lab_above *above, const char *bytes, size_t n) {
    // Once something is lost all is, until the rest is out: a hole that is
    // told can be understood, several cannot.
    if (above->lost > 0 || above->text.length + n > LAB_ABOVE_MOST)
        above->lost += n;
    else
        lab_text_write(&above->text, bytes, n);
}

// How many bytes from the start are whole lines, [most] at most if possible.
static size_t whole(const struct lab_text *text, size_t most) {
    const char *newline = NULL;
    if (text->length == 0)
        return 0;
    if (text->length <= most)
        newline = memrchr(text->data, '\n', text->length);
    else if (!(newline = memrchr(text->data, '\n', most)))
        newline = memchr(text->data, '\n', text->length);
    return newline ? (size_t)(newline - text->data) + 1 : 0;
}

bool lab_above_waits(const struct lab_above *above, bool partial) {
    return above->lost > 0 || (partial && above->text.length > 0) ||
           whole(&above->text, above->text.length) > 0;
}

void lab_above_take(struct lab_above *above, size_t most, bool partial,
                    struct lab_text *out) {
    struct lab_text *text = &above->text;
    size_t n = whole(text, most);
    partial = partial || above->lost > 0; // its end will never come
    if (partial && (n == 0 || text->length <= most))
        n = text->length < most ? text->length : most;
    if (n > 0) {
        lab_text_write(out, text->data, n);
        text->length -= n;
        memmove(text->data, text->data + n, text->length);
        text->data[text->length] = '\0';
    }
    if (text->length > 0 || above->lost == 0)
        return;
    if (out->length > 0 && out->data[out->length - 1] != '\n')
        lab_text_put(out, "\n");
    lab_text_printf(out, "(%zu bytes not shown: the terminal is too slow)\n",
                    above->lost);
    above->lost = 0;
}
