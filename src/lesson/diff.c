// The longest common subsequence of the two lists of lines, after Hirschberg:
// a table of lengths would need a row for each line, so only two rows are
// kept, and the place where the best path crosses the middle is found from
// both ends. Time is the product of the changed parts' lengths, memory their
// sum.

#include "lesson/diff.h"

#include "base/alloc.h"
#include "base/hash.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

enum { CONTEXT = 3 };

struct line {
    const char *text;
    size_t length; // with its line break
    uint64_t hash;
    bool kept; // it is in the other text too
};

struct lines {
    struct line *line;
    size_t count;
};

// Lines are what the text's "\n" end: a lone "\r" does not, for diff and patch.
static struct lines split(const struct lab_text *text) {
    struct lines lines = {0};
    size_t room = 0;
    for (size_t at = 0; at < text->length;) {
        const char *start = text->data + at;
        const char *end = memchr(start, '\n', text->length - at);
        size_t length = end ? (size_t)(end - start) + 1 : text->length - at;
        uint64_t hash = lab_hash(LAB_HASH_EMPTY, start, length);
        lines.line =
            lab_grow(lines.line, lines.count, &room, sizeof *lines.line);
        lines.line[lines.count++] = (struct line){start, length, hash, false};
        at += length;
    }
    return lines;
}

static bool same(const struct line *a, const struct line *b) {
    return a->hash == b->hash && a->length == b->length &&
           !memcmp(a->text, b->text, a->length);
}

// Sets row[j] to how many lines a[0..n) and b[0..j) have in common, or, where
// [back], a's last n and b's last j.
static void lengths(const struct line *a, size_t n, const struct line *b,
                    size_t m, bool back, size_t *row) {
    memset(row, 0, (m + 1) * sizeof *row);
    for (size_t i = 0; i < n; i++) {
        size_t corner = 0; // row[j] as it was for the line before
        for (size_t j = 0; j < m; j++) {
            size_t above = row[j + 1];
            if (same(&a[back ? n - 1 - i : i], &b[back ? m - 1 - j : j]))
                row[j + 1] = corner + 1;
            else if (row[j] > above)
                row[j + 1] = row[j];
            corner = above;
        }
    }
}

// Where to cut b, if a is cut at [half], so that the halves match best.
static size_t crossing(const struct line *a, size_t half, size_t n,
                       const struct line *b, size_t m) {
    size_t *before = lab_realloc(NULL, m + 1, sizeof *before);
    size_t *after = lab_realloc(NULL, m + 1, sizeof *after);
    lengths(a, half, b, m, false, before);
    lengths(a + half, n - half, b, m, true, after);
    size_t best = 0;
    for (size_t j = 1; j <= m; j++)
        if (before[j] + after[m - j] > before[best] + after[m - best])
            best = j;
    lab_free(before);
    lab_free(after);
    return best;
}

// Marks the lines that a and b have in common, in order, in both.
static void match(struct line *a, size_t n, struct line *b, size_t m) {
    for (; n && m && same(a, b); a++, b++, n--, m--)
        a->kept = b->kept = true;
    for (; n && m && same(&a[n - 1], &b[m - 1]); n--, m--)
        a[n - 1].kept = b[m - 1].kept = true;
    if (n == 0 || m == 0)
        return;
    if (n == 1) {
        for (size_t j = 0; j < m && !a->kept; j++)
            if (same(a, &b[j]))
                a->kept = b[j].kept = true;
        return;
    }
    size_t half = n / 2, cut = crossing(a, half, n, b, m);
    match(a, half, b, cut);
    match(a + half, n - half, b + cut, m - cut);
}

static void put_line(struct lab_text *out, char sign, const struct line *line) {
    lab_text_write(out, &sign, 1);
    lab_text_write(out, line->text, line->length);
    if (line->text[line->length - 1] != '\n')
        lab_text_put(out, "\n\\ No newline at end of file\n");
}

// A range of lines as a hunk's first line has it. An empty one is named after
// the line before it.
static void put_range(struct lab_text *out, char sign, size_t first,
                      size_t count) {
    lab_text_printf(out, "%c%zu", sign, count ? first + 1 : first);
    if (count != 1)
        lab_text_printf(out, ",%zu", count);
}

// A position in both texts: lines i of a and j of b.
struct cursor {
    size_t i, j;
};

// Moves on over one change or common line, and says which it was.
static char step(const struct lines *a, const struct lines *b,
                 struct cursor *at) {
    if (at->i < a->count && !a->line[at->i].kept)
        return at->i++, '-';
    if (at->j < b->count && !b->line[at->j].kept)
        return at->j++, '+';
    at->i++;
    at->j++;
    return ' ';
}

// The end of the hunk whose first change is at [at]: where no other change
// comes within twice the context.
static struct cursor hunk_end(const struct lines *a, const struct lines *b,
                              struct cursor at) {
    struct cursor end = at;
    for (int common = 0; at.i < a->count || at.j < b->count;) {
        if (step(a, b, &at) != ' ') {
            common = 0;
            end = at;
        } else if (++common > 2 * CONTEXT) {
            break;
        }
    }
    for (int i = 0; i < CONTEXT && end.i < a->count; i++, end.i++, end.j++)
        continue;
    return end;
}

static void put_hunk(const struct lines *a, const struct lines *b,
                     struct cursor start, struct cursor end,
                     struct lab_text *out) {
    lab_text_put(out, "@@ ");
    put_range(out, '-', start.i, end.i - start.i);
    lab_text_put(out, " ");
    put_range(out, '+', start.j, end.j - start.j);
    lab_text_put(out, " @@\n");
    while (start.i < end.i || start.j < end.j) {
        struct cursor was = start;
        char sign = step(a, b, &start);
        put_line(out, sign, sign == '+' ? &b->line[was.j] : &a->line[was.i]);
    }
}

static void put_hunks(const struct lines *a, const struct lines *b,
                      struct lab_text *out) {
    for (struct cursor at = {0, 0}; at.i < a->count || at.j < b->count;) {
        struct cursor start = at;
        if (step(a, b, &at) == ' ')
            continue;
        struct cursor end = hunk_end(a, b, start);
        for (int i = 0; i < CONTEXT && start.i > 0 && start.j > 0; i++) {
            start.i--;
            start.j--;
        }
        put_hunk(a, b, start, end, out);
        at = end;
    }
}

void lab_diff_put(const char *old_name, const struct lab_text *old,
                  const char *new_name, const struct lab_text *new,
                  struct lab_text *out) {
    struct lines a = split(old), b = split(new);
    match(a.line, a.count, b.line, b.count);
    bool differ = a.count != b.count;
    for (size_t i = 0; i < a.count && !differ; i++)
        differ = !a.line[i].kept;
    if (differ) {
        lab_text_printf(out, "--- %s\n+++ %s\n", old_name, new_name);
        put_hunks(&a, &b, out);
    }
    lab_free(a.line);
    lab_free(b.line);
}
