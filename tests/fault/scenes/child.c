// A child writes to all that it may, and exits.

#include "scenes.h"

#include "base/alloc.h"
#include "base/text.h"
#include "core/child.h"

#include <string.h>

enum { BYTES = 100 * 1000 };

struct heard {
    size_t output, errors, record;
};

static void on_bytes(void *arg, enum lab_child_from from, const char *bytes,
                     size_t n) {
    struct heard *heard = arg;
    (void)bytes;
    *(from == LAB_CHILD_OUTPUT   ? &heard->output
      : from == LAB_CHILD_ERRORS ? &heard->errors
                                 : &heard->record) += n;
}

// What fails in us must not fail in it: it is played without.
int scene_child(void *arg) {
    struct heard heard = {0};
    static const char *const more[] = {"LD_PRELOAD=", NULL};
    struct lab_child_options options = {
        .words = (char *[]){"sh", "-c",
                            "head -c 100000 /dev/zero; echo err >&2; "
                            "echo record >&4; exit 3",
                            NULL},
        .more = more,
        .on_bytes = on_bytes,
        .arg = &heard,
    };
    struct lab_child *child;
    (void)arg;
    LAB_TRY(lab_child_start(&child, &options));
    int rc = lab_child_wait(child, LAB_FOREVER);
    struct lab_child_end end = lab_child_close(child);
    if (rc < 0)
        return rc;
    if (heard.output != BYTES || heard.errors != 4 || heard.record != 7)
        scene_wrong("the child wrote more", heard.output);
    if (end.status != 3)
        scene_wrong("the child ended otherwise", (size_t)end.status);
    scene_say("%d bytes, and status %d\n", BYTES, end.status);
    return 0;
}
