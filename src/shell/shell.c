#include "shell/shell.h"

#include "base/alloc.h"
#include "base/die.h"
#include "lesson/folder.h"
#include "shell/left.h"
#include "shell/look.h"
#include "shell/reading.h"
#include "shell/renew.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// --- folders

// The program's folder, which has no links in it, and the working one.
struct places {
    char program[PATH_MAX], here[PATH_MAX];
};

// Returns program/up/name, owned: each "../" of [up] takes a part off the
// program's folder; and relative where it lies below the working folder,
// because that is how people name it.
static char *beside(const struct places *places, const char *up,
                    const char *name) {
    struct lab_text path = {0};
    lab_text_put(&path, places->program);
    for (; *up; up += strlen("../")) {
        const char *slash = strrchr(lab_text_string(&path), '/');
        if (slash)
            lab_text_cut(&path, (size_t)(slash - path.data));
        else
            lab_text_put(&path, "/..");
    }
    lab_text_printf(&path, "/%s", name);
    const char *shown = lab_text_string(&path);
    size_t n = strlen(places->here);
    if (n > 1 && strncmp(shown, places->here, n) == 0 && shown[n] == '/')
        shown += n + 1;
    char *owned = lab_strdup(shown);
    lab_text_free(&path);
    return owned;
}

static bool is_there(const struct places *places, const char *up,
                     const char *name) {
    struct lab_text path = {0};
    lab_text_printf(&path, "%s/%s%s", places->program, up, name);
    bool there = access(lab_text_string(&path), F_OK) == 0;
    lab_text_free(&path);
    return there;
}

// The program is in "." if the system does not tell.
static void find_places(struct places *places) {
    ssize_t n = readlink("/proc/self/exe", places->program, PATH_MAX - 1);
    places->program[n > 0 ? n : 0] = '\0';
    char *slash = strrchr(places->program, '/');
    if (slash)
        *slash = '\0';
    else
        memcpy(places->program, ".", 2);
    if (!getcwd(places->here, PATH_MAX))
        places->here[0] = '\0';
}

#define INSTALLED_DEMOS "lib/looplab/demos"

// A checkout has the lessons one folder up, or more, since builds of other
// kinds are nested deeper. Its demos are built beside the program.
static bool find_checkout(struct lab_folders *folders,
                          const struct places *places) {
    static const char *const ups[] = {"../", "../../", "../../../"};
    if (!is_there(places, "", "demos") &&
        is_there(places, "../", INSTALLED_DEMOS))
        return false;
    for (size_t i = 0; i < countof(ups); i++)
        if (is_there(places, ups[i], "lessons")) {
            folders->demos = beside(places, "", "demos");
            folders->sources = beside(places, ups[i], "demos");
            folders->lessons = beside(places, ups[i], "lessons");
            folders->include = beside(places, ups[i], "src");
            folders->is_checkout = true;
            return true;
        }
    return false;
}

static void find_folders(struct lab_folders *folders) {
    struct places places;
    find_places(&places);
    if (find_checkout(folders, &places))
        return;
    folders->demos = beside(&places, "../", INSTALLED_DEMOS);
    folders->sources = beside(&places, "../", "share/looplab/demos");
    folders->lessons = beside(&places, "../", "share/looplab/lessons");
    folders->include = beside(&places, "../", "share/looplab/include");
}

// --- life

void lab_shell_init(struct lab_shell *shell) {
    *shell = (struct lab_shell){0};
    find_folders(&shell->folders);
}

static void forget_runs(struct lab_shell *shell) {
    lab_look_end_stepper(shell);
    lab_comparison_free(&shell->last);
}

void lab_shell_term(struct lab_shell *shell) {
    lab_reading_end(shell);
    lab_left_free(shell);
    lab_pages_drop(shell);
    lab_text_free(&shell->script.lines);
    forget_runs(shell);
    lab_renew_forget(shell);
    lab_demos_free(&shell->demos);
    lab_demos_free(&shell->own);
    lab_free(shell->set);
    lab_free(shell->folders.demos);
    lab_free(shell->folders.sources);
    lab_free(shell->folders.lessons);
    lab_free(shell->folders.include);
}

void lab_shell_begin_lesson(struct lab_shell *shell, struct lab_shell *outer) {
    *shell = (struct lab_shell){
        .folders = outer->folders,
        .demos = outer->demos,
        .own = *lab_shell_own(outer),
        .has_own = true,
        .options = {.clock = LAB_CLOCK_VIRTUAL,
                    .style = {.width = 80},
                    .limits = LAB_LIMITS_DEFAULT},
        .script = {.has_begun = true},
        .in_lesson = true,
    };
    shell->options.limits.machine = 10 * LAB_S; // nobody waits for longer
}

void lab_shell_end_lesson(struct lab_shell *shell) {
    forget_runs(shell);
    lab_renew_forget(shell);
    lab_free(shell->set);
}

bool lab_shell_is_read(const struct lab_shell *shell) {
    return shell->interactive || (shell->script.echoes && !shell->in_lesson);
}

int lab_shell_measure(const struct lab_shell *shell,
                      const struct lab_style *style) {
    return lab_shell_is_read(shell) || shell->on_terminal
               ? lab_text_measure(style->width)
               : INT_MAX;
}

bool lab_shell_demos(struct lab_shell *shell, struct lab_text *error) {
    if (shell->demos.files)
        return true;
    return lab_demos_open(&shell->demos, shell->folders.demos,
                          shell->folders.sources, error);
}

struct lab_demos *lab_shell_own(struct lab_shell *shell) {
    if (shell->demos.files && !shell->has_own) {
        lab_folder_read(&shell->own, shell->folders.lessons, &shell->demos);
        shell->has_own = true;
    }
    return &shell->own;
}

struct lab_demo_file *lab_shell_lesson(struct lab_shell *shell, size_t index) {
    size_t demos = shell->demos.count;
    if (index < demos)
        return &shell->demos.files[index];
    struct lab_demos *own = lab_shell_own(shell);
    return index - demos < own->count ? &own->files[index - demos] : NULL;
}

// After XDG: what was typed and read is state, not configuration.
void lab_shell_state_path(const char *name, struct lab_text *path) {
    const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
    if (state && state[0] == '/')
        lab_text_printf(path, "%s/looplab/%s", state, name);
    else if (home && home[0] == '/')
        lab_text_printf(path, "%s/.local/state/looplab/%s", home, name);
}

// --- printing

void lab_shell_put(struct lab_shell *shell, const struct lab_text *text) {
    if (text->length)
        shell->print(shell, text->data, text->length);
}

void lab_shell_put_line(struct lab_text *out, const char *line, size_t n) {
    enum { TAB = 8 };
    for (size_t part; n > 0; line += part, n -= part) {
        const char *tab = memchr(line, '\t', n);
        size_t begin = out->length;
        part = tab ? (size_t)(tab - line) + 1 : n;
        lab_text_mask(out, line, tab ? part - 1 : part, false);
        if (tab) // what is before the part ends in a column like this
            lab_text_repeat(
                out, " ",
                TAB - lab_text_columns(lab_text_string(out) + begin) % TAB);
    }
}

void lab_shell_put_file(struct lab_shell *shell, const char *bytes, size_t n) {
    struct lab_text masked = {0};
    const char *newline;
    if (!shell->on_terminal) {
        if (n)
            shell->print(shell, bytes, n);
        return;
    }
    for (; (newline = memchr(bytes, '\n', n)); bytes = newline + 1) {
        lab_shell_put_line(&masked, bytes, (size_t)(newline - bytes));
        lab_text_put(&masked, "\n");
        n -= (size_t)(newline + 1 - bytes);
    }
    lab_shell_put_line(&masked, bytes, n);
    lab_pages_put(shell, &masked);
    lab_text_free(&masked);
}

void lab_shell_printf(struct lab_shell *shell, const char *format, ...) {
    struct lab_text text = {0};
    va_list args;
    va_start(args, format);
    lab_text_vprintf(&text, format, args);
    va_end(args);
    lab_shell_put(shell, &text);
    lab_text_free(&text);
}

void lab_shell_say(struct lab_shell *shell, const char *format, ...) {
    struct lab_text text = {0}, lines = {0};
    va_list args;
    va_start(args, format);
    lab_text_vprintf(&text, format, args);
    va_end(args);
    lab_text_wrap(&lines, lab_text_string(&text),
                  lab_shell_measure(shell, &shell->options.style));
    lab_text_put(&lines, "\n");
    lab_shell_put(shell, &lines);
    lab_text_free(&text);
    lab_text_free(&lines);
}

int lab_shell_refuse(struct lab_shell *shell, const char *format, ...) {
    struct lab_text text = {0};
    va_list args;
    va_start(args, format);
    lab_text_vprintf(&text, format, args);
    va_end(args);
    return lab_shell_refuse_text(shell, &text);
}

int lab_shell_lost_text(struct lab_shell *shell, struct lab_text *error) {
    lab_shell_refuse_text(shell, error);
    return LAB_EXIT_IO;
}

int lab_shell_fail_text(struct lab_shell *shell, struct lab_text *error) {
    lab_shell_refuse_text(shell, error);
    return LAB_EXIT_FAILED;
}

// What a sentence quotes may come from anywhere, so it is masked here, once.
int lab_shell_refuse_text(struct lab_shell *shell, struct lab_text *error) {
    struct lab_text masked = {0};
    while (error->length && error->data[error->length - 1] == '\n')
        error->length--;
    lab_text_mask(&masked, lab_text_string(error), error->length, true);
    shell->complain(shell, lab_text_string(&masked));
    lab_text_free(&masked);
    lab_text_free(error);
    return LAB_EXIT_USAGE;
}
