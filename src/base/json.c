#include "base/json.h"

#include <string.h>

// --- writing

void lab_json_put_string(struct lab_text *out, const char *string) {
    size_t n = strlen(string);
    lab_text_put(out, "\"");
    for (size_t i = 0, length; i < n; i += length) {
        unsigned code = 0;
        length = lab_text_decode(string + i, n - i, &code);
        if (length == 0) {
            lab_text_put(out, "\\ufffd");
            length = 1;
        } else if (code == '"' || code == '\\') {
            lab_text_printf(out, "\\%c", (char)code);
        } else if (lab_text_harmful(code)) { // a terminal may be what reads it
            lab_text_printf(out, "\\u%04x", code);
        } else {
            lab_text_write(out, string + i, length);
        }
    }
    lab_text_put(out, "\"");
}

void lab_json_put_comma(struct lab_text *out) {
    char last = out->length ? out->data[out->length - 1] : '[';
    lab_text_put(out, last == '{' || last == '[' ? "" : ",");
}

void lab_json_put_key(struct lab_text *out, const char *key) {
    lab_json_put_comma(out);
    lab_json_put_string(out, key);
    lab_text_put(out, ":");
}

void lab_json_put_member(struct lab_text *out, const char *key,
                         const char *string) {
    lab_json_put_key(out, key);
    if (string)
        lab_json_put_string(out, string);
    else
        lab_text_put(out, "null");
}

// --- reading

enum { MOST_WORD = 40 }; // bytes that an error shows of what it is about

void lab_json_fail_line(struct lab_json *json, const char *error) {
    if (!json->error)
        json->error = error;
    json->at = ""; // so that every loop ends
}

// The words are from the key of the member to where reading stopped, and a
// little on.
void lab_json_fail(struct lab_json *json, const char *error) {
    if (!json->error) {
        json->word = json->key ? json->key - 1 : json->at;
        json->word_size =
            (size_t)(json->at - json->word) + strcspn(json->at, ",}]\n");
    }
    lab_json_fail_line(json, error);
}

void lab_json_put_error(struct lab_text *out, const struct lab_json *json) {
    if (!json->error)
        return;
    lab_text_put(out, json->error);
    if (json->word_size == 0)
        return;
    bool cut = json->word_size > MOST_WORD;
    lab_text_put(out, ", at ");
    lab_text_mask(out, json->word, cut ? MOST_WORD : json->word_size, false);
    lab_text_put(out, cut ? "..." : "");
}

static char look(struct lab_json *json) {
    while (*json->at == ' ' || *json->at == '\t' || *json->at == '\r' ||
           *json->at == '\n')
        json->at++;
    return *json->at;
}

static bool take(struct lab_json *json, char c) {
    if (look(json) != c)
        return false;
    json->at++;
    return true;
}

void lab_json_open(struct lab_json *json, char bracket) {
    if (!take(json, bracket))
        lab_json_fail(json, bracket == '{' ? "expected an object"
                                           : "expected a list");
    json->fresh = true;
}

bool lab_json_is(struct lab_json *json, char bracket) {
    return look(json) == bracket;
}

// Returns the end of the string that begins after [at]; NULL if it has none.
static const char *string_end(const char *at) {
    while (*at && *at != '"') {
        at += *at == '\\' && at[1] ? 2 : 1;
    }
    return *at ? at : NULL;
}

static void take_key(struct lab_json *json) {
    const char *end = look(json) == '"' ? string_end(json->at + 1) : NULL;
    if (!end) {
        lab_json_fail(json, "expected a name in quotes");
        return;
    }
    json->key = json->at + 1;
    json->key_size = (size_t)(end - json->key);
    json->at = end + 1;
    if (!take(json, ':'))
        lab_json_fail(json, "expected a colon");
}

bool lab_json_more(struct lab_json *json, char bracket) {
    bool fresh = json->fresh;
    json->fresh = false;
    if (json->error || take(json, bracket))
        return false;
    if (!fresh && !take(json, ','))
        lab_json_fail(json, "expected a comma");
    else if (bracket == '}')
        take_key(json);
    return !json->error;
}

bool lab_json_key(const struct lab_json *json, const char *key) {
    return *key == *json->key && strlen(key) == json->key_size &&
           memcmp(key, json->key, json->key_size) == 0;
}

void lab_json_int(struct lab_json *json, int64_t *value) {
    bool negative = take(json, '-');
    uint64_t sum = 0, most = negative ? (uint64_t)1 << 63 : INT64_MAX;
    const char *start = json->at;
    for (; *json->at >= '0' && *json->at <= '9'; json->at++) {
        unsigned digit = (unsigned)(*json->at - '0');
        if (sum > (most - digit) / 10) {
            lab_json_fail(json, "a number is too large");
            return;
        }
        sum = sum * 10 + digit;
    }
    if (json->at == start || *json->at == '.' || *json->at == 'e' ||
        *json->at == 'E')
        lab_json_fail(json, "expected a whole number");
    else
        *value = negative ? (int64_t)(0 - sum) : (int64_t)sum;
}

static bool read_hex(const char *at, unsigned *code) {
    *code = 0;
    for (int i = 0; i < 4; i++) {
        const char digits[] = "0123456789abcdef0123456789ABCDEF";
        const char *digit = at[i] ? strchr(digits, at[i]) : NULL;
        if (!digit)
            return false;
        *code = *code * 16 + (unsigned)(digit - digits) % 16;
    }
    return true;
}

// Reads what follows \u, a pair of surrogates too; says whether it was well.
static bool read_unicode(struct lab_json *json, struct lab_text *text) {
    unsigned code, low;
    if (!read_hex(json->at, &code))
        return false;
    json->at += 4;
    if (code >= 0xD800 && code < 0xDC00 && json->at[0] == '\\' &&
        json->at[1] == 'u' && read_hex(json->at + 2, &low) && low >= 0xDC00 &&
        low < 0xE000) {
        json->at += 6;
        code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
    }
    if (code == 0 || (code >= 0xD800 && code < 0xE000))
        return false; // half a pair, or what would end the string
    lab_text_encode(text, code);
    return true;
}

static bool read_escape(struct lab_json *json, struct lab_text *text) {
    static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
    char c = *json->at;
    const char *known = c ? strchr(from, c) : NULL;
    json->at += c != '\0';
    if (c == 'u')
        return read_unicode(json, text);
    if (known)
        lab_text_write(text, &to[known - from], 1);
    return known != NULL;
}

void lab_json_string(struct lab_json *json, struct lab_text *text) {
    if (!take(json, '"')) {
        lab_json_fail(json, "expected a string");
        return;
    }
    for (;;) {
        size_t plain = strcspn(json->at, "\"\\");
        lab_text_write(text, json->at, plain);
        json->at += plain;
        if (*json->at == '"')
            break;
        if (!*json->at || !*++json->at || !read_escape(json, text)) {
            lab_json_fail(json, "a string is broken");
            return;
        }
    }
    json->at++;
}

static bool take_word(struct lab_json *json, const char *word) {
    size_t n = strlen(word);
    if (look(json) != *word || strncmp(json->at, word, n) != 0)
        return false;
    json->at += n;
    return true;
}

bool lab_json_null(struct lab_json *json) {
    return take_word(json, "null");
}

bool lab_json_true(struct lab_json *json) {
    return take_word(json, "true");
}

// A value in brackets is passed over to the bracket that matches.
static void skip_nested(struct lab_json *json) {
    int depth = 0;
    do {
        char c = look(json);
        const char *end = c == '"' ? string_end(json->at + 1) : json->at;
        if (!c || !end) {
            lab_json_fail(json, "a bracket is not closed");
            return;
        }
        depth += (c == '{' || c == '[') - (c == '}' || c == ']');
        json->at = end + 1;
    } while (depth > 0);
}

void lab_json_skip(struct lab_json *json) {
    char c = look(json);
    if (c == '{' || c == '[' || c == '"') {
        skip_nested(json);
        return;
    }
    size_t n = strspn(json->at, "+-.0123456789eEtrufalsn");
    if (n == 0)
        lab_json_fail(json, "expected a value");
    else
        json->at += n;
}

bool lab_json_end(struct lab_json *json) {
    if (!json->error && look(json) != '\0')
        lab_json_fail(json, "something follows where the line should end");
    return !json->error;
}
