// Works on tokens: a word, or one character that is neither white space nor
// part of a comment, string, character constant or directive. What a
// definition is called is seen from what follows the words at file scope:
//
//     static int together(void) {     the first word before a "("
//     struct lab_demo lab_demo = {    the last one before "=", "[" or ";"
//     struct job {                    the last one before "{"

#include "lesson/quote.h"

#include "base/nearest.h"
#include "lesson/scan.h"

#include <string.h>

struct token {
    const char *at;
    size_t length; // 0 at the end of the source
};

struct reader {
    const char *source, *at;
    // The comment lines right above the next token, and where they end.
    const char *comment, *comment_end;
};

static bool is_space(char c) {
    return lab_scan_is_space(c) || c == '\n' || c == '\r' || c == '\v' ||
           c == '\f';
}

// Is there only white space on the line before [at]?
static bool begins_line(const char *source, const char *at) {
    while (at > source && lab_scan_is_space(at[-1]))
        at--;
    return at == source || at[-1] == '\n' || at[-1] == '\r';
}

static const char *line_start(const char *source, const char *at) {
    while (at > source && at[-1] != '\n' && at[-1] != '\r')
        at--;
    return at;
}

// Do [from] and [to] stand on neighbouring lines, with nothing between?
static bool is_right_below(const char *from, const char *to) {
    int lines = 0;
    for (; from < to; from++) {
        if (!is_space(*from))
            return false;
        lines += *from == '\n';
    }
    return lines == 1;
}

// The end of a line, which a backslash at its end continues on the next.
static const char *skip_line(const char *at) {
    for (; *at && *at != '\n'; at++) {
        if (at[0] == '\\' && at[1] == '\r' && at[2] == '\n')
            at += 2;
        else if (at[0] == '\\' && at[1] == '\n')
            at++;
    }
    return at;
}

static const char *skip_comment(const char *at) {
    if (at[1] == '/')
        return skip_line(at);
    const char *end = strstr(at + 2, "*/");
    return end ? end + 2 : at + strlen(at);
}

// A string or character constant. One that its line does not end is a typing
// error, which must not swallow the rest of the file.
static const char *skip_string(const char *at) {
    char quote = *at++;
    while (*at && *at != quote && *at != '\n') {
        if (*at == '\\' && at[1])
            at++;
        at++;
    }
    return *at == quote ? at + 1 : at;
}

// A directive, whose comments may go over several lines.
static const char *skip_directive(const char *at) {
    while (*at && *at != '\n') {
        if (at[0] == '/' && (at[1] == '*' || at[1] == '/'))
            at = skip_comment(at);
        else if (*at == '"')
            at = skip_string(at);
        else if (*at == '\\' && at[1] == '\r' && at[2] == '\n')
            at += 3;
        else if (*at == '\\' && at[1])
            at += 2;
        else
            at++;
    }
    return at;
}

static void note_comment(struct reader *r, const char *start, const char *end) {
    if (!begins_line(r->source, start)) {
        r->comment = NULL;
        return;
    }
    if (!r->comment || !is_right_below(r->comment_end, start))
        r->comment = start;
    r->comment_end = end;
}

static struct token next_token(struct reader *r) {
    for (;;) {
        while (is_space(*r->at))
            r->at++;
        const char *start = r->at;
        if (start[0] == '/' && (start[1] == '/' || start[1] == '*')) {
            r->at = skip_comment(start);
            note_comment(r, start, r->at);
        } else if (*start == '#' && begins_line(r->source, start)) {
            r->at = skip_directive(start);
            r->comment = NULL;
        } else if (*start == '"' || *start == '\'') {
            r->at = skip_string(start);
        } else if (lab_scan_is_word(*start)) {
            while (lab_scan_is_word(*r->at))
                r->at++;
            return (struct token){start, (size_t)(r->at - start)};
        } else {
            r->at += *start != '\0';
            return (struct token){start, *start != '\0'};
        }
    }
}

static bool is(struct token token, const char *text) {
    return strlen(text) == token.length &&
           !memcmp(token.at, text, token.length);
}

static bool is_one_of(struct token token, const char *const *words) {
    for (; *words; words++)
        if (is(token, *words))
            return true;
    return false;
}

// Words that stand before a "(" and are no function's name. What the first
// ones have in their brackets is none either; `int (*name(int))(int)` has one.
static const char *const extras[] = {"__attribute__",  "_Alignas",   "_Pragma",
                                     "_Static_assert", "__typeof__", "typeof",
                                     "__asm__",        "asm",        NULL};
static const char *const types[] = {"void",     "char",  "short",  "int",
                                    "long",     "float", "double", "signed",
                                    "unsigned", "_Bool", "bool",   NULL};
static const char *const tags[] = {"struct", "union", "enum", NULL};

// Reads up to the bracket that closes the one just read.
static void skip_brackets(struct reader *r) {
    int open = 1;
    while (open > 0) {
        struct token token = next_token(r);
        if (token.length == 0)
            return;
        open += is(token, "{") || is(token, "(") || is(token, "[");
        open -= is(token, "}") || is(token, ")") || is(token, "]");
    }
}

// What is known of the definition being read.
struct reading {
    struct token word, before; // the last word at file scope, the one before
    struct token function;     // the first one before a "("
    struct token name;
    bool settled;  // a "=" or "[" came: words after it name nothing
    bool declared; // elsewhere, for this is `extern`
};

// A "(" was read: what stands before it may be the name of a function.
static void note_call(struct reader *r, struct reading *now) {
    if (is_one_of(now->word, types))
        return;
    if (!now->function.length && !is_one_of(now->word, extras))
        now->function = now->word;
    skip_brackets(r);
}

// A ";", "=" or "[" was read: what stands before it is a variable or a type,
// unless it is a tag (`struct job;`) or a function that was only declared.
static void note_name(struct reading *now) {
    if (!now->settled && now->word.length && !now->function.length &&
        !is_one_of(now->before, tags))
        now->name = now->word;
}

// A "{" was read. Returns whether it begins a function's body.
static bool note_body(struct reader *r, struct reading *now) {
    skip_brackets(r);
    if (now->settled)
        return false;
    now->name = now->function;
    if (now->function.length)
        return true;
    // A struct's tag names it, unless a variable's name follows.
    if (!is_one_of(now->word, tags))
        now->name = now->word;
    now->word = now->before = (struct token){0};
    return false;
}

// Reads one thing at file scope, whose first token is [token]. Returns false
// if it defines nothing with a name.
static bool read_one(struct reader *r, struct token token,
                     struct reading *now) {
    for (; token.length; token = next_token(r)) {
        if (lab_scan_is_word(*token.at)) {
            now->declared |= is(token, "extern");
            now->before = now->word;
            now->word = token;
        } else if (is(token, "(")) {
            note_call(r, now);
        } else if (is(token, "{")) {
            if (note_body(r, now))
                return true;
        } else if (is(token, ";") || is(token, "=") || is(token, "[")) {
            note_name(now);
            if (is(token, ";"))
                return now->name.length > 0 && !now->declared;
            now->settled = true;
            if (is(token, "["))
                skip_brackets(r);
        }
    }
    return false;
}

// The end of the line from [at], if only a comment is on it.
static const char *with_comment(const char *at) {
    const char *c = at;
    while (lab_scan_is_space(*c))
        c++;
    return c[0] == '/' && c[1] == '/' ? skip_line(c) : at;
}

bool lab_quote_next(const char *source, struct lab_quote *quote) {
    struct reader r = {.source = source,
                       .at = quote->end ? quote->end : source};
    for (;;) {
        r.comment = NULL;
        struct token first = next_token(&r);
        if (first.length == 0)
            return false;
        const char *start = line_start(source, first.at);
        if (r.comment && is_right_below(r.comment_end, first.at))
            start = line_start(source, r.comment);
        struct reading now = {0};
        if (!read_one(&r, first, &now))
            continue;
        *quote = (struct lab_quote){now.name.at, now.name.length, start,
                                    with_comment(r.at)};
        return true;
    }
}

bool lab_quote_find(lab_quote_fn *next, const char *source, const char *name,
                    size_t length, struct lab_quote *quote) {
    *quote = (struct lab_quote){0};
    while (next(source, quote))
        if (quote->name_length == length && !memcmp(quote->name, name, length))
            return true;
    return false;
}

void lab_quote_nearest(lab_quote_fn *next, const char *source, const char *name,
                       size_t length, struct lab_text *out) {
    struct lab_text word = {0}, all = {0};
    struct lab_quote quote = {0};
    lab_text_write(&word, name, length);
    // The candidates must stay in place while they are compared.
    while (next(source, &quote)) {
        lab_text_write(&all, quote.name, quote.name_length);
        lab_text_write(&all, "", 1);
    }
    const char *best = NULL;
    for (size_t i = 0; i < all.length; i += strlen(all.data + i) + 1)
        lab_nearest(lab_text_string(&word), all.data + i, &best);
    if (best)
        lab_text_put(out, best);
    lab_text_free(&word);
    lab_text_free(&all);
}
