#include "shell/candidates.h"

#include "base/alloc.h"
#include "shell/words.h"

#include <string.h>

void lab_candidates_free(struct lab_candidates *candidates) {
    for (size_t i = 0; i < candidates->count; i++)
        lab_free(candidates->items[i]);
    lab_free(candidates->items);
    *candidates = (struct lab_candidates){0};
}

void lab_candidates_offer(void *to, const char *item) {
    struct lab_candidates *candidates = to;
    for (size_t i = 0; i < candidates->count; i++)
        if (strcmp(candidates->items[i], item) == 0)
            return;
    candidates->items =
        lab_grow(candidates->items, candidates->count, &candidates->capacity,
                 sizeof *candidates->items);
    candidates->items[candidates->count++] = lab_strdup(item);
}

void lab_candidates_keep(struct lab_candidates *candidates, const char *word) {
    size_t kept = 0;
    for (size_t i = 0; i < candidates->count; i++) {
        char *item = candidates->items[i];
        if (strncmp(item, word, strlen(word)) == 0)
            candidates->items[kept++] = item;
        else
            lab_free(item);
    }
    candidates->count = kept;
}

// How many bytes all items begin with, whole characters only.
static size_t common(const struct lab_candidates *candidates) {
    const char *first = candidates->items[0];
    size_t n = strlen(first);
    for (size_t i = 1; i < candidates->count; i++) {
        size_t same = 0;
        while (same < n && candidates->items[i][same] == first[same])
            same++;
        n = same;
    }
    while (n > 0 && ((unsigned char)first[n] & 0xc0) == 0x80)
        n--;
    return n;
}

void lab_candidates_list(const struct lab_candidates *candidates, int columns,
                         struct lab_text *out) {
    enum { GAP = 2 };
    int widest = 1;
    for (size_t i = 0; i < candidates->count; i++) {
        int width = lab_text_columns(candidates->items[i]);
        if (width > widest)
            widest = width;
    }
    int across = (columns + GAP) / (widest + GAP);
    size_t beside = across > 1 ? (size_t)across : 1;
    size_t rows = (candidates->count + beside - 1) / beside;
    for (size_t row = 0; row < rows; row++) {
        for (size_t i = row; i < candidates->count; i += rows) {
            const char *item = candidates->items[i];
            lab_text_put(out, item);
            if (i + rows < candidates->count)
                lab_text_repeat(out, " ",
                                widest + GAP - lab_text_columns(item));
        }
        lab_text_put(out, "\n");
    }
}

// How many characters [word] has.
static size_t length_of(const char *word) {
    size_t length = 0;
    for (; *word; word++)
        length += ((unsigned char)*word & 0xc0) != 0x80;
    return length;
}

// Appends [length] bytes of [text] as they are typed where [quote] is open;
// which is set if a quote must be opened.
static void type(struct lab_text *out, const char *text, size_t length,
                 char *quote) {
    struct lab_text part = {0};
    lab_text_write(&part, text, length);
    if (!*quote && lab_words_need_quotes(lab_text_string(&part))) {
        *quote = '"';
        lab_text_put(out, "\"");
    }
    lab_words_put(out, lab_text_string(&part), *quote);
    lab_text_free(&part);
}

// Ends a word that is complete. After "=" or "/" it continues.
static void type_end(struct lab_text *out, const char *word, char quote) {
    size_t n = strlen(word);
    if (n > 0 && strchr("=/", word[n - 1]))
        return;
    if (quote)
        lab_text_write(out, &quote, 1);
    lab_text_put(out, " ");
}

// Appends what to type of [candidates], when [tail] is typed already. Returns
// whether the whole tail must be erased first: because the only candidate does
// not begin with it ([instead]), or because what follows needs quotes.
static bool type_rest(const struct lab_candidates *candidates,
                      const struct lab_words_tail *tail, bool instead,
                      struct lab_text *out) {
    const char *first = candidates->items[0];
    size_t n = common(candidates), there = instead ? 0 : tail->text.length;
    char quote = instead ? tail->before : tail->after;
    bool again = instead || (!quote && lab_words_need_quotes(first + there));
    if (again && n > there) {
        quote = tail->before;
        type(out, first, n, &quote);
    } else if (n > there) {
        type(out, first + there, n - there, &quote);
    }
    if (candidates->count == 1)
        type_end(out, first, quote);
    return again && n > there;
}

size_t lab_candidates_answer(lab_edit_complete *complete, void *context,
                             const char *line, int columns,
                             struct lab_text *rest, struct lab_text *list) {
    struct lab_candidates candidates = {0};
    struct lab_words_tail tail;
    size_t start = strlen(line);
    bool again = false;
    complete(context, line, &start, lab_candidates_offer, &candidates);
    lab_words_tail(line, start, &tail);
    const char *word = lab_text_string(&tail.text);
    bool instead = candidates.count == 1 &&
                   strncmp(candidates.items[0], word, strlen(word)) != 0;
    if (!instead)
        lab_candidates_keep(&candidates, word);
    if (candidates.count > 0)
        again = type_rest(&candidates, &tail, instead, rest);
    if (rest->length == 0 && candidates.count > 1)
        lab_candidates_list(&candidates, columns, list);
    lab_candidates_free(&candidates);
    lab_text_free(&tail.text);
    return again ? length_of(line + start) : 0;
}
