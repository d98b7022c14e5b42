// quote_python.c - the functions and classes of a Python text.
//
// It reads lines, not grammar: a definition is its line and all that is
// indented deeper, with the decorators and comments right above. It knows
// strings in three quotes, whose lines may be indented in any way.

#include "lesson/quote.h"

#include "lesson/scan.h"

#include <string.h>

// A line: its text after [indent] columns, up to its end.
struct line {
    const char *start, *text, *end, *next;
    size_t indent;
};

static struct line line_at(const char *at) {
    struct line line = {.start = at, .text = at};
    while (lab_scan_is_space(*line.text))
        line.indent += *line.text++ == '\t' ? 8 : 1;
    line.end = lab_scan_line(at, at + strlen(at), &line.next);
    return line;
}

static bool is_blank(const struct line *line) {
    return line->text == line->end;
}

// Passes over [line]. *[open] is the quote of the string in three quotes that
// it begins in, or 0, and then of the one that it ends in.
static void pass(const struct line *line, char *open) {
    char quote = 0; // of a string that ends in this line
    for (const char *c = line->start; c < line->end; c++) {
        bool triple = line->end - c >= 3 && c[0] == c[1] && c[1] == c[2];
        if (*c == '\\') {
            c++;
        } else if (*open || quote) {
            if (*open && triple && *c == *open) {
                *open = 0;
                c += 2;
            } else if (*c == quote) {
                quote = 0;
            }
        } else if (*c == '#') {
            return;
        } else if (*c == '"' || *c == '\'') {
            *(triple ? open : &quote) = *c;
            c += triple ? 2 : 0;
        }
    }
}

// Returns what stands after [word] and a space at [at]; NULL if they do not.
static const char *after(const char *at, const char *word) {
    size_t n = strlen(word);
    if (strncmp(at, word, n) != 0 || !lab_scan_is_space(at[n]))
        return NULL;
    for (at += n; lab_scan_is_space(*at);)
        at++;
    return at;
}

// Returns the name that [line] defines, or NULL.
static const char *name_in(const struct line *line) {
    const char *async = after(line->text, "async");
    const char *name = after(async ? async : line->text, "def");
    return name || async ? name : after(line->text, "class");
}

// Where the decorators and comments right above [line] begin.
static const char *begin_of(const char *source, const struct line *line) {
    const char *start = line->start;
    while (start > source) {
        const char *at = start - 1;
        while (at > source && at[-1] != '\n')
            at--;
        struct line above = line_at(at);
        if (above.indent != line->indent ||
            (*above.text != '@' && *above.text != '#'))
            break;
        start = at;
    }
    return start;
}

// Where the body of the definition in [line] ends.
static const char *end_of(const struct line *line) {
    const char *end = line->end;
    char open = 0;
    pass(line, &open);
    for (struct line at = line_at(line->next); *at.start;
         at = line_at(at.next)) {
        bool closes = at.indent == line->indent && *at.text == ')';
        if (!open && !closes && !is_blank(&at) && at.indent <= line->indent)
            break;
        if (open || !is_blank(&at))
            end = at.end;
        pass(&at, &open);
    }
    return end;
}

bool lab_quote_next_python(const char *source, struct lab_quote *quote) {
    const char *from = source;
    char open = 0;
    if (quote->name)
        lab_scan_line(quote->name, quote->name + strlen(quote->name), &from);
    for (struct line line = line_at(from); *line.start;
         line = line_at(line.next)) {
        const char *name = open ? NULL : name_in(&line);
        size_t n = 0;
        while (name && (lab_scan_is_word(name[n]) || (name[n] & 0x80)))
            n++;
        if (n > 0) {
            *quote = (struct lab_quote){name, n, begin_of(source, &line),
                                        end_of(&line)};
            return true;
        }
        pass(&line, &open);
    }
    return false;
}
