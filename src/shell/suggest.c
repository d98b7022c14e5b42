#include "shell/suggest.h"

#include "base/alloc.h"
#include "guest/guest.h"
#include "shell/codes.h"
#include "shell/command.h"
#include "shell/glossary.h"

#include <string.h>

// What people type who know other programs: a shell, a debugger, Python.
static const struct {
    const char *words, *instead;
} table[] = {
    {"exit q bye logout :q close", "quit leaves looplab"},
    {"? h man info usage commands", "help lists the commands"},
    {"clear cls", "Ctrl-L clears the screen"},
    {"history hist !!", "the up arrow brings back lines; Ctrl-R searches them"},
    {"ls ll dir demo demos", "list shows the demos"},
    {"start go exec launch execute", "run starts a demo: run 3"},
    {"n s forward stepi nexti", "step moves one event forward"},
    {"prev previous undo rewind", "back moves one event back"},
    {"continue c cont break breakpoint b wait",
     "until goes forward to an event: until t2 ends"},
    {"tasks top htop threads", "ps lists live tasks"},
    {"kill stop interrupt",
     "cancel stops what runs beside the prompt: cancel %1; Ctrl-C, what does "
     "not"},
    {"bg disown nohup",
     "Ctrl-Z lets what runs continue beside the prompt, as & does"},
    {"bt backtrace where stack reason",
     "why explains what a task waits for: why t3"},
    {"show plot draw graph chart gantt view", "timeline draws a run"},
    {"film movie animate animation", "play shows a run as a film: play 3"},
    {"import load open read replay", "views read a record: timeline run.jsonl"},
    {"save write record log dump", "run keeps one: run 3 --record=run.jsonl"},
    {"cat less more code edit vi vim nano", "source shows the C of a demo"},
    {"time speed pace slow fast", "clock chooses how time passes: clock x0.5"},
    {"param params parameters config options let",
     "set changes parameters: set 3 delay=200"},
    {"learn tutorial", "lesson begins a lesson: lesson 1"},
    {"test check verify", "lessons --check runs what is in lessons"},
    {"schedule schedules permute explore orderings race",
     "orders tries every order: orders 3 together"},
    {"bug issue feedback", "report prints what a bug report needs"},
    {"version about", "looplab --version says which this is"},
    {"spawn loop def class print for while",
     "that belongs in a demo, and source 3 shows one"},
};

bool lab_suggest_row(size_t index, const char **words, const char **instead) {
    if (index >= countof(table))
        return false;
    *words = table[index].words;
    *instead = table[index].instead;
    return true;
}

static bool has_word(const char *words, const char *word) {
    size_t n = strlen(word);
    for (const char *at = words; n > 0 && (at = strstr(at, word)); at += n)
        if ((at == words || at[-1] == ' ') && (at[n] == ' ' || !at[n]))
            return true;
    return false;
}

// A call of Python counts as the function: print("a").
static const char *instead_of(const char *word) {
    struct lab_text name = {0};
    const char *instead = NULL;
    lab_text_write(&name, word, strcspn(word, "("));
    for (size_t i = 0; i < countof(table) && !instead; i++)
        if (has_word(table[i].words, lab_text_string(&name)))
            instead = table[i].instead;
    lab_text_free(&name);
    return instead;
}

// Is it how a demo is called, by its number or by a word of its name?
static bool is_demo(struct lab_shell *shell, const char *word) {
    enum { SHORTEST = 4 };
    struct lab_text error = {0};
    bool is_number = *word && word[strspn(word, "0123456789")] == '\0';
    bool is = is_number ||
              (strlen(word) >= SHORTEST && lab_shell_demos(shell, &error) &&
               lab_demos_find(&shell->demos, word, &error));
    lab_text_free(&error);
    return is;
}

static const char *nearest_command(const char *word) {
    const char *best = NULL;
    const struct lab_command *command;
    for (size_t i = 0; (command = lab_command_at(i)); i++)
        lab_text_nearest(word, command->name, &best);
    return best;
}

// Says of a word of asyncio what it is here.
static void put_term(struct lab_text *error, const struct lab_term *term) {
    if (*term->ours)
        lab_text_printf(error, "%s is %s here; ", term->word, term->ours);
    lab_text_printf(error, "help %s says more", term->word);
}

void lab_suggest_command(struct lab_shell *shell, char *const *words, int count,
                         struct lab_text *error) {
    const char *word = words[0];
    const char *instead = instead_of(word), *best = nearest_command(word);
    struct lab_text line = {0};
    for (int i = 0; i < count; i++)
        lab_text_printf(&line, i ? " %s" : "%s", words[i]);
    const struct lab_term *term = lab_term_of_line(lab_text_string(&line));
    if (!term && !instead)
        term = lab_term_find(word);
    lab_text_free(&line);
    lab_text_printf(error, "no command \"%s\"; ", word);
    if (term)
        put_term(error, term);
    else if (instead)
        lab_text_put(error, instead);
    else if (is_demo(shell, word) || lab_guest_is(word))
        lab_text_printf(error, "did you mean \"run %s\"?", word);
    else if (lab_code_find(word))
        lab_text_printf(error, "did you mean \"explain %s\"?", word);
    else if (best)
        lab_text_printf(error, "did you mean \"%s\"?", best);
    else
        lab_text_put(error, "help lists them");
}
