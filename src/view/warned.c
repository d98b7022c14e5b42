#include "view/warned.h"

#include "record/warning.h"
#include "view/line.h"
#include "view/wording.h"

#include <inttypes.h>
#include <string.h>

// The warnings of one kind, in all runs.
struct kind {
    const struct lab_run *run; // of the worst
    struct lab_warning worst;  // that held the loop longest; or the first
    size_t count;
};

struct search {
    const struct lab_run *run; // that is looked through
    struct kind kinds[LAB_WARNING_CODES];
};

static void on_warning(void *arg, const struct lab_warning *warning) {
    struct search *search = arg;
    struct kind *kind = &search->kinds[warning->code];
    if (kind->count++ > 0 && warning->held <= kind->worst.held)
        return;
    kind->run = search->run;
    kind->worst = *warning;
}

// Appends whose warning it is, and of which run if there are several and the
// name does not say so.
static void put_whom(struct lab_text *out, const struct kind *kind,
                     bool alone) {
    struct lab_lanes lanes;
    uint32_t task = kind->worst.task;
    lab_lanes_read(&lanes, kind->run->record);
    const struct lab_lane *lane = lab_lanes_task(&lanes, task);
    lab_text_put(out, lane ? lane->name : task ? "somebody" : "a callback");
    bool is_root = lane && strcmp(lane->name, kind->run->name) == 0;
    lab_lanes_free(&lanes);
    if (!alone && !is_root)
        lab_text_printf(out, " in %s", kind->run->name);
}

static void put_held(struct lab_text *out, const struct kind *kind,
                     bool alone) {
    lab_text_put(out, "The loop was held ");
    if (kind->count > 1)
        lab_text_printf(out, "%zu times, longest ", kind->count);
    lab_text_put(out, "for ");
    lab_time_put(out, kind->worst.held);
    lab_text_put(out, " by ");
    if (kind->worst.code == LAB_WARNING_W01) {
        put_whom(out, kind, alone);
        return;
    }
    lab_text_printf(out, "%" PRIu32 " steps of one turn, the longest of ",
                    kind->worst.steps);
    put_whom(out, kind, alone);
}

static void put_unread(struct lab_text *out, const struct kind *kind,
                       bool alone) {
    const struct lab_record *record = kind->run->record;
    if (kind->count > 1)
        lab_text_printf(out, "Nobody has read %zu errors, the first of ",
                        kind->count);
    else
        lab_text_put(out, "Nobody has read the error of ");
    put_whom(out, kind, alone);
    lab_wording_event_error(out, record,
                            lab_record_at(record, kind->worst.event - 1));
}

static void put_kind(struct lab_text *out,
                     const struct lab_comparison *comparison,
                     const struct lab_style *style, const struct kind *kind) {
    struct lab_text line = {0};
    bool alone = comparison->count == 1;
    if (kind->worst.code == LAB_WARNING_W03)
        put_unread(&line, kind, alone);
    else
        put_held(&line, kind, alone);
    lab_wording_location(&line, kind->run->record, kind->worst.line);
    lab_text_printf(&line, ": explain %s", lab_warning_name(kind->worst.code));
    lab_line_end(out, style, LAB_COLOR_BAD, 0, &line);
}

void lab_warned_put(struct lab_text *out,
                    const struct lab_comparison *comparison,
                    const struct lab_style *style) {
    struct search search = {0};
    if (!comparison->language)
        return;
    for (size_t i = 0; i < comparison->count; i++) {
        search.run = comparison->runs[i];
        lab_warnings_find(search.run->record, on_warning, &search);
    }
    for (int code = 0; code < LAB_WARNING_CODES; code++)
        if (search.kinds[code].count)
            put_kind(out, comparison, style, &search.kinds[code]);
}
