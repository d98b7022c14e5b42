// warnings.c - what a run should be warned of, a sentence each.
//
//     W01 at 250.0 ms: blocking holds the loop for 1.000 s in one step (line
//     25).

#include "record/warning.h"

#include "view/line.h"
#include "view/window.h"
#include "view/wording.h"

#include <inttypes.h>

enum { MOST = 40 }; // warnings that are shown of a run

struct warnings {
    struct lab_run_view *view;
    size_t count;
    unsigned *codes; // that are shown, of any run, as bits
};

static const char *name_of(const struct warnings *warnings, uint32_t task) {
    const struct lab_lane *lane = lab_lanes_task(&warnings->view->lanes, task);
    return lane ? lane->name : task ? "somebody" : "a callback";
}

static void put_warning(struct lab_text *out, const struct warnings *warnings,
                        const struct lab_warning *warning) {
    const char *name = name_of(warnings, warning->task);
    lab_text_printf(out, "%s at ", lab_warning_name(warning->code));
    lab_time_put(out, warning->from);
    switch (warning->code) {
    case LAB_WARNING_W01:
        lab_text_printf(out, ": %s holds the loop for ", name);
        lab_time_put(out, warning->held);
        lab_text_put(out, " in one step");
        lab_wording_location(out, warnings->view->record, warning->line);
        break;
    case LAB_WARNING_W02:
        lab_text_printf(out,
                        ": %" PRIu32 " steps of one turn hold the loop "
                        "for ",
                        warning->steps);
        lab_time_put(out, warning->held);
        lab_text_put(out, "; the longest takes ");
        lab_time_put(out, warning->most);
        lab_text_printf(out, ", of %s", name);
        lab_wording_location(out, warnings->view->record, warning->line);
        break;
    default:
        lab_text_printf(out, ": nobody has read the error of %s", name);
        lab_wording_event_error(
            out, warnings->view->record,
            lab_record_at(warnings->view->record, warning->event - 1));
        break;
    }
    lab_text_put(out, ".");
}

static void on_warning(void *arg, const struct lab_warning *warning) {
    struct warnings *warnings = arg;
    struct lab_text line = {0};
    if (warnings->count++ >= MOST)
        return;
    *warnings->codes |= 1U << warning->code;
    put_warning(&line, warnings, warning);
    lab_line_end(warnings->view->out, warnings->view->style, LAB_COLOR_BAD, 0,
                 &line);
}

static void put_run(struct lab_run_view *view, void *arg) {
    struct warnings warnings = {.view = view, .codes = arg};
    lab_warnings_find(view->record, on_warning, &warnings);
    if (warnings.count == 0)
        lab_line_wrap(view->out, view->style, LAB_COLOR_DIM, 0,
                      "no warnings: nothing holds the loop for 100 ms, and "
                      "every error is read");
    lab_window_more(view->out, view->style, warnings.count, MOST, "warnings");
}

// Appends how to look up what the codes mean.
static void put_help(struct lab_text *out, const struct lab_style *style,
                     unsigned codes) {
    struct lab_text line = {0};
    for (int code = 0; code < LAB_WARNING_CODES; code++)
        if (codes & (1U << code))
            lab_text_printf(&line, "%sexplain %s", line.length ? ", " : "",
                            lab_warning_name((enum lab_warning_code)code));
    if (line.length) {
        lab_text_put(out, "\n");
        lab_line_printf(out, style, LAB_COLOR_DIM, 0, "what that means: %s",
                        lab_text_string(&line));
    }
    lab_text_free(&line);
}

void lab_view_warnings(struct lab_text *out,
                       const struct lab_comparison *comparison,
                       const struct lab_style *style) {
    unsigned codes = 0;
    lab_window_each(out, comparison, style, put_run, &codes);
    put_help(out, style, codes);
}
