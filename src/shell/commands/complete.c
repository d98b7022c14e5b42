// For the completions of other shells: looplab complete -- WORD ... prints what
// the last of the words can become, a line for each, with what it is after a
// tab. The words are those after "looplab".

#include "shell/complete.h"
#include "base/die.h"
#include "shell/candidates.h"
#include "shell/command.h"
#include "shell/words.h"

#include <string.h>

// The words as a line that reads as they do.
static void put_line(struct lab_text *line, char *const *words, int count) {
    for (int i = 0; i < count; i++) {
        if (i > 0)
            lab_text_put(line, " ");
        if (*words[i] || i == count - 1)
            lab_words_put(line, words[i], '\0');
        else
            lab_text_put(line, "''");
    }
}

// What is completed may begin inside the word: after "--clock=". Shells want
// all of the word.
static void put_candidates(struct lab_text *out, const char *line, size_t start,
                           const char *word,
                           struct lab_candidates *candidates) {
    struct lab_words_tail tail = {0};
    lab_words_tail(line, start, &tail);
    size_t before = strlen(word) - tail.text.length;
    if (candidates->count > 1) // see edit.h
        lab_candidates_keep(candidates, lab_text_string(&tail.text));
    for (size_t i = 0; i < candidates->count; i++) {
        lab_text_write(out, word, before);
        lab_text_put(out, candidates->items[i].word);
        if (candidates->items[i].text)
            lab_text_printf(out, "\t%s", candidates->items[i].text);
        lab_text_put(out, "\n");
    }
    lab_text_free(&tail.text);
}

static int complete(struct lab_call *call) {
    struct lab_text line = {0}, out = {0};
    struct lab_candidates candidates = {0};
    size_t start;
    put_line(&line, call->words, call->count);
    lab_complete(call->shell, lab_text_string(&line), &start,
                 lab_candidates_offer, &candidates);
    put_candidates(&out, lab_text_string(&line), start,
                   call->count ? call->words[call->count - 1] : "",
                   &candidates);
    lab_shell_put(call->shell, &out);
    lab_candidates_free(&candidates);
    lab_text_free(&line);
    lab_text_free(&out);
    return LAB_EXIT_OK;
}

static const struct lab_type words = {.usage = "WORD ...", .is_rest = true};

LAB_COMMAND(complete) = {
    .name = "complete",
    .order = 991,
    .is_hidden = true,
    .text = "print what the last word can become",
    .help = "  complete -- run seq         for other shells\n",
    .takes = {{&words, .optional = true}},
    .run = complete,
};
