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

enum { DIGITS_MOST = 15 };

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

// How many of them [text] begins with.
static size_t span(const char *text, chars set) {
    const char *at = text;
    while (set[(unsigned char)*at])
        at++;
    return (size_t)(at - text);
}

bool lab_http_is_token(const char *text) {
    size_t n = span(text, token);
    return n > 0 && !text[n];
}

bool lab_http_is_value(const char *text) {
    return !text[span(text, in_value)];
}

bool lab_http_is_target(const char *text) {
    return (*text == '/' || strcmp(text, "*") == 0) &&
           !text[span(text, in_target)];
}

// --- lines

// Splits [text] at the first [by]; returns what follows, or NULL.
static char *split(char *text, char by) {
    char *at = strchr(text, by);
    if (!at)
        return NULL;
    *at = '\0';
    return at + 1;
}

// Removes spaces and tabs from both sides.
static char *trim(char *text) {
    while (*text == ' ' || *text == '\t')
        text++;
    size_t n = strlen(text);
    while (n > 0 && (text[n - 1] == ' ' || text[n - 1] == '\t'))
        n--;
    text[n] = '\0';
    return text;
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
    size_t n = strspn(text, "0123456789");
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
        return strspn(value, "0123456789") > DIGITS_MOST ? 413 : 400;
    return 0;
}

static int take_coding(struct message *message, const char *value) {
    if (message->is_chunked || message->is_old)
        return 400;
    message->is_chunked = true;
    return strcasecmp(value, "chunked") == 0 ? 0 : 501;
}

// The value is a list: "close, te".
static int take_connection(struct message *message, const char *value) {
    static const char between[] = ", \t";
    for (const char *word = value; *(word += strspn(word, between));) {
        size_t n = strcspn(word, between);
        if (n == 5 && strncasecmp(word, "close", n) == 0)
            message->keeps = false;
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
    if (strcasecmp(value, "100-continue") != 0)
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

static int take_field(struct message *message, const char *name,
                      const char *value) {
    for (size_t i = 0; i < countof(known); i++)
        if ((*name | ' ') == *known[i].name &&
            strcasecmp(name, known[i].name) == 0 &&
            (*message->head.method || !known[i].of_requests))
            return known[i].take(message, value);
    return 0;
}

// Parses all lines after the first, up to the empty one. lab_http_head_size has
// seen that each ends with CRLF.
static int parse_fields(struct message *message, char *line) {
    while (strncmp(line, "\r\n", 2) != 0) {
        char *end = strchr(line, '\n');
        end[-1] = '\0';
        char *colon = strchr(line, ':');
        if (!lab_http_is_field(line)) // that is also how a folded line looks
            return 400;
        if (message->field_count == FIELDS_MOST)
            return 431;
        *colon = '\0';
        char *value = trim(colon + 1);
        message->fields[message->field_count++] = (struct field){line, value};
        int refused = take_field(message, line, value);
        if (refused)
            return refused;
        line = end + 1;
    }
    if (message->is_chunked && message->has_length)
        return 400;
    if (message->is_chunked)
        message->head.length = -1;
    if (message->is_old && message->asks_to_keep)
        message->keeps = true;
    return 0;
}

// Cuts off the first line, and returns what follows; NULL if there is a NUL.
static char *first_line(char *text, size_t n) {
    if (memchr(text, '\0', n))
        return NULL;
    char *end = memchr(text, '\n', n);
    end[-1] = '\0';
    return end + 1;
}

// --- requests

// "http://host/page" is "/page" of that host, which its Host has to repeat.
static int take_absolute(char **target, const char **authority) {
    static const char scheme[] = "http://";
    enum { SCHEME = sizeof scheme - 1 };
    if (strncasecmp(*target, scheme, SCHEME) != 0)
        return 0;
    char *host = *target + SCHEME;
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
    return c >= '0' && c <= '9';
}

static int parse_version(struct message *message, const char *version) {
    if (strncmp(version, "HTTP/", 5) != 0 || strlen(version) != 8 ||
        !is_digit(version[5]) || version[6] != '.' || !is_digit(version[7]))
        return 400;
    if (version[5] != '1' || version[7] > '1')
        return 505;
    message->is_old = version[7] == '0';
    message->keeps = !message->is_old;
    return 0;
}

static void clear(struct message *message) {
    memset(message, 0, offsetof(struct message, fields));
    message->head = (struct lab_http_head){"", "", NULL, 0, 0};
}

int lab_http_parse_request(struct message *message, char *text, size_t n) {
    clear(message);
    size_t skipped = blank(text, n);
    text += skipped;
    char *rest = first_line(text, n - skipped);
    char *target = rest ? split(text, ' ') : NULL;
    char *version = target ? split(target, ' ') : NULL;
    const char *authority = NULL;
    if (!version || !lab_http_is_token(text))
        return 400;
    int refused = parse_version(message, version);
    if (!refused)
        refused = take_absolute(&target, &authority);
    if (!refused && !lab_http_is_target(target))
        refused = 400;
    message->head.method = text;
    message->head.target = target;
    if (!refused)
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
    size_t n = strlen(name);
    if (strncasecmp(host, name, n) != 0)
        return false;
    const char *port =
        host + n; // "localhost:80.evil.example" is another's name
    return !*port ||
           (*port == ':' && !port[1 + strspn(port + 1, "0123456789")]);
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

int lab_http_parse_reply(struct message *message, char *text, size_t n) {
    int64_t status;
    clear(message);
    message->head.host = "";
    message->head.length = -1;
    char *rest = first_line(text, n);
    char *code = rest ? split(text, ' ') : NULL;
    if (!code || parse_version(message, text) != 0)
        return LAB_EPROTO;
    const char *reason = split(code, ' ');
    if (!parse_number(code, &status) || status < 100 || status > 599 ||
        strlen(code) != 3 || (reason && !lab_http_is_value(reason)) ||
        parse_fields(message, rest) != 0)
        return LAB_EPROTO;
    message->head.status = (int)status;
    return 0;
}
