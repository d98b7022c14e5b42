#include "view/view.h"
#include "view/claims.h"

const struct lab_view lab_views[] = {
    {"compare", "run a demo quietly; show its table, bars and timelines",
     "  compare 3                   demo 3, without the lines it says\n"
     "  compare                     what ran last, once more\n",
     lab_view_compare, .chooses = true},
    {"table", "show what each variant took beside its law",
     "  table 3                     the figures alone\n", lab_view_table},
    {"claims", "show what is claimed besides, and whether it holds",
     "  claims 3                    peaks, counts, orders, how it ends\n",
     lab_view_claims},
    {"bars", "show what they took as lengths on one scale",
     "  bars 3                      the lengths alone\n", lab_view_bars},
    {"timeline", "show when each task ran, waited, blocked or was queued",
     "  timeline                    of what ran last\n"
     "  timeline 4 pool_2           of this, run quietly\n",
     lab_view_timeline, .chooses = true},
    {"story", "tell what happened, one sentence after the other",
     "  story 3 in_turn             every wait, and what ended it\n"
     "  story 4 pool_2 lanes=job    what the tasks of that name did\n",
     lab_view_story, .chooses = true},
    {"tree", "show who started whom, where, and how each ended",
     "  tree 3 together             with times, results and lines\n",
     lab_view_tree, .chooses = true},
    {"turns", "show what each turn of the loop ran, and why",
     "  turns 4 pool_2              timers due, jobs back, tasks that ran\n"
     "  turns 2 from=1.2 to=1.4     those of this stretch of time\n",
     lab_view_turns, .chooses = true},
    {"busy", "show what each task and thread spent its time on, in figures",
     "  busy 2                      running, blocked, waiting, idle\n"
     "  busy 4 lanes=loop,pool-1    of these alone\n",
     lab_view_busy, .chooses = true},
    {"pool", "show which jobs were queued, for how long, and who ran them",
     "  pool 4 pool_2               each job, each worker, the queue\n",
     lab_view_pool, .chooses = true},
    {"json", "print one object on one line, for programs",
     "  json 3                      the same as run 3 --json\n", lab_view_json},
    {0},
};

void lab_view_append(struct lab_text *out, lab_view_fn *view,
                     const struct lab_comparison *comparison,
                     const struct lab_style *style) {
    size_t before = out->length;
    lab_text_put(out, "\n");
    view(out, comparison, style);
    if (out->length == before + 1)
        out->length = before;
}

// One view below the other; the caller has put the empty line before the
// first.
void lab_view_compare(struct lab_text *out,
                      const struct lab_comparison *comparison,
                      const struct lab_style *style) {
    lab_view_table(out, comparison, style);
    if (lab_claims_any(comparison))
        lab_view_append(out, lab_view_claims, comparison, style);
    lab_view_append(out, lab_view_bars, comparison, style);
    lab_view_append(out, lab_view_timeline, comparison, style);
}

void lab_view_color(struct lab_text *out, const struct lab_style *style,
                    enum lab_color color) {
    // The first sixteen colours alone: a terminal's theme chooses them to be
    // readable on its background, which no fixed colour can be.
    static const char *const codes[] = {
        [LAB_COLOR_NONE] = "0",     [LAB_COLOR_HEAD] = "1",
        [LAB_COLOR_GOOD] = "32",    [LAB_COLOR_BAD] = "1;31",
        [LAB_COLOR_DIM] = "2",      [LAB_COLOR_RUNNING] = "1;32",
        [LAB_COLOR_WAITING] = "36", [LAB_COLOR_BLOCKED] = "31",
        [LAB_COLOR_READY] = "35",   [LAB_COLOR_QUEUED] = "33",
    };
    if (style->color)
        lab_text_printf(out, "\x1b[%sm", codes[color]);
}
