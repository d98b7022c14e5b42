// main.c - flags, then init in dependency order: the table of contents.

#include "base/die.h"
#include "base/locale.h"
#include "core/crash.h"
#include "core/loop.h"
#include "core/printed.h"
#include "guest/inside.h"
#include "shell/ask.h"
#include "shell/command.h"
#include "shell/edit.h"
#include "shell/option.h"
#include "shell/prompt.h"
#include "shell/script.h"
#include "shell/show_guest.h"
#include "shell/stdout.h"
#include "shell/terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct program {
    struct lab_shell shell;
    int argc;
    char **argv;
    bool was_closed[3]; // standard input, output, error
    lab_task *command;
};

// A closed descriptor would be taken by the next file that is opened, and
// then written to by mistake.
static void open_standard_files(struct program *program) {
    for (int fd = 0; fd < 3; fd++) {
        program->was_closed[fd] = fcntl(fd, F_GETFD) == -1;
        if (program->was_closed[fd] && open("/dev/null", O_RDWR) != fd)
            exit(LAB_EXIT_OS);
    }
}

static int width_of_output(bool is_terminal) {
    int columns = 80, rows;
    if (is_terminal)
        lab_terminal_size(&columns, &rows);
    return columns;
}

// --- a command given on the command line

static int run_command(void *arg) {
    struct program *program = arg;
    return lab_command_call(&program->shell, program->argv + 1,
                            program->argc - 1);
}

static void on_interrupt(int signal, void *arg) {
    struct program *program = arg;
    (void)signal;
    lab_show_interrupted_again(&program->shell);
    lab_cancel(program->command);
}

static int command(struct program *program) {
    program->command =
        lab_spawn_deep("command", run_command, program, 256 * 1024);
    lab_signal_watch(SIGINT, on_interrupt, program);
    lab_ask_begin_input(&program->shell);
    lab_ignore(lab_await(program->command)); // nobody cancels us
    lab_ask_end_input(&program->shell);
    if (lab_task_result(program->command) != LAB_COMMAND_NONE)
        lab_crash_work_done();
    lab_signal_watch(SIGINT, NULL, NULL);
    return lab_task_result(program->command);
}

// --- commands read from somewhere

static int script(struct lab_shell *shell) {
    int fd = lab_script_open(shell);
    if (fd < 0)
        return LAB_EXIT_USAGE;
    shell->interactive = false;
    int status = lab_prompt_script(shell, fd);
    close(fd);
    return status;
}

static int prompt(struct program *program) {
    struct lab_shell *shell = &program->shell;
    shell->script.has_begun = true;
    if (lab_script_given(shell))
        return script(shell);
    if (program->was_closed[STDIN_FILENO])
        return lab_shell_refuse(shell, "standard input is closed, so there is "
                                       "nothing to run; try looplab help");
    if (lab_edit_possible() && !shell->options.style.plain) {
        // Without UTF-8, what is typed would lose letters.
        if (strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
            setlocale(LC_CTYPE, "C.UTF-8");
        int status = lab_prompt_edit(shell);
        if (status >= 0)
            return status;
    }
    return lab_prompt_script(shell, STDIN_FILENO);
}

static int body(void *arg) {
    struct program *program = arg;
    // Options alone become the options of the prompt.
    int status = command(program);
    return status == LAB_COMMAND_NONE ? prompt(program) : status;
}

int main(int argc, char **argv) {
    struct program program = {.argc = argc, .argv = argv};
    open_standard_files(&program);
    if (lab_guest_inside(argc, argv))
        return lab_guest_inside_main(argc, argv);
    lab_crash_init();
    lab_printed_init();
    bool terminal = isatty(STDOUT_FILENO);
    if (terminal)
        lab_locale_choose();
    lab_shell_init(&program.shell);
    lab_options_default(&program.shell.options, terminal,
                        width_of_output(terminal));
    program.shell.on_terminal = terminal;
    program.shell.interactive = terminal && isatty(STDIN_FILENO);
    lab_stdout_use(&program.shell, terminal);
    int status = lab_loop_main("looplab", body, &program);
    lab_crash_may_exit(true);
    lab_printed_term();
    lab_shell_term(&program.shell);
    if (program.was_closed[STDOUT_FILENO]) {
        errno = EBADF;
        lab_die(LAB_EXIT_IO, "standard output is closed");
    }
    return lab_stdout_finish(status);
}
