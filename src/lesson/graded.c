// graded.c - the screen after grading.
//
//     claim                        n=3 limit=2    36 schedules
//     ───────────────────────────  ─────────────  ────────────
//     ends ok                      yes            all
//     peak(begins - ends) <= limit 3, not 2       none  <-- first
//     time = ceil(n / limit) * ... waits for the one above

#include "lesson/graded.h"

#include "demo/claim.h"
#include "lesson/meaning.h"
#include "record/lanes.h"
#include "record/state.h"
#include "view/claims.h"
#include "view/grid.h"
#include "view/line.h"
#include "view/notes.h"
#include "view/picture.h"
#include "view/sentence.h"
#include "view/source.h"
#include "view/verdict.h"

#include <inttypes.h>
#include <string.h>

enum { LANES = 4, MARGIN = 16 };

const struct lab_grade_claim *lab_graded_first(const struct lab_grade *grade) {
    return grade->phase < 0 ? NULL
                            : &grade->phases[grade->phase].claims[grade->claim];
}

// The phase whose claims are shown: the one that decides, or the first.
static int shown_phase(const struct lab_grade *grade) {
    return grade->phase < 0 ? LAB_GRADE_SMALL : grade->phase;
}

// Is the schedule first in, first out?
static bool is_fifo(const char *schedule) {
    return !schedule || !*schedule || strcmp(schedule, "fifo") == 0;
}

// Does it always take the first, such as "0,0"? That is the same, but that a
// turn of the loop has no end.
static bool takes_first(const char *schedule) {
    return schedule[strspn(schedule, "0,")] == '\0';
}

// --- the table

static void put_value(struct lab_text *cell,
                      const struct lab_grade_claim *claim) {
    if (claim->unit == LAB_CLAIM_WORDS) {
        lab_text_put(cell, claim->broken ? "no" : "yes");
        return;
    }
    if (claim->missing)
        lab_text_put(cell, "there is none");
    else
        lab_claims_put_value(cell, claim->unit, claim->measured);
    if (!claim->broken)
        return;
    lab_text_put(cell, ", not ");
    lab_claims_put_value(cell, claim->unit, claim->predicted);
}

static void put_count(struct lab_text *cell,
                      const struct lab_grade_claim *claim, size_t tried) {
    if (!claim->broken)
        lab_text_put(cell, "holds in all");
    else if (claim->broken >= tried)
        lab_text_put(cell, "holds in none");
    else
        lab_text_printf(cell, "breaks in %zu", claim->broken);
    lab_text_put(cell, claim->broken ? "  <-- first" : "");
}

static void put_rows(struct lab_grid *grid, const struct lab_grade *grade,
                     const struct lab_grade_result *result) {
    bool is_over = false; // a claim did not hold: the next wait for it
    for (size_t i = 0; i < grade->claim_count; i++) {
        const struct lab_grade_claim *claim = &result->claims[i];
        enum lab_color color = is_over         ? LAB_COLOR_DIM
                               : claim->broken ? LAB_COLOR_BAD
                                               : LAB_COLOR_GOOD;
        if (!claim->judged)
            continue;
        lab_text_put(lab_grid_painted(grid, color), grade->claims[i]);
        if (is_over) {
            lab_text_put(lab_grid_rest(grid, color, "so far"),
                         "waits for the one above");
            continue;
        }
        put_value(lab_grid_painted(grid, color), claim);
        put_count(lab_grid_painted(grid, color), claim, result->tried);
        is_over = claim->broken > 0;
    }
}

static const char *values_of(const struct lab_grade *grade) {
    const struct lab_grade_claim *first = lab_graded_first(grade);
    return first && first->values ? first->values
           : grade->small         ? grade->small
                                  : "";
}

static void put_table(struct lab_text *out, const struct lab_style *style,
                      const struct lab_grade *grade) {
    const struct lab_grade_result *result = &grade->phases[shown_phase(grade)];
    struct lab_text heads = {0};
    struct lab_grid grid;
    if (!result->claims)
        return;
    lab_text_put(&heads, "=claim");
    lab_grid_put_head(&heads, ' ', values_of(grade));
    lab_text_printf(&heads, "|of %zu schedule%s", result->tried,
                    result->tried == 1 ? "" : "s");
    lab_grid_init(&grid, lab_text_string(&heads));
    put_rows(&grid, grade, result);
    lab_grid_put(&grid, out, style);
    lab_text_free(&heads);
}

// --- what was tried

static void put_cases(struct lab_text *out, const struct lab_grade *grade) {
    for (size_t i = 0; i < grade->case_count; i++)
        lab_text_printf(out, "%s%s", i ? " and " : "", grade->cases[i]);
}

static void put_phase(struct lab_text *out, const struct lab_grade *grade,
                      int phase) {
    switch (phase) {
    case LAB_GRADE_SMALL:
        lab_text_printf(out, "every schedule of %s",
                        grade->small ? grade->small : "it");
        break;
    case LAB_GRADE_LATE:
        lab_text_put(out, "each timer late");
        break;
    case LAB_GRADE_CANCEL:
        lab_text_put(out, "a cancel at each moment");
        break;
    default:
        put_cases(out, grade);
        lab_text_printf(out, " under %zu seeds", grade->seeds);
        break;
    }
}

static bool is_asked(const struct lab_grade *grade, int phase) {
    return phase == LAB_GRADE_LATE     ? grade->late
           : phase == LAB_GRADE_CANCEL ? grade->cancel
           : phase == LAB_GRADE_CASES  ? grade->case_count > 0
                                       : true;
}

// Holds: every schedule of n=3 limit=2 (36); each timer late (108).
static void put_held(struct lab_text *out, const struct lab_style *style,
                     const struct lab_grade *grade) {
    struct lab_text line = {0};
    for (int i = 0; i < LAB_GRADE_PHASES; i++) {
        const struct lab_grade_result *result = &grade->phases[i];
        if (result->tried == 0 || i == grade->phase)
            continue;
        lab_text_put(&line, line.length ? "; " : "Holds: ");
        put_phase(&line, grade, i);
        lab_text_printf(&line, " (%s%zu)",
                        result->truncated || !result->done ? "the first " : "",
                        result->tried);
    }
    if (line.length) {
        lab_text_put(&line, ".");
        lab_line_end(out, style, LAB_COLOR_GOOD, 0, &line);
    }
}

// Was it over before all was tried?
static bool is_short(const struct lab_grade *grade) {
    return grade->timed_out || grade->stopped;
}

static void put_short(struct lab_text *out, const struct lab_style *style,
                      const struct lab_grade *grade) {
    struct lab_text line = {0};
    if (!is_short(grade))
        return;
    lab_text_put(&line, "Not graded to its end: ");
    if (grade->timed_out) {
        lab_text_put(&line, "grading stops after ");
        lab_time_put(&line, grade->patience);
        lab_text_put(&line, " of the machine's time. Fewer waits, and less to "
                            "compute, take less of it.");
    } else {
        lab_text_put(&line, "it was stopped.");
    }
    lab_line_end(out, style, LAB_COLOR_BAD, 0, &line);
}

// Not tried yet: a cancel at each moment.
static void put_waiting(struct lab_text *out, const struct lab_style *style,
                        const struct lab_grade *grade) {
    struct lab_text line = {0};
    for (int i = grade->phase + 1; i < LAB_GRADE_PHASES; i++) {
        if (!is_asked(grade, i) || grade->phases[i].tried > 0)
            continue;
        lab_text_put(&line, line.length ? "; " : "Not tried yet: ");
        put_phase(&line, grade, i);
    }
    if (line.length) {
        lab_text_put(&line, ".");
        lab_line_end(out, style, LAB_COLOR_DIM, 0, &line);
    }
}

// --- what is against it

void lab_graded_put_words(struct lab_text *out,
                          const struct lab_graded *graded) {
    const struct lab_grade_claim *first = lab_graded_first(graded->grade);
    lab_text_printf(out, " %s", graded->file);
    if (!first)
        return;
    if (first->values && *first->values)
        lab_text_printf(out, " %s", first->values);
    if (!is_fifo(first->schedule))
        lab_text_printf(out, " --schedule=%s", first->schedule);
}

static const struct lab_run *run_of(const struct lab_graded *graded) {
    return graded->again && graded->again->count ? graded->again->runs[0]
                                                 : NULL;
}

static void put_schedule(struct lab_text *line,
                         const struct lab_grade_claim *first, int phase) {
    lab_text_put(
        line, phase == LAB_GRADE_CANCEL ? "Simplest cancel that breaks it"
              : phase == LAB_GRADE_LATE ? "Simplest late timer that breaks it"
                                        : "Simplest schedule that breaks it");
    lab_text_put(line, ": ");
    if (is_fifo(first->schedule)) {
        lab_text_put(line, "first in, first out");
    } else if (takes_first(first->schedule)) {
        lab_text_put(line, "first in, first out, where no turn ends");
    } else {
        lab_text_put(line, first->schedule);
        lab_meaning_put(line, first->schedule);
    }
    lab_text_put(line, ".");
}

// At 0 s, event 14: call 3 says "begins" (line 14).
static void put_event(struct lab_text *line, const struct lab_graded *graded,
                      const struct lab_run *run, uint32_t number) {
    const struct lab_event *event = lab_record_at(run->record, number - 1);
    struct lab_state *state = lab_state_new(run->record);
    lab_state_go(state, number);
    lab_text_put(line, " At ");
    lab_time_put(line, event->time);
    lab_text_printf(line, ", event %" PRIu32 ": ", number);
    lab_sentence_put(line, lab_wording_of(state), event);
    lab_source_where(line, run->record, graded->source, event->line);
    lab_sentence_end(line);
    lab_state_free(state);
}

// The event against the claim; 0 if the run that is shown has no such event.
static uint32_t event_of(const struct lab_graded *graded) {
    const struct lab_run *run = run_of(graded);
    uint32_t event = lab_graded_first(graded->grade)->event;
    return run && event <= lab_record_count(run->record) ? event : 0;
}

static void put_against(struct lab_text *out, const struct lab_style *style,
                        const struct lab_graded *graded) {
    const struct lab_grade *grade = graded->grade;
    uint32_t event = event_of(graded);
    struct lab_text line = {0};
    if (lab_claim_put_meaning(&line, grade->claims[grade->claim]))
        lab_line_end(out, style, LAB_COLOR_NONE, 0, &line);
    else // one line or the other: 24 are few
        lab_text_put(out, "\n");
    put_schedule(&line, lab_graded_first(grade), grade->phase);
    if (grade->error)
        lab_text_printf(&line, " %s.", grade->error);
    else if (event)
        put_event(&line, graded, run_of(graded), event);
    if (run_of(graded)) // else only the cancel that ends it is seen
        lab_verdict_put_deadlock(&line, run_of(graded), graded->source);
    lab_line_end(out, style, LAB_COLOR_NONE, 0, &line);
}

// --- the lanes

// Which task is told of in the event; 0 if none is.
static uint32_t doer_of(const struct lab_run *run, uint32_t event) {
    return event ? lab_sentence_doer(lab_record_at(run->record, event - 1)).task
                 : 0;
}

// The index of the first lane to show: of the last tasks, with [doer] among
// them.
static size_t first_lane(const struct lab_lane_list *tasks, uint32_t doer) {
    size_t from = tasks->count > LANES ? tasks->count - LANES : 0;
    for (size_t i = 0; i < from; i++)
        if (tasks->lanes[i].number == doer)
            return i + 1 > LANES ? i + 1 - LANES : 0;
    return from;
}

// Draws a mark below the time of the event.
static void put_mark(struct lab_text *out, const struct lab_style *style,
                     const struct lab_picture *picture, lab_time time) {
    lab_text_repeat(out, " ",
                    picture->margin + lab_axis_cell(&picture->axis, time));
    lab_line_paint(out, style, LAB_COLOR_BAD, "^", 1);
    lab_text_put(out, "\n");
}

static void put_lanes(struct lab_text *out, const struct lab_style *style,
                      const struct lab_graded *graded) {
    const struct lab_run *run = run_of(graded);
    struct lab_picture picture;
    struct lab_lanes lanes;
    if (style->plain || !run || lab_record_count(run->record) == 0)
        return;
    uint32_t event = event_of(graded);
    size_t last = lab_record_count(run->record) - 1;
    int margin = style->width / 3 < MARGIN ? style->width / 3 : MARGIN;
    lab_lanes_read(&lanes, run->record);
    lab_picture_init(&picture, out, style, margin, 0);
    lab_picture_scale(&picture, lab_record_at(run->record, last)->time);
    lab_axis_put(out, style, &picture.axis, margin);
    size_t from = first_lane(&lanes.tasks, doer_of(run, event));
    for (size_t i = from; i < lanes.tasks.count && i < from + LANES; i++)
        lab_picture_lanes(&picture, lanes.tasks.lanes[i].name,
                          &lanes.tasks.lanes[i], 1);
    if (event)
        put_mark(out, style, &picture,
                 lab_record_at(run->record, event - 1)->time);
    lab_picture_term(&picture);
    lab_lanes_free(&lanes);
}

// --- the whole

// What the run itself remarks: "the coroutine f was never awaited".
static void put_notes(struct lab_text *out, const struct lab_style *style,
                      const struct lab_graded *graded) {
    if (run_of(graded) && graded->grade->phase != LAB_GRADE_CANCEL)
        lab_notes_put(out, graded->again, style);
}

static void put_commands(struct lab_text *out, const struct lab_style *style,
                         const struct lab_graded *graded) {
    struct lab_text line = {0};
    lab_text_put(&line, "timeline");
    lab_graded_put_words(&line, graded);
    lab_text_put(&line, " shows all of it; stepper and story take the same "
                        "words.");
    lab_line_end(out, style, LAB_COLOR_NONE, 0, &line);
}

void lab_graded_put(struct lab_text *out, const struct lab_style *style,
                    const struct lab_graded *graded) {
    const struct lab_grade *grade = graded->grade;
    put_table(out, style, grade);
    put_held(out, style, grade);
    put_short(out, style, grade);
    if (is_short(grade) || lab_graded_first(grade))
        put_waiting(out, style, grade);
    if (!lab_graded_first(grade))
        return;
    put_against(out, style, graded);
    put_lanes(out, style, graded);
    put_notes(out, style, graded);
    put_commands(out, style, graded);
}

void lab_graded_put_sentence(struct lab_text *out,
                             const struct lab_grade *grade) {
    const struct lab_grade_claim *first = lab_graded_first(grade);
    size_t tried = 0;
    for (int i = 0; i < LAB_GRADE_PHASES; i++)
        tried += grade->phases[i].tried;
    if (!first && grade->stopped)
        lab_text_printf(out, "stopped after %zu runs; none was against it",
                        tried);
    else if (!first && grade->timed_out)
        lab_text_printf(out, "holds in the %zu runs there was time for", tried);
    else if (!first)
        lab_text_printf(out, "holds in all %zu runs", tried);
    else
        lab_text_printf(out, "\"%s\" does not hold in %zu of %zu schedules",
                        grade->claims[grade->claim], first->broken,
                        grade->phases[grade->phase].tried);
}
