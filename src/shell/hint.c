#include "shell/hint.h"

#include "base/alloc.h"
#include "shell/argument.h"
#include "shell/candidates.h"
#include "shell/complete.h"
#include "shell/key.h"
#include "shell/option.h"
#include "shell/words.h"

#include <string.h>

// The words of a line, up to its end or to the cursor.
struct typed {
    struct lab_shell *shell;
    const char *line;
    const struct lab_command *command; // NULL: none yet, or no such
    char **words;                      // after it
    int count;
    const char *last; // the word that is being typed; NULL: between words
};

static void put_usage(const struct typed *typed, struct lab_text *out) {
    char **kept = lab_alloc(((size_t)typed->count + 1) * sizeof *kept);
    int n =
        lab_complete_words(kept, typed->words, typed->count, typed->command);
    lab_arguments_put_rest(out, typed->command, kept, n);
    lab_free(kept);
}

// What completion says of the only value that it knows.
static void put_candidate(const struct typed *typed, struct lab_text *out) {
    struct lab_candidates candidates = {0};
    size_t start;
    lab_complete(typed->shell, typed->line, &start, lab_candidates_offer,
                 &candidates);
    if (candidates.count == 1 && candidates.items[0].text)
        lab_text_printf(out, "  %s", candidates.items[0].text);
    lab_candidates_free(&candidates);
}

// After "delay=", "from=" or "--clock=".
static void put_value(const struct typed *typed, struct lab_text *out) {
    const struct lab_option *option = lab_complete_option(typed->last);
    const struct lab_key *key =
        typed->command ? lab_key_find(typed->command, typed->last) : NULL;
    if (option && option->argument)
        lab_text_put(out, option->argument);
    else if (key)
        lab_text_put(out, key->value);
    else if (!option)
        put_candidate(typed, out);
}

static void put(const struct typed *typed, struct lab_text *out) {
    const char *last = typed->last;
    if (!last && typed->command)
        put_usage(typed, out);
    else if (last && *last && last[strlen(last) - 1] == '=')
        put_value(typed, out);
}

// Finds the command among the words: options may come before it.
static void read_words(struct typed *typed, const struct lab_words *words) {
    int first = 0, before = words->count - !words->ended;
    while (first < before && words->words[first][0] == '-')
        first++;
    typed->last = words->ended ? NULL : words->words[before];
    if (first == before)
        return;
    typed->command = lab_command_find(words->words[first]);
    typed->words = words->words + first + 1;
    typed->count = before - first - 1;
}

void lab_hint(void *context, const char *line, struct lab_text *out) {
    struct lab_words words;
    struct lab_text error = {0};
    bool is_whole = lab_words_split(&words, line, &error);
    struct typed typed = {.shell = context, .line = line};
    if (is_whole && words.count > 0 && !words.background) {
        read_words(&typed, &words);
        put(&typed, out);
    }
    lab_words_free(&words);
    lab_text_free(&error);
}
