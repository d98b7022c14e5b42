#include "view/orders.h"

#include "base/alloc.h"
#include "base/error.h"
#include "view/grid.h"
#include "view/line.h"

#include <string.h>

enum {
    SHOWN = 6 // outcomes at most, so that they fit on a screen
};

static const char *plural(size_t count) {
    return count == 1 ? "" : "s";
}

// "14,400": the figures are long.
static void put_count(struct lab_text *out, size_t count) {
    if (count < 1000)
        lab_text_printf(out, "%zu", count);
    else {
        put_count(out, count / 1000);
        lab_text_printf(out, ",%03zu", count % 1000);
    }
}

// --- which are shown

// The first order that was tried comes first, then what went wrong.
static size_t choose(const struct lab_orders *orders,
                     const struct lab_outcome *chosen[SHOWN]) {
    size_t count = 0;
    for (int bad = 1; bad >= 0; bad--)
        for (size_t i = 0; i < orders->count && count < SHOWN; i++) {
            const struct lab_outcome *outcome = &orders->outcomes[i];
            bool comes =
                i == 0 ? bad : lab_outcome_is_bad(outcome) == (bad == 1);
            if (comes)
                chosen[count++] = outcome;
        }
    return count;
}

// --- one outcome

static size_t count_lines(const char *said) {
    size_t lines = 0;
    for (; *said; said++)
        lines += *said == '\n';
    return lines;
}

// Appends the first line of [said] that [usual] does not have in its place.
static void put_difference(struct lab_text *out, const char *said,
                           const char *usual) {
    size_t line = 1;
    for (;; line++) {
        size_t n = strcspn(said, "\n"), m = strcspn(usual, "\n");
        if (n != m || memcmp(said, usual, n) != 0 || !said[n])
            break;
        said += n + 1;
        usual += m + 1;
    }
    if (!*said && !*usual)
        lab_text_put(out, "the same");
    else if (!*said)
        lab_text_printf(out, "%zu line%s", line - 1, plural(line - 1));
    else {
        lab_text_printf(out, "line %zu: ", line);
        lab_text_write(out, said, strcspn(said, "\n"));
    }
}

static void put_said(struct lab_text *out, const struct lab_outcome *outcome,
                     const struct lab_outcome *usual) {
    size_t lines = count_lines(outcome->said);
    if (outcome == usual)
        lab_text_printf(out, "%zu line%s", lines, plural(lines));
    else
        put_difference(out, outcome->said, usual->said);
}

// A program in Python that exits with a status other than 0 has failed.
static void put_result(struct lab_text *out,
                       const struct lab_outcome *outcome) {
    int rc = outcome->rc;
    const char *text = rc < 0 ? lab_error_text(rc) : "ok";
    if (rc > 0 && !outcome->held)
        lab_text_printf(out, "exit status %d", rc);
    else
        lab_text_write(out, text, strcspn(text, ":")); // "deadlock: ..."
}

static void put_table(struct lab_text *out, const struct lab_style *style,
                      const struct lab_run *run,
                      const struct lab_outcome *const *chosen, size_t count) {
    struct lab_grid grid;
    lab_grid_init(&grid, "|>orders|result|>ended|+held|what is said");
    for (size_t i = 0; i < count; i++) {
        const struct lab_outcome *outcome = chosen[i];
        lab_text_printf(lab_grid_cell(&grid), "%zu", i + 1);
        put_count(lab_grid_cell(&grid), outcome->count);
        put_result(lab_grid_cell(&grid), outcome);
        lab_grid_cell(&grid);
        lab_grid_time(&grid, outcome->end);
        if (!run->time.law && !run->claim_count)
            lab_grid_cell(&grid); // nothing is claimed
        else
            lab_grid_held(&grid, outcome->held);
        put_said(lab_grid_cell(&grid), outcome, chosen[0]);
    }
    lab_grid_put(&grid, out, style);
}

// A script is never broken or cut, whatever the width, so that it can be
// copied.
static void put_scripts(struct lab_text *out, const struct lab_style *style,
                        const char *typed, const char *variant,
                        const struct lab_outcome *const *chosen, size_t count) {
    struct lab_text line = {0};
    lab_text_printf(
        &line, "The first order of each, for run %s%s%s --schedule=", typed,
        *variant ? " " : "", variant);
    lab_text_put(out, "\n");
    lab_line_wrap(out, style, LAB_COLOR_NONE, 0, lab_text_string(&line));
    for (size_t i = 0; i < count; i++)
        lab_text_printf(out, "%zu  %s\n", i + 1, chosen[i]->schedule);
    lab_text_free(&line);
}

// --- in words

static void put_size(struct lab_text *out, const struct lab_orders *orders) {
    put_count(out, orders->tried);
    lab_text_printf(out, " order%s, ", plural(orders->tried));
    put_count(out, orders->count);
    lab_text_printf(out, " outcome%s", plural(orders->count));
}

// What depends on the order.
static void put_verdict(struct lab_text *out, const struct lab_orders *orders) {
    const struct lab_outcome *first = &orders->outcomes[0];
    bool all = !orders->is_cut && !orders->truncated && !orders->shallow;
    const char *where = all ? "" : " that was tried";
    size_t bad = 0;
    bool alike = true;
    for (size_t i = 0; i < orders->count; i++) {
        const struct lab_outcome *at = &orders->outcomes[i];
        bad += lab_outcome_is_bad(at) ? at->count : 0;
        alike &= at->rc == first->rc && at->end == first->end;
    }
    if (bad == orders->tried)
        lab_text_printf(out, "It fails in every order%s.", where);
    else if (bad > 0) {
        lab_text_put(out, "It fails in ");
        put_count(out, bad);
        lab_text_printf(out, " of the orders%s.",
                        all ? "" : " that were tried");
    } else if (orders->count == 1)
        lab_text_printf(out, "Every order%s gives the same.", where);
    else if (alike)
        lab_text_printf(out,
                        "Result and time are the same in every order%s; what "
                        "is said is not.",
                        where);
    else
        lab_text_put(out, "What comes out depends on the order.");
}

static void put_end(struct lab_text *out,
                    const struct lab_comparison *comparison,
                    const struct lab_orders *orders) {
    if (orders->stopped)
        lab_text_put(out, " You stopped it: there are more orders.");
    else if (orders->is_cut)
        lab_text_put(out, " The program ended before all orders were tried.");
    else if (orders->truncated)
        lab_text_printf(out,
                        " It was cut short: there are more orders. With %s "
                        "there are fewer.",
                        comparison->param_count > 0 ? "smaller parameters"
                                                    : "fewer tasks or steps");
    bool is_python =
        comparison->language && strncmp(comparison->language, "python", 6) == 0;
    if (is_python && orders->count > 1)
        lab_text_put(out, " asyncio takes the first order; the others stand "
                          "for other timings of the world.");
    if (orders->shallow && !orders->stopped)
        lab_text_printf(out,
                        " Some orders choose more than %zu times; only the "
                        "first %zu choices were varied.",
                        orders->deepest, orders->deepest);
}

void lab_orders_put(struct lab_text *out, const struct lab_style *style,
                    const struct lab_comparison *comparison,
                    const struct lab_orders *orders, const char *typed) {
    const struct lab_outcome *chosen[SHOWN];
    const char *variant = comparison->runs[0]->name; // "": tried as a whole
    struct lab_text line = {0};
    size_t count = choose(orders, chosen);
    lab_text_printf(&line, "%s: ", *variant ? variant : typed);
    put_size(&line, orders);
    lab_line_wrap(out, style, LAB_COLOR_HEAD, 0, lab_text_string(&line));
    lab_text_clear(&line);
    if (count > 0) {
        put_table(out, style, comparison->runs[0], chosen, count);
        if (orders->count > count)
            lab_text_printf(out, "and %zu more outcomes\n",
                            orders->count - count);
        put_scripts(out, style, typed, variant, chosen, count);
        put_verdict(&line, orders);
        lab_text_put(out, "\n");
    }
    put_end(&line, comparison, orders);
    if (line.length > 0)
        lab_line_wrap(out, style, LAB_COLOR_NONE, 0, lab_text_string(&line));
    lab_text_free(&line);
}
