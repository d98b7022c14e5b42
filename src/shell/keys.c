#include "shell/keys.h"

#include "base/alloc.h"

#include <string.h>

#define ESC 0x1b

// What stands between "ESC [" (or "ESC O") and the end, by xterm, rxvt, the
// Linux console and vt220. Modifier 3 is Alt, 5 is Ctrl.
static const struct {
    const char *bytes;
    int key;
} sequences[] = {
    {"A", LAB_KEY_UP},
    {"B", LAB_KEY_DOWN},
    {"C", LAB_KEY_RIGHT},
    {"D", LAB_KEY_LEFT},
    {"H", LAB_KEY_HOME},
    {"F", LAB_KEY_END},
    {"1~", LAB_KEY_HOME},
    {"7~", LAB_KEY_HOME},
    {"4~", LAB_KEY_END},
    {"8~", LAB_KEY_END},
    {"3~", LAB_KEY_DELETE},
    {"3;5~", LAB_KEY_WORD_DELETE},
    {"1;5C", LAB_KEY_WORD_RIGHT},
    {"1;5D", LAB_KEY_WORD_LEFT},
    {"1;3C", LAB_KEY_WORD_RIGHT},
    {"1;3D", LAB_KEY_WORD_LEFT},
    {"5C", LAB_KEY_WORD_RIGHT},
    {"5D", LAB_KEY_WORD_LEFT},
    {"200~", LAB_KEY_PASTE},
};

static int key_of(const char *bytes, size_t n) {
    for (size_t i = 0; i < countof(sequences); i++)
        if (strlen(sequences[i].bytes) == n &&
            memcmp(sequences[i].bytes, bytes, n) == 0)
            return sequences[i].key;
    return LAB_KEY_NONE;
}

// Returns the length of the sequence "ESC [ ..." or "ESC O ..." at [bytes],
// whose first two bytes are there; 0 if its end is not. A byte that has no
// place in a sequence ends it and is not part of it.
static size_t sequence_length(const char *bytes, size_t n) {
    enum { MOST = 32 }; // no terminal sends more
    size_t i = 2;
    if (i < n && bytes[i] == '[') // the Linux console's F1 to F5
        return n > 3 ? 4 : 0;
    while (i < n && bytes[i] >= 0x20 && bytes[i] <= 0x3f)
        i++;
    if (i == n)
        return n < MOST ? 0 : n;
    return bytes[i] >= 0x40 && bytes[i] <= 0x7e ? i + 1 : i;
}

static size_t decode_escape(const char *bytes, size_t n, bool last, int *key) {
    bool starts = n > 1 && (bytes[1] == '[' || bytes[1] == 'O');
    size_t length = starts ? sequence_length(bytes, n) : n > 1 ? 1 : 0;
    *key = ESC;
    if (length == 0)
        return last ? 1 : 0;
    if (length > 1)
        *key = key_of(bytes + 2, length - 2);
    return length;
}

// Could [n] bytes, which are no valid character, become one with more?
static bool unfinished(const char *bytes, size_t n) {
    unsigned char first = (unsigned char)bytes[0];
    size_t length = first >= 0xf0 && first < 0xf5   ? 4
                    : first >= 0xe0 && first < 0xf0 ? 3
                    : first >= 0xc2 && first < 0xe0 ? 2
                                                    : 1;
    if (n >= length)
        return false;
    for (size_t i = 1; i < n; i++)
        if (((unsigned char)bytes[i] & 0xc0) != 0x80)
            return false;
    return true;
}

size_t lab_keys_decode(const char *bytes, size_t n, bool last, bool quoted,
                       int *key) {
    unsigned code;
    *key = LAB_KEY_NONE;
    if (n == 0)
        return 0;
    if (bytes[0] == ESC && !quoted)
        return decode_escape(bytes, n, last, key);
    size_t length = lab_text_decode(bytes, n, &code);
    if (length == 0)
        return unfinished(bytes, n) ? 0 : 1;
    if (code < 0x80 || code >= 0xa0) // between them are our own keys
        *key = (int)code;
    return length;
}

static const char end_mark[] = "\033[201~";

bool lab_keys_paste_end(const char *bytes, size_t n, size_t from, size_t *text,
                        size_t *after) {
    size_t mark = sizeof end_mark - 1;
    const char *end = memmem(bytes + from, n - from, end_mark, mark);
    if (end) {
        *text = (size_t)(end - bytes);
        *after = *text + mark;
        return true;
    }
    *text = n >= mark ? n - mark + 1 : 0; // the mark may be half there
    if (*text < from)
        *text = from;
    return false;
}

void lab_keys_clean(struct lab_text *out, const char *bytes, size_t n) {
    unsigned code;
    for (size_t i = 0, length; i < n; i += length ? length : 1) {
        length = lab_text_decode(bytes + i, n - i, &code);
        if (length == 0)
            continue;
        if (code == '\t')
            lab_text_put(out, "    "); // libedit counts tabs in two ways
        else if (code == '\r' && i + 1 < n && bytes[i + 1] == '\n')
            continue;
        else if (code == '\r' || code == '\n')
            lab_text_put(out, "\n");
        else if (code >= 0xa0 || (code >= 0x20 && code < 0x7f))
            lab_text_write(out, bytes + i, length);
    }
}
