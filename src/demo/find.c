#include "base/alloc.h"
#include "base/nearest.h"
#include "demo/load.h"

#include <string.h>

// How a word can mean a demo, the surest way first.
typedef bool way(const struct lab_demo_file *file, const char *word);

static bool by_number(const struct lab_demo_file *file, const char *word) {
    long number = 0;
    if (!*word || word[strspn(word, "0123456789")] != '\0')
        return false;
    for (; *word && number < 10000000; word++)
        number = number * 10 + (*word - '0');
    return file->number == number;
}

// "03_sequential_gather", in any folder, and with the ending of a demo or not.
static bool by_file(const struct lab_demo_file *file, const char *word) {
    struct lab_text digits = {0};
    const char *slash = strrchr(word, '/');
    const char *name = slash ? slash + 1 : word;
    size_t n = strspn(name, "0123456789"), length = strlen(file->name);
    lab_text_write(&digits, name, n);
    bool is = name[n] == '_' && by_number(file, lab_text_string(&digits)) &&
              strncmp(name + n + 1, file->name, length) == 0;
    lab_text_free(&digits);
    const char *end = is ? name + n + 1 + length : NULL;
    return is && (!*end || strcmp(end, ".c") == 0 || strcmp(end, ".so") == 0);
}

static bool by_name(const struct lab_demo_file *file, const char *word) {
    return strcmp(file->name, word) == 0;
}

// At the beginning of a word: "ec" is not meant to be "executor".
static bool by_part(const struct lab_demo_file *file, const char *word) {
    const char *at = *word ? strstr(file->name, word) : NULL;
    while (at && at > file->name && at[-1] != '_')
        at = strstr(at + 1, word);
    return at;
}

static void say_ambiguous(const struct lab_demos *demos, const char *word,
                          way *means, size_t count, struct lab_text *error) {
    size_t said = 0;
    lab_text_quote(error, word, strlen(word));
    lab_text_put(error, " may be ");
    for (size_t i = 0; i < demos->count; i++) {
        if (!means(&demos->files[i], word))
            continue;
        const char *before = said == 0 ? "" : said + 1 == count ? " or " : ", ";
        lab_text_printf(error, "%s%s", before, demos->files[i].name);
        said++;
    }
    lab_text_put(error, ": type more of the name");
}

// Offers each word of [name] as well: people type the one they remember.
static void offer(const char *word, const char *name, const char **best,
                  struct lab_text *kept) {
    const char *part_best = NULL;
    struct lab_text part = {0};
    lab_nearest(word, name, best);
    while (!*best && *name) {
        size_t n = strcspn(name, "_");
        lab_text_clear(&part);
        lab_text_write(&part, name, n);
        lab_nearest(word, lab_text_string(&part), &part_best);
        if (part_best) {
            lab_text_put(kept, lab_text_string(&part));
            *best = lab_text_string(kept);
        }
        name += n + (name[n] == '_');
    }
    lab_text_free(&part);
}

// The demo of the number that [word], the name of a file, begins with: "3" of
// "demos/03_x.c". NULL if there is none.
static const char *by_beginning(const struct lab_demos *demos,
                                const char *word) {
    struct lab_text digits = {0};
    const char *slash = strrchr(word, '/'), *best = NULL;
    const char *name = slash ? slash + 1 : word;
    size_t n = strspn(name, "0123456789");
    lab_text_write(&digits, name, n);
    for (size_t i = 0; name[n] && i < demos->count && !best; i++)
        if (by_number(&demos->files[i], lab_text_string(&digits)))
            best = demos->files[i].name;
    lab_text_free(&digits);
    return best;
}

static void say_unknown(const struct lab_demos *demos, const char *word,
                        struct lab_text *error) {
    const char *best = NULL;
    struct lab_text kept = {0};
    lab_text_put(error, "no demo ");
    lab_text_quote(error, word, strlen(word));
    for (size_t i = 0; i < demos->count; i++)
        offer(word, demos->files[i].name, &best, &kept);
    best = best ? best : by_beginning(demos, word);
    if (best)
        lab_text_printf(error, "; did you mean \"%s\"?", best);
    else
        lab_text_put(error, "; type list to see which there are");
    lab_text_free(&kept);
}

struct lab_demo_file *lab_demos_find(struct lab_demos *demos, const char *word,
                                     struct lab_text *error) {
    static way *const ways[] = {by_number, by_file, by_name, by_part};
    const bool is_letter = *word && !word[1]; // of which one name is a guess
    for (size_t w = 0; w < countof(ways); w++) {
        struct lab_demo_file *found = NULL;
        size_t count = 0;
        for (size_t i = demos->count; i-- > 0;) {
            if (!ways[w](&demos->files[i], word))
                continue;
            found = &demos->files[i];
            count++;
        }
        if (count == 1 && !(ways[w] == by_part && is_letter))
            return found;
        if (count > 0) {
            say_ambiguous(demos, word, ways[w], count, error);
            return NULL;
        }
    }
    say_unknown(demos, word, error);
    return NULL;
}
