#include "shell/look.h"

int lab_command_ps(struct lab_call *call) {
    return lab_look_answer(call, lab_question_ps);
}
