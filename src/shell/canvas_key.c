// canvas_key.c - keys for what has the whole screen.

#include "shell/canvas.h"
#include "shell/keys.h"

#include <string.h>

enum { ESCAPE_MS = 50 }; // within which the rest of an arrow key has come

// The line editor has no use for these two, so its keys lack them.
static size_t decode_page(const char *bytes, size_t n, int *key) {
    bool up = n >= 4 && memcmp(bytes, "\033[5~", 4) == 0;
    bool down = n >= 4 && memcmp(bytes, "\033[6~", 4) == 0;
    *key = up ? LAB_CANVAS_PAGE_UP : LAB_CANVAS_PAGE_DOWN;
    return up || down ? 4 : 0;
}

// Takes the key that the bytes begin with. Returns false if it is not complete.
static bool take(struct lab_canvas *canvas, bool late, int *key) {
    size_t n;
    const char *bytes = lab_input_bytes(&canvas->input, &n);
    size_t used = decode_page(bytes, n, key);
    if (!used)
        used = lab_keys_decode(bytes, n, late, false, key);
    lab_input_take(&canvas->input, used);
    if (used && *key == LAB_KEY_PASTE)
        lab_input_drop(&canvas->input); // nobody pastes arrows
    return used > 0;
}

int lab_canvas_key(struct lab_canvas *canvas, lab_time most, int *key) {
    bool late = false;
    for (;;) {
        size_t n;
        if (take(canvas, late, key)) {
            if (*key != LAB_KEY_NONE)
                return 0;
            continue;
        }
        lab_input_bytes(&canvas->input, &n);
        int rc = lab_input_fill(&canvas->input);
        if (rc == 0)
            rc = lab_input_wait(&canvas->input, n ? ESCAPE_MS * LAB_MS : most);
        late = n && rc == LAB_ETIMEDOUT;
        if (rc == LAB_ETIMEDOUT && !n) {
            *key = LAB_KEY_NONE;
            return 0;
        }
        if (rc < 0 && rc != LAB_ETIMEDOUT && rc != LAB_EINTR)
            return rc;
    }
}
