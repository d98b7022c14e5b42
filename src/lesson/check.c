#include "lesson/lesson.h"

#include "lesson/diff.h"
#include "lesson/file.h"

#include <string.h>

// A lesson as it is, and as it should be.
struct pair {
    struct stat stat;
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
    if (!lab_file_read(path, &pair->old, &pair->stat, error))
        return LAB_LESSON_WRONG;
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

enum lab_lesson_state lab_lesson_write(const char *path,
                                       const struct lab_lesson_host *host,
                                       struct lab_text *error) {
    struct pair pair = {0};
    enum lab_lesson_state state = compare(path, host, &pair, error);
    if (state == LAB_LESSON_STALE) {
        bool ok = lab_file_write(path, &pair.fresh, &pair.stat, error);
        state = ok ? LAB_LESSON_WRITTEN : LAB_LESSON_WRONG;
    }
    pair_term(&pair);
    return state;
}
