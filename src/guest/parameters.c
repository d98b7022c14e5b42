// parameters.c - the parameters of a Python program, as its lines show them.
// What they are exactly only the recorder knows (values.py).

#include "base/read.h"
#include "guest/guest_internal.h"

#include <string.h>

enum { TEXT_MOST = 1 << 20 }; // bytes; completion looks at no more

static const char letters[] =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789";

// Returns how long the name is in a [line] such as "n = 3  # calls"; 0: it is
// another line.
static size_t name_in(const char *line) {
    size_t n = strspn(line, letters);
    const char *at = line + n;
    at += strspn(at, " ");
    if (n == 0 || (*line >= '0' && *line <= '9') || *at++ != '=')
        return 0;
    at += strspn(at, " ");
    at += *at == '-';
    size_t digits = strspn(at, "0123456789._");
    at += digits;
    at += strspn(at, " \t\r");
    return digits > 0 && strchr("\n#", *at) ? n : 0;
}

void lab_guest_offer_parameters(const char *path,
                                void (*offer)(void *to, const char *name),
                                void *to) {
    struct lab_text text = {0}, name = {0};
    if (!lab_guest_is_python(path) || lab_read_file(path, TEXT_MOST, &text) < 0)
        lab_text_clear(&text);
    const char *line = lab_text_string(&text);
    while (*line) {
        lab_text_clear(&name);
        lab_text_write(&name, line, name_in(line));
        if (name.length > 0)
            offer(to, lab_text_string(&name));
        line += strcspn(line, "\n");
        line += *line == '\n';
    }
    lab_text_free(&text);
    lab_text_free(&name);
}
