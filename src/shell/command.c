#include "shell/command.h"

#include "base/alloc.h"
#include "base/die.h"
#include "shell/option.h"

#include <string.h>

const char lab_version_text[] =
    "looplab " LAB_VERSION ", MIT license\n"
    "on libuv and libedit; asynchronous time, made visible\n";

// What can be looked at: look.h reads it.
#define LOOK "[DEMO [VARIANT] [NAME=VALUE ...] | VARIANT | FILE [VARIANT]]"

static const struct lab_command commands[] = {
    {"list", "", "show the demos and what they ask",
     "  list                        every demo, with its question\n",
     LAB_ARGUMENT_NONE, lab_command_list},
    {"run", "DEMO|all [VARIANT ...] [NAME=VALUE ...]",
     "run a demo, and compare what its variants took",
     "  run 3                       all variants of demo 3\n"
     "  run gather                  the same, by a word of its name\n"
     "  run 3 together delay=200    one variant, one parameter changed\n"
     "  run all                     every demo\n"
     "  run 3 &                     at the prompt: go on typing meanwhile\n",
     LAB_ARGUMENT_DEMO, lab_command_run},
    {"export",
     "FORMAT FILE [DEMO [VARIANT ...] [NAME=VALUE ...] | RECORD.jsonl] "
     "[from=TIME] [to=TIME] [lanes=NAME,...]",
     "write a picture or a page to a file: svg, html, trace, ...",
     "  export svg run.svg 3        a picture for a README, light and dark\n"
     "  export html run.html 3      a page to zoom and to step through\n"
     "  export trace run.json       what ran last, for ui.perfetto.dev\n"
     "  export cast run.cast 3      what run prints, for asciinema play\n"
     "  export mermaid run.md 3     Markdown with sequence diagrams\n"
     "  export svg run.svg r.jsonl  what run --record=r.jsonl recorded\n"
     "  export svg run.svg to=0.5s  a part of it: from= and to=, lanes=a,b\n",
     LAB_ARGUMENT_EXPORT, lab_command_export},
    {"ps", LOOK " [at=MOMENT]",
     "list the tasks that live, and what they wait for",
     "  ps                          of what goes on, or where the stepper is\n"
     "  ps at=1.5s                  of what ran last, at that time\n"
     "  ps 3 together at=12         of this, run quietly, after 12 events\n"
     "  ps run.jsonl at=200ms       of a file that run --record=FILE wrote\n",
     LAB_ARGUMENT_MOMENT, lab_command_ps},
    {"why", "TASK " LOOK " [at=MOMENT]",
     "tell why a task waits: for whom, and down to what",
     "  why t3                      as ps lists it; 3 and its name do, too\n"
     "  why t3 at=0.5s              in what ran last, at that time\n"
     "  why a.txt 3 together at=12  in this, run quietly, after 12 events\n",
     LAB_ARGUMENT_WHY, lab_command_why},
    {"alive", LOOK " [at=MOMENT]", "tell what keeps the loop from ending",
     "  alive                       what is still to come\n"
     "  alive 3 together at=0.5s    what was, half a second in\n",
     LAB_ARGUMENT_MOMENT, lab_command_alive},
    {"step", "[N | " LOOK "]", "go on by one event of a run, or by N",
     "  step 3 together             begin, with this\n"
     "  step together               begin, with this variant of what ran last\n"
     "  step                        one event on; step 5 is five\n",
     LAB_ARGUMENT_LOOK, lab_command_step},
    {"back", "[N]", "go back by one event, or by N",
     "  back                        one event back; back 5 is five\n",
     LAB_ARGUMENT_NONE, lab_command_back},
    {"goto", "MOMENT " LOOK, "go to a time, or to an event, of a run",
     "  goto 1.5s                   what was then\n"
     "  goto 12                     when 12 events had happened\n"
     "  goto 0.5s 3 together        likewise, in this\n",
     LAB_ARGUMENT_GOTO, lab_command_goto},
    {"until", "TASK runs|waits|wakes|ends | WORDS",
     "go on until a task does that, or somebody says so",
     "  until t2 ends               until done means the same\n"
     "  until a.txt waits           any task of that name\n"
     "  until a.txt arrived         until a line with these words is said\n",
     LAB_ARGUMENT_UNTIL, lab_command_until},
    {"stepper", LOOK, "step through a run on the whole screen",
     "  stepper                     what ran last; arrow keys go through it\n"
     "  stepper 3 together          this, run quietly\n"
     "  stepper run.jsonl           a file that run --record=FILE wrote\n",
     LAB_ARGUMENT_LOOK, lab_command_stepper},
    {"diff", "FILE FILE", "find the first event in which two records differ",
     "  diff a.jsonl b.jsonl        exits with 1 if there is one\n",
     LAB_ARGUMENT_FILES, lab_command_diff},
    {"set", "[DEMO [NAME=VALUE ...]]", "show or change a demo's parameters",
     "  set                         what was changed so far\n"
     "  set 3                       the parameters of demo 3 and their range\n"
     "  set 3 delay=200             from now on, in every run\n"
     "  set 3 reset                 back to the defaults\n",
     LAB_ARGUMENT_DEMO, lab_command_set},
    {"clock", "[virtual|real|xN]", "show or choose how time passes",
     "  clock virtual               nothing waits; figures are exact\n"
     "  clock real                  a second takes a second\n"
     "  clock x0.5                  slow motion; x10 is ten times as fast\n",
     LAB_ARGUMENT_CLOCK, lab_command_clock},
    {"source", "DEMO [FUNCTION]", "show the C of a demo, or a part of it",
     "  source 3                    the whole file\n"
     "  source 3 together           one function\n",
     LAB_ARGUMENT_DEMO, lab_command_source},
    {"lesson", "DEMO", "read the lesson of a demo",
     "  lesson 3                    what happens there, and why\n",
     LAB_ARGUMENT_DEMO, lab_command_lesson},
    {"lessons", "[--check|--write [FILE ...]]",
     "list, check or rewrite the lessons",
     "  lessons                     which there are\n"
     "  lessons --check             is every output in them what runs now?\n"
     "  lessons --write             make it so\n"
     "  lessons --check README.md   any Markdown file with such blocks\n",
     LAB_ARGUMENT_NONE, lab_command_lessons},
    {"help", "[COMMAND|options]", "explain a command",
     "  help run                    one command, with examples\n"
     "  help options                what goes with every command\n",
     LAB_ARGUMENT_COMMAND, lab_command_help},
    {"quit", "", "leave",
     "  quit                        Ctrl-D on an empty line does it too\n",
     LAB_ARGUMENT_NONE, lab_command_quit},
};

// Each view is a command of its name. Its row is made when it is first asked
// for.
static const struct lab_command *view_at(size_t index) {
    enum { MOST = 32 };
    static struct lab_command rows[MOST];
    const struct lab_view *view = &lab_views[index];
    lab_assert(index < MOST);
    rows[index] = (struct lab_command){
        view->name,
        "[DEMO [VARIANT ...] [NAME=VALUE ...] | FILE] "
        "[from=TIME] [to=TIME] [lanes=NAME,...]",
        view->text,
        view->help,
        LAB_ARGUMENT_VIEW,
        lab_command_view,
    };
    return &rows[index];
}

// The views come behind the commands that make something to look at.
const struct lab_command *lab_command_at(size_t index) {
    enum { BEFORE = 2 };
    size_t views = 0;
    while (lab_views[views].name)
        views++;
    if (index >= BEFORE && index < BEFORE + views)
        return view_at(index - BEFORE);
    if (index >= BEFORE)
        index -= views;
    return index < countof(commands) ? &commands[index] : NULL;
}

const struct lab_command *lab_command_find(const char *name,
                                           struct lab_text *error) {
    const char *best = NULL;
    const struct lab_command *command;
    for (size_t i = 0; (command = lab_command_at(i)); i++) {
        if (strcmp(command->name, name) == 0)
            return command;
        lab_text_nearest(name, command->name, &best);
    }
    lab_text_printf(error, "no command \"%s\"; ", name);
    if (name[0] >= '0' && name[0] <= '9')
        lab_text_printf(error, "did you mean \"run %s\"?", name);
    else if (best)
        lab_text_printf(error, "did you mean \"%s\"?", best);
    else
        lab_text_put(error, "help lists them");
    return NULL;
}

// --- words

static bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

void lab_words_split(struct lab_words *words, const char *line) {
    size_t capacity = 0;
    *words = (struct lab_words){0};
    for (;;) {
        while (is_space(*line))
            line++;
        const char *start = line;
        while (*line && !is_space(*line))
            line++;
        if ((size_t)words->count + 2 > capacity) {
            capacity = capacity ? 2 * capacity : 8;
            words->words =
                lab_realloc(words->words, capacity, sizeof *words->words);
        }
        words->words[words->count] = NULL;
        if (line == start)
            break;
        size_t length = (size_t)(line - start);
        char *word = lab_alloc(length + 1);
        memcpy(word, start, length);
        words->words[words->count++] = word;
    }
    // "run 3 &" and "run 3&" alike.
    char *last = words->count ? words->words[words->count - 1] : NULL;
    size_t length = last ? strlen(last) : 0;
    if (length && last[length - 1] == '&') {
        words->background = true;
        last[length - 1] = '\0';
        if (length == 1) {
            words->words[--words->count] = NULL;
            lab_free(last);
        }
    }
}

void lab_words_free(struct lab_words *words) {
    for (int i = 0; i < words->count; i++)
        lab_free(words->words[i]);
    lab_free(words->words);
}

// --- calls

// getopt reorders the words and takes the first for the program's name, so it
// gets a list of its own.
static bool parse(struct lab_call *call, char **words, int count) {
    struct lab_text error = {0};
    call->own = lab_alloc(((size_t)count + 2) * sizeof *call->own);
    call->own[0] = (char *)"looplab";
    memcpy(call->own + 1, words, (size_t)count * sizeof *words);
    call->words = call->own;
    call->count = count + 1;
    if (lab_options_take(call, &error)) {
        if (call->count == 0)
            return true;
        call->command = lab_command_find(call->words[0], &error);
        call->words++;
        call->count--;
    }
    if (call->command)
        return true;
    lab_shell_refuse_text(call->shell, &error);
    return false;
}

// What is cancelled, or never ran, leaves no file.
static int run_recorded(struct lab_call *call) {
    struct lab_shell *shell = call->shell;
    struct lab_recorder recorder;
    struct lab_text error = {0};
    if (!lab_recorder_open(&recorder, call->record, &error))
        return lab_shell_fail_text(shell, &error);
    // cppcheck-suppress autoVariables ; taken back below
    call->recorder = &recorder;
    int status = call->command->run(call);
    call->recorder = NULL;
    if (recorder.demos > 0 && status != LAB_EXIT_INTERRUPTED)
        return lab_recorder_close(&recorder, &error)
                   ? status
                   : lab_shell_fail_text(shell, &error);
    lab_recorder_drop(&recorder);
    if (status != LAB_EXIT_OK)
        return status;
    return lab_shell_refuse(shell,
                            "%s runs no demo, so there is nothing to record; "
                            "try run 3 --record=%s",
                            call->command->name, call->record);
}

static int run(struct lab_call *call) {
    struct lab_shell *shell = call->shell;
    if (call->wants_version) {
        lab_shell_printf(shell, "%s", lab_version_text);
        return LAB_EXIT_OK;
    }
    if (call->wants_help) {
        call->count = call->command ? 1 : 0;
        call->own[0] = call->command ? (char *)call->command->name : NULL;
        call->words = call->own;
        return lab_command_help(call);
    }
    if (shell->in_lesson && !call->options.clock.is_virtual)
        return lab_shell_refuse(shell, "lessons run under the virtual clock "
                                       "alone; leave --clock out");
    if (!call->command) { // options alone: from now on
        shell->options = call->options;
        return LAB_COMMAND_NONE;
    }
    return call->record ? run_recorded(call) : call->command->run(call);
}

int lab_command_call(struct lab_shell *shell, char **words, int count) {
    struct lab_call call = {.shell = shell, .options = shell->options};
    int status = parse(&call, words, count) ? run(&call) : LAB_EXIT_USAGE;
    lab_free(call.own);
    return status;
}
