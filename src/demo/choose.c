#include "demo/choose.h"

#include "base/nearest.h"
#include "demo/param.h"

#include <string.h>

// Says which variant is [word] with a number as its parameter, "pool_3" for
// pool workers=3, if one is.
static bool put_numbered(struct lab_text *error, const struct lab_demo *demo,
                         const char *word) {
    for (size_t i = 0; i < lab_variant_count(demo); i++) {
        const struct lab_variant *variant = &demo->variants[i];
        size_t length = strlen(variant->name);
        const char *number = word + length + 1;
        if (!variant->number || strncmp(word, variant->name, length) != 0 ||
            word[length] != '_' || !*number ||
            number[strspn(number, "0123456789")])
            continue;
        lab_text_printf(error, "it is %s %s=%s", variant->name, variant->number,
                        number);
        return true;
    }
    return false;
}

static void put_variants(struct lab_text *error, const struct lab_demo *demo) {
    lab_text_put(error, "there are");
    for (size_t i = 0; i < lab_variant_count(demo); i++)
        lab_text_printf(error, "%s %s", i ? "," : "", demo->variants[i].name);
}

bool lab_choose_only(const struct lab_demo *demo, const bool *variants,
                     size_t *index, struct lab_text *error) {
    size_t n = lab_variant_count(demo), found = n;
    for (size_t i = 0; i < n; i++)
        if (variants[i] || n == 1)
            found = found == n ? i : n + 1;
    if (found < n) {
        *index = found;
        return true;
    }
    lab_text_put(error, "orders takes one variant at a time; ");
    put_variants(error, demo);
    return false;
}

bool lab_choose_variant(const struct lab_demo *demo, const char *word,
                        bool *variants, struct lab_text *error) {
    size_t n = lab_variant_count(demo), length = strlen(word), found = n;
    const char *best = NULL;
    for (size_t i = 0; i < n; i++) {
        const char *name = demo->variants[i].name;
        lab_nearest(word, name, &best);
        if (strcmp(name, word) == 0) {
            variants[i] = true;
            return true;
        }
        if (strncmp(name, word, length) == 0)
            found = found == n ? i : n + 1;
    }
    if (found < n) {
        variants[found] = true;
        return true;
    }
    lab_text_printf(error, "no variant \"%s\"", word);
    if (demo->name)
        lab_text_printf(error, " in %s", demo->name);
    lab_text_put(error, "; ");
    if (put_numbered(error, demo, word))
        return false;
    if (best && found == n) {
        lab_text_printf(error, "did you mean \"%s\"?", best);
        return false;
    }
    put_variants(error, demo);
    return false;
}
