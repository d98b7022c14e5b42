#include "shell/command.h"

#include "base/alloc.h"
#include "base/die.h"
#include "shell/argument.h"
#include "shell/edit.h"
#include "shell/jobs.h"
#include "shell/option.h"
#include "shell/renew.h"
#include "shell/rewrite.h"
#include "shell/script.h"
#include "shell/suggest.h"
#include "shell/terminal.h"
#include "view/line.h"

#include <stdlib.h>
#include <string.h>

const char lab_version_text[] =
    "looplab " LAB_VERSION ", MIT license\n"
    "on libuv and libedit; asynchronous time, made visible";

// --- which there are

// The linker puts the pointers of all LAB_COMMAND rows into one section, and
// marks its ends with these names.
extern const struct lab_command *const __start_lab_commands[];
extern const struct lab_command *const __stop_lab_commands[];

enum { MOST = 64 };
static const struct lab_command *commands[MOST + 1]; // hidden ones come last
static size_t listed;

static int in_order(const void *a, const void *b) {
    const struct lab_command *const *left = a, *const *right = b;
    if ((*left)->is_hidden != (*right)->is_hidden)
        return (*left)->is_hidden ? 1 : -1;
    int by_order = (*left)->order - (*right)->order;
    return by_order ? by_order : strcmp((*left)->name, (*right)->name);
}

static void collect(void) {
    size_t count = 0;
    const struct lab_command *view;
    for (const struct lab_command *const *row = __start_lab_commands;
         // cppcheck-suppress comparePointers ; two ends of one section
         row < __stop_lab_commands && count < MOST; row++)
        commands[count++] = *row;
    for (size_t i = 0; (view = lab_command_of_view(i)) && count < MOST; i++)
        commands[count++] = view;
    lab_assert(count < MOST);
    qsort(commands, count, sizeof *commands, in_order);
    while (commands[listed] && !commands[listed]->is_hidden)
        listed++;
}

const struct lab_command *lab_command_at(size_t index) {
    if (!commands[0])
        collect();
    return index < listed ? commands[index] : NULL;
}

const struct lab_command *lab_command_find(const char *name) {
    if (!commands[0])
        collect();
    const struct lab_command **at = commands;
    while (*at && strcmp((*at)->name, name) != 0)
        at++;
    return *at;
}

bool lab_command_wants_screen(const char *line) {
    struct lab_text name = {0};
    line += strspn(line, " ");
    lab_text_write(&name, line, strcspn(line, " "));
    const struct lab_command *command =
        lab_command_find(lab_text_string(&name));
    lab_text_free(&name);
    return command && command->wants_screen;
}

// --- calls

bool lab_call_may_redraw(const struct lab_call *call) {
    return call->shell->interactive && lab_edit_possible() &&
           !call->options.style.plain;
}

void lab_call_measure(struct lab_call *call) {
    int *width = &call->options.style.width, rows;
    if (!call->shell->interactive || (call->given & LAB_OPTION_WIDTH))
        return;
    lab_terminal_size(width, &rows);
    *width = *width < 20 ? 20 : *width;
}

void lab_call_paint(const struct lab_call *call, enum lab_color color,
                    const char *format, ...) {
    struct lab_text sentence = {0}, text = {0};
    va_list args;
    va_start(args, format);
    lab_text_vprintf(&sentence, format, args);
    va_end(args);
    lab_line_wrap(&text, &call->options.style, color, 0,
                  lab_text_string(&sentence));
    lab_shell_put(call->shell, &text);
    lab_text_free(&sentence);
    lab_text_free(&text);
}

void lab_call_say(const struct lab_call *call, const char *format, ...) {
    struct lab_text text = {0}, lines = {0};
    va_list args;
    va_start(args, format);
    lab_text_vprintf(&text, format, args);
    va_end(args);
    const struct lab_style *style = &call->options.style;
    lab_text_wrap(&lines, lab_text_string(&text),
                  call->given & LAB_OPTION_WIDTH
                      ? lab_text_measure(style->width)
                      : lab_shell_measure(call->shell, style));
    lab_text_put(&lines, "\n");
    lab_shell_put(call->shell, &lines);
    lab_text_free(&text);
    lab_text_free(&lines);
}

// Finds what the first word is: a command, or the file of a script, or a word
// that stands for a command.
static bool find_command(struct lab_call *call, struct lab_text *error) {
    call->command = lab_command_find(call->words[0]);
    if (!call->command && lab_script_is(call->shell, call->words[0]))
        return lab_script_take(call, error);
    if (!call->command && lab_suggest_obey(call))
        call->command = lab_command_find(call->words[0]);
    if (!call->command &&
        !lab_script_refuse(call->shell, call->words[0], error))
        lab_suggest_command(call->shell, call->words, call->count, error);
    if (call->command && !lab_arguments_are_free(call->command) &&
        lab_rewrite_asks(call)) {
        call->wants_help = true;
        call->count--;
    }
    return call->command;
}

// getopt reorders the words and takes the first for the program's name, so it
// gets a list of its own.
static bool parse(struct lab_call *call, char **words, int count) {
    const char *values[LAB_OPTION_COUNT] = {0};
    struct lab_text error = {0};
    call->own = lab_alloc(((size_t)count + 2) * sizeof *call->own);
    call->own[0] = (char *)"looplab";
    memcpy(call->own + 1, words, (size_t)count * sizeof *words);
    call->words = call->own;
    call->count = count + 1;
    bool fine = !lab_suggest_shell(call, &error) &&
                lab_options_take(call, values, &error);
    if (fine && call->count > 0) {
        fine = find_command(call, &error);
        call->words++;
        call->count--;
    }
    if (fine && call->command && !lab_arguments_are_free(call->command))
        fine = lab_suggest_alone(call, &error);
    if (fine && lab_options_apply(call, values, &error))
        return true;
    lab_shell_refuse_text(call->shell, &error);
    return false;
}

// What never ran leaves no file; what was cut off does.
static int run_recorded(struct lab_call *call) {
    struct lab_shell *shell = call->shell;
    struct lab_recorder recorder;
    struct lab_text error = {0};
    if (!lab_recorder_open(&recorder, call->record, &error))
        return lab_shell_lost_text(shell, &error);
    // cppcheck-suppress autoVariables ; taken back below
    call->recorder = &recorder;
    int status = call->command->run(call);
    call->recorder = NULL;
    if (recorder.demos > 0)
        return lab_recorder_close(&recorder, &error)
                   ? status
                   : lab_shell_lost_text(shell, &error);
    lab_recorder_drop(&recorder);
    return status;
}

static int run(struct lab_call *call) {
    struct lab_shell *shell = call->shell;
    if (call->wants_version) {
        lab_shell_say(shell, "%s", lab_version_text);
        return LAB_EXIT_OK;
    }
    // "help run -h" is about run.
    bool is_help = call->command && strcmp(call->command->name, "help") == 0;
    if (call->wants_help && (!is_help || call->count == 0)) {
        lab_command_explain(call, call->command);
        return LAB_EXIT_OK;
    }
    if (shell->in_lesson && !call->options.clock.is_virtual)
        return lab_shell_refuse(shell, "lessons run under the virtual clock "
                                       "only; leave --clock out");
    if (!call->command) { // options alone: from now on
        shell->options = call->options;
        return LAB_COMMAND_NONE;
    }
    int status = lab_arguments_read(call);
    if (status != LAB_EXIT_OK)
        return status;
    return call->record ? run_recorded(call) : call->command->run(call);
}

int lab_command_call(struct lab_shell *shell, char **words, int count) {
    struct lab_call call = {.shell = shell,
                            .job = lab_jobs_self(shell),
                            .options = shell->options,
                            .number = 1};
    int status = parse(&call, words, count) ? run(&call) : LAB_EXIT_USAGE;
    lab_pages_end(shell);
    lab_renew_late(&call);
    lab_free(call.own);
    lab_free(call.kept_schedule);
    return status;
}
