// events.h - a record as one short line, for tests of what is written down.
//
//     events_of(body, "cancel deliver") is "cancel 2 by 1, deliver 2"

#ifndef LAB_TESTS_CORE_EVENTS_H
#define LAB_TESTS_CORE_EVENTS_H

#include "base/text.h"
#include "core/run.h"

#include <string.h>

// Is [word] one of those in [words]?
static inline bool events_named(const char *words, const char *word) {
    size_t n = strlen(word);
    for (const char *at = words; (at = strstr(at, word)); at += n)
        if ((at == words || at[-1] == ' ') && (at[n] == '\0' || at[n] == ' '))
            return true;
    return false;
}

static inline void events_put(struct lab_text *out,
                              const struct lab_record *record,
                              const char *kinds) {
    for (size_t i = 0; i < lab_record_count(record); i++) {
        const struct lab_event *event = lab_record_at(record, i);
        const char *name = lab_event_name(event->kind);
        if (!events_named(kinds, name))
            continue;
        lab_text_printf(out, "%s%s %u", out->length ? ", " : "", name,
                        event->task);
        if (event->other)
            lab_text_printf(out, " %u", event->other);
        if (event->value)
            lab_text_printf(out, " =%lld", (long long)event->value);
    }
}

// Runs [body] under the virtual clock and returns its events of those [kinds]
// that are named: each with its task, the other number and the value, if any.
static inline const char *events_of(lab_fn *body, const char *kinds) {
    static char line[1000];
    struct lab_record *record = lab_record_new();
    struct lab_text out = {0};
    int rc = lab_run(&(struct lab_run_options){.name = "root",
                                               .body = body,
                                               .clock = LAB_CLOCK_VIRTUAL,
                                               .record = record});
    events_put(&out, record, kinds);
    if (rc < 0)
        lab_text_printf(&out, "; %d", rc);
    memccpy(line, lab_text_string(&out), 0, sizeof line - 1);
    lab_text_free(&out);
    lab_record_free(record);
    return line;
}

#endif
