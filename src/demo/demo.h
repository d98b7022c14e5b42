// demo.h - the table a demo exports: its question, parameters and variants.

#ifndef LAB_DEMO_DEMO_H
#define LAB_DEMO_DEMO_H

#include "core/here.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { LAB_DEMO_PARAMS = 12, LAB_DEMO_VARIANTS = 12, LAB_DEMO_CLAIMS = 12 };
enum { LAB_LIST_MOST = 16 }; // items of a parameter that is a list

// One parameter. Its value is a whole number of [unit]: "ms" makes it a time,
// NULL a count. Others read it by lab_param_unit, which is never NULL. The
// parameter "cores" is the number of cores that a virtual run computes on.
struct lab_parameter {
    const char *name;
    int64_t value; // the default
    int64_t min, max;
    const char *unit;
    const char *text; // what it means, in a few words
    // Its value is a list, and this the default: "600,200,400". Each item is
    // from min to max.
    const char *list;
};

// One possible answer to the question.
struct lab_variant {
    const char *name;
    int (*body)(void);
    const char *text;  // what it does, in a few words
    const char *takes; // law: a formula in the parameters for its time; may be
                       // NULL, where it depends on the machine
    const char *gap;   // law for the longest time without a mark; may be NULL
    // What else is claimed of the run; see claim.h. "time = ..." may be here
    // instead of .takes.
    const char *claims[LAB_DEMO_CLAIMS];
    // Instead of .body: a function for several variants, and its argument.
    int (*with)(const void *arg);
    const void *arg;
    // A parameter that makes several of it: pool_3 is meant for pool workers=3.
    const char *number;
    // It does not do the same work as the others: its time and gap are shown,
    // and not compared with theirs.
    bool differs;
    // What it talks to that is not in the run: "PostgreSQL". Under the virtual
    // clock it is then skipped, with a sentence. It says itself, by lab_skip,
    // that this is not here.
    const char *outside;
    // What it is meant to come to, though it does not in every order: a claim,
    // for `drive` alone, in place of those above. NULL: they are what is meant.
    const char *meant;
};

// A whole demo. Unused elements at the end of the arrays are zero.
struct lab_demo {
    const char *name; // as in the file's name, without the number
    const char *asks; // the question
    struct lab_parameter params[LAB_DEMO_PARAMS];
    struct lab_variant variants[LAB_DEMO_VARIANTS];
    const char *mark;     // the lab_mark whose gaps are compared; may be NULL
    const char *gap_text; // what that gap is: "longest time without a beat"
    // What the comparison comes to, in place of our own sentence about times
    // and gaps. "{bounded peak(items)}" is that measure of that variant. Said
    // when all variants that it names have run; may be NULL.
    const char *verdict;
};

// Returns the value of parameter [name] in this run: nanoseconds for a time,
// a plain number for a count. Callable from tasks and workers. A name that
// the table lacks is a bug in the demo.
int64_t lab_param(const char *name);
#define lab_param LAB_COVER(lab_param)

// The same of a parameter that is a list: item [i], counted from 0, and how
// many there are, which is at least 1.
int64_t lab_param_item(const char *name, size_t i);
#define lab_param_item LAB_COVER(lab_param_item)
size_t lab_param_length(const char *name);
#define lab_param_length LAB_COVER(lab_param_length)

// How to reach what the variant's .outside names, if looplab finds or starts
// it: for "PostgreSQL" a connection string, as libpq reads it. NULL otherwise,
// and outside of a run.
//
// Owns: borrowed, until the run ends.
const char *lab_outside_address(void);

// What a demo was built for.
struct lab_demo_abi {
    char magic[8];
    uint32_t version; // of this header and all that lab.h includes
    uint32_t size;    // of struct lab_demo
};
#define LAB_DEMO_VERSION 6
#define LAB_DEMO_ABI                                                           \
    { "looplab", LAB_DEMO_VERSION, sizeof(struct lab_demo) }

#endif
