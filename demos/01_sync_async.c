// 01 sync and async: does async make one thing faster, or many overlap?
//
// The same two sentences, said after 1 s and after 2 s. Holding the thread or
// giving it away makes no difference while each is waited for before the next
// begins: 1 + 2 = 3. Only when both wait at once does the longer one hide the
// shorter. Nothing became faster; the waits overlap.

#include "lab.h"

struct line {
    const char *what, *delay;
};
static struct line lines[] = {{"hello", "first"}, {"world", "second"}};

static int say_after(void *arg) {
    const struct line *line = arg;
    LAB_TRY(lab_sleep(lab_param(line->delay))); // others run meanwhile
    lab_say("%s", line->what);
    return 0;
}

static int blocking(void) {
    for (size_t i = 0; i < countof(lines); i++) {
        lab_block(lab_param(lines[i].delay)); // nobody runs meanwhile
        lab_say("%s", lines[i].what);
    }
    return 0;
}

static int in_turn(void) {
    for (size_t i = 0; i < countof(lines); i++)
        LAB_TRY(say_after(&lines[i])); // a plain call: we wait right here
    return 0;
}

static int together(void) {
    lab_task *tasks[countof(lines)];
    for (size_t i = 0; i < countof(lines); i++)
        tasks[i] = lab_spawn(lines[i].what, say_after, &lines[i]);
    return lab_gather(tasks, countof(tasks)); // both wait at the same time
}

const struct lab_demo lab_demo = {
    .name = "sync_async",
    .asks = "Does async make one thing faster, or many things overlap?",
    .params = {{"first", 1000, .min = 1, .max = 60000, .unit = "ms",
                .text = "when to say hello"},
               {"second", 2000, .min = 1, .max = 60000, .unit = "ms",
                .text = "when to say world"}},
    .variants = {
        {"blocking", blocking, "hold the thread for each", "first + second"},
        {"in_turn", in_turn, "await each before the next", "first + second"},
        {"together", together, "spawn both, await both",
         "max(first, second)"}}};
