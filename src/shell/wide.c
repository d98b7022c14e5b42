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

static void put(struct lab_text *out, unsigned code) {
    char bytes[4];
    size_t n = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    static const unsigned char lead[] = {0, 0, 0xc0, 0xe0, 0xf0};
    for (size_t i = n; i-- > 1; code >>= 6)
        bytes[i] = (char)(0x80 | (code & 0x3f));
    bytes[0] = (char)(lead[n] | code);
    lab_text_write(out, bytes, n);
}

void lab_wide_put(struct lab_text *out, const wchar_t *wide, size_t n) {
    for (size_t i = 0; i < n; i++)
        put(out, (unsigned)wide[i]);
}
