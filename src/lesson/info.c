#include "lesson/info.h"

#include "base/alloc.h"
#include "base/nearest.h"
#include "base/text.h"
#include "lesson/quote.h"
#include "lesson/scan.h"

#include <ctype.h>
#include <string.h>

// Words that are a block's whole meaning, and with how many typing errors they
// are still meant. Short words are near to many others.
static const struct {
    const char *word;
    enum lab_info_kind kind;
    int slips;
} table[] = {
    {"looplab", LAB_INFO_COMMANDS, 2}, {"python", LAB_INFO_PROGRAM, 1},
    {"output", LAB_INFO_OUTPUT, 1},    {"measured", LAB_INFO_MEASURED, 2},
    {"predict", LAB_INFO_PREDICT, 2},  {"note", LAB_INFO_NOTE, 1},
};

struct word {
    const char *at;
    size_t length; // 0 if there is none
};

// The next word, up to white space.
static struct word next_word(const char *at, const char *end) {
    while (at < end && lab_scan_is_space(*at))
        at++;
    const char *start = at;
    while (at < end && !lab_scan_is_space(*at))
        at++;
    return (struct word){start, (size_t)(at - start)};
}

// The next run of letters, digits and "_", whatever stands before it.
static struct word next_name(const char *at, const char *end) {
    while (at < end && !lab_scan_is_word(*at))
        at++;
    const char *start = at;
    while (at < end && lab_scan_is_word(*at))
        at++;
    return (struct word){start, (size_t)(at - start)};
}

static bool is(struct word word, const char *text) {
    return word.length == strlen(text) && !memcmp(word.at, text, word.length);
}

static bool is_identifier(struct word word) {
    for (size_t i = 0; i < word.length; i++)
        if (!lab_scan_is_word(word.at[i]))
            return false;
    return word.length > 0 && !lab_scan_is_digit(*word.at);
}

// The name of a program's file, which is beside the lesson.
static bool is_file(struct word word) {
    return word.length > 3 && !memcmp(word.at + word.length - 3, ".py", 3) &&
           !memchr(word.at, '/', word.length);
}

// How a language may be marked elsewhere: "{.looplab}", "{.c together}".
static struct word without_marks(const char *at, const char *end) {
    while (at < end && (lab_scan_is_space(*at) || *at == '{' || *at == '.'))
        at++;
    const char *start = at;
    while (at < end && !lab_scan_is_space(*at) && !strchr("{},:;=", *at))
        at++;
    return (struct word){start, (size_t)(at - start)};
}

// How many typing errors make [word] of [text]. Capitals are none.
static int slips(struct word word, const char *text) {
    struct lab_text small = {0};
    for (size_t i = 0; i < word.length; i++) {
        char c = (char)tolower((unsigned char)word.at[i]);
        lab_text_write(&small, &c, 1);
    }
    int distance = lab_nearest_distance(lab_text_string(&small), text);
    lab_text_free(&small);
    return distance;
}

// What prose was perhaps meant to be. "c" is so short that only a name of the
// demo after it tells.
static struct lab_info guess(const char *at, const char *end,
                             const char *source) {
    struct word word = without_marks(at, end);
    struct word name = next_name(word.at + word.length, end);
    struct lab_quote found;
    for (size_t i = 0; i < countof(table); i++)
        if (slips(word, table[i].word) <= table[i].slips)
            return (struct lab_info){table[i].kind, table[i].word};
    if (slips(word, "py") == 0)
        return (struct lab_info){LAB_INFO_PROGRAM, "python"};
    if (slips(word, "c") == 0 && source && name.length &&
        lab_quote_find(lab_quote_next, source, name.at, name.length, &found))
        return (struct lab_info){LAB_INFO_QUOTE, "c", name.at, name.length};
    return (struct lab_info){LAB_INFO_PROSE};
}

struct lab_info lab_info_read(const char *at, const char *end,
                              const char *source) {
    struct word word = next_word(at, end);
    struct word name = next_word(word.at + word.length, end);
    for (size_t i = 0; i < countof(table); i++) {
        if (!is(word, table[i].word))
            continue;
        struct lab_info info = {table[i].kind};
        if (info.kind == LAB_INFO_PROGRAM && is_file(name)) {
            info.name = name.at;
            info.length = name.length;
        }
        return info;
    }
    if (is(word, "c") && is_identifier(name))
        return (struct lab_info){LAB_INFO_QUOTE, NULL, name.at, name.length};
    return guess(at, end, source);
}

bool lab_info_is_command(const char *at, const char *end) {
    size_t length = strlen(LAB_INFO_PROMPT);
    if ((size_t)(end - at) < length || memcmp(at, LAB_INFO_PROMPT, length) != 0)
        return false;
    return at + length == end || at[length] == ' ';
}
