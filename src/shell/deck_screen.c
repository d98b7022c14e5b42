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

// The first of these that the screen has room for, or the last.
static const char *keys_of(const struct lab_deck *deck) {
    static const char *const moves[] = {
        ("space next  b back  r run  h hold/let go  a 12 b 3 hands  : prompt  "
         "q out"),
        "space next  b back  r run  h hold  a 12 b 3  : prompt  q out",
        "space next  b back  r run  h hold  q out",
        "space  b  r  h  q out",
    };
    static const char *const aside[] = {
        "space next page, or back to the lesson  q back  : prompt",
        "space next page  q back  : prompt",
        "space  q back",
    };
    if (deck->is_running)
        return "running; q stops it";
    return deck->is_aside
               ? lab_line_fitting(aside, countof(aside), deck->columns)
               : lab_line_fitting(moves, countof(moves), deck->columns);
}

static void put_foot(struct lab_text *out, const struct lab_deck *deck) {
    if (deck->typed.length)
        lab_text_put(out, lab_text_string(&deck->typed));
    else
        lab_line_paint(out, &deck->style, LAB_COLOR_DIM,
                       deck->message.length ? lab_text_string(&deck->message)
                                            : keys_of(deck),
                       deck->columns);
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

void lab_deck_screen(struct lab_text *out, struct lab_deck *deck) {
    if (deck->is_running) {
        lab_deck_make(deck);
        deck->shown = end_of(deck);
    }
    const char *text = lab_text_string(&deck->page) + deck->shown;
    size_t n = lab_pages_take(text, lab_deck_room(deck), deck->columns);
    size_t rows = 0;
    put_head(out, deck);
    put_rule(out, deck);
    for (const char *at = text; at < text + n; at += *at == '\n') {
        size_t line = strcspn(at, "\n");
        lab_line_cut(out, at, line, deck->columns);
        lab_text_put(out, "\n");
        at += line;
        rows++;
    }
    for (; rows < lab_deck_room(deck); rows++)
        lab_text_put(out, "\n");
    put_rule(out, deck);
    put_foot(out, deck);
}
