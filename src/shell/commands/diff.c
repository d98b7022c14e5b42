#include "base/die.h"
#include "shell/look.h"
#include "shell/option.h"
#include "view/parting.h"

#include <string.h>

struct sides {
    const char *names[2];
    struct lab_recording files[2];
};

// The next demo in the second file that is the one of [recorded].
static const struct lab_recorded *match(const struct lab_recorded *recorded,
                                        const struct lab_recorded *among) {
    while (among && strcmp(among->demo.name, recorded->demo.name) != 0)
        among = among->next;
    return among;
}

static void put_alone(struct lab_text *out, const char *demo,
                      const char *file) {
    lab_text_printf(out, "%s: only in %s.\n", demo, file);
}

static int compare(struct lab_call *call, const struct sides *sides) {
    const struct lab_style *style = &call->options.style;
    struct lab_text text = {0};
    size_t events = 0, runs = 0;
    bool same = true;
    for (const struct lab_recorded *a = sides->files[0].first; a; a = a->next) {
        const struct lab_recorded *b = match(a, sides->files[1].first);
        if (b)
            same &=
                lab_parting_put(&text, style, &a->comparison, &b->comparison,
                                sides->names, &events, &runs);
        else
            put_alone(&text, a->demo.name, sides->names[0]);
        same &= b != NULL;
    }
    for (const struct lab_recorded *b = sides->files[1].first; b; b = b->next)
        if (!match(b, sides->files[0].first)) {
            put_alone(&text, b->demo.name, sides->names[1]);
            same = false;
        }
    if (same)
        lab_text_printf(&text, "The same: %zu event%s in %zu run%s.\n", events,
                        events == 1 ? "" : "s", runs, runs == 1 ? "" : "s");
    lab_shell_put(call->shell, &text);
    lab_text_free(&text);
    return same ? LAB_EXIT_OK : LAB_EXIT_FAILED;
}

static int diff(struct lab_call *call) {
    struct sides sides = {0};
    struct lab_text error = {0};
    int status = LAB_EXIT_OK;
    for (int i = 0; i < 2 && status == LAB_EXIT_OK; i++) {
        sides.names[i] = call->words[i];
        if (!lab_recording_read(&sides.files[i], call->words[i], &error))
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
