#include "view/events.h"

#include "view/line.h"
#include "view/sentence.h"

#include <string.h>

// Is each of [words] at most [room] columns wide?
static bool has_room(const char *words, int room) {
    struct lab_text word = {0};
    bool has = true;
    while (*words && has) {
        size_t n = strcspn(words, " ");
        lab_text_clear(&word);
        lab_text_write(&word, words, n);
        has = lab_line_columns(lab_text_string(&word)) <= room;
        words += n + strspn(words + n, " ");
    }
    lab_text_free(&word);
    return has;
}

static void put_event(struct lab_text *out, const struct lab_style *style,
                      const struct lab_state *state,
                      const struct lab_event *event,
                      const struct lab_times *times, const char *mark) {
    enum { FEW = 16 }; // columns, in which words hardly have room
    struct lab_text line = {0};
    lab_text_printf(&line, "%s %5zu  ", mark, state->at);
    lab_times_put(&line, times, event->time);
    lab_text_put(&line, "  ");
    int column = (int)line.length;
    lab_text_put(out, lab_text_string(&line));
    lab_text_clear(&line);
    lab_sentence_put(&line, lab_wording_of(state), event);
    lab_wording_location(&line, state->record, event->line);
    int room = style->width - column;
    if (room < FEW || !has_room(lab_text_string(&line), room)) {
        lab_text_trim(out);
        lab_text_put(out, "\n");
        lab_line_wrap(out, style, LAB_COLOR_NONE, 4, lab_text_string(&line));
    } else {
        lab_line_beside(out, style, LAB_COLOR_NONE, column,
                        lab_text_string(&line));
    }
    lab_text_free(&line);
}

void lab_events_put(struct lab_text *out, const struct lab_style *style,
                    const struct lab_record *record, size_t from, size_t count,
                    const char *mark) {
    struct lab_state *state = lab_state_new(record);
    const struct lab_event *event;
    struct lab_times times = {0};
    for (size_t i = from; i - from < count && i < lab_record_count(record); i++)
        lab_times_add(&times, lab_record_at(record, i)->time);
    lab_state_go(state, from);
    for (size_t i = 0; i < count && (event = lab_state_next(state)); i++)
        put_event(out, style, state, event, &times, mark);
    lab_state_free(state);
}
