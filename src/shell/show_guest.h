// show_guest.h - running a learner's own program, and putting it before them.

#ifndef LAB_SHELL_SHOW_GUEST_H
#define LAB_SHELL_SHOW_GUEST_H

#include "guest/guest.h"
#include "shell/command.h"

// A program that was interrupted, and has not ended yet.
struct lab_interrupted {
    struct lab_guest *guest;
    struct lab_interrupted *earlier;
};

// Kills the programs that were interrupted and have not ended. For Ctrl-C: a
// task hears of the first one only.
void lab_show_interrupted_again(struct lab_shell *shell);

// Does what lab_show_run does, with the guest of [selection].
int lab_show_guest(struct lab_call *call, const struct lab_selection *selection,
                   lab_view_fn *view);

// --- for commands that do something else with a guest

// Appends the path of the program called [name]: its file, or a lesson's.
void lab_show_guest_find(const struct lab_call *call, const char *name,
                         struct lab_text *path);

// What [call] says of how the guest of [selection], which is the program at
// [path], shall run. The sink is empty.
struct lab_guest_options
lab_show_guest_options(const struct lab_call *call,
                       const struct lab_selection *selection, const char *path);

// Says that the guest did not start, as lab_guest_start returned [status] and
// [error]. Returns an exit status.
int lab_show_guest_refuse(struct lab_call *call, int status,
                          struct lab_text *error);

// As lab_guest_wait, but passes interrupts on to the guest.
LAB_CHECKED int lab_show_guest_wait(struct lab_shell *shell,
                                    struct lab_guest *guest,
                                    struct lab_text *error);

#endif
