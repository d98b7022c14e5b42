// 02 sleep and timer: what stops when a task sleeps the wrong way?
//
// A heartbeat ticks beside a nap. Both naps take as long; what differs is what
// happens to everybody else meanwhile. The longest time without a beat shows
// it: as long as the nap if the thread was held, one beat if it was given away.

#include "lab.h"

static int heartbeat(void *arg) {
    (void)arg;
    for (;;) {
        lab_mark("beat");
        LAB_TRY(lab_sleep(lab_param("beat"))); // ends when we are cancelled
    }
}

static int nap_holding_thread(void) {
    lab_block(lab_param("nap"));
    return 0;
}

static int nap_on_timer(void) {
    return lab_sleep(lab_param("nap"));
}

// The nap begins between two beats, and so does the end: with naps of whole
// beats no two timers are due at once, and nothing depends on who is first.
static int beside_heartbeat(int nap(void)) {
    lab_time beat = lab_param("beat");
    lab_task *heart = lab_spawn("heartbeat", heartbeat, NULL);
    LAB_TRY(lab_sleep(2 * beat + beat / 2));
    lab_say("the nap begins");
    LAB_TRY(nap());
    lab_say("the nap is over");
    LAB_TRY(lab_sleep(beat * 17 / 10));
    lab_cancel(heart);
    return 0;
}

static int blocking(void) {
    return beside_heartbeat(nap_holding_thread);
}

static int timer(void) {
    return beside_heartbeat(nap_on_timer);
}

const struct lab_demo lab_demo = {
    .name = "sleep_timer",
    .asks = "What stops when a task sleeps the wrong way?",
    .params = {{"nap", 1000, .min = 1, .max = 60000, .unit = "ms",
                .text = "how long the nap is"},
               {"beat", 100, .min = 2, .max = 10000, .unit = "ms",
                .text = "time from beat to beat"}},
    .variants = {{"blocking", blocking, "sleep with the thread held",
                  "nap + 4.2 * beat", .gap = "max(beat, nap + beat / 2)"},
                 {"timer", timer, "give the thread away until a timer is due",
                  "nap + 4.2 * beat", .gap = "beat"}},
    .mark = "beat",
    .gap_text = "longest time without a beat"};
