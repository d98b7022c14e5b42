#include "lesson/rawhtml.h"

#include "base/alloc.h"
#include "lesson/scan.h"

#include <stddef.h>
#include <string.h>
#include <strings.h>

enum { RAW_TEXT = 1, COMMENT, INSTRUCTION, DECLARATION, CDATA, BLOCK, ANY };

static const char *const raw_text[] = {"script", "pre", "style", "textarea"};

static const char *const block[] = {
    "address",  "article",    "aside",  "base",     "basefont", "blockquote",
    "body",     "caption",    "center", "col",      "colgroup", "dd",
    "details",  "dialog",     "dir",    "div",      "dl",       "dt",
    "fieldset", "figcaption", "figure", "footer",   "form",     "frame",
    "frameset", "h1",         "h2",     "h3",       "h4",       "h5",
    "h6",       "head",       "header", "hr",       "html",     "iframe",
    "legend",   "li",         "link",   "main",     "menu",     "menuitem",
    "nav",      "noframes",   "ol",     "optgroup", "option",   "p",
    "param",    "section",    "source", "summary",  "table",    "tbody",
    "td",       "tfoot",      "th",     "thead",    "title",    "tr",
    "track",    "ul",
};

static bool is_space(char c) {
    return lab_scan_is_space(c) || c == '\v' || c == '\f';
}

static const char *skip_space(const char *at, const char *end) {
    while (at < end && is_space(*at))
        at++;
    return at;
}

// Does the text at [at] begin with [word], in any case?
static bool begins(const char *at, const char *end, const char *word) {
    size_t length = strlen(word);
    return (size_t)(end - at) >= length && !strncasecmp(at, word, length);
}

static bool contains(const char *at, const char *end, const char *word) {
    for (; at < end; at++)
        if (begins(at, end, word))
            return true;
    return false;
}

static const char *skip_name(const char *at, const char *end) {
    if (at == end || !lab_scan_is_letter(*at))
        return at;
    while (at < end &&
           (lab_scan_is_letter(*at) || lab_scan_is_digit(*at) || *at == '-'))
        at++;
    return at;
}

// Is the name at [at] one of [names]? Returns what follows it, or NULL.
static const char *one_of(const char *at, const char *end,
                          const char *const *names, size_t count) {
    const char *after = skip_name(at, end);
    size_t length = (size_t)(after - at);
    for (size_t i = 0; i < count; i++)
        if (strlen(names[i]) == length && !strncasecmp(at, names[i], length))
            return after;
    return NULL;
}

// Skips the value of an attribute; NULL if it is none.
static const char *skip_value(const char *at, const char *end) {
    if (at < end && (*at == '"' || *at == '\'')) {
        const char *quote = memchr(at + 1, *at, (size_t)(end - at - 1));
        return quote ? quote + 1 : NULL;
    }
    const char *start = at;
    while (at < end && !is_space(*at) && !strchr("\"'=<>`", *at))
        at++;
    return at > start ? at : NULL;
}

// Skips one attribute, with the space before it. Returns [at] if there is
// none, and NULL if its value is spoilt.
static const char *skip_attribute(const char *at, const char *end) {
    const char *name = skip_space(at, end);
    const char *c = name;
    if (name == at || name == end ||
        !(lab_scan_is_letter(*name) || *name == '_' || *name == ':'))
        return at;
    while (c < end &&
           (lab_scan_is_word(*c) || *c == ':' || *c == '.' || *c == '-'))
        c++;
    const char *equals = skip_space(c, end);
    if (equals == end || *equals != '=')
        return c;
    return skip_value(skip_space(equals + 1, end), end);
}

// Is the whole line one tag, whatever its name?
static bool is_tag(const char *at, const char *end) {
    bool closing = at + 1 < end && at[1] == '/';
    const char *name = at + (closing ? 2 : 1);
    const char *c = skip_name(name, end);
    if (c == name)
        return false;
    for (const char *before = NULL; !closing && c != before;) {
        before = c;
        c = skip_attribute(c, end);
        if (!c)
            return false;
    }
    c = skip_space(c, end);
    if (!closing && c < end && *c == '/')
        c++;
    return c < end && *c == '>' && skip_space(c + 1, end) == end;
}

int lab_rawhtml_begin(const char *at, const char *end, bool interrupts) {
    if (at == end || *at != '<')
        return 0;
    const char *after = one_of(at + 1, end, raw_text, countof(raw_text));
    if (after && (after == end || is_space(*after) || *after == '>'))
        return RAW_TEXT;
    if (begins(at, end, "<!--"))
        return COMMENT;
    if (begins(at, end, "<?"))
        return INSTRUCTION;
    if (end - at > 2 && at[1] == '!' && lab_scan_is_letter(at[2]))
        return DECLARATION;
    // Unlike all else here, this one must be in capitals.
    if (end - at >= 9 && !memcmp(at, "<![CDATA[", 9))
        return CDATA;
    const char *name = at + (end - at > 1 && at[1] == '/' ? 2 : 1);
    after = one_of(name, end, block, countof(block));
    if (after && (after == end || is_space(*after) || *after == '>' ||
                  begins(after, end, "/>")))
        return BLOCK;
    return !interrupts && is_tag(at, end) ? ANY : 0;
}

bool lab_rawhtml_is_end(int kind, const char *at, const char *end) {
    switch (kind) {
    case RAW_TEXT:
        return contains(at, end, "</script>") || contains(at, end, "</pre>") ||
               contains(at, end, "</style>") ||
               contains(at, end, "</textarea>");
    case COMMENT:
        return contains(at, end, "-->");
    case INSTRUCTION:
        return contains(at, end, "?>");
    case DECLARATION:
        return contains(at, end, ">");
    case CDATA:
        return contains(at, end, "]]>");
    default:
        return false;
    }
}
