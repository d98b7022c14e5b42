#include "shell/candidates.h"

#include "base/alloc.h"

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

void lab_candidates_rest(const struct lab_candidates *candidates,
                         const char *word, struct lab_text *out) {
    if (candidates->count == 0)
        return;
    const char *first = candidates->items[0];
    size_t typed = strlen(word), n = common(candidates);
    if (n > typed)
        lab_text_write(out, first + typed, n - typed);
    if (candidates->count == 1 && (n == 0 || !strchr("=/", first[n - 1])))
        lab_text_put(out, " ");
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

size_t lab_candidates_answer(lab_edit_complete *complete, void *context,
                             const char *line, int columns,
                             struct lab_text *rest, struct lab_text *list) {
    struct lab_candidates candidates = {0};
    size_t start = strlen(line), replaced = 0;
    complete(context, line, &start, lab_candidates_offer, &candidates);
    const char *word = line + start;
    if (candidates.count == 1 &&
        strncmp(candidates.items[0], word, strlen(word)) != 0) {
        replaced = length_of(word);
        word = "";
    }
    lab_candidates_keep(&candidates, word);
    lab_candidates_rest(&candidates, word, rest);
    if (rest->length == 0 && candidates.count > 1)
        lab_candidates_list(&candidates, columns, list);
    lab_candidates_free(&candidates);
    return replaced;
}
