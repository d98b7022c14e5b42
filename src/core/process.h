// process.h - another program: its input, its output and its end.
//
// Use, under the real clock:
//     lab_process *sorter;
//     struct lab_process_options options = {
//         .words = (char *[]){"sort", "-n", NULL}};
//     LAB_TRY(lab_process_start(&sorter, &options));
//     lab_stream *to = lab_process_input(sorter);
//     lab_stream *from = lab_process_output(sorter);
//     LAB_TRY(lab_write(to, "10\n9\n", 5));
//     LAB_TRY(lab_shutdown_write(to));
//     while (lab_read_until(from, "\n", line, sizeof line) > 0)
//         lab_say("%s", line);
//     if (lab_process_wait(sorter) != 0)
//         lab_say("it has failed");
//
//     // or all of that at once:
//     LAB_TRY(lab_process_start(&sorter, &options));
//     rc = lab_process_communicate(sorter, "10\n9\n", bytes, sizeof bytes);
//
// Rules: a process ends before the task that started it does: what still runs
// then is killed, with all that it has started, and nothing may use it any
// more. So a cancelled task leaves no process behind, and neither does looplab
// when it ends. A process is outside of the run: under the virtual clock none
// is started.
//
// Each line that it writes to stderr is said by the task that started it, at
// once. Its output waits to be read: one that is not read fills up after 64
// KiB, and then the process waits.

#ifndef LAB_CORE_PROCESS_H
#define LAB_CORE_PROCESS_H

#include "base/error.h"
#include "core/stream.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct lab_process lab_process;

struct lab_process_options {
    char **words;            // the program, looked for in PATH, and its words,
                             // up to NULL
    const char *const *more; // "NAME=VALUE", up to NULL, added to our own
                             // environment; NULL: nothing is
    int ends_on;       // a signal on which it tidies up and ends; 0: SIGKILL
    bool joins_errors; // its stderr is part of its output
};

// Starts a program. Does not wait for it.
//
// Owns:   the running task's; lab_process_close ends it sooner. [options] stay
//         yours.
// Errors: LAB_EOUTSIDE under the virtual clock. LAB_ENOENT if there is no such
//         program, and others of fork(2) and execvp(3). LAB_EAGAIN while 64
//         processes run. LAB_ECANCELED, LAB_EPERM.
// Source: asyncio's create_subprocess_exec.
LAB_CHECKED int lab_process_start(lab_process **out,
                                  const struct lab_process_options *options);
#define lab_process_start LAB_COVER(lab_process_start)

// Its input, to be written, and its output, to be read. The process reads to
// the end of its input only after lab_shutdown_write.
//
// Owns:   the process's; closing one sooner is allowed.
// Source: Process.stdin and Process.stdout.
lab_stream *lab_process_input(const lab_process *process);
lab_stream *lab_process_output(const lab_process *process);

// Waits until [process] has ended, and returns what it exited with. If a signal
// has ended it, that is 128 more than the signal, as in a shell. Any task may
// wait, and several may. Its output can still be read afterwards.
//
// Errors: LAB_ECANCELED: it still runs. LAB_EPERM.
// Source: Process.wait, which is -N after signal N.
LAB_CHECKED int lab_process_wait(lab_process *process);
#define lab_process_wait LAB_COVER(lab_process_wait)

// Returns the same at once; LAB_EAGAIN while it runs.
//
// Source: Process.returncode.
int lab_process_returncode(const lab_process *process);

// Writes the string [input] to [process], or nothing if it is NULL, and ends
// its input. Reads all its output into [output], as a string in [size] bytes.
// Waits until the process has ended, and returns as lab_process_wait does.
//
// Errors: LAB_EMSGSIZE if [output] is full before the end. LAB_ECANCELED,
//         LAB_EPERM, and those of lab_read. The process still runs then. If it
//         ends without reading its input, that is no error.
// Source: Process.communicate.
LAB_CHECKED int lab_process_communicate(lab_process *process, const char *input,
                                        char *output, size_t size);
#define lab_process_communicate LAB_COVER(lab_process_communicate)

// Sends [signal], such as SIGTERM, to [process] alone. Does nothing if it has
// ended.
//
// Source: Process.send_signal.
void lab_process_send_signal(const lab_process *process, int signal);

// Kills [process] and all that it has started. It can still be waited for.
//
// Source: Process.kill, which kills the process alone.
void lab_process_kill(const lab_process *process);

// Ends [process], if it has not ended: kills it; or sends .ends_on, and kills
// it if it takes longer than 5 seconds. Closes its input and output. Tasks that
// wait for it hear how it ended. Closing it again does nothing. Called from a
// task; waits if there is an .ends_on, also in a task that is cancelled.
void lab_process_close(lab_process *process);
#define lab_process_close LAB_COVER(lab_process_close)

#endif
