#include "view/drive_goal.h"

#include "view/claims.h"
#include "view/line.h"
#include "view/wording.h"

#include <string.h>

// --- the goal

static const char without_error[] = "it ends without an error";

// The claims that the goal is about: those that some order breaks.
static void put_claims(struct lab_text *out, const struct lab_drive *drive,
                       const struct lab_run *run) {
    const char *between = "";
    if (drive->breaks_law) {
        lab_text_printf(out, "time = %s", run->time.law);
        between = "; ";
    }
    for (size_t i = 0; i < run->claim_count && i < LAB_DRIVE_CLAIMS; i++)
        if (drive->breaks[i]) {
            bool ends_ok = strcmp(run->claims[i].text, "ends ok") == 0;
            lab_text_printf(out, "%s%s", between,
                            ends_ok ? without_error : run->claims[i].text);
            between = "; ";
        }
    if (!*between)
        lab_text_put(out, without_error);
}

static void put_no_goal(struct lab_text *out, const struct lab_style *style,
                        const struct lab_drive *drive,
                        const struct lab_run *run) {
    struct lab_text text = {0};
    bool is_wrong = drive->ways[LAB_DRIVE_BREAK].count > 0;
    lab_text_printf(&text, "There is nothing to win: it is %s in each of the ",
                    is_wrong ? "wrong" : "right");
    lab_drive_put_orders(&text, drive);
    lab_text_put(&text, is_wrong ? ". See how this fails: "
                                 : ". See how each of them comes to that.");
    if (is_wrong) {
        put_claims(&text, drive, run);
        lab_text_put(&text, ".");
    }
    lab_line_end(out, style, LAB_COLOR_HEAD, 0, &text);
}

void lab_drive_put_goal(struct lab_text *out, const struct lab_style *style,
                        const struct lab_drive *drive,
                        const struct lab_run *run) {
    struct lab_text text = {0};
    if (drive->goal == LAB_DRIVE_ANY) {
        put_no_goal(out, style, drive, run);
        return;
    }
    bool breaks = drive->goal == LAB_DRIVE_BREAK;
    if (drive->goal == LAB_DRIVE_LOCK) {
        lab_text_put(&text, "Goal: lock it. It must end in a deadlock.");
    } else {
        lab_text_printf(&text, "Goal: %s it. This must %s: ",
                        breaks ? "break" : "save", breaks ? "fail" : "hold");
        put_claims(&text, drive, run);
        lab_text_put(&text, ".");
    }
    lab_text_put(&text, drive->ways[drive->goal].by_fifo
                            ? " First in, first out does it already."
                            : " First in, first out does not do it.");
    lab_line_end(out, style, LAB_COLOR_HEAD, 0, &text);
}

void lab_drive_put_chosen(struct lab_text *out, const struct lab_style *style,
                          const struct lab_drive *drive, bool variant) {
    const struct lab_demo *demo = drive->settings.demo;
    struct lab_text text = {0};
    if (drive->program)
        return;
    if (variant)
        lab_text_put(&text, demo->variants[drive->variant].name);
    for (size_t i = 0; i < lab_param_count(demo); i++)
        if (drive->chosen[i]) {
            lab_text_put(&text, text.length ? ", " : "");
            lab_settings_put(&drive->settings, i, &text);
        }
    if (text.length > 0)
        lab_line_printf(out, style, LAB_COLOR_NONE, 0,
                        "Chosen for you, as the order then matters: %s.",
                        lab_text_string(&text));
    lab_text_free(&text);
}

void lab_drive_put_orders(struct lab_text *out, const struct lab_drive *drive) {
    bool all = !drive->truncated && !drive->shallow;
    lab_text_printf(out, "%zu orders%s", drive->tried,
                    all ? "" : " that were tried");
}

void lab_drive_put_no_goal(struct lab_text *out, const char *name,
                           const struct lab_drive *drive,
                           enum lab_drive_goal goal) {
    bool broken = drive->ways[LAB_DRIVE_BREAK].count > 0,
         locked = drive->ways[LAB_DRIVE_LOCK].count > 0;
    lab_text_put(out, name);
    if (drive->tried == 1 && !drive->truncated)
        lab_text_put(out, " has one order: there is nothing to choose");
    else if (goal == LAB_DRIVE_LOCK)
        lab_text_printf(out, " is deadlocked in %s of the ",
                        locked ? "each" : "none");
    else
        lab_text_printf(out, " is %s in each of the ",
                        broken ? "wrong" : "right");
    if (drive->tried > 1 || drive->truncated)
        lab_drive_put_orders(out, drive);
}

// --- what came of it

// Appends what speaks against the run, or that nothing does.
static void put_outcome(struct lab_text *out, const struct lab_style *style,
                        const struct lab_drive *drive,
                        const struct lab_run *run, const char *code) {
    struct lab_text text = {0};
    bool held = true;
    if (lab_run_failed(run)) {
        lab_text_printf(&text, "%s: ", run->name);
        lab_wording_run_failure(&text, run);
        lab_line_end(out, style, LAB_COLOR_NONE, 0, &text);
        return;
    }
    for (size_t i = 0; i < run->claim_count; i++)
        if (!run->claims[i].held) {
            lab_claims_put_against(&text, run, &run->claims[i], code);
            lab_line_end(out, style, LAB_COLOR_NONE, 0, &text);
            held = false;
        }
    if (run->time.law && !run->time.held) {
        lab_text_printf(&text, "%s: time = %s, but it is ", run->name,
                        run->time.law);
        lab_time_put(&text, run->time.measured);
        lab_text_put(&text, ".");
    } else if (held) {
        lab_text_printf(&text, "%s: ", run->name);
        put_claims(&text, drive, run);
        lab_text_put(&text, ": it holds.");
    }
    lab_line_end(out, style, LAB_COLOR_NONE, 0, &text);
}

static size_t count_deviations(const struct lab_choices *choices) {
    size_t count = 0;
    for (size_t i = 0; i < choices->count; i++)
        count += choices->all[i].taken > 0;
    return count;
}

static void put_score(struct lab_text *out, const struct lab_style *style,
                      const struct lab_drive *drive, bool won,
                      const struct lab_choices *choices) {
    const struct lab_drive_way *way = &drive->ways[drive->goal];
    bool all = !drive->truncated && !drive->shallow;
    size_t own = count_deviations(choices);
    struct lab_text text = {0};
    bool is_one = choices->count == 1;
    if (drive->goal == LAB_DRIVE_ANY)
        lab_text_put(&text, is_one ? "There was" : "There were");
    else
        lab_text_put(&text, won      ? "You won with"
                            : is_one ? "Not yet: there was"
                                     : "Not yet: there were");
    lab_text_printf(&text,
                    " %zu choice%s, %zu of them not first in, first out.%s",
                    choices->count, is_one ? "" : "s", own,
                    drive->goal == LAB_DRIVE_ANY ? "" : " ");
    if (drive->goal == LAB_DRIVE_ANY) {
        lab_line_end(out, style, LAB_COLOR_NONE, 0, &text);
        return;
    }
    lab_text_printf(&text, "The least that %swins is %zu%s. %zu of the ",
                    all ? "" : "was tried and ", way->least,
                    won && own == way->least ? ", as yours" : "", way->count);
    lab_drive_put_orders(&text, drive);
    lab_text_put(&text, way->count == 1 ? " wins." : " win.");
    lab_line_end(out, style, won ? LAB_COLOR_GOOD : LAB_COLOR_BAD, 0, &text);
}

void lab_drive_put_words(struct lab_text *out, const struct lab_drive *drive,
                         const struct lab_comparison *comparison) {
    const struct lab_settings *settings = &drive->settings;
    if (drive->program)
        lab_text_put(out, drive->program);
    else
        lab_text_printf(out, "%d %s", comparison->number,
                        comparison->runs[0]->name);
    for (size_t i = 0; !drive->program && i < lab_param_count(settings->demo);
         i++) {
        if (lab_settings_is_default(settings, i))
            continue;
        lab_text_printf(out, " %s=", settings->demo->params[i].name);
        lab_settings_put_value(settings, i, out);
    }
}

// A command is never broken or cut, so that it can be copied.
static void put_command(struct lab_text *out, const struct lab_drive *drive,
                        const struct lab_comparison *comparison,
                        const struct lab_choices *choices) {
    lab_text_put(out, "timeline ");
    lab_drive_put_words(out, drive, comparison);
    lab_text_put(out, " --schedule=");
    lab_choices_put_script(choices, out);
    lab_text_put(out, "\n");
}

void lab_drive_put_end(struct lab_text *out, const struct lab_style *style,
                       const struct lab_drive *drive,
                       const struct lab_comparison *comparison,
                       const struct lab_choices *choices, const char *code) {
    put_outcome(out, style, drive, comparison->runs[0], code);
    put_score(out, style, drive, lab_drive_wins(drive->goal, comparison),
              choices);
    put_command(out, drive, comparison, choices);
    lab_line_wrap(out, style, LAB_COLOR_NONE, 0,
                  "draws it; other views take the same words. b goes back a "
                  "choice, again begins anew, q leaves.");
}
