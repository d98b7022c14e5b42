#include "shell/codes.h"

#include "base/alloc.h"
#include "base/error.h"
#include "record/warning.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

// The pages, as make has taken them in.
#define PAGE(name)                                                             \
    extern const char name##_start[] __asm__("_binary_src_shell_codes_" #name  \
                                             "_md_start");                     \
    extern const char name##_end[] __asm__("_binary_src_shell_codes_" #name    \
                                           "_md_end");
#define X(name, text) PAGE(name)
LAB_WARNINGS(X)
#undef X
#define X(name, code, text) PAGE(name)
LAB_ERRORS(X)
#undef X

static const struct lab_code codes[] = {
#define X(name, text) {#name, text, 0, name##_start, name##_end},
    LAB_WARNINGS(X)
#undef X
#define X(name, code, text) {#name, text, code, name##_start, name##_end},
        LAB_ERRORS(X)
#undef X
};

const struct lab_code *lab_code_at(size_t index) {
    return index < countof(codes) ? &codes[index] : NULL;
}

// Is [name] that of the warning [code], its number written another way: W1?
static bool is_number_of(const char *code, const char *name) {
    char *end;
    long number =
        tolower((unsigned char)*name) == 'w' && isdigit((unsigned char)name[1])
            ? strtol(name + 1, &end, 10)
            : 0;
    return number > 0 && !*end && number == strtol(code + 1, NULL, 10);
}

static bool is_called(const struct lab_code *code, const char *name) {
    static const char *const prefixes[] = {"", "LAB_", "LAB_E"};
    for (size_t i = 0; i < countof(prefixes); i++) {
        size_t n = strlen(prefixes[i]);
        if (strncmp(code->name, prefixes[i], n) == 0 &&
            strcasecmp(code->name + n, name) == 0)
            return true;
    }
    return strcasecmp(code->text, name) == 0 ||
           (!code->code && is_number_of(code->name, name));
}

const struct lab_code *lab_code_find(const char *name) {
    char *end;
    long number = strtol(name, &end, 10);
    bool is_number = *name && !*end && number != 0;
    for (size_t i = 0; i < countof(codes); i++)
        if (is_called(&codes[i], name) ||
            (is_number && labs(number) == -codes[i].code))
            return &codes[i];
    return NULL;
}

// A sign alone, such as the | of a table, is on many a page and names nothing.
static bool has_letters(const char *words) {
    while (*words && !isalnum((unsigned char)*words))
        words++;
    return *words != '\0';
}

// Do words of the [length] bytes at [text] begin with [words]? "owed" is not in
// "allowed".
static bool has_words(const char *text, size_t length, const char *words) {
    size_t n = strlen(words);
    for (size_t i = 0; i + n <= length; i++)
        if (strncasecmp(text + i, words, n) == 0 &&
            (i == 0 || !isalnum((unsigned char)words[0]) ||
             !isalnum((unsigned char)text[i - 1])))
            return true;
    return false;
}

bool lab_code_mentions(const struct lab_code *code, const char *words) {
    return has_letters(words) &&
           (has_words(code->text, strlen(code->text), words) ||
            has_words(code->page, (size_t)(code->end - code->page), words));
}
