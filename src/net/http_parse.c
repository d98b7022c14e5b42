// http_parse.c - heads, from bytes to strings. Knows no stream.
//
// What two programs may read in two ways lets one of them be fooled, so it is
// refused: a bare LF, a space before a colon, a line that continues another, a
// length besides chunks or twice, a NUL.

#include "base/alloc.h"
#include "net/http_internal.h"

#include <stddef.h>
#include <string.h>
#include <strings.h>

enum { DIGITS_MOST = 15, VERSION = sizeof "HTTP/1.1" - 1 };

// --- characters

// Sets of characters, as ranges, which gcc and clang know. A 0 is in none.
typedef const bool chars[256];

__extension__ static chars token = { // RFC 9110, 5.6.2
    ['!'] = 1,         ['#' ... '\''] = 1, ['*'] = 1,         ['+'] = 1,
    ['-'] = 1,         ['.'] = 1,          ['0' ... '9'] = 1, ['A' ... 'Z'] = 1,
    ['^' ... 'z'] = 1, ['|'] = 1,          ['~'] = 1};

__extension__ static chars in_host = { // none of them ends the host in a URL
    ['!'] = 1, ['$' ... '.'] = 1, ['0' ... ';'] = 1,
    ['='] = 1, ['~'] = 1,         ['A' ... '['] = 1,
    [']'] = 1, ['_'] = 1,         ['a' ... 'z'] = 1};

__extension__ static chars in_target = {
    ['!'] = 1, ['"'] = 1, ['$' ... '~'] = 1};

__extension__ static chars in_value = { // no controls; a tab is a space
    ['\t'] = 1,
    [' ' ... '~'] = 1,
    [0x80 ... 0xFF] = 1};

__extension__ static chars digit = {['0' ... '9'] = 1};

// How many of them [text] begins with.
static size_t span(const char *text, chars set) {
    const char *at = text;
    while (set[(unsigned char)*at])
        at++;
    return (size_t)(at - text);
}

// These are short and inlined, for the sake of the processor's cache: what the
// library has for them is made for long strings, and far away.

static inline char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c | ' ') : c;
}

// Most that are the same are so in case as well.
static inline bool same(char a, char b) {
    return a == b || lower(a) == lower(b);
}

// What follows [start] in [text], which begins with it, in any case; else NULL.
static inline const char *after(const char *text, const char *start) {
    while (*start && same(*text, *start))
        text++, start++;
    return *start ? NULL : text;
}

static inline bool is_word(const char *text, const char *word) {
    while (*word && same(*text, *word))
        text++, word++;
    return !*word && !*text;
}

bool lab_http_is_token(const char *text) {
    size_t n = span(text, token);
    return n > 0 && !text[n];
}

bool lab_http_is_value(const char *text) {
    return !text[span(text, in_value)];
}

bool lab_http_is_target(const char *text) {
    return (*text == '/' || is_word(text, "*")) && !text[span(text, in_target)];
}

// --- lines

// Cuts off what [text] begins with, of characters in [set], at the [by] that
// follows it; returns what comes after that, or NULL if something else follows.
static char *cut(char *text, chars set, char by) {
    char *at = text + span(text, set);
    if (*at != by)
        return NULL;
    *at = '\0';
    return at + 1;
}

// Does a line end at [text]?
static bool is_end(const char *text) {
    return text[0] == '\r' && text[1] == '\n';
}

static bool is_space(char c) {
    return c == ' ' || c == '\t';
}

// Empty lines before a request are skipped, as RFC 9112, 2.2 asks: one, here.
static size_t blank(const char *text, size_t n) {
    return n >= 2 && text[0] == '\r' && text[1] == '\n' ? 2 : 0;
}

long lab_http_head_size(const char *text, size_t n, size_t *seen) {
    size_t start = blank(text, n);
    // What does not begin as a message does, such as TLS, has no lines.
    if (n > start && text[start] != '\r' && !token[(unsigned char)text[start]])
        return -1;
    for (;;) {
        size_t line = *seen < start ? start : *seen;
        const char *end = n > line ? memchr(text + line, '\n', n - line) : NULL;
        if (!end)
            return 0;
        size_t length = (size_t)(end - text) - line;
        if (length == 0 || end[-1] != '\r')
            return -1;
        *seen = line + length + 1;
        if (length == 1)
            return line == start ? -1 : (long)*seen;
    }
}

static bool parse_number(const char *text, int64_t *value) {
    size_t n = span(text, digit);
    if (n == 0 || n > DIGITS_MOST || text[n])
        return false;
    for (*value = 0; *text; text++)
        *value = *value * 10 + (*text - '0');
    return true;
}

bool lab_http_parse_chunk(const char *line, int64_t *size) {
    static const char digits[] = "0123456789abcdef0123456789ABCDEF";
    size_t n = strspn(line, digits);
    if (n == 0 || n > DIGITS_MOST || (line[n] && line[n] != ';') ||
        !lab_http_is_value(line))
        return false;
    *size = 0;
    for (size_t i = 0; i < n; i++)
        *size = *size * 16 + (strchr(digits, line[i]) - digits) % 16;
    return true;
}

bool lab_http_is_field(const char *line) {
    size_t n = span(line, token);
    return n > 0 && line[n] == ':' && lab_http_is_value(line + n);
}

// --- the fields that decide something

static int take_length(struct message *message, const char *value) {
    if (message->has_length)
        return 400;
    message->has_length = true;
    if (!parse_number(value, &message->head.length))
        return span(value, digit) > DIGITS_MOST ? 413 : 400;
    return 0;
}

static int take_coding(struct message *message, const char *value) {
    if (message->is_chunked || message->is_old)
        return 400;
    message->is_chunked = true;
    return is_word(value, "chunked") ? 0 : 501;
}

// The value is a list: "close, te".
static int take_connection(struct message *message, const char *value) {
    static const char between[] = ", \t";
    for (const char *word = value; *(word += strspn(word, between));) {
        size_t n = strcspn(word, between);
        if (n == 5 && strncasecmp(word, "close", n) == 0)
            message->asks_to_close = true;
        else if (n == 10 && strncasecmp(word, "keep-alive", n) == 0)
            message->asks_to_keep = true;
        word += n;
    }
    return 0;
}

static int take_host(struct message *message, const char *value) {
    if (message->head.host || value[span(value, in_host)])
        return 400;
    message->head.host = value;
    return 0;
}

static int take_expect(struct message *message, const char *value) {
    if (!is_word(value, "100-continue"))
        return 417;
    message->expects = !message->is_old;
    return 0;
}

static const struct known {
    const char *name;
    int (*take)(struct message *message, const char *value);
    bool of_requests; // and of no reply
} known[] = {
    {"content-length", take_length, false},
    {"transfer-encoding", take_coding, false},
    {"connection", take_connection, false},
    {"host", take_host, true},
    {"expect", take_expect, true},
};

static int take_field(struct message *message, const struct field *field) {
    for (size_t i = 0; i < countof(known); i++)
        if (is_word(field->name, known[i].name) &&
            (*message->head.method || !known[i].of_requests))
            return known[i].take(message, field->value);
    return 0;
}

// Cuts a line into a name and a value, without the spaces around that, and
// returns the next line; NULL if it is no field, which is also how a line looks
// that continues another. Each byte is looked at once.
static char *cut_field(char *line, struct field *field) {
    char *value = cut(line, token, ':');
    if (!value || !*line)
        return NULL;
    while (is_space(*value))
        value++;
    char *end = value + span(value, in_value), *next = end + 2;
    if (!is_end(end))
        return NULL;
    while (end > value && is_space(end[-1]))
        end--;
    *end = '\0';
    *field = (struct field){line, value};
    return next;
}

// Parses all lines after the first, up to the empty one. lab_http_head_size has
// seen that each ends with CRLF; no other set contains a CR.
static int parse_fields(struct message *message, char *line) {
    while (*line != '\r') {
        if (message->field_count == FIELDS_MOST)
            return 431;
        struct field *field = &message->fields[message->field_count];
        line = cut_field(line, field);
        if (!line)
            return 400;
        message->field_count++;
        int refused = take_field(message, field);
        if (refused)
            return refused;
    }
    if (!is_end(line) || (message->is_chunked && message->has_length))
        return 400;
    if (message->is_chunked)
        message->head.length = -1;
    message->keeps =
        !message->asks_to_close && (!message->is_old || message->asks_to_keep);
    return 0;
}

// --- requests

// "http://host/page" is "/page" of that host, which its Host has to repeat.
static int take_absolute(char **target, const char **authority) {
    static const char scheme[] = "http://";
    if (!after(*target, scheme))
        return 0;
    char *host = *target + sizeof scheme - 1;
    size_t n = strcspn(host, "/");
    char *path = host + n;
    if (n == 0 || *path != '/')
        return 400;
    memmove(*target, host, n); // makes room for a 0 before the path
    (*target)[n] = '\0';
    *authority = *target;
    *target = path;
    return 0;
}

static bool is_digit(char c) {
    return digit[(unsigned char)c];
}

static int parse_version(struct message *message, const char *version) {
    static const char name[] = "HTTP/";
    for (size_t i = 0; name[i]; i++)
        if (version[i] != name[i])
            return 400;
    if (!is_digit(version[5]) || version[6] != '.' || !is_digit(version[7]))
        return 400;
    if (version[5] != '1' || version[7] > '1')
        return 505;
    message->is_old = version[7] == '0';
    return 0;
}

static void clear(struct message *message) {
    memset(message, 0, offsetof(struct message, fields));
    message->head = (struct lab_http_head){"", "", NULL, 0, 0};
}

// Cuts the first line into a method and a target, and returns what comes after
// it; NULL if it is refused, with [*status].
static char *parse_first(struct message *message, char *text,
                         const char **authority, int *status) {
    char *target = cut(text, token, ' ');
    char *version = target && *text ? cut(target, in_target, ' ') : NULL;
    *status = version ? parse_version(message, version) : 400;
    if (*status == 0 && !is_end(version + VERSION))
        *status = 400;
    if (*status == 0)
        *status = take_absolute(&target, authority);
    if (*status == 0 && *target != '/' && !is_word(target, "*"))
        *status = 400;
    if (*status)
        return NULL;
    message->head.method = text;
    message->head.target = target;
    return version + VERSION + 2;
}

int lab_http_parse_request(struct message *message, char *text, size_t n) {
    const char *authority = NULL;
    int refused;
    clear(message);
    char *rest =
        parse_first(message, text + blank(text, n), &authority, &refused);
    if (rest)
        refused = parse_fields(message, rest);
    const char *host = message->head.host;
    if (!refused &&
        ((!host && !message->is_old) ||
         (authority && (!host || strcasecmp(host, authority) != 0))))
        refused = 400;
    if (!host)
        message->head.host = "";
    return refused;
}

static bool has_name(const char *host, const char *name) {
    const char *port = after(host, name);
    if (!port)
        return false;
    // "localhost:80.evil.example" is another's name.
    return !*port || (*port == ':' && !port[1 + span(port + 1, digit)]);
}

bool lab_http_is_ours(const char *host, const char *const *others) {
    static const char *const names[] = {"127.0.0.1", "localhost", "[::1]",
                                        NULL};
    const char *const *lists[] = {names, others};
    for (size_t i = 0; i < countof(lists); i++)
        for (const char *const *name = lists[i]; name && *name; name++)
            if (has_name(host, *name))
                return true;
    return false;
}

// --- replies

// Cuts "200 OK" or "200" off [text], which a CR follows, and returns the next
// line; NULL if it is neither.
static char *parse_status(char *text, int64_t *status) {
    char *end = text + span(text, in_value);
    char *reason = cut(text, digit, ' ');
    if (!is_end(end))
        return NULL;
    *end = '\0';
    if ((!reason && text + span(text, digit) != end) || strlen(text) != 3)
        return NULL;
    return parse_number(text, status) ? end + 2 : NULL;
}

int lab_http_parse_reply(struct message *message, char *text, size_t n) {
    int64_t status;
    (void)n; // the empty line is the end
    clear(message);
    message->head.host = "";
    message->head.length = -1;
    if (parse_version(message, text) != 0 || text[VERSION] != ' ')
        return LAB_EPROTO;
    char *rest = parse_status(text + VERSION + 1, &status);
    if (!rest || status < 100 || status > 599 ||
        parse_fields(message, rest) != 0)
        return LAB_EPROTO;
    message->head.status = (int)status;
    return 0;
}
