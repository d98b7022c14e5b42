#include "view/notes.h"

#include "view/line.h"
#include "view/sentence.h"
#include "view/window.h"
#include "view/wording.h"

#include <inttypes.h>
#include <string.h>

enum { MOST = 10 }; // notes of a run

// Puts whom [event] is about: the task or worker, and in which run.
static void put_whom(struct lab_text *out, const struct lab_run *run,
                     const char *lane, bool alone) {
    bool is_root = strcmp(lane, run->name) == 0;
    if (*lane && !is_root)
        lab_text_printf(out, " on %s", lane);
    if (!alone || is_root)
        lab_text_printf(out, *lane && !is_root ? " of %s" : " on %s",
                        run->name);
}

static bool is_sleep(const struct lab_event *event) {
    return event->kind == LAB_EVENT_WAIT && event->on == LAB_ON_SLEEP;
}

// Is this sleep one of less than 1 us? Nobody wants one, but lab_sleep(100) is,
// where 100 ms were meant. A deadline of 0 is one that nobody knows.
static bool is_mistaken(const struct lab_event *event) {
    return event->value > 0 &&
           lab_time_minus(event->value, event->time) < LAB_US;
}

// Are all sleeps of [line]? One until a time may be as short for once.
static bool are_mistaken(const struct lab_record *record, uint32_t line) {
    for (size_t i = 0; i < lab_record_count(record); i++) {
        const struct lab_event *event = lab_record_at(record, i);
        if (is_sleep(event) && event->line == line && !is_mistaken(event))
            return false;
    }
    return true;
}

// The first sleep that has lost its unit; NULL if none has.
static const struct lab_event *find_mistake(const struct lab_record *record) {
    for (size_t i = 0; i < lab_record_count(record); i++) {
        const struct lab_event *event = lab_record_at(record, i);
        if (is_sleep(event) && event->line && is_mistaken(event))
            return are_mistaken(record, event->line) ? event : NULL;
    }
    return NULL;
}

static void put_mistake(struct lab_text *out, const struct lab_style *style,
                        const struct lab_run *run, bool alone) {
    const struct lab_event *event = find_mistake(run->record);
    struct lab_text line = {0};
    if (!event)
        return;
    lab_text_put(&line, "A note");
    put_whom(&line, run, "", alone);
    lab_text_put(&line, ": this sleep takes less than 1 us; lab_sleep counts "
                        "nanoseconds, so 100 ms is 100 * LAB_MS");
    lab_wording_location(&line, run->record, event->line);
    lab_sentence_end(&line);
    lab_line_end(out, style, LAB_COLOR_NONE, 0, &line);
}

static void put_note(struct lab_text *out, const struct lab_style *style,
                     const struct lab_run *run, const struct lab_lanes *lanes,
                     const struct lab_event *event, bool alone) {
    struct lab_text line = {0};
    size_t lane = lab_lanes_of(lanes, event);
    lab_text_put(&line, "A note");
    put_whom(&line, run, lane ? lab_lanes_at(lanes, lane)->name : "", alone);
    lab_text_printf(&line, ": %s", lab_record_text(run->record, event));
    lab_wording_location(&line, run->record, event->line);
    lab_sentence_end(&line);
    lab_line_end(out, style, LAB_COLOR_NONE, 0, &line);
}

static void put_run(struct lab_text *out, const struct lab_style *style,
                    const struct lab_run *run, bool alone) {
    struct lab_lanes lanes;
    size_t count = 0;
    lab_lanes_read(&lanes, run->record);
    for (size_t i = 0; i < lab_record_count(run->record); i++) {
        const struct lab_event *event = lab_record_at(run->record, i);
        if (event->kind == LAB_EVENT_NOTE && count++ < MOST)
            put_note(out, style, run, &lanes, event, alone);
    }
    lab_window_more(out, style, count, MOST, "notes");
    lab_lanes_free(&lanes);
}

static bool has_notes(const struct lab_record *record) {
    for (size_t i = 0; i < lab_record_count(record); i++)
        if (lab_record_at(record, i)->kind == LAB_EVENT_NOTE)
            return true;
    return false;
}

// Lanes are read only where there is a note: a record may be long.
void lab_notes_put(struct lab_text *out,
                   const struct lab_comparison *comparison,
                   const struct lab_style *style) {
    const char *language = comparison->language;
    bool alone = comparison->count == 1, is_c = !language || *language == 'c';
    for (size_t i = 0; i < comparison->count; i++) {
        if (has_notes(comparison->runs[i]->record))
            put_run(out, style, comparison->runs[i], alone);
        if (is_c)
            put_mistake(out, style, comparison->runs[i], alone);
    }
}
