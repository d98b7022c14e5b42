#include "shell/vocabulary.h"

#include "base/alloc.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

static const struct lab_word words[] = {
    // What runs.
    {"variant",
     "One of a demo's answers to its question: a function that is run and "
     "measured by itself.",
     "run 3 together", 1},
    {"parameter",
     "A number or a time of a demo that can be changed, such as delay.",
     "run 3 delay=200", 0},
    {"loop",
     "Runs tasks on one thread, one at a time, and waits when none is ready; "
     "the event loop.",
     "help event loop", 1},
    {"turn",
     "One round of the loop: it runs each task that is ready until that waits, "
     "and looks which timers are due.",
     "turns 7", 7},
    {"step",
     "What a task does from one wait to the next; no other task runs "
     "meanwhile.",
     "", 2},
    {"timer", "Says when a task that sleeps is ready again.", "", 2},
    {"job", "A function that is handed to a pool, for a worker to run.",
     "pool 4 pool_2", 4},
    {"worker", "A thread of a pool; it takes one job after another.",
     "pool 4 pool_2", 4},
    {"pool", "Threads with one queue of jobs, for what blocks or computes.",
     "pool 4 pool_2", 4},
    {"offload",
     "To hand a job to a pool and wait for its result, so that the loop stays "
     "free.",
     "source 4", 4},
    {"generator",
     "A function that stops where it hands out a value, and continues from "
     "there.",
     "help yield", 5},
    {"waiter",
     "A task that waits for another one; it can be cancelled while the other "
     "one continues.",
     "", 10},
    {"sibling", "A task that has the same parent.", "tree 15", 15},
    {"structured concurrency",
     "A rule: a task ends before the one that started it does.",
     "tree 15 group", 15},
    {"fan-out", "One task starts many, whose waits then overlap.", "", 13},
    {"fan-in", "The results of many tasks become one.", "", 13},
    {"deadlock",
     "Tasks wait for each other, and nothing is left that could wake one.",
     "explain LAB_EDEADLK", 19},
    {"concurrent",
     "Several things are under way, though at any moment only one may run.", "",
     1},
    {"parallel", "Several things run at the same moment, each on a core.", "",
     17},
    {"atomic",
     "Done in one piece: no other thread can come in between or see half of "
     "it.",
     "", 18},
    {"data race, race",
     "Two threads use one variable at the same time, at least one of them "
     "changes it, and no lock orders them.",
     "run 19", 19},
    // The states of lanes.
    {"running", "It has the thread, and runs.", "timeline 1", 1},
    {"ready", "It could run at once; what it lacks is the thread.",
     "timeline 2", 2},
    {"waiting, waits", "It waits for something, and others may run.",
     "timeline 1", 1},
    {"blocked",
     "It holds the thread and sleeps, so nobody else can run on that thread.",
     "timeline 2", 2},
    {"computing",
     "It holds the thread and computes, so nobody else can run on that thread.",
     "timeline 17", 17},
    {"queued", "A job, or the task that asked for it, waits for a free worker.",
     "timeline 4 pool_2", 4},
    {"idle",
     "A thread that has nothing to do: the loop until a timer is due, or a "
     "worker without a job.",
     "busy 4", 1},
    {"created", "A coroutine or generator that has not run yet.", "timeline 5",
     5},
    {"suspended", "A generator that stands in a yield.", "timeline 5", 5},
    {"failed", "It ended with an error.", "", 14},
    {"cancelled", "It was asked to stop, and ended by that.", "", 10},
    // What views show.
    {"lane",
     "A row of a timeline: what the loop, a task, a job or a worker does.",
     "timeline 4", 1},
    {"share", "What part of its time a lane spent in each state, as a bar.",
     "busy 4", 0},
    {"lasted", "The time from the beginning of a task to its end.", "busy 4",
     0},
    {"in flight", "Tasks that have begun and have not ended.", "timeline 3", 3},
    {"mark, beat, heartbeat",
     "A moment that a program notes with lab_mark. A task that marks again and "
     "again shows whether the loop is free.",
     "timeline 2", 2},
    {"gap, longest gap",
     "A time without a mark; the longest one shows for how long something was "
     "held up.",
     "table 2", 2},
    {"gauge",
     "A number that a program counts up and down, such as connections that are "
     "open.",
     "timeline 10", 10},
    {"event",
     "One entry of a record: a task begins, waits, is woken or ends, or a line "
     "is said.",
     "ps 3 together at=1s", 0},
    {"record", "All events of a run; every view is drawn from one.", "json 3",
     0},
    {"order",
     "Which of the tasks that are ready runs first. Code should be right in "
     "every order.",
     "orders 3 together", 0},
    {"outcome",
     "What an order leads to: its result, its times and what was said.",
     "orders 3 together", 0},
    // What is claimed and measured.
    {"law",
     "A formula of a demo's parameters for a time; it was written before the "
     "run.",
     "table 3", 1},
    {"predicted", "What the law gives for the parameters of this run.",
     "table 3", 1},
    {"measured", "What the run really took or had.", "table 3", 1},
    {"ratio",
     "The measured time divided by the predicted one; 1.00 if the law is "
     "exact.",
     "table 3", 1},
    {"held",
     "Whether measure and prediction agree: exactly under the virtual clock, "
     "to within 20 ms or 5 % under the real one.",
     "table 3", 1},
    {"claim, claimed",
     "What a demo promises of a run besides its time, such as how many errors "
     "it has.",
     "claims 11", 7},
    {"virtual clock, virtual",
     "A time that jumps to the next timer when nobody is ready: an hour is "
     "over at once, and figures are exact.",
     "clock virtual", 26},
    {"real clock", "The time of the machine; a run takes as long as it says.",
     "clock real", 26},
    // Of the machine, and of tests.
    {"page cache", "The kernel's copy of files in memory.", "", 21},
    {"flaky", "A test that fails now and then, although nothing has changed.",
     "", 26},
};

const struct lab_word *lab_word_at(size_t index) {
    return index < countof(words) ? &words[index] : NULL;
}

// Is the spelling that begins at [names] the [n] bytes at [name]?
static bool is_spelled(const char *names, const char *name, size_t n) {
    return strncasecmp(names, name, n) == 0 && (!names[n] || names[n] == ',');
}

static const struct lab_word *find(const char *name, size_t n) {
    for (size_t i = 0; n > 0 && i < countof(words); i++) {
        const char *at = words[i].names;
        for (; at; at = strchr(at, ',') ? strchr(at, ',') + 2 : NULL)
            if (is_spelled(at, name, n))
                return &words[i];
    }
    return NULL;
}

const struct lab_word *lab_word_find(const char *name) {
    size_t n = strlen(name);
    const struct lab_word *word = find(name, n);
    return word || n == 0 || name[n - 1] != 's' ? word : find(name, n - 1);
}
