#include "shell/pen.h"

#include "base/alloc.h"
#include "base/text.h"

#include <stdbool.h>
#include <string.h>
#include <wctype.h>

// wcwidth and iswprint obey the locale, and so are forbidden elsewhere. Here
// they are right: libedit asks them too, and all that counts is to agree.

static void put(struct lab_pen *pen, int width) {
    if (width < 0)
        width = 0;
    if (pen->column + width > pen->columns) { // a wide one does not fit
        pen->column = 0;
        pen->row++;
    }
    pen->column += width;
    if (pen->column >= pen->columns) {
        pen->column = 0;
        pen->row++;
    }
}

static void put_times(struct lab_pen *pen, int times) {
    while (times-- > 0)
        put(pen, 1);
}

static void draw(struct lab_pen *pen, wchar_t c) {
    if (c == L'\t') {
        do
            put(pen, 1);
        while (pen->column % 8 != 0);
    } else if (c == L'\n') {
        pen->column = 0;
        pen->row++;
    } else if (c < 0x100 && iswcntrl((wint_t)c)) {
        put_times(pen, 2); // ^X
    } else if (iswprint((wint_t)c)) {
        put(pen, wcwidth(c));
    } else {
        put_times(pen, c > 0xffff ? 8 : 7); // \U+12345
    }
}

// A character that carries an escape sequence is placed by other code of
// libedit, which does not look whether a wide one still fits.
static void draw_prompt(struct lab_pen *pen, const wchar_t *prompt) {
    for (const wchar_t *p = prompt; *p; p++) {
        if (*p != LAB_PEN_LITERAL) {
            put(pen, wcwidth(*p));
            continue;
        }
        p = wcschr(p + 1, LAB_PEN_LITERAL);
        if (!p || !p[1])
            return;
        int width = wcwidth(*++p);
        if (width <= 0)
            continue;
        pen->column += width;
        if (pen->column >= pen->columns) {
            pen->column = 0;
            pen->row++;
        }
    }
}

void lab_pen_place(int columns, const wchar_t *prompt, const wchar_t *line,
                   size_t length, size_t cursor, struct lab_pen *at,
                   struct lab_pen *end) {
    struct lab_pen pen = {.columns = columns};
    draw_prompt(&pen, prompt);
    for (size_t i = 0; i < length; i++) {
        if (i == cursor) {
            *at = pen;
            if (pen.column + wcwidth(line[i]) > columns) {
                at->column = 0;
                at->row++;
            }
        }
        draw(&pen, line[i]);
    }
    if (cursor >= length)
        *at = pen;
    *end = pen;
}

// --- the prompt

// A prompt under way. [last] is where its last visible character is.
struct draft {
    wchar_t *text;
    size_t length, last;
    bool visible; // is there one?
};

static void append(struct draft *draft, const char *bytes, size_t n) {
    for (size_t i = 0; i < n; i++) // sequences are ASCII
        draft->text[draft->length++] = (unsigned char)bytes[i];
}

static void append_literal(struct draft *draft, struct lab_text *escapes) {
    if (escapes->length == 0)
        return;
    draft->text[draft->length++] = LAB_PEN_LITERAL;
    append(draft, escapes->data, escapes->length);
    draft->text[draft->length++] = LAB_PEN_LITERAL;
    lab_text_clear(escapes);
}

// Puts what is left of [escapes] before the last character, and into the
// sequence that is there already, for two in a row print as garbage.
static void append_before_last(struct draft *draft, struct lab_text *escapes) {
    if (!draft->visible || escapes->length == 0)
        return;
    wchar_t c = draft->text[draft->last];
    draft->length = draft->last;
    if (draft->length > 0 &&
        draft->text[draft->length - 1] == LAB_PEN_LITERAL) {
        draft->length--;
        append(draft, escapes->data, escapes->length);
        draft->text[draft->length++] = LAB_PEN_LITERAL;
    } else {
        append_literal(draft, escapes);
    }
    draft->text[draft->length++] = c;
}

// Returns the length of the escape sequence at [p], or 0.
static size_t escape_length(const char *p) {
    if (p[0] != 0x1b || p[1] != '[')
        return 0;
    size_t i = 2 + strspn(p + 2, "0123456789;:");
    return p[i] >= 0x40 && p[i] <= 0x7e ? i + 1 : 0;
}

wchar_t *lab_pen_prompt(const char *prompt) {
    size_t room = 3 * strlen(prompt) + 4; // at worst each is enclosed
    struct draft draft = {.text = lab_alloc(room * sizeof *draft.text)};
    struct lab_text escapes = {0};
    for (size_t n; *prompt; prompt += n) {
        unsigned code;
        if ((n = escape_length(prompt)) > 0) {
            lab_text_write(&escapes, prompt, n);
            continue;
        }
        n = lab_text_decode(prompt, strlen(prompt), &code);
        if (n == 0) {
            n = 1;
            continue;
        }
        if (wcwidth((wchar_t)code) <= 0)
            continue;
        append_literal(&draft, &escapes);
        draft.last = draft.length;
        draft.visible = true;
        draft.text[draft.length++] = (wchar_t)code;
    }
    append_before_last(&draft, &escapes);
    draft.text[draft.length] = L'\0';
    lab_text_free(&escapes);
    return draft.text;
}
