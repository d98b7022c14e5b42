#include "shell/compose.h"

#include "base/die.h"
#include "base/read.h"
#include "base/write.h"
#include "shell/editor.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LONGEST = 64 * 1024 }; // of a file that is to be a line

// Writes [line] to a file of its own, whose path is put into [path]. Returns 0
// or an error.
static int write_file(const struct lab_text *line, struct lab_text *path) {
    const char *folder = getenv("TMPDIR");
    lab_text_printf(path, "%s/looplab-XXXXXX",
                    folder && *folder ? folder : "/tmp");
    int fd = mkostemp(path->data, O_CLOEXEC);
    if (fd < 0)
        return -errno;
    int rc = lab_write_whole(fd, lab_text_string(line), line->length);
    if (rc >= 0)
        rc = lab_write_whole(fd, "\n", 1);
    close(fd);
    if (rc < 0)
        unlink(path->data);
    return rc < 0 ? rc : 0;
}

// Puts the rows of [text] into [line], with a space between them.
static void join(const char *text, struct lab_text *line) {
    static const char blanks[] = " \t\r\n";
    lab_text_clear(line);
    for (text += strspn(text, blanks); *text; text += strspn(text, blanks)) {
        size_t n = strcspn(text, "\r\n");
        lab_text_put(line, line->length ? " " : "");
        lab_text_write(line, text, n);
        lab_text_trim(line);
        text += n;
    }
}

// Returns an exit status, after complaining if it is not 0.
static int edit_file(struct lab_shell *shell, const char *path,
                     struct lab_text *line) {
    struct lab_call call = {.shell = shell, .options = shell->options};
    struct lab_text text = {0};
    bool took_keys;
    int status = lab_editor_run(&call, path, &took_keys);
    if (status != LAB_EXIT_OK)
        return status;
    int rc = lab_read_file(path, LONGEST, &text);
    if (rc < 0)
        status = lab_shell_refuse(shell, "what was edited cannot be read: %s",
                                  lab_error_text(rc));
    else
        join(lab_text_string(&text), line);
    lab_text_free(&text);
    return status;
}

bool lab_compose(void *arg, struct lab_text *line) {
    struct lab_shell *shell = arg;
    struct lab_text path = {0};
    bool typing = shell->typing;
    shell->typing = false; // no line is typed meanwhile
    int rc = write_file(line, &path), status = LAB_EXIT_FAILED;
    if (rc < 0) {
        lab_shell_refuse(shell, "%s cannot be written: %s",
                         lab_text_string(&path), lab_error_text(rc));
    } else {
        status = edit_file(shell, lab_text_string(&path), line);
        unlink(lab_text_string(&path));
    }
    shell->typing = typing;
    lab_text_free(&path);
    return status == LAB_EXIT_OK;
}
