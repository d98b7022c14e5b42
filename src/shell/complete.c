#include "shell/complete.h"

#include "shell/argument.h"
#include "shell/key.h"
#include "shell/option.h"
#include "shell/words.h"

#include <string.h>

static void offer_commands(const struct lab_request *request) {
    const struct lab_command *command;
    for (size_t i = 0; (command = lab_command_at(i)); i++)
        lab_offer(request, command->name);
}

static void offer_options(const struct lab_request *request,
                          const struct lab_command *command) {
    uint32_t obeyed = lab_options_of(command);
    if (request->shell->script.has_begun)
        obeyed &= ~(uint32_t)LAB_OPTIONS_SCRIPT; // too late for these
    for (size_t i = 0; lab_option_table[i].name; i++)
        if (obeyed & (1U << i))
            lab_offer_joined(request, "--", lab_option_table[i].name,
                             lab_option_needs_value(&lab_option_table[i]) ? "="
                                                                          : "");
}

// The option whose value [word] begins with, "--clock=v"; or NULL.
static const struct lab_option *option_of(const char *word) {
    size_t n = strcspn(word, "=");
    if (strncmp(word, "--", 2) != 0 || word[n] != '=')
        return NULL;
    for (const struct lab_option *at = lab_option_table; at->name; at++)
        if (strlen(at->name) == n - 2 &&
            strncmp(at->name, word + 2, n - 2) == 0)
            return at;
    return NULL;
}

// Takes out of [words] what does not count as a word of [command]: options
// and keys. Returns how many are left.
static int take_others(char **words, int count,
                       const struct lab_command *command) {
    int kept = 0;
    for (int i = 0; i < count; i++)
        if (words[i][0] != '-' && !lab_key_find(command, words[i]))
            words[kept++] = words[i];
    return kept;
}

// Offers what the last word can be, [before] words after the first of them.
// Returns how many bytes of it stand before what is completed.
static size_t offer_word(struct lab_request *request, char **words,
                         int before) {
    const char *word = request->word;
    const struct lab_command *command = NULL;
    int first = 0; // the command, which options may precede
    while (first < before && words[first][0] == '-')
        first++;
    if (first < before)
        command = lab_command_find(words[first]);
    const struct lab_option *option = option_of(word);
    const struct lab_key *key = command ? lab_key_find(command, word) : NULL;
    size_t skipped = option ? strcspn(word, "=") + 1
                     : key  ? strlen(key->name)
                            : 0;
    const char *comma = key ? strrchr(word, ',') : NULL;
    if (comma)
        skipped = (size_t)(comma + 1 - word);
    request->word += skipped;
    if (option && option->offer)
        option->offer(request);
    else if (key && key->offer)
        key->offer(request);
    else if (skipped == 0 && word[0] == '-')
        offer_options(request, command);
    else if (skipped == 0 && first == before)
        offer_commands(request);
    else if (skipped == 0 && command) {
        request->words = words + first + 1;
        request->index =
            take_others(request->words, before - first - 1, command);
        lab_arguments_offer(command, request);
    }
    return skipped;
}

void lab_complete(void *context, const char *line, size_t *start,
                  void (*offer)(void *to, const char *candidate), void *to) {
    struct lab_words words;
    struct lab_text error = {0};
    size_t length = strlen(line);
    lab_words_split(&words, line, &error);
    // A word is being typed unless white space ends the line.
    int before = words.count - (words.count > 0 && !words.ended);
    struct lab_request request = {
        .shell = context,
        .word = before < words.count ? words.words[before] : "",
        .offer = offer,
        .to = to,
    };
    *start = before < words.count ? words.start : length;
    if (!words.background) { // nothing follows an &
        size_t skipped = offer_word(&request, words.words, before);
        *start += lab_words_skip(line + *start, skipped);
    }
    lab_words_free(&words);
    lab_text_free(&error);
}
