// names.h - one name after the other: "a, b and 3 more".
//
// Use:
//     struct lab_names names = {0};
//     lab_text_put(lab_names_next(&names), "a");
//     lab_text_put(lab_names_next(&names), "b");
//     lab_names_end(&names, &out);                              "a and b"
//     lab_names_free(&names);

#ifndef LAB_VIEW_NAMES_H
#define LAB_VIEW_NAMES_H

#include "base/text.h"

enum { LAB_NAMES_MOST = 6 };

// A zeroed one is empty.
struct lab_names {
    size_t count;
    size_t most;                // are named, the others counted; 0 is 6
    struct lab_text text, last; // the last name waits for its "and"
    struct lab_text beyond;     // one of those that are only counted
};

// Returns where to write the next name.
//
// Owns: borrowed, until the next call.
struct lab_text *lab_names_next(struct lab_names *names);

// Appends the names and forgets them.
void lab_names_end(struct lab_names *names, struct lab_text *out);

void lab_names_free(struct lab_names *names);

#endif
