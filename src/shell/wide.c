#include "shell/wide.h"

#include "base/alloc.h"

wchar_t *lab_wide_new(const char *bytes, size_t n) {
    wchar_t *wide = lab_alloc((n + 1) * sizeof *wide);
    size_t length = 0, used;
    unsigned code;
    for (size_t i = 0; i < n; i += used ? used : 1)
        if ((used = lab_text_decode(bytes + i, n - i, &code)) > 0)
            wide[length++] = (wchar_t)code;
    return wide;
}

void lab_wide_put(struct lab_text *out, const wchar_t *wide, size_t n) {
    for (size_t i = 0; i < n; i++)
        lab_text_encode(out, (unsigned)wide[i]);
}
