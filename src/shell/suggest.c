#include "shell/suggest.h"

#include "base/alloc.h"
#include "base/nearest.h"
#include "guest/guest.h"
#include "shell/codes.h"
#include "shell/command.h"
#include "shell/glossary.h"
#include "shell/rewrite.h"
#include "shell/words.h"

#include <fnmatch.h>
#include <string.h>
#include <strings.h>

// When a row's command is run in place of what was typed.
enum {
    ALWAYS,
    ALONE,        // if no word follows
    WITH_WORD,    // if a word follows
    WITH_COMMAND, // if a command follows
    WITH_PROGRAM  // if a learner's own program follows
};

// What people type who know other programs: a shell, a debugger, Python. The
// first row that has the word counts.
static const struct row {
    const char *words, *instead; // patterns, as fnmatch(3) has them
    const char *means; // the command to run; "": the words after it; NULL: none
    int when;
    bool keeps;     // the word itself is the command's first
    bool is_shells; // with words that looplab does not take, its line is one
                    // for a shell
} table[] = {
    {"*.py *.c [0-9]*_[a-z]*", "run starts a demo or a program: run my.py",
     "run", ALWAYS, .keeps = true},
    {"python python3 py ipython jupyter", "run starts a program: run my.py",
     "run", WITH_PROGRAM, .is_shells = true},
    {"gcc cc clang", "run compiles a program and starts it: run my.c", "run",
     WITH_PROGRAM, .is_shells = true},
    {"time timeit", "run says what each variant took: run 3", "", WITH_COMMAND},
    {"looplab */looplab >>> $", "a line begins with a command: run 3", "",
     WITH_COMMAND},
    {"sudo doas", "a command needs no rights of root: run 3", "", WITH_COMMAND,
     .is_shells = true},
    {"exit [q]uit q bye logout :q :q! :wq close /exit /quit",
     "quit leaves looplab", "quit"},
    {"\\? h me usage commands /help", "help lists the commands", "help"},
    {"%[0-9]*", "fg brings a command back: fg %1", "fg", ALWAYS, .keeps = true},
    {"man info", "help explains a command: help run", "help"},
    {"cls", "clear clears the screen, and so does Ctrl-L", "clear"},
    {"history hist !! again repeat retry restart rerun r",
     "the up arrow brings back lines; Ctrl-R searches them"},
    {"ls ll dir", "list shows the demos", "list", .is_shells = true},
    {"demo", "run starts a demo: run 3", "run", WITH_WORD},
    {"demos", "list shows the demos", "list"},
    {"cd", "!ls shows the folder that looplab works in; to change it, quit and "
           "start looplab there"},
    {"pwd", "!pwd prints the folder that looplab works in"},
    {"sh bash zsh fish make git grep echo cp mv rm mkdir rmdir touch head "
     "tail wc find which env chmod pip pip3 conda uv npm node apt apt-get brew "
     "gdb valgrind tmux ssh curl wget",
     "! begins a line for your shell: !make", .is_shells = true},
    {"start go exec launch execute", "run starts a demo: run 3"},
    {"n s forward stepi nexti", "step moves one event forward"},
    {"prev previous undo rewind", "back moves one event back"},
    {"continue c cont break breakpoint b wait",
     "until goes forward to an event: until t2 ends"},
    {"tasks top htop threads", "ps lists live tasks"},
    {"kill stop interrupt",
     "cancel stops what runs beside the prompt: cancel %1; Ctrl-C, what does "
     "not"},
    {"bg",
     "jobs lists what continues beside the prompt, as Ctrl-Z and & let it",
     "jobs", ALONE},
    {"disown nohup",
     "Ctrl-Z lets what runs continue beside the prompt, as & does"},
    {"bt backtrace where stack reason",
     "why explains what a task waits for: why t3"},
    {"show plot draw graph chart gantt view", "timeline draws a run"},
    {"film movie animate animation", "play shows a run as a film: play 3"},
    {"load open read replay", "views read a record: timeline run.jsonl"},
    {"save write record log dump", "run keeps one: run 3 --record=run.jsonl"},
    {"cat less more", "source shows a program, or the C of a demo: source 3",
     "source", WITH_WORD, .is_shells = true},
    {"vi vim nano emacs code",
     "edit opens a program, or the C of a demo: edit 3", "edit", WITH_WORD,
     .is_shells = true},
    {"build compile", "reload builds a demo anew: reload 3", "reload",
     WITH_WORD},
    {"create add", "new makes a demo and its lesson: new 40 nap"},
    {"speed pace slow fast", "clock chooses how time passes: clock x0.5"},
    {"[a-z]*=* param params parameters config options let",
     "set changes parameters: set 3 delay=200"},
    {"debug profile", "run reports who holds the loop: run 2 --debug"},
    {"what how", "help explains a word of asyncio, too: help await"},
    {"learn tutorial begin hello hi hey course",
     "lesson begins a lesson: lesson 1"},
    {"test check verify", "lessons --check runs what is in lessons"},
    {"schedule schedules permute explore orderings race",
     "orders tries every order: orders 3 together"},
    {"bug issue feedback", "report prints what a bug report needs"},
    {"version about", "looplab --version says which this is"},
    {"import from async def class with for while if else: elif except finally: "
     "return raise pass lambda try: @* = print asyncio* [0-9]*[+*/]*",
     "Python goes into a file, which run starts: run my.py"},
    {"int void char double struct static const typedef return; { } };",
     "C goes into a file, which run starts: run my.c"},
    {"spawn loop", "that belongs in a demo, and source 3 shows one"},
};

bool lab_suggest_row(size_t index, const char **words, const char **instead) {
    if (index >= countof(table))
        return false;
    *words = table[index].words;
    *instead = table[index].instead;
    return true;
}

static bool has_word(const char *patterns, const char *word) {
    struct lab_text pattern = {0};
    bool has = false;
    for (const char *at = patterns; *at && !has; at += *at == ' ') {
        size_t n = strcspn(at, " ");
        lab_text_clear(&pattern);
        lab_text_write(&pattern, at, n);
        has = fnmatch(lab_text_string(&pattern), word, FNM_CASEFOLD) == 0;
        at += n;
    }
    lab_text_free(&pattern);
    return has;
}

// The row of [word]. A call of Python counts as the function: print("a").
static const struct row *row_of(const char *word) {
    struct lab_text name = {0};
    const struct row *found = NULL;
    lab_text_write(&name, word, strcspn(word, "("));
    for (size_t i = 0; i < countof(table) && !found; i++)
        if (has_word(table[i].words, lab_text_string(&name)))
            found = &table[i];
    lab_text_free(&name);
    return found;
}

static const char *instead_of(const char *word) {
    const struct row *row = row_of(word);
    return row ? row->instead : NULL;
}

// --- a command in place of what was typed

const char *lab_suggest_meant(const char *word) {
    const struct row *row = row_of(word);
    return row && row->means && *row->means && !row->keeps ? row->means : NULL;
}

// The row of words[0], if its command is run. It is no command itself.
static const struct row *obeyed(char *const *words, int count) {
    const struct row *row = row_of(words[0]);
    if (!row || !row->means)
        return NULL;
    bool fits = row->when == ALWAYS || (count > 1) == (row->when != ALONE);
    if (row->when == WITH_COMMAND)
        fits = fits && (lab_command_find(words[1]) ||
                        obeyed(words + 1, count - 1) != NULL);
    if (row->when == WITH_PROGRAM)
        fits = fits && lab_guest_is(words[1]);
    return fits ? row : NULL;
}

bool lab_suggest_obey(struct lab_call *call) {
    const struct row *row = obeyed(call->words, call->count);
    if (call->shell->in_lesson)
        return false;
    if (!row)
        return lab_rewrite(call);
    if (lab_shell_is_read(call->shell))
        lab_call_paint(call, LAB_COLOR_DIM, "\"%s\": %s.", call->words[0],
                       row->instead);
    if (!*row->means) { // what follows is the command, or stands for one
        call->words++;
        call->count--;
        return lab_command_find(call->words[0]) || lab_suggest_obey(call);
    }
    if (row->keeps) { // getopt has left the place of the program's name
        call->words--;
        call->count++;
    }
    call->words[0] = (char *)row->means;
    return true;
}

// --- a line for a shell

// Is [word] an option of another program? Ours are longer.
static bool is_others(const char *word) {
    return word[0] == '-' && word[1] != '-' && word[1] != '\0' &&
           strcmp(word, "-h") != 0 && strcmp(word, "-help") != 0;
}

static bool is_option(const char *word) {
    return word[0] == '-' && !is_others(word);
}

// Does the command of [row] take the words after the first?
static bool takes(struct lab_shell *shell, const struct row *row, char **words,
                  int count) {
    bool has_path = false, has_word = false;
    for (int i = 1; i < count; i++) {
        if (is_others(words[i]))
            return false;
        has_word |= !is_option(words[i]);
        has_path |= strpbrk(words[i], "./") && !lab_guest_is(words[i]) &&
                    !lab_select_is_source(shell, words[i]);
    }
    return row->when == ALWAYS ? !has_word : !has_path;
}

bool lab_suggest_shell(const struct lab_call *call, struct lab_text *error) {
    char **words = call->words + 1;
    int count = call->count - 1;
    if (count < 2 || lab_command_find(words[0]))
        return false;
    const struct row *row = row_of(words[0]);
    if (!row || !row->is_shells)
        return false;
    if (obeyed(words, count) && takes(call->shell, row, words, count))
        return false;
    lab_text_printf(error, "no command \"%s\"; !", words[0]);
    for (int i = 0; i < count; i++) {
        lab_text_put(error, i ? " " : "");
        lab_words_put(error, words[i], '\0');
    }
    lab_text_put(error, " is a line for your shell");
    if (row->means)
        lab_text_printf(error, "; %s", row->instead);
    return true;
}

// --- what joins commands elsewhere

// It is a word like any other here, and one that nothing takes.
static const struct lab_offered joins[] = {
    {";", "here each command has a line of its own"},
    {"&&", "here each command has a line of its own"},
    {"||", "here each command has a line of its own"},
    {"|", "here what is long is shown page by page; in a shell, type "
          "looplab run 3 | less"},
    {">", "here run 3 --record=run.jsonl keeps a run, and export a picture"},
    {">>", "here run 3 --record=run.jsonl keeps a run, and export a picture"},
    {"#", "here a comment has a line of its own"},
    {"<", "in a shell, type looplab FILE to run the commands in a file"},
    {0}};

static const struct lab_offered *join_of(const char *word) {
    size_t n = strlen(word);
    bool is_ended = n > 0 && word[n - 1] == ';'; // "run 3;"
    for (const struct lab_offered *at = joins; at->word; at++)
        if (strcmp(at->word, is_ended ? ";" : word) == 0)
            return at;
    return NULL;
}

bool lab_suggest_alone(const struct lab_call *call, struct lab_text *error) {
    for (int i = 0; i < call->count; i++) {
        const struct lab_offered *join = join_of(call->words[i]);
        if (!join)
            continue;
        lab_text_printf(error, "\"%s\" is a shell's; %s", join->word,
                        join->text);
        return false;
    }
    return true;
}

// --- or a sentence

static bool is_number(const char *word) {
    return *word && word[strspn(word, "0123456789")] == '\0';
}

struct lab_demo_file *lab_suggest_demo(struct lab_shell *shell,
                                       const char *word) {
    enum { SHORTEST = 4 };
    struct lab_text error = {0};
    struct lab_demo_file *file = NULL;
    if ((is_number(word) || strlen(word) >= SHORTEST) &&
        lab_shell_demos(shell, &error))
        file = lab_demos_find(&shell->demos, word, &error);
    lab_text_free(&error);
    return file;
}

// Is it how a demo is called, by its number or by a word of its name?
static bool is_demo(struct lab_shell *shell, const char *word) {
    return is_number(word) || lab_suggest_demo(shell, word);
}

static const char *nearest_command(const char *word) {
    const char *best = NULL;
    const struct lab_command *command;
    for (size_t i = 0; (command = lab_command_at(i)); i++)
        lab_nearest(word, command->name, &best);
    return best;
}

// The command that [word] is in other letters, RUN, or without the space before
// a number, run3, which is then in [rest]; NULL if it is none.
static const char *written_otherwise(const char *word, const char **rest) {
    const struct lab_command *command;
    for (size_t i = 0; (command = lab_command_at(i)); i++) {
        size_t n = strlen(command->name);
        *rest = word + n;
        if (strncasecmp(word, command->name, n) == 0 &&
            (*rest)[strspn(*rest, "0123456789")] == '\0')
            return command->name;
    }
    return NULL;
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
    const struct row *row = row_of(word);
    if (count > 1 && row && row->when == WITH_COMMAND) {
        lab_suggest_command(shell, words + 1, count - 1, error); // >>> await x
        return;
    }
    bool is_set = count > 1 && strcmp(words[1], "=") == 0; // x = 3
    const char *instead = instead_of(is_set ? "=" : word);
    const char *best = nearest_command(word);
    struct lab_text line = {0};
    for (int i = 0; i < count; i++)
        lab_text_printf(&line, i ? " %s" : "%s", words[i]);
    const char *number, *otherwise = written_otherwise(word, &number);
    const struct lab_term *term =
        otherwise ? NULL : lab_term_of_line(lab_text_string(&line));
    if (!term && !instead && !otherwise)
        term = lab_term_find(word);
    lab_text_free(&line);
    lab_text_printf(error, "no command \"%s\"; ", word);
    if (otherwise)
        lab_text_printf(error, "did you mean \"%s%s%s\"?", otherwise,
                        *number ? " " : "", number);
    else if (term)
        put_term(error, term);
    else if (instead)
        lab_text_put(error, instead);
    else if (is_demo(shell, word) || lab_guest_is(word))
        lab_text_printf(error, "did you mean \"run %s\"?", word);
    else if (lab_code_find(word))
        lab_text_printf(error, "did you mean \"explain %s\"?", word);
    else if (best)
        lab_text_printf(error, "did you mean \"%s\"?", best);
    else if (lab_word_find(word))
        lab_text_printf(error, "help %s says what that word means", word);
    else
        lab_text_put(error, "help lists them");
}
