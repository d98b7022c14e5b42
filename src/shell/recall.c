#include "shell/recall.h"

#include <stdint.h>
#include <string.h>

void lab_recall_free(struct lab_recall *recall) {
    lab_text_free(&recall->begun);
    lab_text_free(&recall->shown);
    *recall = (struct lab_recall){0};
}

static void begin(struct lab_recall *recall, const struct lab_history *history,
                  const char *line) {
    lab_text_clear(&recall->begun);
    lab_text_put(&recall->begun, line);
    recall->at = history->count;
    recall->is_going = true;
}

// Finds the next line, from number [at], that is not the one shown.
static size_t find(const struct lab_recall *recall,
                   const struct lab_history *history, const char *line,
                   bool back) {
    const char *with = lab_text_string(&recall->begun);
    size_t at = recall->at;
    do
        at = back ? lab_history_before(history, at, with)
                  : lab_history_from(history, at + 1, with);
    while (at != SIZE_MAX && strcmp(history->lines[at], line) == 0);
    return at;
}

const char *lab_recall_go(struct lab_recall *recall,
                          const struct lab_history *history, const char *line,
                          bool back) {
    bool goes_on =
        recall->is_going && strcmp(line, lab_text_string(&recall->shown)) == 0;
    if (!goes_on && !back)
        return NULL;
    if (!goes_on)
        begin(recall, history, line);
    size_t at = find(recall, history, line, back);
    if (at == SIZE_MAX && back)
        return NULL;
    recall->is_going = at != SIZE_MAX;
    if (!recall->is_going)
        return lab_text_string(&recall->begun);
    recall->at = at;
    lab_text_clear(&recall->shown);
    lab_text_put(&recall->shown, history->lines[at]);
    return lab_text_string(&recall->shown);
}
