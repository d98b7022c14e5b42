#include "shell/doctor.h"

#include "base/alloc.h"
#include "base/locale.h"
#include "core/child.h"
#include "core/loop.h"
#include "guest/guest.h"
#include "shell/edit.h"
#include "shell/terminal.h"

#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *variable(const char *name) {
    const char *value = getenv(name);
    return value ? value : "";
}

// Appends [path]; a bug report does not tell the name of whose home it is in.
static void put_path(struct lab_text *out, const char *path) {
    const char *home = variable("HOME");
    size_t n = strlen(home);
    if (n > 1 && strncmp(path, home, n) == 0 && (path[n] == '/' || !path[n]))
        lab_text_printf(out, "~%s", path + n);
    else
        lab_text_put(out, path);
}

// --- the terminal

static void terminal(struct lab_shell *shell, struct lab_checkup *of) {
    int columns = 80, rows = 24;
    const char *term = variable("TERM");
    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)) {
        lab_text_put(&of->is, "none, as input or output is a file or a pipe");
        return;
    }
    (void)shell;
    lab_terminal_size(&columns, &rows);
    lab_text_printf(&of->is, "%d columns, %d rows, TERM is \"%s\"", columns,
                    rows, term);
    if (!*term || strcmp(term, "dumb") == 0 || !lab_edit_knows_terminal())
        lab_text_put(&of->fix, "lines cannot be edited; try: export "
                               "TERM=xterm-256color");
    else if (columns < 40)
        lab_text_put(&of->fix, "make the window 40 columns wide or wider");
}

static void colours(struct lab_shell *shell, struct lab_checkup *of) {
    bool on = shell->options.style.color;
    lab_text_put(&of->is, on ? "on" : "off");
    if (*variable("NO_COLOR"))
        lab_text_put(&of->is, ", as NO_COLOR is set");
    else if (!on)
        lab_text_put(&of->is, "; --color=always turns them on");
}

// A locale that is named and not installed leaves the program with "C".
static void language(struct lab_shell *shell, struct lab_checkup *of) {
    const char *named = *variable("LC_ALL")     ? variable("LC_ALL")
                        : *variable("LC_CTYPE") ? variable("LC_CTYPE")
                                                : variable("LANG");
    lab_locale_choose();
    const char *is = setlocale(LC_CTYPE, NULL);
    (void)shell;
    lab_text_printf(&of->is, "%s, %s", is, nl_langinfo(CODESET));
    if (strcmp(nl_langinfo(CODESET), "UTF-8") == 0)
        return;
    if (*named && strcmp(named, is) != 0 && strcmp(named, "POSIX") != 0)
        lab_text_printf(&of->fix, "the locale %s is not installed; ", named);
    lab_text_put(&of->fix, "pictures are drawn in plain ASCII; try: export "
                           "LC_ALL=C.UTF-8");
}

// --- libraries and programs

static void libuv(struct lab_shell *shell, struct lab_checkup *of) {
    (void)shell;
    lab_text_put(&of->is, lab_loop_libuv());
}

static void libedit(struct lab_shell *shell, struct lab_checkup *of) {
    (void)shell;
    lab_text_put(&of->is, lab_edit_libedit());
}

// What a program says: its output, and what it complains of.
struct said {
    struct lab_text out, error;
};

static void on_bytes(void *arg, enum lab_child_from from, const char *bytes,
                     size_t n) {
    struct said *said = arg;
    struct lab_text *text =
        from == LAB_CHILD_ERRORS ? &said->error : &said->out;
    enum { MOST = 4096 };
    if (text->length < MOST)
        lab_text_write(text, bytes, n);
}

// Appends the first line that [program] --version writes; of its complaints
// only if it writes nothing else. False if it cannot be started or fails.
static bool put_version(struct lab_text *out, const char *program) {
    struct said said = {0};
    struct lab_child *child;
    struct lab_child_options options = {
        .words = (char *[]){(char *)program, (char *)"--version", NULL},
        .on_bytes = on_bytes,
        .arg = &said};
    if (lab_child_start(&child, &options) < 0) {
        lab_text_printf(out, "no %s", program);
        return false;
    }
    int rc = lab_child_wait(child, 10 * LAB_S);
    bool fine = lab_child_close(child).status == 0 && rc == 0;
    const char *line =
        lab_text_string(said.out.length ? &said.out : &said.error);
    lab_text_mask(out, line, strcspn(line, "\n"), false);
    lab_text_free(&said.out);
    lab_text_free(&said.error);
    return fine;
}

static void compiler(struct lab_shell *shell, struct lab_checkup *of) {
    struct lab_text header = {0};
    lab_text_printf(&header, "%s/lab.h", shell->folders.include);
    if (!put_version(&of->is, lab_guest_compiler()))
        lab_text_put(&of->fix, "my.c cannot run; apt install gcc, or set CC "
                               "to your compiler");
    else if (access(lab_text_string(&header), R_OK) < 0)
        lab_text_printf(&of->fix, "my.c finds no %s; install looplab again",
                        lab_text_string(&header));
    lab_text_free(&header);
}

// 3.8 and later have what the recorder needs.
static bool is_new_enough(const char *version) {
    static const char before[] = "Python ";
    char *end;
    if (strncmp(version, before, strlen(before)) != 0)
        return false;
    long major = strtol(version + strlen(before), &end, 10);
    long minor = *end == '.' ? strtol(end + 1, &end, 10) : 0;
    return major > 3 || (major == 3 && minor >= 8);
}

static void python(struct lab_shell *shell, struct lab_checkup *of) {
    (void)shell;
    if (!put_version(&of->is, lab_guest_python()) ||
        !is_new_enough(lab_text_string(&of->is)))
        lab_text_put(&of->fix, "my.py cannot run; apt install python3 (3.8 or "
                               "later), or set LOOPLAB_PYTHON to one");
}

// --- files

// Appends why [file] cannot run, if so.
static void put_trouble(struct lab_text *fix, struct lab_demo_file *file) {
    struct lab_text error = {0};
    bool is_loaded = lab_demos_load(file, &error);
    if (is_loaded || (file->is_skipped && file->packages && *file->packages)) {
        lab_text_free(&error);
        return;
    }
    lab_text_printf(fix, "%s%s", fix->length ? "; " : "",
                    lab_text_string(&error));
    lab_text_free(&error);
}

static void demos(struct lab_shell *shell, struct lab_checkup *of) {
    put_path(&of->is, shell->folders.demos);
    if (!lab_shell_demos(shell, &of->fix))
        return;
    lab_text_printf(&of->is, ": %zu", shell->demos.count);
    for (size_t i = 0; i < shell->demos.count; i++)
        put_trouble(&of->fix, &shell->demos.files[i]);
}

// What is installed later is found by the next make.
static void libraries(struct lab_shell *shell, struct lab_checkup *of) {
    struct lab_text packages = {0};
    struct lab_text error = {0};
    bool there = lab_shell_demos(shell, &error);
    for (size_t i = 0; there && i < shell->demos.count; i++) {
        const struct lab_demo_file *file = &shell->demos.files[i];
        if (!file->needs)
            continue;
        lab_text_printf(&of->is, "%s%02d %s %s without %s",
                        of->is.length ? "; " : "", file->number, file->name,
                        file->is_skipped ? "does not run" : "runs",
                        file->needs);
        const char *package = file->packages ? file->packages : file->needs;
        if (!strstr(lab_text_string(&packages), package))
            lab_text_printf(&packages, " %s", package);
    }
    if (packages.length)
        lab_text_printf(
            &of->fix, "apt install%s, then %s", lab_text_string(&packages),
            shell->folders.is_checkout ? "make again" : "build looplab again");
    else
        lab_text_put(&of->is, "every demo has those that it uses");
    lab_text_free(&packages);
    lab_text_free(&error);
}

static void lessons(struct lab_shell *shell, struct lab_checkup *of) {
    struct lab_text error = {0}, path = {0};
    const struct lab_demo_file *file;
    size_t count = 0;
    put_path(&of->is, shell->folders.lessons);
    bool there = lab_shell_demos(shell, &error);
    for (size_t i = 0; there && (file = lab_shell_lesson(shell, i)); i++) {
        lab_text_clear(&path);
        lab_text_printf(&path, "%s/%02d_%s.md", shell->folders.lessons,
                        file->number, file->name);
        count += access(lab_text_string(&path), R_OK) == 0;
    }
    lab_text_printf(&of->is, ": %zu", count);
    if (count == 0)
        lab_text_put(&of->fix, "there are no lessons; start looplab with "
                               "--lessons=FOLDER, or install it again");
    lab_text_free(&error);
    lab_text_free(&path);
}

// The folder is made when something is kept in it, so what counts is whether
// the nearest folder that is there can be written to.
static void state(struct lab_shell *shell, struct lab_checkup *of) {
    struct lab_text path = {0};
    (void)shell;
    lab_shell_state_path("", &path);
    if (path.length == 0) {
        lab_text_put(&of->is, "none");
        lab_text_put(&of->fix, "history and progress are not kept; set HOME");
        return;
    }
    char *at = lab_strdup(lab_text_string(&path)), *slash;
    at[strlen(at) - 1] = '\0'; // the slash at its end
    put_path(&of->is, at);
    while (access(at, F_OK) < 0 && (slash = strrchr(at, '/')) && slash > at)
        *slash = '\0';
    if (access(at, W_OK | X_OK) < 0) {
        lab_text_put(&of->fix, "history and progress are not kept; make ");
        put_path(&of->fix, at);
        lab_text_put(&of->fix, " a folder that you can write to, or set "
                               "XDG_STATE_HOME to another");
    }
    lab_free(at);
    lab_text_free(&path);
}

// --- all of it

static const struct {
    const char *name;
    void (*check)(struct lab_shell *shell, struct lab_checkup *of);
} things[] = {
    {"terminal", terminal}, {"colours", colours}, {"locale", language},
    {"libuv", libuv},       {"libedit", libedit}, {"compiler", compiler},
    {"Python", python},     {"demos", demos},     {"libraries", libraries},
    {"lessons", lessons},   {"state", state},
};

bool lab_doctor_check(struct lab_shell *shell, size_t index,
                      struct lab_checkup *of) {
    lab_checkup_free(of);
    if (index >= countof(things))
        return false;
    of->name = things[index].name;
    things[index].check(shell, of);
    return true;
}

void lab_checkup_free(struct lab_checkup *of) {
    lab_text_free(&of->is);
    lab_text_free(&of->fix);
    of->name = NULL;
}
