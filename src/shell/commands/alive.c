#include "shell/look.h"

int lab_command_alive(struct lab_call *call) {
    return lab_look_answer(call, lab_question_alive);
}
