#include "base/die.h"
#include "shell/look.h"
#include "shell/option.h"
#include "view/record_diff.h"

#include <string.h>

struct sides {
    const char *names[2];
    struct lab_recording files[2];
};

// The demo in [among] that is the one of [comparison]; NULL if there is none.
static const struct lab_comparison *
match(const struct lab_comparison *comparison,
      const struct lab_recording *among) {
    for (size_t i = 0; i < among->count; i++)
        if (strcmp(among->all[i]->demo, comparison->demo) == 0)
            return among->all[i];
    return NULL;
}

static void say_alone(const struct lab_call *call, const char *demo,
                      const char *file) {
    lab_call_say(call, "%s: only in %s.", demo, file);
}

static int compare(struct lab_call *call, const struct sides *sides) {
    const struct lab_style *style = &call->options.style;
    size_t events = 0, runs = 0;
    bool same = true;
    const struct lab_recording *one = &sides->files[0];
    const struct lab_recording *two = &sides->files[1];
    for (size_t i = 0; i < one->count; i++) {
        const struct lab_comparison *a = one->all[i], *b = match(a, two);
        struct lab_text text = {0};
        if (b)
            same &= lab_record_diff_put(&text, style, a, b, sides->names,
                                        &events, &runs);
        else
            say_alone(call, a->demo, sides->names[0]);
        same &= b != NULL;
        lab_pages_put(call->shell, &text);
        lab_text_free(&text);
    }
    for (size_t i = 0; i < two->count; i++)
        if (!match(two->all[i], one)) {
            say_alone(call, two->all[i]->demo, sides->names[1]);
            same = false;
        }
    if (same)
        lab_call_say(call, "The same: %zu event%s in %zu run%s.", events,
                     events == 1 ? "" : "s", runs, runs == 1 ? "" : "s");
    return same ? LAB_EXIT_OK : LAB_EXIT_FAILED;
}

static int diff(struct lab_call *call) {
    struct sides sides = {0};
    struct lab_text error = {0};
    int status = LAB_EXIT_OK;
    for (int i = 0; i < 2 && status == LAB_EXIT_OK; i++) {
        sides.names[i] = call->words[i];
        if (!lab_result_read(&sides.files[i], call->words[i], &error))
            status = lab_shell_refuse_text(call->shell, &error);
    }
    if (status == LAB_EXIT_OK)
        status = compare(call, &sides);
    lab_recording_free(&sides.files[0]);
    lab_recording_free(&sides.files[1]);
    return status;
}

LAB_COMMAND(diff) = {
    .name = "diff",
    .order = 650,
    .text = "find the first event in which two records differ",
    .help = "  diff a.jsonl b.jsonl        exits with 1 if there is one\n",
    .takes = {{&lab_type_record}, {&lab_type_record}},
    .options = LAB_OPTIONS_STYLE,
    .run = diff,
};
