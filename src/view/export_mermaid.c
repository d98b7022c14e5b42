// export_mermaid.c - sequence diagrams that GitHub draws: who starts, awaits
// and wakes whom.
//
// The file is Markdown with one diagram for each variant. A note across all
// lanes says the time whenever time has passed. A timeline shows when things
// happen; this shows who causes them. Mermaid and GitHub draw no diagram beyond
// some size, so later events are counted, not drawn.

#include "base/error.h"
#include "record/lanes.h"
#include "view/export.h"
#include "view/export_text.h"

#include <inttypes.h>
#include <strings.h>

enum {
    NAME = 24, // columns of a name at most
    LINE = 60, // and of a line said
    ACTORS = 30,
    MOST = 200, // messages and notes of a diagram
};

struct diagram {
    struct lab_text *out;
    const struct lab_lanes *lanes;
    const struct lab_record *record;
    lab_time time; // of the last note
    int put;       // lines
    size_t left_out;
};

// Does Mermaid, or Markdown, take [code] for a letter like any other?
static bool is_plain(unsigned code) {
    return (code >= '0' && code <= '9') || (code >= 'a' && code <= 'z') ||
           (code >= 'A' && code <= 'Z') || code == '.' || code == ',' ||
           (code > 0x9F && (code & 0xFFFE) != 0xFFFE);
}

// What is not plain is written as its code, after [code_sign]: "&#" in
// Markdown,
// "#" in Mermaid. In Mermaid "end" closes a block wherever it stands.
static void put_escaped(struct lab_text *out, const char *string, int columns,
                        const char *code_sign) {
    struct lab_text cut = {0};
    lab_export_put_cut(&cut, string, columns);
    const char *bytes = lab_text_string(&cut);
    unsigned code = 0;
    for (size_t i = 0, n; i < cut.length; i += n) {
        n = lab_text_decode(bytes + i, cut.length - i, &code);
        bool ends = strncasecmp(bytes + i, "end", 3) == 0;
        if ((is_plain(code) && !ends) || (code == ' ' && i > 0))
            lab_text_write(out, bytes + i, n);
        else
            lab_text_printf(out, "%s%u;", code_sign, code);
        n += n == 0;
    }
    lab_text_free(&cut);
}

static bool is_drawn(const struct diagram *diagram, uint32_t task) {
    const struct lab_lane *lane = lab_lanes_task(diagram->lanes, task);
    return lane && !lane->is_library &&
           lane - diagram->lanes->tasks.lanes < ACTORS;
}

// How many lanes are drawn; *[last] is the last of them.
static size_t drawn(const struct diagram *diagram,
                    const struct lab_lane **last) {
    const struct lab_lane_list *tasks = &diagram->lanes->tasks;
    size_t count = 0;
    for (size_t i = 0; i < tasks->count && i < ACTORS; i++) {
        if (tasks->lanes[i].is_library)
            continue;
        *last = &tasks->lanes[i];
        count++;
    }
    return count;
}

static void put_actors(struct diagram *diagram) {
    const struct lab_lane_list *tasks = &diagram->lanes->tasks;
    for (size_t i = 0; i < tasks->count; i++) {
        const struct lab_lane *lane = &tasks->lanes[i];
        if (!is_drawn(diagram, lane->number))
            continue;
        lab_text_printf(diagram->out, "    participant t%" PRIu32 " as ",
                        lane->number);
        put_escaped(diagram->out, lane->name, NAME, "#");
        lab_text_put(diagram->out, "\n");
    }
}

// Says that time has passed, in a note across all lanes.
static void put_clock(struct diagram *diagram, lab_time time) {
    const struct lab_lane *lanes = diagram->lanes->tasks.lanes;
    const struct lab_lane *last = lanes;
    size_t count = drawn(diagram, &last);
    if (time <= diagram->time)
        return;
    diagram->time = time;
    diagram->put++;
    lab_text_printf(diagram->out, "    Note over t%" PRIu32, lanes[0].number);
    if (count > 1)
        lab_text_printf(diagram->out, ",t%" PRIu32, last->number);
    lab_text_put(diagram->out, ": ");
    lab_time_put(diagram->out, time);
    lab_text_put(diagram->out, "\n");
}

// Appends the end of a line: [before], and [text] escaped.
static void end_line(struct diagram *diagram, const char *before,
                     const char *text) {
    lab_text_printf(diagram->out, ": %s", before);
    put_escaped(diagram->out, text, LINE, "#");
    lab_text_put(diagram->out, "\n");
    diagram->put++;
}

// What goes from one task to another: the arrow, and its words.
static const struct message {
    const char *arrow, *words;
    bool from_other; // to the event's task; else the other way
} messages[LAB_EVENT_KINDS] = {
    [LAB_EVENT_SPAWN] = {"->>", "starts", true},
    [LAB_EVENT_CANCEL] = {"-x", "cancels", true},
    [LAB_EVENT_WAKE] = {"-->>", "wakes", true},
    [LAB_EVENT_JOIN] = {"--)", "awaits"},
    [LAB_EVENT_WAIT] = {"--)", "awaits"},
};

static void put_wait(struct lab_text *text, const struct lab_event *event) {
    const char *on = lab_event_on_name(event->on);
    bool to = event->on >= LAB_ON_GET && event->on != LAB_ON_FUTURE &&
              event->on != LAB_ON_GROUP;
    if (event->on != LAB_ON_SLEEP) {
        lab_text_printf(text, "waits %s %s", to ? "to" : "for", on);
        return;
    }
    lab_text_put(text, "sleeps");
    if (event->value > 0) {
        lab_text_put(text, " until ");
        lab_time_put(text, event->value);
    }
}

// Appends the words of a note about [event]; returns what stands before them,
// or NULL if there is nothing to note.
static const char *put_words(struct lab_text *text,
                             const struct lab_event *event, const char *said) {
    switch (event->kind) {
    case LAB_EVENT_WAIT:
        if (!lab_event_on_name(event->on))
            return NULL;
        put_wait(text, event);
        return "";
    case LAB_EVENT_END:
        if (event->value >= 0)
            return "is done";
        if (*said)
            lab_text_put(text, said);
        else
            lab_error_put(text, event->value);
        return "fails, ";
    case LAB_EVENT_BLOCK:
        lab_text_printf(text, "%s %s",
                        event->on == LAB_ON_BURN ? "computes" : "blocks",
                        event->worker ? "a worker" : "the loop");
        if (event->value == 0)
            return "";
        lab_text_put(text, " for ");
        lab_time_put(text, event->value);
        return "";
    case LAB_EVENT_START:
        return "its job begins in the pool";
    case LAB_EVENT_SAY:
        lab_text_put(text, said);
        return "says ";
    default:
        return NULL;
    }
}

static bool is_told(const struct lab_event *event) {
    switch (event->kind) {
    case LAB_EVENT_SPAWN:
    case LAB_EVENT_CANCEL:
    case LAB_EVENT_WAKE:
        return event->other != 0;
    case LAB_EVENT_WAIT:
        return event->on != LAB_ON_NOTHING;
    case LAB_EVENT_JOIN:
        return event->on != LAB_ON_GROUP;
    case LAB_EVENT_END:
    case LAB_EVENT_BLOCK:
    case LAB_EVENT_SAY:
    case LAB_EVENT_START:
        return true;
    default:
        return false;
    }
}

static void put_event(struct diagram *diagram, const struct lab_event *event) {
    const struct message *message = &messages[event->kind];
    bool both = is_drawn(diagram, event->other) &&
                (event->kind != LAB_EVENT_WAIT || event->on == LAB_ON_TASK);
    if (both && message->arrow) {
        bool back = message->from_other;
        lab_text_printf(diagram->out, "    t%" PRIu32 "%st%" PRIu32,
                        back ? event->other : event->task, message->arrow,
                        back ? event->task : event->other);
        end_line(diagram, "", message->words);
        return;
    }
    struct lab_text text = {0};
    const char *before =
        put_words(&text, event, lab_record_text(diagram->record, event));
    if (before) {
        lab_text_printf(diagram->out, "    Note over t%" PRIu32, event->task);
        end_line(diagram, before, lab_text_string(&text));
    }
    lab_text_free(&text);
}

static void put_variant(struct diagram *diagram, const char *name) {
    lab_text_put(diagram->out, "\n## ");
    put_escaped(diagram->out, name, NAME, "&#");
    lab_text_put(diagram->out, "\n\n```mermaid\nsequenceDiagram\n");
    put_actors(diagram);
    for (size_t i = 0; i < lab_record_count(diagram->record); i++) {
        const struct lab_event *event = lab_record_at(diagram->record, i);
        if (!is_told(event) || !is_drawn(diagram, event->task))
            continue;
        if (diagram->put >= MOST) {
            diagram->left_out++;
            continue;
        }
        put_clock(diagram, event->time);
        put_event(diagram, event);
    }
    lab_text_put(diagram->out, "```\n");
    if (diagram->left_out > 0)
        lab_text_printf(diagram->out, "\n%zu events more are not drawn.\n",
                        diagram->left_out);
    const struct lab_lane *last;
    size_t left = diagram->lanes->tasks.count - drawn(diagram, &last);
    if (left > 0)
        lab_text_printf(diagram->out, "\n%zu task%s more %s not drawn.\n", left,
                        left == 1 ? "" : "s", left == 1 ? "is" : "are");
}

void lab_export_mermaid(struct lab_text *out,
                        const struct lab_comparison *comparison,
                        const struct lab_style *style) {
    (void)style;
    struct lab_text title = {0};
    lab_export_put_title(&title, comparison);
    lab_text_put(out, "# ");
    put_escaped(out, lab_text_string(&title), 80, "&#");
    lab_text_put(out, "\n");
    for (size_t i = 0; i < comparison->count; i++) {
        const struct lab_run *run = comparison->runs[i];
        struct lab_lanes lanes;
        lab_lanes_read(&lanes, run->record);
        struct diagram diagram = {
            .out = out, .lanes = &lanes, .record = run->record};
        put_variant(&diagram, run->name);
        lab_lanes_free(&lanes);
    }
    lab_text_free(&title);
}
