#include "view/names.h"

static size_t most_of(const struct lab_names *names) {
    return names->most ? names->most : LAB_NAMES_MOST;
}

// The last name is not the last any more.
static void push_last(struct lab_names *names) {
    lab_text_put(&names->text, names->text.length ? ", " : "");
    lab_text_put(&names->text, lab_text_string(&names->last));
    lab_text_clear(&names->last);
}

struct lab_text *lab_names_next(struct lab_names *names) {
    lab_text_clear(&names->beyond);
    if (names->count++ >= most_of(names))
        return &names->beyond;
    if (names->count > 1)
        push_last(names);
    return &names->last;
}

void lab_names_end(struct lab_names *names, struct lab_text *out) {
    if (names->count > most_of(names)) {
        push_last(names);
        lab_text_printf(&names->last, "%zu more",
                        names->count - most_of(names));
    }
    lab_text_put(out, lab_text_string(&names->text));
    lab_text_put(out, names->text.length ? " and " : "");
    lab_text_put(out, lab_text_string(&names->last));
    lab_text_clear(&names->text);
    lab_text_clear(&names->last);
    names->count = 0;
}

void lab_names_free(struct lab_names *names) {
    lab_text_free(&names->text);
    lab_text_free(&names->last);
    lab_text_free(&names->beyond);
    names->count = 0;
}
