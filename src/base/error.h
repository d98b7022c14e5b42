// error.h - the world said no: a negative int, with a sentence.
//
// The codes are libuv's, which on Linux are errno's negated, so a code from
// the system needs no translation. Zero and above is success.

#ifndef LAB_BASE_ERROR_H
#define LAB_BASE_ERROR_H

#include <stdint.h>

// X(name, code, text): the errors that have a name here. Each has a page in
// shell/codes, which `looplab explain NAME` shows.
#define LAB_ERRORS(X)                                                          \
    X(LAB_ECANCELED, -125, "cancelled")                                        \
    X(LAB_ETIMEDOUT, -110, "timed out")                                        \
    X(LAB_EINTR, -4, "interrupted")                                            \
    X(LAB_EPERM, -1,                                                           \
      "only a task can wait, not a job in a pool (use lab_block)")             \
    X(LAB_EINVAL, -22, "invalid argument")                                     \
    X(LAB_EBUSY, -16, "resource busy or locked")                               \
    X(LAB_EDEADLK, -35, "deadlock: nothing is left to wake a task")            \
    X(LAB_EEXIST, -17, "file already exists")                                  \
    X(LAB_EPIPE, -32, "broken pipe")                                           \
    X(LAB_EOF, -4095, "end of file")                                           \
    X(LAB_ENOENT, -2, "no such file or directory")                             \
    X(LAB_EAGAIN, -11, "resource temporarily unavailable")                     \
    X(LAB_EBROKEN, -131, "the barrier is broken: somebody gave it up")         \
    X(LAB_ENOMEM, -12, "not enough memory")                                    \
    X(LAB_EBADF, -9, "closed already")                                         \
    X(LAB_EPROTO, -71, "protocol error")                                       \
    X(LAB_EMSGSIZE, -90, "message too long")                                   \
    X(LAB_EADDRINUSE, -98, "address already in use")                           \
    X(LAB_ECONNRESET, -104, "connection reset by peer")                        \
    X(LAB_ECONNREFUSED, -111, "connection refused")                            \
    X(LAB_EUNREAD, -5001, "a task failed, and nobody asked for its result")    \
    X(LAB_ERAISED, -5002, "it raised an exception")                            \
    X(LAB_ECRASHED, -5004, "the program was cut off")                          \
    X(LAB_ENOTFILE, -5003, "it is not a plain file")                           \
    X(LAB_EOUTSIDE, -5000,                                                     \
      "under the virtual clock only connections inside the run exist")         \
    X(LAB_ESKIPPED, -5005, "skipped")                                          \
    X(LAB_EEVENTS, -5010, "too many events; --limit=events:N allows more")     \
    X(LAB_ETURNS, -5011,                                                       \
      "too many turns at one time; --limit=turns:N allows more")               \
    X(LAB_EMACHINE, -5012,                                                     \
      "too much machine time; --limit=time:T allows more")                     \
    X(LAB_EHOURS, -5013, "too much virtual time; --limit=none allows more")

enum {
#define X(name, code, text) name = (code),
    LAB_ERRORS(X)
#undef X
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
