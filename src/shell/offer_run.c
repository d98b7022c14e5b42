// offer_run.c - the tasks, lanes and moments of what has run, for completion.

#include "base/time.h"
#include "record/lanes.h"
#include "shell/look.h"
#include "shell/offer.h"
#include "view/sentence.h"

#include <inttypes.h>
#include <string.h>

enum {
    OFFERED = 100,   // lanes of a run at most
    MOMENTS = 20,    // moments, likewise
    STATED = 1 << 18 // events: of a longer run, nobody wants to wait for it
};

// --- tasks and lanes

// Offers what a lane can be called: "t3", its name in pictures, and the name
// that it may share with others. [text] is what it does, or "".
static void offer_lane(const struct lab_request *request, char kind,
                       const struct lab_lane *lane, const char *text) {
    struct lab_text number = {0}, about = {0};
    lab_text_printf(&number, "%c%" PRIu32, kind, lane->number);
    lab_text_mask(&about, lane->name, strlen(lane->name), false);
    if (*text)
        lab_text_printf(&about, ": %s", text);
    else
        text = kind ? lab_text_string(&number) : NULL;
    if (kind)
        lab_offer_about(request, lab_text_string(&number),
                        lab_text_string(&about));
    if (!strpbrk(lane->name, "\t\n,"))
        lab_offer_about(request, lane->name, text);
    if (strcmp(lane->says, lane->name) != 0 && !strpbrk(lane->says, "\t\n,"))
        lab_offer_about(request, lane->says, text);
    lab_text_free(&number);
    lab_text_free(&about);
}

// Appends what [lane], a task, does in [state]: "sleeps until 1.000 s".
static void put_doing(struct lab_text *out, const struct lab_state *state,
                      const struct lab_lane *lane) {
    const struct lab_state_task *task = lab_state_task(state, lane->number);
    if (!task)
        lab_text_put(out, "is not there yet");
    else if (lab_is_waiting(task->is))
        lab_wording_wait(out, lab_wording_of(state), task);
    else if (task->is == LAB_IS_ENDED && *lab_ending_name(lane->ending))
        lab_text_put(out, lab_ending_name(lane->ending));
    else
        lab_text_put(out, lab_is_name(task->is));
}

static void offer_doing(const struct lab_request *request,
                        const struct lab_state *state,
                        const struct lab_lane *lane) {
    struct lab_text text = {0};
    if (state)
        put_doing(&text, state, lane);
    offer_lane(request, 't', lane, lab_text_string(&text));
    lab_text_free(&text);
}

// The moment that is looked at: where the stepper is, or the last there is.
// NULL if finding it would take long. The caller frees [own].
static const struct lab_state *state_of(const struct lab_shell *shell,
                                        const struct lab_record *record,
                                        struct lab_state **own) {
    if (shell->stepper && shell->stepper->state->record == record)
        return shell->stepper->state;
    if (lab_record_count(record) > STATED)
        return NULL;
    *own = lab_state_new(record);
    lab_state_go(*own, lab_record_count(record));
    return *own;
}

void lab_offer_tasks(const struct lab_request *request, bool live) {
    const struct lab_record *record = lab_look_record(request->shell, live);
    struct lab_state *own = NULL;
    struct lab_lanes lanes;
    if (!record)
        return;
    const struct lab_state *state = state_of(request->shell, record, &own);
    lab_lanes_read(&lanes, record);
    for (size_t i = 0; i < lanes.tasks.count && i < OFFERED; i++)
        offer_doing(request, state, &lanes.tasks.lanes[i]);
    lab_lanes_free(&lanes);
    if (own)
        lab_state_free(own);
}

static void offer_list(const struct lab_request *request, char kind,
                       const struct lab_lane_list *list) {
    for (size_t i = 0; i < list->count && i < OFFERED; i++)
        offer_lane(request, kind, &list->lanes[i], "");
}

static bool folds(const struct lab_lane_list *tasks) {
    for (size_t i = 0; i < tasks->count; i++)
        if (tasks->lanes[i].is_library)
            return true;
    return false;
}

void lab_offer_lanes(const struct lab_request *request) {
    const struct lab_comparison *last = &request->shell->last;
    struct lab_lanes lanes;
    for (size_t i = 0; i < last->count; i++) {
        lab_lanes_read(&lanes, last->runs[i]->record);
        if (folds(&lanes.tasks))
            lab_offer(request, "all");
        offer_lane(request, '\0', &lanes.loop, "");
        offer_list(request, 't', &lanes.tasks);
        offer_list(request, 'w', &lanes.workers);
        lab_lanes_free(&lanes);
    }
}

// --- moments

// A time as one types it, no earlier than [time]: a millisecond is exact enough
// where the clock was real.
static void put_moment(struct lab_text *out, lab_time time) {
    if (time % LAB_US)
        time = (time / LAB_MS + 1) * LAB_MS;
    lab_time_put_in(out, time, LAB_S);
    lab_text_put(out, "s");
}

static void put_event(struct lab_text *out, const struct lab_record *record,
                      const struct lab_state *state, size_t at) {
    struct lab_wording wording = {.record = record};
    if (state)
        wording = lab_wording_of(state);
    lab_sentence_put(out, wording, lab_record_at(record, at));
}

// Offers each time at which something happens, with the first that does.
void lab_offer_moments(const struct lab_request *request, bool live,
                       lab_time after) {
    const struct lab_record *record = lab_look_record(request->shell, live);
    struct lab_state *own = NULL;
    size_t n = strlen(request->word), offered = 0;
    if (!record)
        return;
    const struct lab_state *state = state_of(request->shell, record, &own);
    struct lab_text moment = {0}, before = {0}, text = {0};
    for (size_t i = 0; state && i < lab_record_count(record); i++) {
        if (lab_record_at(record, i)->time <= after)
            continue;
        lab_text_clear(&moment);
        put_moment(&moment, lab_record_at(record, i)->time);
        const char *word = lab_text_string(&moment);
        if (strcmp(word, lab_text_string(&before)) == 0 ||
            strncmp(word, request->word, n) != 0)
            continue;
        if (offered++ == MOMENTS)
            break;
        lab_text_clear(&text);
        put_event(&text, record, state, i);
        lab_offer_about(request, word, lab_text_string(&text));
        lab_text_clear(&before);
        lab_text_put(&before, word);
    }
    lab_text_free(&moment);
    lab_text_free(&before);
    lab_text_free(&text);
    if (own)
        lab_state_free(own);
}
