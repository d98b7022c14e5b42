// child.h - a program in a process of its own, with limits, whose output is
// read as it comes.
//
// Use:
//     struct lab_child_options options = {
//         .words = (char *[]){"cc", "-c", "nap.c", NULL},
//         .on_bytes = on_bytes,
//     };
//     struct lab_child *child;
//     LAB_TRY(lab_child_start(&child, &options));
//     int rc = lab_child_wait(child, LAB_FOREVER);
//     struct lab_child_end end = lab_child_close(child);
//
// The child leads a group of its own, so that a signal reaches all that it has
// started, and the terminal's Ctrl-C reaches none of it. Its end is its exit:
// processes that it leaves behind keep its pipes open, and are then killed. A
// process that has left the group is killed as soon as no other child runs.
// None outlives us. Only if looplab itself is killed outright, the kernel ends
// the child alone, and not what the child has started.

#ifndef LAB_CORE_CHILD_H
#define LAB_CORE_CHILD_H

#include "base/error.h"
#include "base/time.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// What the child writes, by descriptor.
enum lab_child_from {
    LAB_CHILD_OUTPUT = 1,
    LAB_CHILD_ERRORS = 2,
    LAB_CHILD_RECORD = 4,
};

struct lab_child_options {
    char **words;            // the program, looked for in PATH, and its words
    const char *const *more; // "NAME=VALUE", up to NULL, added to our own
                             // environment; NULL: nothing is
    int ends_on;             // a signal on which it tidies up and ends, sent
                             // when we end; 0: SIGKILL
    int ignored;             // a signal; until it has a handler; 0: none
    bool has_input;          // it reads our standard input, not an empty one
    bool joins_errors;       // they come with its output
    // It stands before us on the terminal: it has our descriptors 0 to 2 and no
    // others, and our group, so that Ctrl-C and Ctrl-Z reach us both.
    bool has_terminal;
    int file; // its descriptor 3; 0: it has none
    // Its descriptors 0 and 1, if we talk to it by these. It has no others then
    // but 2, and what is read here are its errors. 0: there are none.
    int input, output;
    uint64_t memory; // how many bytes of data it may have; 0: any
    // Called on the loop's thread with what it has written. Must not wait.
    void (*on_bytes)(void *arg, enum lab_child_from from, const char *bytes,
                     size_t n);
    // Likewise, when it has ended and all that it wrote was passed on.
    void (*on_end)(void *arg);
    void *arg;
};

struct lab_child;

enum { LAB_CHILDREN_MOST = 64 };

// Starts the program. Does not wait for it.
//
// Owns:   yours, until lab_child_close. [options] are needed until then, the
//         descriptors and words only for the call.
// Errors: those of fork(2) and execvp(3): LAB_ENOENT if there is no such
//         program. LAB_EAGAIN if LAB_CHILDREN_MOST run already.
// Source: asyncio's create_subprocess_exec.
LAB_CHECKED int lab_child_start(struct lab_child **out,
                                const struct lab_child_options *options);

// Waits until the child has ended and all that it wrote was read; returns 0.
//
// Errors: those of read(2): it has ended, and not all was read.
//         LAB_ETIMEDOUT after [timeout], LAB_EINTR or LAB_ECANCELED: it still
//         runs. A task that was cancelled waits for its end under a shield
//         (core/scope.h), or has lab_child_close kill it.
LAB_CHECKED int lab_child_wait(struct lab_child *child, lab_time timeout);

// Sends [signal] to the child and all that it has started.
void lab_child_kill(struct lab_child *child, int signal);

// Sends [signal] to the child alone.
void lab_child_tell(struct lab_child *child, int signal);

// The number of its process; 0 once it has ended.
int lab_child_number(const struct lab_child *child);

// How a child has ended.
struct lab_child_end {
    int status; // what it exited with, or -1
    int signal; // which signal has ended it, or 0
};

// How it has ended, once on_end was called.
struct lab_child_end lab_child_how(const struct lab_child *child);

// Kills what is left of the child, and frees it. Returns how it ended.
struct lab_child_end lab_child_close(struct lab_child *child);

#endif
