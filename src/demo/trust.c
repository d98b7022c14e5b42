#include "demo/trust.h"

#include <string.h>
#include <unistd.h>

// In a sticky folder, such as /tmp, nobody can change the files of others.
static bool anyone_can_change(const struct stat *status) {
    bool sticky = S_ISDIR(status->st_mode) && (status->st_mode & S_ISVTX);
    return (status->st_mode & S_IWOTH) && !sticky;
}

// Some file systems know no modes, and say that anyone can change anything:
// then looplab itself is not safe, either.
const char *lab_trust_doubt(const struct stat *status,
                            const struct stat *program, uid_t user) {
    uid_t owner = status->st_uid;
    if (owner != 0 && owner != user && owner != program->st_uid)
        return "it belongs to somebody else";
    if (anyone_can_change(status) && !anyone_can_change(program))
        return "anyone can change it";
    return NULL;
}

// The program itself vouches only for what would be doubted without it.
bool lab_trust_check(const struct stat *status, struct lab_text *error) {
    uid_t user = geteuid();
    struct stat program = {.st_uid = user};
    const char *doubt = lab_trust_doubt(status, &program, user);
    if (doubt && stat("/proc/self/exe", &program) == 0)
        doubt = lab_trust_doubt(status, &program, user);
    if (doubt)
        lab_text_printf(error, "is not trusted: %s; add --trust to load it",
                        doubt);
    return !doubt;
}
