// trust.h - who could have changed a file or a folder?
//
// A demo is code that runs as the learner. So demos are loaded unasked if
// nobody could change them but root, the learner, and the owner of looplab
// itself, whose program runs already.

#ifndef LAB_DEMO_TRUST_H
#define LAB_DEMO_TRUST_H

#include "base/text.h"

#include <stdbool.h>
#include <sys/stat.h>

// Checks the owner and the mode of what [status] is of.
//
// Errors: false, with the rest of a sentence in [error] that begins with its
//         name: "is not trusted: anyone can change it; add --trust to load it".
bool lab_trust_check(const struct stat *status, struct lab_text *error);

// Why [user], who runs [program], should not trust what [status] is of; NULL
// if there is no reason.
const char *lab_trust_doubt(const struct stat *status,
                            const struct stat *program, uid_t user);

#endif
