#include "guest/meant.h"

#include "base/alloc.h"
#include "base/nearest.h"
#include "base/read.h"

#include <ctype.h>
#include <stdint.h>
#include <string.h>

static size_t name_length(const char *text) {
    size_t n = 0;
    while (isalnum((unsigned char)text[n]) || text[n] == '_')
        n++;
    return n;
}

// Keeps in [best] the nearest to [word] of the functions that [header] names.
static void look(const char *header, const char *word, struct lab_text *best) {
    for (const char *at = header; (at = strstr(at, "lab_"));) {
        struct lab_text name = {0};
        size_t n = name_length(at);
        const char *nearest = best->length ? lab_text_string(best) : NULL;
        lab_text_write(&name, at, n);
        if (at[n] == '(')
            lab_nearest(word, lab_text_string(&name), &nearest);
        if (nearest == name.data) {
            lab_text_clear(best);
            lab_text_put(best, name.data);
        }
        lab_text_free(&name);
        at += n;
    }
}

// Likewise of those of lab.h, which includes others.
static void look_in(const char *include, const char *word,
                    struct lab_text *best) {
    static const char begin[] = "#include \"";
    struct lab_text lab = {0}, path = {0}, header = {0};
    lab_text_printf(&path, "%s/lab.h", include);
    if (lab_read_file(lab_text_string(&path), SIZE_MAX, &lab) < 0)
        lab_text_clear(&lab);
    for (const char *at = lab_text_string(&lab); (at = strstr(at, begin));) {
        at += strlen(begin);
        lab_text_clear(&path);
        lab_text_clear(&header);
        lab_text_printf(&path, "%s/%.*s", include, (int)strcspn(at, "\""), at);
        if (lab_read_file(lab_text_string(&path), SIZE_MAX, &header) == 0)
            look(lab_text_string(&header), word, best);
    }
    lab_text_free(&lab);
    lab_text_free(&path);
    lab_text_free(&header);
}

void lab_guest_put_meant(struct lab_text *out, const char *said,
                         const char *include) {
    static const char unknown[] = "implicit declaration of function ";
    while ((said = strstr(said, unknown))) {
        struct lab_text line = {0}, word = {0}, best = {0};
        lab_text_write(&line, said, strcspn(said, "\n"));
        said += strlen(unknown);
        const char *name = said;
        while (*name && *name != '\n' && name_length(name) == 0)
            name++; // a quote, of one byte or of three
        lab_text_write(&word, name, name_length(name));
        if (word.length && !strstr(line.data, "did you mean"))
            look_in(include, lab_text_string(&word), &best);
        if (best.length)
            lab_text_printf(out, "%s: did you mean %s?\n",
                            lab_text_string(&word), lab_text_string(&best));
        lab_text_free(&line);
        lab_text_free(&word);
        lab_text_free(&best);
    }
}
