#include "shell/script.h"

#include "base/write.h"
#include "guest/guest.h"
#include "shell/glossary.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_record(const char *word) {
    size_t n = strlen(word);
    return n > 6 && strcmp(word + n - 6, ".jsonl") == 0;
}

// As other programs have it, standard input is a file, too.
static bool is_input(const char *word) {
    return strcmp(word, "-") == 0;
}

bool lab_script_is(const struct lab_shell *shell, const char *word) {
    struct stat about;
    return !shell->script.has_begun && !lab_guest_is(word) &&
           !is_record(word) &&
           (is_input(word) ||
            (stat(word, &about) == 0 && !S_ISDIR(about.st_mode)));
}

bool lab_script_refuse(const struct lab_shell *shell, const char *word,
                       struct lab_text *error) {
    struct stat about;
    int rc = stat(word, &about) < 0 ? -errno : 0;
    bool is_name =
        strchr(word, '/') ||
        (strchr(word, '.') && !lab_term_of_line(word)); // asyncio.run
    if (shell->script.has_begun || !is_name)
        return false;
    if (rc == 0 && S_ISDIR(about.st_mode))
        lab_text_printf(error, "%s is a folder; name a file of commands in it",
                        word);
    else if (rc < 0 && !lab_guest_is(word))
        lab_text_printf(error,
                        "%s is no command, and as a file of commands it cannot "
                        "be read: %s",
                        word, lab_error_text(rc));
    return error->length > 0;
}

void lab_script_drop_mark(struct lab_text *line) {
    static const char mark[] = "\357\273\277";
    size_t n = strlen(mark);
    if (line->length < n || memcmp(line->data, mark, n) != 0)
        return;
    memmove(line->data, line->data + n, line->length - n);
    lab_text_cut(line, line->length - n);
}

bool lab_script_take(struct lab_call *call, struct lab_text *error) {
    struct lab_script *script = &call->shell->script;
    if (call->count > 1)
        lab_text_printf(error,
                        "%s is a script, which takes no words; leave \"%s\" "
                        "out",
                        call->words[0], call->words[1]);
    else if (script->lines.length)
        lab_text_printf(error,
                        "commands come from %s or from -e; leave one out",
                        call->words[0]);
    script->file = call->words[0];
    return error->length == 0;
}

bool lab_script_given(const struct lab_shell *shell) {
    return shell->script.file || shell->script.lines.length;
}

int lab_script_open(struct lab_shell *shell) {
    const struct lab_script *script = &shell->script;
    // The lines of -e are a file like any other, in memory.
    int fd = !script->file ? lab_write_memory("looplab -e", script->lines.data,
                                              script->lines.length)
             : is_input(script->file)
                 ? fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0)
                 : open(script->file, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (script->file && fd < 0)
        fd = -errno;
    if (fd < 0)
        lab_shell_refuse(shell, "%s cannot be read: %s", lab_script_name(shell),
                         lab_error_text(fd));
    return fd;
}

const char *lab_script_name(const struct lab_shell *shell) {
    const struct lab_script *script = &shell->script;
    return script->file && !is_input(script->file) ? script->file
           : script->lines.length                  ? "-e"
                                                   : "standard input";
}
