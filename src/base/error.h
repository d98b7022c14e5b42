// error.h - the world said no: a negative int, with a sentence.
//
// The codes are libuv's, which on Linux are errno's negated, so a code from
// the system needs no translation. Zero and above is success.

#ifndef LAB_BASE_ERROR_H
#define LAB_BASE_ERROR_H

#include <stdint.h>

enum {
    LAB_ECANCELED = -125,    // this task was cancelled
    LAB_ETIMEDOUT = -110,    // the time given was over
    LAB_EINTR = -4,          // woken for another reason than the one waited for
    LAB_EPERM = -1,          // only a task can wait, and this is not one
    LAB_EINVAL = -22,        // an argument is out of its range
    LAB_EBUSY = -16,         // in use by another task
    LAB_EDEADLK = -35,       // nothing is left that could end this wait
    LAB_EEXIST = -17,        // it is there already
    LAB_EPIPE = -32,         // the reader is gone
    LAB_EOF = -4095,         // nothing more comes
    LAB_ENOENT = -2,         // no such file
    LAB_EAGAIN = -11,        // not without waiting
    LAB_EBROKEN = -131,      // a barrier was given up (errno's ENOTRECOVERABLE)
    LAB_ENOMEM = -12,        // no memory, or no more threads
    LAB_EBADF = -9,          // it was closed
    LAB_EPROTO = -71,        // the other does not keep to the protocol
    LAB_EMSGSIZE = -90,      // longer than there is room for
    LAB_EADDRINUSE = -98,    // somebody listens there already
    LAB_ECONNRESET = -104,   // the other went away without reading all
    LAB_ECONNREFUSED = -111, // nobody listens there
    LAB_EUNREAD = -5001,     // a task has failed, and nobody asked
    LAB_ERAISED = -5002,     // a Python exception, whose words are elsewhere
    LAB_ECRASHED = -5004,    // the program ended before its run did
    LAB_ENOTFILE = -5003,    // a folder, a pipe or such
    LAB_EOUTSIDE = -5000,    // cannot be reached under the virtual clock
    LAB_ESKIPPED = -5005,    // the run cannot do its work here; see lab_skip
    // A virtual run was stopped at a limit:
    LAB_EEVENTS = -5010,  // of events
    LAB_ETURNS = -5011,   // of turns in which no time passes
    LAB_EMACHINE = -5012, // of the machine's time
    LAB_EHOURS = -5013,   // of virtual time
};

// Returns from the calling function with the code if [expression] is negative.
#define LAB_TRY(expression)                                                    \
    do {                                                                       \
        int lab_try_rc = (expression);                                         \
        if (lab_try_rc < 0)                                                    \
            return lab_try_rc;                                                 \
    } while (0)

// Returns what [code] means, in words: "no such file or directory"; "unknown
// error" for a code that nobody has given a meaning.
//
// Owns: borrowed, for ever.
const char *lab_error_text(int code);

// Appends the same; for an unknown code its number: "error -5999".
struct lab_text;
void lab_error_put(struct lab_text *out, int64_t code);

// Marks a function whose result says whether it worked.
#define LAB_CHECKED __attribute__((warn_unused_result))

// Says that a checked result does not matter here; a comment says why.
static inline void lab_ignore(int result) {
    (void)result;
}

#endif
