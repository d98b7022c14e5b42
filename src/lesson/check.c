#include "lesson/lesson.h"

#include "base/error.h"
#include "base/read.h"
#include "base/save.h"
#include "lesson/diff.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

// A lesson as it is, and as it should be.
struct pair {
    struct lab_text old, fresh;
};

static void pair_term(struct pair *pair) {
    lab_text_free(&pair->old);
    lab_text_free(&pair->fresh);
}

// Reads and refreshes the lesson at [path]: FRESH, STALE or WRONG.
static enum lab_lesson_state compare(const char *path,
                                     const struct lab_lesson_host *host,
                                     struct pair *pair,
                                     struct lab_text *error) {
    if (!lab_read_or_say(path, &pair->old, error)) {
        lab_text_put(error, "\n");
        return LAB_LESSON_WRONG;
    }
    if (!lab_lesson_refresh(path, lab_text_string(&pair->old), pair->old.length,
                            host, &pair->fresh, error))
        return LAB_LESSON_WRONG;
    bool same = pair->old.length == pair->fresh.length &&
                !memcmp(lab_text_string(&pair->old),
                        lab_text_string(&pair->fresh), pair->old.length);
    return same ? LAB_LESSON_FRESH : LAB_LESSON_STALE;
}

enum lab_lesson_state lab_lesson_check(const char *path,
                                       const struct lab_lesson_host *host,
                                       struct lab_text *diff,
                                       struct lab_text *error) {
    struct pair pair = {0};
    enum lab_lesson_state state = compare(path, host, &pair, error);
    if (state == LAB_LESSON_STALE) {
        struct lab_text name = {0};
        lab_text_printf(&name, "%s (as it runs now)", path);
        lab_diff_put(path, &pair.old, lab_text_string(&name), &pair.fresh,
                     diff);
        lab_text_free(&name);
    }
    pair_term(&pair);
    return state;
}

// Puts the fresh text in the place of the old.
static int replace(const char *path, const struct pair *pair) {
    struct lab_save save;
    LAB_TRY(lab_save_open(&save, path));
    fwrite(pair->fresh.data, 1, pair->fresh.length, save.file);
    return lab_save_replace(&save, &pair->old);
}

static void complain(struct lab_text *error, const char *path, int rc) {
    lab_text_printf(error, "%s ", path);
    if (rc == -EPERM)
        lab_text_put(error, "is read-only; nothing was written. `chmod u+w` "
                            "makes it writable\n");
    else if (rc == -ESTALE)
        lab_text_put(error, "was changed by someone else meanwhile; nothing "
                            "was written. Run it again\n");
    else
        lab_text_printf(error, "cannot be written: %s\n", lab_error_text(rc));
}

enum lab_lesson_state lab_lesson_write(const char *path,
                                       const struct lab_lesson_host *host,
                                       struct lab_text *error) {
    struct pair pair = {0};
    enum lab_lesson_state state = compare(path, host, &pair, error);
    if (state == LAB_LESSON_STALE) {
        int rc = replace(path, &pair);
        state = rc < 0 ? LAB_LESSON_LOST : LAB_LESSON_WRITTEN;
        if (rc < 0)
            complain(error, path, rc);
    }
    pair_term(&pair);
    return state;
}
