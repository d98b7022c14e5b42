// Flags and barriers: all that wait go on together.

#include "models/model.h"

#include "core/barrier.h"
#include "core/flag.h"

// --- a flag

static struct lab_flag flag;
static struct model_line line;
static int sets;

// Sets the flag for a moment, each step anew, and for good in the end.
static int signaller(void *arg) {
    int rc = 0;
    (void)arg;
    for (int i = 1; i < model_steps && rc == 0; i++) {
        lab_flag_set(&flag);
        sets++;
        RULE(!model_waits(&line, LAB_ON_FLAG));
        lab_flag_clear(&flag);
        rc = lab_yield();
    }
    lab_flag_set(&flag);
    sets++;
    RULE(!model_waits(&line, LAB_ON_FLAG));
    return rc;
}

static int watcher(void *arg) {
    (void)arg;
    for (int i = 1; i < model_steps; i++) {
        int before = sets;
        bool was_set = flag.is_set;
        model_arrive(&line);
        int rc = lab_flag_wait(&flag);
        model_left(&line);
        LAB_TRY(rc);
        RULE(was_set ? sets == before : sets > before);
    }
    return 0;
}

MODEL(a_flag_set_for_a_moment_lets_all_go_on, .quick = 36, .full = 1104) {
    line.count = sets = 0;
    lab_flag_init(&flag);
    return model_play(signaller, watcher, watcher);
}

// --- a barrier

enum { ROUNDS = 3 };
static struct lab_barrier barrier;
static unsigned numbers[ROUNDS]; // that were given, as bits
static int through[ROUNDS];
static bool given_up;

// Who cannot come any more says so, else the others would wait for ever.
static void give_up(void) {
    given_up = true;
    lab_barrier_abort(&barrier);
}

static int party(void *arg) {
    (void)arg;
    for (int i = 0; i < model_steps - 1; i++) {
        int rc = lab_barrier_wait(&barrier);
        if (rc == LAB_EBROKEN && RULE(given_up))
            return 0;
        if (rc < 0) {
            give_up();
            return rc;
        }
        RULE(rc < PARTS && !(numbers[i] & 1u << rc));
        numbers[i] |= 1u << rc;
        through[i]++;
        RULE(i == 0 || through[i - 1] == PARTS);
        if ((rc = lab_yield()) < 0) {
            give_up();
            return rc;
        }
    }
    return 0;
}

MODEL(a_barrier_lets_all_through_or_none, .quick = 180, .full = 162000) {
    for (int i = 0; i < ROUNDS; i++)
        numbers[i] = 0, through[i] = 0;
    given_up = false;
    lab_barrier_init(&barrier, PARTS);
    int rc = model_play(party, party, party);
    for (int i = 0; i < model_steps - 1; i++)
        RULE(through[i] == PARTS || (through[i] == 0 && given_up));
    RULE(lab_barrier_waiting(&barrier) == 0);
    return rc;
}
