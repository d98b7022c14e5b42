// guest.h - a learner's own program, my.c or my.py, run in a process of its
// own.
//
// Use:
//     struct lab_guest *guest;
//     if (lab_guest_start(&guest, &options, &error) < 0) ...
//     const struct lab_comparison *what = lab_guest_comparison(guest);
//     while ((rc = lab_guest_wait(guest, &error)) == LAB_ECANCELED)
//         lab_guest_interrupt(guest);
//     ...
//     lab_guest_free(guest);
//
// The process writes its record, line by line, into a pipe, and here each line
// is read as it comes. So whatever the program does, what happened until then
// can be shown.
//
//     my.c   cc --> a library in memory --> looplab, again --.
//     my.py  the recorder, a program of ours --> python3 -----+--> record

#ifndef LAB_GUEST_GUEST_H
#define LAB_GUEST_GUEST_H

#include "base/error.h"
#include "core/limit.h"
#include "demo/grade.h"
#include "demo/orders.h"
#include "record/file.h"

// A listener for what happens, on the loop's thread. Any may be NULL.
struct lab_guest_sink {
    // What runs is known, and nothing has run yet.
    void (*on_begin)(void *sink, struct lab_comparison *comparison);
    // [run] is about to begin, and what happens will be in its record.
    void (*on_run)(void *sink, struct lab_run *run);
    void (*on_run_end)(void *sink, struct lab_run *run);
    void (*on_say)(void *sink, lab_time time, const char *who,
                   const char *line);
    // What the program, or its compiler, has written where nobody can tell
    // which task did.
    void (*on_stray)(void *sink, const char *bytes, size_t n);
    void *sink;
};

// A program in C as it was compiled last, for those who run it several times.
// It is compiled again only after its file has changed.
//
// Owns: yours; zeroed at first, and freed by lab_guest_library_free.
struct lab_guest_library {
    int file; // the descriptor of the shared object; 0: there is none
    // Of the program's file, then: which it was, and when it was saved.
    uint64_t device, number, size;
    lab_time saved;
};

struct lab_guest_options {
    const char *path;     // of the program
    const char *include;  // the folder of lab.h
    const char *schedule; // NULL: fifo
    struct lab_clock clock;
    struct lab_limits limits; // .machine -1: a few seconds, as an endless loop
                              // is more likely than long work
    bool has_input;           // it reads our standard input, not an empty one
    struct lab_guest_library *library; // of a program in C; NULL: it is
                                       // compiled for this run alone
    int practice; // the port of a practice server, to which names of web sites
                  // lead in a Python program; 0: none
    char **words; // variants and values: "slow", "delay=200"
    int count;
    // NULL, or: the program is tried in every order, as lab_orders_run does,
    // instead of run. [most] and [deepest] are set; of Python fewer are tried,
    // as each takes a process. The tick must not wait, and cannot stop it.
    struct lab_orders *orders;
    // NULL, or: it is graded, as lab_grade_run does, instead of run. Of Python
    // fewer schedules are tried. The tick must not wait.
    struct lab_grade *grade;
    bool ends_at_once; // an interrupt kills it: nobody looks at what it does
                       // then
    struct lab_guest_sink sink;
};

struct lab_guest;

// Is there a Python, if [word] is a program for it? True for other words.
bool lab_guest_can_start(const char *word);

// The programs that compile and run guests: what CC and LOOPLAB_PYTHON name, or
// "cc" and "python3".
//
// Owns: borrowed, until the environment changes.
const char *lab_guest_compiler(void);
const char *lab_guest_python(void);

// Compiles the C at options->path into a shared object in memory, whose
// descriptor is put into [file]. What the compiler says goes to the sink, once
// it has ended. Waits.
//
// Owns:   [file] is yours, to close, if it is not 0; also after an error.
// Errors: as lab_guest_start.
LAB_CHECKED int lab_guest_compile(const struct lab_guest_options *options,
                                  int *file, struct lab_text *error);

void lab_guest_library_free(struct lab_guest_library *library);

// Is [word] the name of a program that can be a guest?
bool lab_guest_is(const char *word);

// Gives [offer] the names that the Python program at [path] gives a number at
// the beginning of a line: the values that can be set. For completion.
void lab_guest_offer_parameters(const char *path,
                                void (*offer)(void *to, const char *name),
                                void *to);

// Compiles and starts the program.
//
// Owns:   yours, until lab_guest_free; [options] stay yours and are needed
//         until then.
// Errors: a status (base/die.h) that is not 0, with one sentence in [error], or
//         none if the compiler has said all. LAB_EXIT_INTERRUPTED if we are
//         cancelled.
LAB_CHECKED int lab_guest_start(struct lab_guest **out,
                                const struct lab_guest_options *options,
                                struct lab_text *error);

// What runs, NULL if that is not known yet. Its runs are added as they begin,
// and measured when they end.
//
// Owns: borrowed, until lab_guest_free; or yours, if you copy the struct and
//       zero it.
struct lab_comparison *lab_guest_comparison(const struct lab_guest *guest);

// Waits until the program has ended; returns 0 if all that it began has ended,
// or all orders were tried, or it was graded.
//
// Errors: LAB_ECANCELED, LAB_EINTR: it still runs. LAB_ECRASHED: it was cut
//         off, and [error] says by what. LAB_EINVAL: it was refused, and
//         [error] says why.
LAB_CHECKED int lab_guest_wait(struct lab_guest *guest, struct lab_text *error);

// Once it has ended: LAB_EXIT_FAILED if it says that itself, or was cut off;
// LAB_EXIT_INTERRUPTED if it was interrupted before anything was known.
int lab_guest_status(const struct lab_guest *guest);

// Interrupts the program, as Ctrl-C does; the second time it is killed, and the
// first time if it ends at once.
void lab_guest_interrupt(struct lab_guest *guest);

// Was it, while it ran?
bool lab_guest_was_interrupted(const struct lab_guest *guest);

// Ends the program, if it still runs, and frees all that is known of it.
void lab_guest_free(struct lab_guest *guest);

#endif
