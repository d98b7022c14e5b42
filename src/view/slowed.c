#include "view/slowed.h"

#include "view/line.h"

struct computing {
    lab_time asked, took;
    size_t begun, ended;
};

// All computing of [record] together, on the loop and on workers.
static struct computing computing_of(const struct lab_record *record) {
    struct computing sum = {0};
    for (size_t i = 0; i < lab_record_count(record); i++) {
        const struct lab_event *event = lab_record_at(record, i);
        if (event->on != LAB_ON_BURN)
            continue;
        if (event->kind == LAB_EVENT_BLOCK) {
            sum.begun++;
            sum.asked += event->value;
            sum.took -= event->time;
        } else if (event->kind == LAB_EVENT_UNBLOCK) {
            sum.ended++;
            sum.took += event->time;
        }
    }
    return sum;
}

// Is what the law was missed by mostly time that computing had to wait? Some
// that never ended says nothing.
static bool explains(const struct computing *sum,
                     const struct lab_measure *time) {
    lab_time over = lab_time_minus(time->measured, time->predicted);
    return sum->begun == sum->ended && sum->took - sum->asked > over / 2;
}

static bool is_over(const struct lab_measure *time) {
    return time->law && !time->held && time->measured > time->predicted;
}

static void put_run(struct lab_text *out, const struct lab_style *style,
                    const struct lab_run *run) {
    struct computing sum = computing_of(run->record);
    struct lab_text line = {0};
    if (!explains(&sum, &run->time))
        return;
    lab_text_printf(&line, "%s: ", run->name);
    lab_line_time(&line, sum.asked);
    lab_text_put(&line, " of computing took ");
    lab_line_time(&line, sum.took);
    lab_text_put(&line, ", because other programs or threads wanted the "
                        "processors too. Run it again on a quiet machine.");
    lab_line_end(out, style, LAB_COLOR_NONE, 0, &line);
}

void lab_slowed_put(struct lab_text *out,
                    const struct lab_comparison *comparison,
                    const struct lab_style *style) {
    if (comparison->clock.is_virtual)
        return;
    for (size_t i = 0; i < comparison->count; i++)
        if (is_over(&comparison->runs[i]->time))
            put_run(out, style, comparison->runs[i]);
}
