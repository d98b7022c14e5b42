#include "shell/select.h"

#include "base/alloc.h"
#include "base/die.h"
#include "demo/choose.h"
#include "shell/grading.h"
#include "shell/key.h"
#include "shell/option.h"

#include <string.h>
#include <sys/stat.h>

// The demo was loaded, perhaps not for the first time: what was set stays set,
// where it still fits.
static void set_anew(struct lab_settings *set, const struct lab_demo *demo) {
    struct lab_settings before = *set;
    struct lab_text value = {0}, none = {0};
    lab_settings_init(set, demo);
    for (size_t i = 0; before.demo && i < lab_param_count(before.demo); i++) {
        if (lab_settings_is_default(&before, i))
            continue;
        lab_text_clear(&value);
        lab_settings_put(&before, i, &value);
        lab_settings_assign(set, lab_text_string(&value), &none);
    }
    lab_text_free(&value);
    lab_text_free(&none);
}

struct lab_settings *lab_select_set(struct lab_shell *shell,
                                    const struct lab_demo_file *file) {
    if (!shell->set)
        shell->set = lab_alloc(shell->demos.room * sizeof *shell->set);
    struct lab_settings *set = &shell->set[file - shell->demos.files];
    if (set->demo != file->demo)
        set_anew(set, file->demo);
    return set;
}

int lab_select_file(struct lab_shell *shell, struct lab_demo_file *file,
                    struct lab_selection *selection) {
    struct lab_text error = {0};
    *selection = (struct lab_selection){.file = file};
    if (!lab_demos_load(file, &error))
        return lab_shell_fail_text(shell, &error);
    selection->settings = *lab_select_set(shell, file);
    selection->settings.file = file;
    return LAB_EXIT_OK;
}

int lab_select_find(struct lab_shell *shell, const char *word,
                    struct lab_demo_file **file) {
    struct lab_text error = {0};
    if (!lab_shell_demos(shell, &error))
        return lab_shell_fail_text(shell, &error);
    *file = lab_demos_find(&shell->demos, word, &error);
    return *file ? LAB_EXIT_OK : lab_shell_refuse_text(shell, &error);
}

// Without a folder of demos a number is meant for one; reading it says why
// there is none.
bool lab_select_is_demo(struct lab_shell *shell, const char *word) {
    struct lab_text error = {0};
    bool is = lab_shell_demos(shell, &error)
                  ? lab_demos_find(&shell->demos, word, &error) != NULL
                  : *word && !word[strspn(word, "0123456789")];
    lab_text_free(&error);
    return is;
}

// Is the last folder of [path] called demos, or is there none?
static bool is_in_demos(const char *path) {
    const char *slash = strrchr(path, '/');
    size_t n = slash ? (size_t)(slash - path) : 0;
    return !slash || (n >= 5 && strncmp(path + n - 5, "demos", 5) == 0 &&
                      (n == 5 || path[n - 6] == '/'));
}

bool lab_select_is_source(struct lab_shell *shell, const char *word) {
    struct lab_text error = {0};
    struct lab_demo_file *file = NULL;
    struct stat typed, source;
    if (strchr(word, '_') && lab_shell_demos(shell, &error))
        file = lab_demos_find(&shell->demos, word, &error);
    lab_text_free(&error);
    bool is_there = stat(word, &typed) == 0;
    size_t n = strlen(word);
    bool is_c = n > 2 && strcmp(word + n - 2, ".c") == 0 && strchr(word, '/');
    if (!is_there && (file || is_c))
        return is_in_demos(word); // if there is no such demo, that is said
    if (!file || !is_there)
        return false;
    return stat(lab_demos_source(file), &source) == 0 &&
           source.st_dev == typed.st_dev && source.st_ino == typed.st_ino;
}

// Says that [word], "clock=virtual", lacks its dashes, if it does.
static void put_dashes(struct lab_text *error, const char *word) {
    size_t n = strcspn(word, "=");
    for (const struct lab_option *at = lab_option_table; at->name; at++)
        if (at->argument && strlen(at->name) == n &&
            strncmp(at->name, word, n) == 0)
            lab_text_printf(error, "; the option is --%s=%s", at->name,
                            at->argument);
}

static bool assign(struct lab_selection *selection, const char *word,
                   struct lab_text *error) {
    if (lab_settings_assign(&selection->settings, word, error))
        return true;
    put_dashes(error, word);
    lab_key_put_takers(error, word);
    return false;
}

int lab_select_more(struct lab_shell *shell, char **words, int count,
                    struct lab_selection *selection) {
    struct lab_text error = {0};
    int status = LAB_EXIT_OK;
    for (int i = 0; i < count && status == LAB_EXIT_OK; i++) {
        bool fine = strchr(words[i], '=')
                        ? assign(selection, words[i], &error)
                        : lab_choose_variant(selection->file->demo, words[i],
                                             selection->variants, &error);
        if (!fine && lab_grading_is_python(words[i]))
            lab_text_printf(&error, "; a demo is in C, exercise %d in both",
                            selection->file->number);
        if (!fine)
            status = lab_shell_refuse_text(shell, &error);
    }
    return status;
}

int lab_select(struct lab_shell *shell, char **words, int count,
               struct lab_selection *selection) {
    struct lab_demo_file *file = NULL;
    int status = lab_select_find(shell, words[0], &file);
    if (status == LAB_EXIT_OK)
        status = lab_select_file(shell, file, selection);
    return status == LAB_EXIT_OK
               ? lab_select_more(shell, words + 1, count - 1, selection)
               : status;
}
