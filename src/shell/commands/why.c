#include "base/alloc.h"
#include "base/die.h"
#include "shell/look.h"

#include <inttypes.h>

static int refuse_task(struct lab_call *call, const struct lab_look *look,
                       const char *word) {
    const struct lab_replay *replay = look->replay;
    size_t count = replay->tasks.count;
    if (count == 0)
        return lab_shell_refuse(call->shell,
                                "no task %s: none was spawned by then; say a "
                                "later moment with at=",
                                word);
    const void **order = lab_replay_in_order(&replay->tasks);
    const struct lab_replay_task *first = order[0], *last = order[count - 1];
    lab_free(order);
    return lab_shell_refuse(call->shell,
                            "no task %s; by then there are t%" PRIu32
                            " to t%" PRIu32 ", and ps lists those that live",
                            word, first->number, last->number);
}

int lab_command_why(struct lab_call *call) {
    struct lab_look look;
    struct lab_text text = {0};
    if (call->count == 0 || call->words[0][0] == '\0')
        return lab_shell_refuse(call->shell,
                                "why needs a task, such as t3; ps lists them");
    int status = lab_look_open(call, 1, &look);
    if (status != LAB_EXIT_OK)
        return status;
    uint32_t task = lab_question_task(look.replay, call->words[0]);
    if (task) {
        const struct lab_style *style = &call->manner.style;
        lab_panel_heading(&text, style, &look.panel);
        lab_question_why(&text, style, &look.panel.scene, task);
        lab_shell_put(call->shell, &text);
    } else {
        status = refuse_task(call, &look, call->words[0]);
    }
    lab_text_free(&text);
    lab_look_close(&look);
    return status;
}
