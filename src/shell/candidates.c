#include "shell/candidates.h"

#include "base/alloc.h"
#include "shell/words.h"
#include "view/line.h"

#include <limits.h>
#include <string.h>

static void item_free(struct lab_candidate *item) {
    lab_free(item->word);
    lab_free(item->text);
}

void lab_candidates_free(struct lab_candidates *candidates) {
    for (size_t i = 0; i < candidates->count; i++)
        item_free(&candidates->items[i]);
    lab_free(candidates->items);
    *candidates = (struct lab_candidates){0};
}

void lab_candidates_offer(void *to, const char *word, const char *text) {
    struct lab_candidates *candidates = to;
    for (size_t i = 0; i < candidates->count; i++)
        if (strcmp(candidates->items[i].word, word) == 0)
            return;
    candidates->items =
        lab_grow(candidates->items, candidates->count, &candidates->capacity,
                 sizeof *candidates->items);
    candidates->items[candidates->count++] = (struct lab_candidate){
        lab_strdup(word), text && *text ? lab_strdup(text) : NULL};
}

void lab_candidates_keep(struct lab_candidates *candidates, const char *word) {
    size_t kept = 0;
    for (size_t i = 0; i < candidates->count; i++) {
        struct lab_candidate *item = &candidates->items[i];
        if (strncmp(item->word, word, strlen(word)) == 0)
            candidates->items[kept++] = *item;
        else
            item_free(item);
    }
    candidates->count = kept;
}

// How many bytes all items begin with, whole characters only.
static size_t common(const struct lab_candidates *candidates) {
    const char *first = candidates->items[0].word;
    size_t n = strlen(first);
    for (size_t i = 1; i < candidates->count; i++) {
        size_t same = 0;
        while (same < n && candidates->items[i].word[same] == first[same])
            same++;
        n = same;
    }
    while (n > 0 && ((unsigned char)first[n] & 0xc0) == 0x80)
        n--;
    return n;
}

// --- the list

enum { GAP = 2, TEXT_LEAST = 20 };

// How a list is laid out: [across] columns of [rows] items, each [name] wide
// and then, if it has a text, up to [cell].
struct layout {
    size_t across, rows;
    int name, cell;
};

static void measure(const struct lab_candidates *candidates, int *name,
                    int *text) {
    *name = 1, *text = 0;
    for (size_t i = 0; i < candidates->count; i++) {
        const struct lab_candidate *item = &candidates->items[i];
        int width = lab_line_columns(item->word);
        *name = width > *name ? width : *name;
        width = item->text ? lab_line_columns(item->text) : 0;
        *text = width > *text ? width : *text;
    }
}

static void set_across(struct layout *layout, size_t count, size_t across) {
    layout->across = across > 0 ? across : 1;
    layout->rows = (count + layout->across - 1) / layout->across;
}

// Lays out words and texts; false if they do not fit in [rows]. Only where each
// item has a row of its own may a text be cut: beginnings of sentences side by
// side explain less than the words alone.
static bool lay_out_texts(struct layout *layout, size_t count, int text,
                          int columns, int rows) {
    const int wanted = layout->name + GAP + text;
    for (int across = 1;; across++) {
        int room = (columns + GAP) / across - GAP;
        int least = across > 1 || text < TEXT_LEAST ? text : TEXT_LEAST;
        if (text == 0 || room < layout->name + GAP + least)
            return false;
        layout->cell = wanted < room ? wanted : room;
        set_across(layout, count, (size_t)across);
        if (layout->rows <= (size_t)rows)
            return true;
    }
}

static struct layout lay_out(const struct lab_candidates *candidates,
                             int columns, int rows) {
    struct layout layout = {0};
    int text;
    measure(candidates, &layout.name, &text);
    if (!lay_out_texts(&layout, candidates->count, text, columns, rows)) {
        layout.cell = layout.name;
        set_across(&layout, candidates->count,
                   (size_t)((columns + GAP) / (layout.name + GAP)));
    }
    return layout;
}

// Appends [text] in at most [room] columns, without the words that have no
// room.
static void put_words(const char *text, int room, const struct lab_style *style,
                      struct lab_text *out) {
    struct lab_text some = {0};
    size_t kept = 0;
    for (const char *end = strchr(text, ' '); end; end = strchr(end + 1, ' ')) {
        lab_text_clear(&some);
        lab_text_write(&some, text, (size_t)(end - text) + 1);
        if (lab_line_columns(lab_text_string(&some)) < room)
            kept = some.length;
    }
    lab_text_clear(&some);
    if (kept > 0 && lab_line_columns(text) > room) {
        lab_text_write(&some, text, kept);
        lab_text_put(&some, style->ascii ? "~" : "…");
        text = lab_text_string(&some);
    }
    lab_line_put(out, style, text, room);
    lab_text_free(&some);
}

// A word is what one would type, so it is whole, however long.
static void put_item(const struct lab_candidate *item,
                     const struct layout *layout, const struct lab_style *style,
                     bool is_last, struct lab_text *out) {
    int width = lab_line_columns(item->word);
    int room = layout->cell - layout->name - GAP;
    lab_line_left(out, style, item->word, width);
    if (is_last && !item->text)
        return;
    lab_text_repeat(out, " ", layout->name - width);
    if (room > 0) {
        lab_text_repeat(out, " ", GAP);
        const char *text = item->text ? item->text : "";
        lab_view_color(out, style, LAB_COLOR_DIM);
        if (is_last)
            put_words(text, room, style, out);
        else
            lab_line_left(out, style, text, room);
        lab_view_color(out, style, LAB_COLOR_NONE);
    }
    if (!is_last)
        lab_text_repeat(out, " ", GAP);
}

// So many find no room on the screen.
static void put_left_out(struct lab_text *out, const struct lab_style *style,
                         size_t count) {
    struct lab_text line = {0};
    lab_text_printf(&line, "... and %zu more; type how it begins", count);
    if ((int)line.length > style->width)
        lab_text_cut(&line, strcspn(line.data, ";"));
    lab_line_paint(out, style, LAB_COLOR_DIM, line.data, style->width);
    lab_text_put(out, "\n");
    lab_text_free(&line);
}

void lab_candidates_list(const struct lab_candidates *candidates,
                         const struct lab_style *style, int rows,
                         struct lab_text *out) {
    struct layout layout = lay_out(candidates, style->width, rows);
    size_t shown = candidates->count;
    if (rows > 1 && layout.rows > (size_t)rows) {
        layout.rows = (size_t)rows - 1;
        shown = layout.rows * layout.across;
    }
    for (size_t row = 0; row < layout.rows; row++) {
        for (size_t i = row; i < shown; i += layout.rows)
            put_item(&candidates->items[i], &layout, style,
                     i + layout.rows >= shown, out);
        lab_text_put(out, "\n");
    }
    if (shown < candidates->count)
        put_left_out(out, style, candidates->count - shown);
}

// --- what to type

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
    const char *first = candidates->items[0].word;
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

void lab_candidates_tell(lab_edit_complete *complete, void *context,
                         const char *line, const struct lab_style *style,
                         struct lab_text *out) {
    struct lab_candidates candidates = {0};
    struct lab_words_tail tail;
    size_t start = strlen(line);
    complete(context, line, &start, lab_candidates_offer, &candidates);
    lab_words_tail(line, start, &tail);
    if (candidates.count > 1) // see edit.h
        lab_candidates_keep(&candidates, lab_text_string(&tail.text));
    if (candidates.count == 0)
        lab_line_wrap(out, style, LAB_COLOR_NONE, 0,
                      "There is nothing to complete this line with.");
    lab_candidates_list(&candidates, style, INT_MAX, out);
    lab_candidates_free(&candidates);
    lab_text_free(&tail.text);
}

size_t lab_candidates_answer(lab_edit_complete *complete, void *context,
                             const char *line, const struct lab_style *style,
                             int rows, struct lab_text *rest,
                             struct lab_text *list) {
    struct lab_candidates candidates = {0};
    struct lab_words_tail tail;
    size_t start = strlen(line);
    bool again = false;
    complete(context, line, &start, lab_candidates_offer, &candidates);
    lab_words_tail(line, start, &tail);
    const char *word = lab_text_string(&tail.text);
    bool instead = candidates.count == 1 &&
                   strncmp(candidates.items[0].word, word, strlen(word)) != 0;
    if (!instead)
        lab_candidates_keep(&candidates, word);
    if (candidates.count > 0)
        again = type_rest(&candidates, &tail, instead, rest);
    if (rest->length == 0 && candidates.count > 1)
        lab_candidates_list(&candidates, style, rows, list);
    lab_candidates_free(&candidates);
    lab_text_free(&tail.text);
    return again ? length_of(line + start) : 0;
}
