#include "shell/rewrite.h"

#include "shell/argument.h"
#include "shell/glossary.h"
#include "shell/option.h"
#include "shell/suggest.h"

#include <ctype.h>
#include <string.h>

static void say(const struct lab_call *call, const char *typed,
                const char *what) {
    if (lab_shell_is_read(call->shell))
        lab_call_paint(call, LAB_COLOR_DIM, "\"%s\": %s.", typed, what);
}

// Makes it "help WORD". getopt has left the place of the program's name.
static bool make_help(struct lab_call *call, char *word) {
    call->words--;
    call->words[0] = (char *)"help";
    call->words[1] = word;
    call->count = 2;
    return true;
}

static bool is_help(const char *word) {
    return strcmp(word, "help") == 0 || strcmp(word, "?") == 0;
}

// The words that are typed are the call's to change.
static bool take_marks(struct lab_call *call) {
    char *word = call->words[0];
    size_t from = strspn(word, "?"), n = strlen(word);
    struct lab_text typed = {0};
    while (n > from && word[n - 1] == '?')
        n--;
    if (n == from || (from == 0 && !word[n]))
        return false; // no mark, or marks alone
    lab_text_put(&typed, word);
    word[n] = '\0';
    word += from;
    bool is_known = lab_command_find(word) || lab_suggest_meant(word) ||
                    lab_term_find(word) || lab_suggest_demo(call->shell, word);
    if (is_known) {
        say(call, lab_text_string(&typed), "help explains a word: help run");
        make_help(call, word);
    } else {
        memcpy(call->words[0], typed.data, typed.length);
    }
    lab_text_free(&typed);
    return is_known;
}

// What has no help of its own.
static bool take_demo(struct lab_call *call) {
    bool asks = (call->given & LAB_OPTION_HELP) || lab_rewrite_asks(call);
    char *word = call->words[0];
    return asks &&
           (strcmp(word, "looplab") == 0 ||
            lab_suggest_demo(call->shell, word)) &&
           make_help(call, word);
}

// One argument at most, and no call in it.
static bool take_call(struct lab_call *call) {
    char *word = call->words[0];
    size_t n = strcspn(word, "("), length = strlen(word);
    if (call->count != 1 || !word[n] || word[length - 1] != ')' ||
        word[n + 1 + strcspn(word + n + 1, "(),=")] != ')')
        return false;
    say(call, word, "a command has no brackets: run 3");
    word[n] = word[length - 1] = '\0';
    bool is_command = lab_command_find(word);
    if (is_command && word[n + 1]) { // there is room for one word more
        call->words[1] = word + n + 1;
        call->count = 2;
    } else if (!is_command) {
        word[n] = '(';
        word[length - 1] = ')';
    }
    return is_command;
}

static bool take_percent(struct lab_call *call) {
    const char *word = call->words[0];
    if (word[0] != '%' || !isalpha((unsigned char)word[1]))
        return false;
    say(call, word, "a line begins with a command: run 3");
    call->words[0]++;
    return lab_command_find(call->words[0]) || lab_suggest_obey(call);
}

bool lab_rewrite(struct lab_call *call) {
    return take_marks(call) || take_demo(call) || take_call(call) ||
           take_percent(call);
}

bool lab_rewrite_asks(const struct lab_call *call) {
    return call->count == 2 && is_help(call->words[1]);
}
