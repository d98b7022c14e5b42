// claim.h - what a variant claims of its record, read and judged.
//
// Use:
//     .claims = {"peak(inside) = min(n, limit)", "count(arrived) = n",
//                "order \"a\" \"b\"", "ends unread"}
//
// Grammar:
//     claim    = [ scope ] ( measure relation formula
//                            | "order" words | "never" words | "ends" how
//                            | "warns" codes )
//     scope    = "fifo:" | "late:" | "cancel:"
//     relation = "=" | "<=" | ">="
//     measure  = "time" [ "(" text ")" ]   of the whole; or when that was first
//                                          said or marked
//              | "gap" "(" mark ")"        longest time without it
//              | "count" "(" text ")"      how often that was said or marked
//              | "on_loop" "(" text ")"    the same, but not by a worker
//              | "peak" | "least" | "last" "(" gauge ")"
//                                          of lab_count's; or of the engine's
//                                          own gauges tasks, ready and queued
//              | "peak" | "least" | "last" "(" text " - " text ")"
//                                          how many lines said the first, less
//                                          those that said the second
//              | "live" "(" text ")"       how many other tasks lived when
//                                          that was first said or marked
//              | "turns" | "idle"          of the loop; idle is in percent
//              | "busy" "(" "cores" ")"    how many cores computed, on average
//              | "occupied"                how long threads blocked or
//                                          computed, added up
//              | "result" [ "(" task ")" ] of the run, or of the first task
//                                          of that name
//     words    = texts in quotes
//     codes    = "W01", "W02 W03", "nothing": all that the view warnings has
//     how      = "ok" | "unread" | "deadlock" | "cancelled" | "failed"
//
// A line is said if it contains the text. In an order each text is said for
// the first time after the one before. A formula is one of formula.h.
//
// A claim has to hold under every schedule; with "fifo:" under first in, first
// out alone, with "late:" or "cancel:" where the schedule makes a timer late or
// cancels a task. Times have the tolerance of laws; nothing else has any. A
// claim is a function of the record, so a saved one is judged as a live one is.
//
// Where there is nothing to measure, no such gauge, line or task, or no event
// at all, a claim does not hold. Only count(), on_loop() and occupied find 0,
// and never finds nothing.

#ifndef LAB_DEMO_CLAIM_H
#define LAB_DEMO_CLAIM_H

#include "demo/formula.h"
#include "record/run.h"

// Where the names in formulas come from.
struct lab_claim_names {
    lab_formula_lookup *lookup;
    const void *context;
};

// Reads claim->text into the other members, all but what was measured.
//
// Errors: false, with one sentence in [error] that names the claim: what is
//         not understood, and what there is.
bool lab_claim_read(struct lab_claim *claim, struct lab_claim_names names,
                    struct lab_text *error);

// Appends what the measure of the claim [text] means, for those who have not
// written it: "gap(beat) is the longest time without that mark." Returns false
// if it has none.
bool lab_claim_put_meaning(struct lab_text *out, const char *text);

// Under which schedules is the claim [text] judged?
enum lab_claim_scope {
    LAB_CLAIM_ALWAYS,
    LAB_CLAIM_FIFO,
    LAB_CLAIM_LATE,
    LAB_CLAIM_CANCEL,
};
enum lab_claim_scope lab_claim_scope(const char *text);

// Judges claim [index] of [run], reading it first. One that cannot be read does
// not hold. [tolerance] is that of times.
void lab_claim_judge(const struct lab_comparison *comparison,
                     struct lab_run *run, size_t index,
                     struct lab_claim_names names,
                     lab_time (*tolerance)(struct lab_clock clock,
                                           lab_time predicted));

// The same of a claim that was read, and whatever its scope.
void lab_claim_decide(const struct lab_comparison *comparison,
                      struct lab_run *run, struct lab_claim *claim,
                      lab_time tolerance);

// Takes the measure [text], "peak(inside)", of [run], of a certain unit.
//
// Errors: false if there is no such measure, or nothing to measure.
bool lab_claim_measure(const struct lab_comparison *comparison,
                       const struct lab_run *run, const char *text,
                       enum lab_claim_unit *unit, int64_t *value);

// Reads the next place of an author's verdict, "{bounded peak(items)}", from
// [*at] on: appends what stands before it to [before], the variant to [name]
// and the measure to [measure]. Returns false at the end, with the rest in
// [before]; none is cleared.
bool lab_claim_place(const char **at, struct lab_text *before,
                     struct lab_text *name, struct lab_text *measure);

#endif
