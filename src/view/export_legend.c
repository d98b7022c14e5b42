#include "view/export_legend.h"

#include "view/export_text.h"

enum { WORD = 200 }; // columns of a word at most

void lab_export_legend_note(struct lab_export_legend *legend,
                            const struct lab_lane *lane) {
    for (size_t i = 0; i < lane->span_count; i++) {
        const struct lab_span *span = &lane->spans[i];
        lab_time to = i + 1 < lane->span_count ? span[1].from : lane->to;
        if (span->inside)
            legend->inside = true;
        else if (span->state != LAB_IS_READY || to > span->from)
            legend->states[span->state] = true;
    }
    for (size_t i = 0; i < lane->moment_count; i++)
        legend->mark |= lab_moment_is_mark(&lane->moments[i]);
    legend->endings[lane->ending] = true;
}

static void put_item(struct lab_text *out, const char *shows,
                     const char *word) {
    lab_text_printf(out,
                    "<li><canvas data-shows=\"%s\" aria-hidden=\"true\">"
                    "</canvas>",
                    shows);
    lab_export_put_xml(out, word, WORD);
    lab_text_put(out, "</li>\n");
}

void lab_export_legend_put(const struct lab_export_legend *legend,
                           const char *mark, struct lab_text *out) {
    static const char inside[] = "waiting for a task";
    lab_text_put(out, "<section aria-label=\"Legend\">\n<ul id=\"legend\">\n");
    for (int i = LAB_IS_COUNT - 1; i >= 0; i--)
        if (legend->states[i])
            put_item(out, lab_is_name((enum lab_is)i),
                     lab_is_name((enum lab_is)i));
    if (legend->inside)
        put_item(out, inside, inside);
    for (int i = LAB_ENDING_FAILED; i <= LAB_ENDING_CANCELLED; i++)
        if (legend->endings[i])
            put_item(out, lab_ending_name((enum lab_ending)i),
                     lab_ending_name((enum lab_ending)i));
    if (legend->mark)
        put_item(out, "mark", mark ? mark : "mark");
    lab_text_put(out, "</ul>\n</section>\n");
}
