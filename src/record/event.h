// event.h - the table of events: what can happen in a run, and what a task can
// wait for.
//
// Use:
//     struct lab_event event = {.kind = LAB_EVENT_MARK, .task = 2};
//     lab_event_name(event.kind)                                     "mark"
//
// Each kind of event and each thing to wait for is one row here. Its name in a
// file and its words in views are in the row. state.c needs a function on_NAME
// for each kind, and does not compile without it.
//
// Who: tasks are numbered from 1 (the run's root) in the order they were
// spawned, jobs and workers from 1 likewise; 0 means none. Nothing in an event
// is a pointer, a port or a process number.

#ifndef LAB_RECORD_EVENT_H
#define LAB_RECORD_EVENT_H

#include "base/time.h"

#include <stdint.h>

// How the line begins that says why a run is skipped.
#define LAB_RECORD_SKIPPED "skipped: "

// X(kind, name, by, deed)
//
//        task    other       worker  value        text
// SPAWN  it      its parent  -       -            its name     .is_library
// RUN    it      -           -       the turn     -            .need
// WAIT   it      what for    -       deadline     -       .on .need .where
// WAKE   it      its waker   -       result       -       .on
// END    it      -           -       its result   in words
// CANCEL it      who asked   -       -            the reason
// BLOCK  caller  -           caller  time asked   -       .on
// UNBLOCK, as BLOCK
// WORKER -       -           it      pool number  its name
// QUEUE  asker   job         -       pool number  pool's name  .name
// START  asker   job         it      -            -
// DONE   asker   job         it      its result   -
// DROP   asker   job         -       -            -
// SAY    caller  -           caller  -            the line     .is_stderr
// MARK   caller  -           caller  -            the mark
// UNREAD it      -           -       its error    in words
// TIMER  whose   -           -       deadline     -
// RAISE  it      -           -       its error    in words
// READ   it      who read    -       its error    -
// DELIVER it     -           -       -            -
// JOIN   it      see below   -       -            -       .on
// HOLD   holder  what        caller  -            -       .on
// DEADLOCK -     -           -       -            -
// COUNT  caller  -           caller  the change   the gauge's name
// GENERATOR its maker it        -       -            its name
// RESUME its task it         -       what is sent -
// YIELD  its task it         -       handed out   -
// CLOSE  its task it         -       its result   -
// CALL   asker   job         it      -            -
// ASK    asker   a task      it      -            -
// ANSWER asker   that task   it      its result   -
// RELEASE it     what        caller  -            -       .on
// PUT    putter  a queue     -       items in it  -       .on
// GET    getter  a queue     -       items in it  -       .on
// SET    setter  what        -       the result   -       .on
// TIMEOUT whose  -           -       its deadline -
// WANT   asker   what        caller  -            -       .on
// NOTE   whose   -           whose   -            the note
// PROCESS its task it        -       -            its program  .on
// EXIT   its task it         -       how it ended -            .on
// CHOOSE -       -           it      taken        those it is of
// UNCANCEL it    who does it -       those left   -
//
// A caller is a task, or the worker that runs the job of [task]; neither is the
// loop itself, in a callback. The words of an error are written where neither
// libuv nor looplab has any: those of LAB_ERAISED are the exception's. The
// words of a result that is 0 are the value that a Python coroutine returned.
//
// SPAWN: a library may have made the task, not the program's own code.
// RUN: turns of the loop are numbered from 1, the run's first. Where a schedule
// chooses, .need is the number of tasks that it chose from.
// WAIT: [other] is the number of what is waited for: a task, a lock, a stream.
// The deadline is that of the wait, or of a timeout around it. If that changes
// meanwhile, the WAIT comes again.
// A task that waits on BEGIN has lent its thread to [other], which it has just
// spawned: both are at the front of the ready queue, and no WAKE comes.
// WAKE: the result is what the wait returns, an error if negative.
// DROP: a job was cancelled while it was still queued.
// RAISE: the task ends in an error, and END follows. READ: somebody was given
// that error. UNREAD: nobody ever was, and the task is forgotten.
// TIMER: that of its wait, or a timeout's, is due.
// DELIVER: the cancel has reached the task, as an error of a wait.
// JOIN: on a group, the task is a member of group [other]. Else a WAIT for
// several tasks comes, and [other] is one of them; a WAIT for several without
// a JOIN before it is for the same tasks as the one before.
// BLOCK: the time is 0 if nobody knows how long it will take.
// WORKER: pool 0 is none: a thread that the program started by itself.
// QUEUE: .name is what the job runs: "resize(3)".
// NOTE: what looplab says about the program: a sentence without its full stop.
// HOLD: the task has that lock; written when others come to wait for it. On a
// semaphore it has a permit, and RELEASE gives one back; all are written.
// WANT: a job waits for a mutex, until its HOLD. A mutex is held by a worker.
// On the interpreter lock, a worker or, without one, the loop's thread waits,
// until its HOLD; a holder that nobody waits for stands nowhere.
// PUT, GET: an item goes into a queue and out again, also by way of a task that
// waits. SET: of a future or a flag; by task 0, it is the loop.
// TIMEOUT: follows its TIMER if that was the limit of a wait, or of several.
// CLOSE: the body of a generator has returned, or will never begin. While it
// runs, what happens to its task happens in its body.
// CALL: the loop makes a call that a worker has asked for, in that job. The
// events after it, up to one that is not by the loop, are caused by the call.
// ASK: a job waits until the loop has run [other] for it. ANSWER: it has.
// DEADLOCK: every task waits, and nothing is left that could wake one. After
// this event the loop cancels them all.
// PROCESS: another program was started. EXIT: it has ended. The value is what
// it exited with; of one that a signal has ended, 128 more than the signal.
// CHOOSE: a schedule lets this worker be the next that does something. The text
// has the numbers of those it chose from, "2 1", in the order in which they had
// something to do; the value is the place of the chosen one, from 0.
// UNCANCEL: a request to stop is taken back, as asyncio's timeouts and groups
// do when they end. The value is how many requests the task still has.
// OTHER: a kind that this looplab does not know; the text is its name.
//
// By: who does it, or to whom it happens. TASK is the event's worker or else
// its task, OTHER is the other one, LOOP is the loop. The deed is what views
// say about them; view/sentence.c explains its placeholders.
#define LAB_EVENTS(X)                                                          \
    X(SPAWN, spawn, OTHER, "starts %t")                                        \
    X(RUN, run, TASK, "runs%f")                                                \
    X(WAIT, wait, TASK, "%w")                                                  \
    X(WAKE, wake, TASK, "%k")                                                  \
    X(END, end, TASK, "%r")                                                    \
    X(CANCEL, cancel, OTHER, "cancels %t%c")                                   \
    X(BLOCK, block, TASK, "%b")                                                \
    X(UNBLOCK, unblock, TASK, "%u")                                            \
    X(WORKER, worker, TASK, "is there")                                        \
    X(QUEUE, queue, TASK, "queues %j for {a pool}")                            \
    X(START, start, TASK, "takes %j of %t")                                    \
    X(DONE, done, TASK, "is done with %j of %t%e")                             \
    X(DROP, drop, LOOP, "drops %j of %t")                                      \
    X(SAY, say, TASK, "says \"{}\"%s")                                         \
    X(MARK, mark, TASK, "marks {a moment}")                                    \
    X(UNREAD, unread, LOOP,                                                    \
      "forgets the error of %t, which nobody has read%x")                      \
    X(TIMER, timer, TASK, "has a timer that is due")                           \
    X(RAISE, raise, TASK, "comes to an error%e")                               \
    X(READ, read, OTHER, "reads the error of %t")                              \
    X(DELIVER, deliver, TASK, "hears that it is cancelled")                    \
    X(JOIN, join, TASK, "%g")                                                  \
    X(HOLD, hold, TASK, "holds %l")                                            \
    X(DEADLOCK, deadlock, LOOP, "finds nothing left to wake a task")           \
    X(COUNT, count, TASK, "counts {} by %n")                                   \
    X(GENERATOR, generator, TASK, "makes %y")                                  \
    X(RESUME, resume, TASK, "resumes %y%m")                                    \
    X(YIELD, yield, TASK, "gets %v from %y")                                   \
    X(CLOSE, close, TASK, "%z")                                                \
    X(CALL, call, LOOP, "makes a call for %p")                                 \
    X(ASK, ask, TASK, "waits for the loop to run %o")                          \
    X(ANSWER, answer, TASK, "hears that %o has ended%e")                       \
    X(RELEASE, release, TASK, "gives back %l")                                 \
    X(PUT, put, TASK, "puts an item into %l")                                  \
    X(GET, get, TASK, "gets an item from %l")                                  \
    X(SET, set, TASK, "sets %l")                                               \
    X(TIMEOUT, timeout, TASK, "is out of time")                                \
    X(WANT, want, TASK, "waits for %l")                                        \
    X(NOTE, note, TASK, "has a note: {}")                                      \
    X(PROCESS, process, TASK, "starts {a program} as %l")                      \
    X(EXIT, exit, LOOP, "hears that %l has ended%q")                           \
    X(CHOOSE, choose, TASK, "is chosen%h")                                     \
    X(UNCANCEL, uncancel, OTHER, "clears %a")                                  \
    X(OTHER, other, TASK, "has an event \"{}\"")

enum lab_event_kind {
#define X(kind, name, by, deed) LAB_EVENT_##kind,
    LAB_EVENTS(X)
#undef X
        LAB_EVENT_KINDS,
};

struct lab_event_row {
    const char *name, *deed;
    enum lab_event_by { LAB_BY_TASK, LAB_BY_OTHER, LAB_BY_LOOP } by;
};

// Returns the row of a kind of event; the row of OTHER if [kind] has none.
const struct lab_event_row *lab_event_row(unsigned kind);

// What a WAIT waits on, what a WAKE ended, or how a BLOCK blocks:
// X(on, name, class, waits, kind, over, end)
//
// While a wait lasts, views say "waits", where % is what the task waits for: a
// "kind" with its number. When the wait is over, they say "over". When it can
// no longer end, nothing is left that could "end" it.
#define LAB_WAITS(X)                                                           \
    X(NOTHING, "nothing", THREAD, "lets others run", "", "its turn has come",  \
      "let it run")                                                            \
    X(SLEEP, "sleep", TIME, "sleeps", "", "its timer was due", "wake it")      \
    X(TASK, "task", TASK, "waits for %", "task",                               \
      "the task it waited for has ended", "end that task")                     \
    X(TASKS, "tasks", TASK, "waits for %", "tasks",                            \
      "those it waited for have ended", "end them")                            \
    X(CHILDREN, "children", TASK, "waits for its children to end", "",         \
      "its children have ended", "end them")                                   \
    X(JOB, "job", JOB, "waits for %", "job", "its job was done",               \
      "do that job")                                                           \
    X(IO, "io", OUTSIDE, "waits for a descriptor to be ready", "",             \
      "its descriptor was ready", "make it ready")                             \
    X(BLOCK, "block", THREAD, "blocks its thread", "", "its thread was free",  \
      "free it")                                                               \
    X(BURN, "burn", THREAD, "computes", "", "its thread was free", "free it")  \
    X(LOCK, "lock", LINE, "waits for %", "lock", "the lock became its own",    \
      "release it")                                                            \
    X(FLAG, "flag", LINE, "waits for % to be set", "flag", "the flag was set", \
      "set it")                                                                \
    X(SEMAPHORE, "semaphore", LINE, "waits for a permit of %", "semaphore",    \
      "it got its permit", "release one")                                      \
    X(CONDITION, "condition", LINE, "waits for % to be notified", "condition", \
      "it was notified", "notify it")                                          \
    X(BARRIER, "barrier", LINE, "waits at % for the others", "barrier",        \
      "all were at the barrier", "come to it")                                 \
    X(GET, "get", LINE, "waits for an item in %", "queue",                     \
      "there was an item", "put one")                                          \
    X(PUT, "put", LINE, "waits for room in %", "queue", "there was room",      \
      "get an item")                                                           \
    X(JOIN, "join", LINE, "waits until all items of % are done", "queue",      \
      "all items were done", "finish them")                                    \
    X(FUTURE, "future", INSIDE, "waits for %", "future", "the future was set", \
      "set it")                                                                \
    X(GROUP, "group", TASK, "waits for %", "group", "its group has ended",     \
      "end it")                                                                \
    X(ACCEPT, "accept", OUTSIDE, "waits for a connection to %", "listener",    \
      "somebody connected", "connect to it")                                   \
    X(CONNECT, "connect", OUTSIDE, "waits to be connected by %", "stream",     \
      "it was connected", "accept it")                                         \
    X(READ, "read", OUTSIDE, "waits for bytes from %", "stream",               \
      "bytes have come", "send any")                                           \
    X(WRITE, "write", OUTSIDE, "waits for room in %", "stream",                \
      "there was room", "read from it")                                        \
    X(BEGIN, "begin", THREAD, "lets % run to its first wait", "task",          \
      "that task waits or has ended", "let it run")                            \
    X(MUTEX, "mutex", THREAD, "waits for %", "mutex",                          \
      "the mutex became its own", "unlock it")                                 \
    X(INTERPRETER, "interpreter", THREAD, "waits for %", "interpreter lock",   \
      "the interpreter lock became its own", "release it")                     \
    X(PROCESS, "process", OUTSIDE, "waits for % to end", "process",            \
      "the process has ended", "end it")                                       \
    X(OTHER, "other", INSIDE, "waits for something", "",                       \
      "what it waited for has come", "bring it")

enum lab_event_on {
#define X(on, name, class, waits, kind, over, end) LAB_ON_##on,
    LAB_WAITS(X)
#undef X
        LAB_ONS,
};

// Who can end a wait. OUTSIDE is the world's, unless the WAIT says .where.
enum lab_wait_class {
    LAB_WAIT_THREAD, // its turn, or the end of what holds the thread
    LAB_WAIT_TIME,   // a timer
    LAB_WAIT_TASK,   // tasks that end
    LAB_WAIT_JOB,    // a worker
    LAB_WAIT_LINE,   // another task of the run; they wait in line
    LAB_WAIT_INSIDE, // somebody else in the run
    LAB_WAIT_OUTSIDE,
};

struct lab_wait_kind {
    const char *name, *waits, *kind, *over, *end;
    enum lab_wait_class class;
};

// Returns the row of a wait [on] something; the row of OTHER if it has none.
const struct lab_wait_kind *lab_wait_kind(unsigned on);

// What a stream or a descriptor connects the waiting task to, if that is known.
enum lab_where { LAB_WHERE_UNSAID, LAB_WHERE_INSIDE, LAB_WHERE_OUTSIDE };

enum { LAB_NEED_MOST = (1 << 28) - 1 };

struct lab_event {
    lab_time time; // since the run began
    int64_t value;
    uint32_t task, other;
    uint32_t text; // for lab_record_text; 0 is ""
    uint32_t line; // the location of its last call (location.h); 0 if none
    uint16_t worker;
    uint8_t kind, on;
    union {
        struct {
            // Of a WAIT: how many of the tasks must end (0: not known; all of
            // them, unless it waits for several); an enum lab_where. Of a RUN:
            // how many could have run (0: nothing was chosen).
            uint32_t need : 28, where : 2;
            uint32_t is_stderr : 1;  // of a SAY: the line went there
            uint32_t is_library : 1; // of a SPAWN: a library made the task
        };
        uint32_t name;    // of a QUEUE, for lab_record_string
        uint32_t details; // whichever it is
    };
};

// The name of a kind of event, or of what a wait is on: "spawn", "sleep". NULL
// beyond the last.
const char *lab_event_name(unsigned kind);
const char *lab_event_on_name(unsigned on);

#endif
