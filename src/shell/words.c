#include "shell/words.h"

#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

// What a byte of a line is. A mark is not part of the word: a quote, or a
// backslash before the byte that it keeps.
enum piece { END, BLANK, MARK, LETTER };

struct reader {
    char quote; // the quote that is open, or '\0'
    bool keeps; // the next byte is a letter, whatever it is
};

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static enum piece read_quoted(struct reader *reader, const char *at) {
    if (*at == reader->quote) {
        reader->quote = '\0';
        return MARK;
    }
    reader->keeps =
        reader->quote == '"' && *at == '\\' && (at[1] == '"' || at[1] == '\\');
    return reader->keeps ? MARK : LETTER;
}

static enum piece read_piece(struct reader *reader, const char *at) {
    if (!*at)
        return END;
    if (reader->keeps) {
        reader->keeps = false;
        return LETTER;
    }
    if (reader->quote)
        return read_quoted(reader, at);
    if (*at == '"' || *at == '\'') {
        reader->quote = *at;
        return MARK;
    }
    reader->keeps = *at == '\\' && at[1];
    return reader->keeps ? MARK : is_blank(*at) ? BLANK : LETTER;
}

static bool is_at_home(const char *word) {
    return word[0] == '~' && word[1] == '/';
}

// Returns what the ~ of a word that begins with ~/ stands for, as in a shell;
// NULL if it stands for itself.
static const char *home_of(const char *word) {
    const char *home = is_at_home(word) ? getenv("HOME") : NULL;
    return home && *home ? home : NULL;
}

// Takes [word], or puts the NULL after the last.
static void add(struct lab_words *words, char *word) {
    words->words = lab_grow(words->words, (size_t)words->count,
                            &words->capacity, sizeof *words->words);
    words->words[words->count] = word;
    words->count += word != NULL;
}

// Reads the word at [at], and returns where it ends. Sets [is_and] if its last
// byte is an & outside quotes.
static const char *read_word(struct lab_words *words, const char *at,
                             bool *is_and) {
    struct reader reader = {0};
    struct lab_text word = {0};
    const char *home = home_of(at);
    if (home) {
        lab_text_put(&word, home);
        at++;
    }
    for (;; at++) {
        bool plain = !reader.quote && !reader.keeps;
        enum piece piece = read_piece(&reader, at);
        if (piece <= BLANK)
            break;
        *is_and = plain && *at == '&';
        if (piece == LETTER)
            lab_text_write(&word, at, 1);
    }
    words->quote = reader.quote;
    add(words, lab_strdup(lab_text_string(&word)));
    lab_text_free(&word);
    return at;
}

// "run 3 &" and "run 3&" are alike.
static void take_and(struct lab_words *words) {
    char *last = words->words[words->count - 1];
    words->background = true;
    last[strlen(last) - 1] = '\0';
    if (!*last) {
        words->count--;
        lab_free(last);
    }
}

// Is it a line for another shell? "!!" is a habit; see suggest.c.
static bool is_shell_line(const char *at) {
    return at[0] == '!' && at[1] != '!';
}

static bool split_shell_line(struct lab_words *words, const char *line,
                             const char *at) {
    at++;
    while (is_blank(*at))
        at++;
    words->start = (size_t)(at - line);
    add(words, lab_strdup("shell"));
    add(words, lab_strdup("--"));
    if (*at)
        add(words, lab_strdup(at));
    add(words, NULL);
    return true;
}

bool lab_words_split(struct lab_words *words, const char *line,
                     struct lab_text *error) {
    const char *at = line;
    bool is_and = false;
    *words = (struct lab_words){0};
    while (is_blank(*at))
        at++;
    if (is_shell_line(at))
        return split_shell_line(words, line, at);
    for (;;) {
        while (is_blank(*at))
            at++;
        if (!*at)
            break;
        words->start = (size_t)(at - line);
        at = read_word(words, at, &is_and);
        words->ended = *at != '\0';
    }
    if (is_and)
        take_and(words);
    add(words, NULL);
    if (words->quote)
        lab_text_printf(error,
                        "the quote %c is not closed; type another at the end, "
                        "or \\%c if the character itself is meant",
                        words->quote, words->quote);
    return !words->quote;
}

void lab_words_free(struct lab_words *words) {
    for (int i = 0; i < words->count; i++)
        lab_free(words->words[i]);
    lab_free(words->words);
}

size_t lab_words_skip(const char *raw, size_t length) {
    struct reader reader = {0};
    const char *at = raw, *home = home_of(raw);
    size_t there = home && length > 0 ? strlen(home) : 0;
    if (there > 0) {
        length -= length < there ? length : there;
        at++;
    }
    while (length > 0 && *at)
        length -= read_piece(&reader, at++) == LETTER;
    return (size_t)(at - raw);
}

void lab_words_tail(const char *line, size_t start,
                    struct lab_words_tail *tail) {
    struct reader reader = {0};
    bool begins = true; // a word, perhaps
    *tail = (struct lab_words_tail){0};
    for (const char *at = line; *at; at++) {
        if (at == line + start)
            tail->before = reader.quote;
        const char *home = begins ? home_of(at) : NULL;
        enum piece piece = read_piece(&reader, at);
        if (piece == LETTER && at >= line + start)
            lab_text_write(&tail->text, home ? home : at,
                           home ? strlen(home) : 1);
        begins = piece == BLANK;
    }
    tail->after = reader.quote;
    if (!line[start])
        tail->before = tail->after;
}

static bool is_special(char c) {
    return is_blank(c) || c == '"' || c == '\'' || c == '\\' || c == '&';
}

bool lab_words_need_quotes(const char *text) {
    if (is_at_home(text))
        return true;
    while (*text && !is_special(*text))
        text++;
    return *text != '\0';
}

void lab_words_put(struct lab_text *out, const char *text, char quote) {
    if (!quote && is_at_home(text))
        lab_text_put(out, "\\");
    for (; *text; text++) {
        if (quote == '\'' && *text == '\'')
            lab_text_put(out, "'\\'"); // then the quote opens again
        else if ((quote == '"' && (*text == '"' || *text == '\\')) ||
                 (!quote && is_special(*text)))
            lab_text_put(out, "\\");
        lab_text_write(out, text, 1);
    }
}
