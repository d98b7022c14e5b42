// story.c - what happened, sentence by sentence, for people who read a run or
// have it read to them.
//
// A sentence is what one task or worker did in a row, until it waited or time
// passed. Sentences have no pictures in them and need no columns. One that is
// true again and again, such as that of a heartbeat, is told once.

#include "base/error.h"
#include "view/line.h"
#include "view/phrase.h"
#include "view/sentence.h"
#include "view/window.h"

#include <inttypes.h>
#include <string.h>

enum { MOST = 100 }; // sentences of a run

struct story {
    struct lab_text *out;
    const struct lab_style *style;
    const struct lab_run_view *view;
    struct lab_phrase phrase;
    struct lab_text begin; // of the sentence: "At 0 s main"
    struct lab_doer doer;  // whom it is about
    lab_time time;
    bool open;              // it has begun
    bool wanted;            // it is to be told, and so it is made
    size_t told, more;      // sentences; events after them
    struct lab_text shape;  // of the last sentence: what it says but for times
    struct lab_names again; // when the same was so again
};

static bool is_asked(const struct story *story, struct lab_doer doer) {
    const struct lab_lane *lane =
        doer.worker ? lab_lanes_worker(&story->view->lanes, doer.worker)
        : doer.task ? lab_lanes_task(&story->view->lanes, doer.task)
                    : &story->view->lanes.loop;
    return lab_window_names(story->style, lane);
}

// Says when the last sentence was true again, if it was.
static void end_again(struct story *story) {
    struct lab_text text = {0};
    if (story->again.count == 0)
        return;
    lab_text_put(&text, "The same at ");
    lab_names_end(&story->again, &text);
    lab_text_put(&text, ".");
    lab_line_end(story->out, story->style, LAB_COLOR_NONE, 2, &text);
}

// The length of the time that [text] begins with, such as "100.0 ms".
static size_t time_in(const char *text) {
    size_t n = strspn(text, "0123456789.");
    return n + (text[n] == ' ') + strspn(text + n + (text[n] == ' '), "mnsu");
}

// Writes [text] without the times that differ each time: when it was, and until
// when. What was said is kept as it is, and so are times that something took.
static void put_shape(struct lab_text *out, const char *text) {
    static const char at[] = "At ", until[] = " until ";
    bool said = false;
    for (const char *c = text; *c;) {
        said = said || *c == '"';
        bool passes =
            !said && (c == text ? strncmp(c, at, strlen(at)) == 0
                                : strncmp(c, until, strlen(until)) == 0);
        size_t n = !passes ? 1 : strlen(c == text ? at : until);
        lab_text_write(out, c, n);
        c += n;
        c += passes ? time_in(c) : 0;
    }
}

// Puts [text] as a sentence; if it is the last one again, notes the time.
static void put_sentence(struct story *story, const char *text) {
    struct lab_text shape = {0};
    put_shape(&shape, text);
    if (strcmp(lab_text_string(&shape), lab_text_string(&story->shape)) == 0) {
        lab_time_put(lab_names_next(&story->again), story->time);
        lab_text_free(&shape);
        return;
    }
    end_again(story);
    lab_line_wrap(story->out, story->style, LAB_COLOR_NONE, 2, text);
    lab_text_free(&story->shape);
    story->shape = shape;
    story->told++;
}

static bool is_wanted(const struct story *story) {
    return lab_window_meets(&story->view->window, story->time, story->time) &&
           is_asked(story, story->doer);
}

// Ends the sentence that is open, and tells it if it is wanted.
static void tell(struct story *story) {
    struct lab_text *text = &story->begin;
    story->open = false;
    if (!story->wanted)
        return;
    size_t clauses = story->phrase.clauses.count + story->phrase.spawned.count;
    lab_text_put(text, " ");
    lab_phrase_end(&story->phrase, text);
    if (clauses > 0)
        put_sentence(story, lab_text_string(text));
    lab_text_clear(text);
}

// Begins a sentence with [event].
static void begin(struct story *story, const struct lab_event *event) {
    struct lab_text *text = &story->begin, reason = {0};
    story->doer = lab_sentence_doer(event);
    story->time = event->time;
    story->open = true;
    story->wanted = is_wanted(story);
    if (!story->wanted)
        return;
    lab_text_put(text, "At ");
    lab_time_put(text, event->time);
    bool runs = event->kind == LAB_EVENT_RUN;
    if (runs && lab_phrase_reason(&story->phrase, event, &reason))
        lab_text_printf(text, ", as %s,", lab_text_string(&reason));
    lab_text_put(text, " ");
    if (runs && event->task == 1 && event->value == 1)
        lab_phrase_introduce(&story->phrase, event->task, text);
    else
        lab_sentence_put_doer(text, story->phrase.wording, story->doer);
    lab_text_free(&reason);
}

static bool is_same(struct lab_doer one, struct lab_doer two) {
    return one.task == two.task && one.worker == two.worker;
}

// A note is no deed of the task that it is about.
static void put_note(struct story *story, const struct lab_event *event) {
    if (story->open)
        tell(story);
    story->doer = lab_sentence_doer(event);
    story->time = event->time;
    if (!is_wanted(story))
        return;
    lab_text_put(&story->begin, "At ");
    lab_time_put(&story->begin, event->time);
    lab_text_put(&story->begin, " ");
    lab_sentence_put_note(&story->begin, story->phrase.wording, event);
    lab_wording_location(&story->begin, story->phrase.wording.record,
                         event->line);
    lab_text_put(&story->begin, ".");
    put_sentence(story, lab_text_string(&story->begin));
    lab_text_clear(&story->begin);
}

static void play(struct story *story, const struct lab_event *event) {
    if (event->kind == LAB_EVENT_NOTE) {
        put_note(story, event);
        return;
    }
    if (!lab_phrase_is_deed(&story->phrase, event)) {
        lab_phrase_add(&story->phrase, event);
        return;
    }
    bool goes_on = story->open && event->kind != LAB_EVENT_RUN &&
                   is_same(story->doer, lab_sentence_doer(event)) &&
                   event->time - story->time < LAB_MS;
    if (!goes_on) {
        if (story->open)
            tell(story);
        begin(story, event);
    }
    if (story->wanted)
        lab_phrase_add(&story->phrase, event);
    else
        lab_phrase_skip(&story->phrase, event);
    if (event->kind == LAB_EVENT_WAIT || event->kind == LAB_EVENT_END)
        tell(story);
}

static void put_run(struct lab_run_view *view, void *arg) {
    (void)arg;
    struct story story = {.out = view->out, .style = view->style, .view = view};
    lab_phrase_init(&story.phrase, view->record, &view->lanes);
    size_t count = lab_record_count(view->record), i = 0;
    for (; i < count && story.told < MOST; i++) {
        play(&story, lab_record_at(view->record, i));
        lab_phrase_pass(&story.phrase);
    }
    for (; i < count; i++)
        if (lab_record_at(view->record, i)->time <= view->window.to)
            story.more++;
    if (story.open && story.told < MOST)
        tell(&story);
    end_again(&story);
    if (story.more > 0)
        lab_line_printf(view->out, view->style, LAB_COLOR_NONE, 0,
                        "... and %zu events more; from=, to= and lanes= "
                        "choose others",
                        story.more);
    lab_window_put_folded(view->out, view->style, &view->lanes);
    lab_text_free(&story.begin);
    lab_text_free(&story.shape);
    lab_names_free(&story.again);
    lab_phrase_term(&story.phrase);
}

void lab_view_story(struct lab_text *out,
                    const struct lab_comparison *comparison,
                    const struct lab_style *style) {
    lab_window_each(out, comparison, style, put_run, NULL);
}
