// deck_screen.c - the screen: where we are, a page of the block, and the keys.

#include "base/alloc.h"
#include "shell/deck_internal.h"
#include "shell/pages.h"
#include "view/line.h"

#include <string.h>

static void count_pages(const struct lab_deck *deck, size_t *number,
                        size_t *count) {
    *number = 1;
    *count = 0;
    for (size_t at = 0; *count == 0 || at < deck->page.length;
         at = lab_deck_page_after(deck, at)) {
        ++*count;
        if (at <= deck->shown)
            *number = *count;
        if (deck->page.length == 0)
            break;
    }
}

void lab_deck_heading(struct lab_text *out, const struct lab_deck *deck) {
    const struct lab_deck_block *state = lab_deck_state_of(deck);
    size_t number, count;
    count_pages(deck, &number, &count);
    lab_text_printf(out, "%02d %s: block %zu of %zu", deck->file->number,
                    deck->file->name, deck->at + 1, deck->blocks.count);
    if (count > 1)
        lab_text_printf(out, ", page %zu of %zu", number, count);
    if (deck->is_running)
        lab_text_put(out, ", running");
    else if (state->is_hidden)
        lab_text_put(out, ", held");
    if (lab_deck_block_of(deck)->kind == LAB_BLOCK_RUN &&
        !state->clock.is_virtual) {
        lab_text_put(out, ", clock ");
        lab_clock_put(out, state->clock);
    }
}

// "12:31", and "of 20 min" if [with_plan].
static void put_clock(struct lab_text *out, const struct lab_deck *deck,
                      bool with_plan) {
    long long seconds = deck->passed / LAB_S;
    lab_text_printf(out, "%lld:%02lld", seconds / 60, seconds % 60);
    if (with_plan && deck->blocks.has_plan)
        lab_text_printf(out, " of %zu min", deck->blocks.minutes);
}

// Where there is no room for all of it, the plan goes first, and then the
// lesson's name: where we are stays.
static void put_head(struct lab_text *out, const struct lab_deck *deck) {
    enum { GAP = 2 };
    struct lab_text heading = {0}, clock = {0};
    lab_deck_heading(&heading, deck);
    put_clock(&clock, deck, true);
    const char *left = lab_text_string(&heading);
    if (lab_line_columns(left) + GAP + (int)clock.length > deck->columns) {
        lab_text_clear(&clock);
        put_clock(&clock, deck, false);
    }
    int room = deck->columns - GAP - (int)clock.length;
    if (lab_line_columns(left) > room && strstr(left, "block "))
        left = strstr(left, "block ");
    lab_view_color(out, &deck->style, LAB_COLOR_HEAD);
    lab_line_left(out, &deck->style, left, room < 1 ? 1 : room);
    lab_text_printf(out, "  %s", lab_text_string(&clock));
    lab_view_color(out, &deck->style, LAB_COLOR_NONE);
    lab_text_put(out, "\n");
    lab_text_free(&heading);
    lab_text_free(&clock);
}

static void put_rule(struct lab_text *out, const struct lab_deck *deck) {
    lab_text_repeat(out, deck->style.ascii ? "-" : "─", deck->columns);
    lab_text_put(out, "\n");
}

// What a key does here. Where there is no room for all, those of the highest
// rank go first; those of rank 0 stay.
struct hint {
    const char *text;
    int rank;
    bool applies;
};

static void put_hints(struct lab_text *out, const struct lab_deck *deck,
                      const struct hint *hints, size_t count) {
    enum { RANKS = 6 };
    for (int most = RANKS; most >= 0; most--) {
        lab_text_clear(out);
        for (size_t i = 0; i < count; i++)
            if (hints[i].applies && hints[i].rank <= most)
                lab_text_printf(out, "%s%s", out->length ? "  " : "",
                                hints[i].text);
        if (lab_line_columns(lab_text_string(out)) <= deck->columns)
            break;
    }
}

static void put_keys(struct lab_text *out, const struct lab_deck *deck) {
    enum lab_block_kind kind = lab_deck_block_of(deck)->kind;
    bool is_held = lab_deck_state_of(deck)->is_hidden;
    bool asks = lab_deck_is_asking(deck), counts = kind == LAB_BLOCK_QUESTION;
    struct lab_text blocks = {0};
    lab_text_printf(&blocks, "1-%zu jump", deck->blocks.count);
    const struct hint hints[] = {
        {"space next", 0, true},
        {deck->style.ascii ? "Left page back" : "← page back", 3,
         deck->shown > 0},
        {asks ? "Esc back" : "b back", 0, true},
        {lab_text_string(&blocks), 5, true},
        {"r run", 1, kind == LAB_BLOCK_RUN},
        {is_held ? "h let go" : "h hold", 1, kind != LAB_BLOCK_PROSE},
        {"a 12 b 3 hands", 2, counts},
        {": prompt", 4, true},
        {"q out", 0, true},
    };
    put_hints(out, deck, hints, countof(hints));
    if (lab_line_columns(lab_text_string(out)) > deck->columns) {
        lab_text_clear(out);
        lab_text_put(out, asks ? "space  Esc  h  q out" : "space  b  q out");
    }
    lab_text_free(&blocks);
}

static void put_foot_keys(struct lab_text *out, const struct lab_deck *deck) {
    static const char *const aside[] = {
        "space next page, or back to the lesson  q back  : prompt",
        "space next page  q back  : prompt",
        "space  q back",
    };
    if (deck->is_running)
        lab_text_put(out, "running; q stops it");
    else if (deck->is_aside)
        lab_text_put(out,
                     lab_line_fitting(aside, countof(aside), deck->columns));
    else
        put_keys(out, deck);
}

// What Enter does with what is typed.
static const char *enter_of(const struct lab_deck *deck) {
    const char *typed = lab_text_string(&deck->typed);
    if (*typed == ':')
        return "Enter runs it, Esc does not";
    if (*typed >= '0' && *typed <= '9')
        return "Enter shows that block, Esc does not";
    if (*typed == 'x')
        return "Enter sets that pace, Esc does not";
    if (strcmp(typed, "b") == 0)
        return "Enter goes back; or hands, as b 3";
    return "Enter counts these hands, Esc does not";
}

// The end of a long line is where one types. Returns that column.
static int put_typed(struct lab_text *out, const struct lab_deck *deck) {
    enum { GAP = 3 };
    const char *typed = lab_text_string(&deck->typed), *enter = enter_of(deck);
    while (lab_line_columns(typed) >= deck->columns)
        do
            typed++;
        while ((*typed & 0xc0) == 0x80); // a character is not cut in two
    int caret = lab_line_columns(typed) + 1;
    lab_text_put(out, typed);
    if (caret - 1 + GAP + lab_line_columns(enter) > deck->columns)
        return caret;
    lab_text_repeat(out, " ", GAP);
    lab_line_paint(out, &deck->style, LAB_COLOR_DIM, enter, deck->columns);
    return caret;
}

// What is said may take several rows: until the next key it covers the end of
// the page.
static int put_foot(struct lab_text *out, const struct lab_deck *deck) {
    struct lab_text keys = {0};
    if (deck->typed.length)
        return put_typed(out, deck);
    if (deck->message.length) {
        lab_line_wrap(out, &deck->style, LAB_COLOR_DIM, 0,
                      lab_text_string(&deck->message));
        lab_text_cut(out, out->length - 1); // the last row has no newline
        return 0;
    }
    put_foot_keys(&keys, deck);
    lab_line_paint(out, &deck->style, LAB_COLOR_DIM, lab_text_string(&keys),
                   deck->columns);
    lab_text_free(&keys);
    return 0;
}

// Where the last page begins, of what grows while it is shown.
static size_t end_of(const struct lab_deck *deck) {
    const char *text = lab_text_string(&deck->page);
    size_t at = deck->page.length;
    for (size_t rows = 0; at > 0; at--)
        if (text[at - 1] == '\n' && rows++ == lab_deck_room(deck))
            break;
    return at;
}

int lab_deck_screen(struct lab_text *out, struct lab_deck *deck) {
    struct lab_text foot = {0};
    int caret = put_foot(&foot, deck);
    size_t room = lab_deck_room(deck), rows = 0;
    if (deck->is_running) {
        lab_deck_make(deck);
        deck->shown = end_of(deck);
    }
    const char *text = lab_text_string(&deck->page) + deck->shown;
    for (size_t i = 0; i < foot.length; i++)
        room -= foot.data[i] == '\n' && room > 0;
    size_t n = lab_pages_take(text, room, deck->columns);
    put_head(out, deck);
    put_rule(out, deck);
    for (const char *at = text; at < text + n; at += *at == '\n') {
        size_t line = strcspn(at, "\n");
        lab_line_cut(out, at, line, deck->columns);
        lab_text_put(out, "\n");
        at += line;
        rows++;
    }
    lab_text_repeat(out, "\n", (int)(room - rows));
    put_rule(out, deck);
    lab_text_put(out, lab_text_string(&foot));
    lab_text_free(&foot);
    return caret;
}
