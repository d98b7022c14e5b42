#include "shell/complete.h"

#include "base/alloc.h"
#include "shell/argument.h"
#include "shell/key.h"
#include "shell/option.h"
#include "shell/words.h"

#include <string.h>

static void offer_options(const struct lab_request *request,
                          const struct lab_command *command) {
    uint32_t obeyed = lab_options_of(command);
    if (request->shell->script.has_begun)
        obeyed &= ~(uint32_t)LAB_OPTIONS_SCRIPT; // too late for these
    for (size_t i = 0; lab_option_table[i].name; i++) {
        const struct lab_option *option = &lab_option_table[i];
        if (obeyed & (1U << i))
            lab_offer_joined(request, "--", option->name,
                             lab_option_needs_value(option) ? "=" : "",
                             option->text);
    }
}

const struct lab_option *lab_complete_option(const char *word) {
    size_t n = strcspn(word, "=");
    if (strncmp(word, "--", 2) != 0 || word[n] != '=')
        return NULL;
    for (const struct lab_option *at = lab_option_table; at->name; at++)
        if (strlen(at->name) == n - 2 &&
            strncmp(at->name, word + 2, n - 2) == 0)
            return at;
    return NULL;
}

int lab_complete_words(char **kept, char **words, int count,
                       const struct lab_command *command) {
    int n = 0;
    for (int i = 0; i < count; i++)
        if (words[i][0] != '-' && !lab_key_find(command, words[i]))
            kept[n++] = words[i];
    return n;
}

// [first] is where the words after [command] begin.
static void offer_arguments(struct lab_request *request,
                            const struct lab_command *command, int first) {
    size_t room = (size_t)request->given_count + 1;
    char **kept = lab_alloc(room * sizeof *kept);
    request->words = kept;
    request->index = lab_complete_words(kept, request->given + first,
                                        request->given_count - first, command);
    lab_arguments_offer(command, request);
    lab_free(kept);
}

// Offers what follows the "=" of an option or a key; of a list of names, the
// next one. Returns how many bytes of the word stand before that.
static size_t offer_value(struct lab_request *request, size_t name,
                          void (*offer)(const struct lab_request *request)) {
    const char *word = request->word;
    const char *comma = word[0] == '-' ? NULL : strrchr(word + name, ',');
    struct lab_text listed = {0};
    size_t skipped = comma ? (size_t)(comma + 1 - word) : name;
    lab_text_write(&listed, word + name, skipped - name);
    request->listed = lab_text_string(&listed);
    request->word = word + skipped;
    if (offer)
        offer(request);
    request->listed = NULL;
    lab_text_free(&listed);
    return skipped;
}

// Offers what the word can be: a command follows options, its words follow it.
// Returns how many bytes of it stand before what is completed.
static size_t offer_word(struct lab_request *request) {
    const char *word = request->word;
    const struct lab_command *command = NULL;
    int first = 0;
    while (first < request->given_count && request->given[first][0] == '-')
        first++;
    if (first < request->given_count)
        command = lab_command_find(request->given[first]);
    const struct lab_option *option = lab_complete_option(word);
    if (option)
        return offer_value(request, strcspn(word, "=") + 1, option->offer);
    const struct lab_key *key = command ? lab_key_find(command, word) : NULL;
    if (key)
        return offer_value(request, strlen(key->name), key->offer);
    if (word[0] == '-')
        offer_options(request, command);
    else if (first == request->given_count)
        lab_offer_commands(request);
    else if (command)
        offer_arguments(request, command, first + 1);
    return 0;
}

void lab_complete(void *context, const char *line, size_t *start,
                  lab_edit_offer *offer, void *to) {
    struct lab_words words;
    struct lab_text error = {0};
    size_t length = strlen(line);
    lab_words_split(&words, line, &error);
    // A word is being typed unless white space ends the line.
    int before = words.count - (words.count > 0 && !words.ended);
    struct lab_request request = {
        .shell = context,
        .word = before < words.count ? words.words[before] : "",
        .given = words.words,
        .given_count = before,
        .offer = offer,
        .to = to,
    };
    *start = before < words.count ? words.start : length;
    if (!words.background) { // nothing follows an &
        size_t skipped = offer_word(&request);
        *start += lab_words_skip(line + *start, skipped);
    }
    lab_words_free(&words);
    lab_text_free(&error);
}
