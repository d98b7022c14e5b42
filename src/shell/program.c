#include "shell/program.h"

#include "base/alloc.h"
#include "base/die.h"
#include "base/error.h"
#include "base/read.h"
#include "guest/guest.h"
#include "shell/paths.h"
#include "shell/select.h"
#include "shell/show_guest.h"
#include "view/names.h"

#include <ctype.h>
#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>

static const char *const endings[] = {".py", ".c"};

static bool ends_in(const char *word, const char *ending) {
    size_t n = strlen(word), length = strlen(ending);
    return n > length && strcmp(word + n - length, ending) == 0;
}

// --- what there is instead

static void add_name(void *to, const char *path) {
    struct lab_names *names = to;
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    if (*name) // else it is a folder
        lab_text_put(lab_names_next(names), name);
}

// Appends [before] and the programs in [folder], which is "" or ends with a
// slash; those in C come first if [c_first]. Nothing if there are none. Says
// whether there are.
static bool put_programs(struct lab_text *out, const char *before,
                         const char *folder, bool c_first) {
    struct lab_names names = {0};
    for (size_t i = 0; i < countof(endings); i++)
        lab_paths_offer(folder, endings[c_first ? countof(endings) - 1 - i : i],
                        add_name, &names);
    bool has = names.count > 0;
    lab_text_put(out, has ? before : "");
    lab_names_end(&names, out);
    lab_names_free(&names);
    return has;
}

// Says what is there and, where somebody can type it, that an editor makes it.
static int refuse_missing(struct lab_call *call, const char *path) {
    struct lab_text error = {0}, folder = {0}, before = {0};
    const char *slash = strrchr(path, '/');
    lab_text_write(&folder, path, slash ? (size_t)(slash + 1 - path) : 0);
    if (slash)
        lab_text_printf(&before, "; %.*s has ", (int)(slash - path), path);
    else
        lab_text_put(&before, "; here are ");
    if (!lab_read_put_why(&error, path, -ENOENT)) {
        put_programs(&error, lab_text_string(&before), lab_text_string(&folder),
                     ends_in(path, ".c"));
        if (call->shell->interactive && lab_guest_is(path))
            lab_text_printf(&error, "; edit %s makes it", path);
    }
    lab_text_free(&folder);
    lab_text_free(&before);
    return lab_shell_refuse_text(call->shell, &error);
}

// --- is it one?

int lab_program_check(struct lab_call *call, const char *word) {
    struct lab_text path = {0}, text = {0}, error = {0};
    lab_show_guest_find(call, word, &path);
    int rc = lab_read_file(lab_text_string(&path), SIZE_MAX, &text);
    const char *string = lab_text_string(&text);
    if (rc < 0 && rc != -ENOENT)
        lab_read_put_why(&error, word, rc);
    else if (rc == 0 && memchr(string, '\0', text.length))
        lab_text_printf(&error, "%s is not text, so it is not a program", word);
    else if (rc == 0 && !string[strspn(string, " \t\r\n")])
        lab_text_printf(&error, "%s is empty%s%s", word,
                        call->shell->interactive ? "; edit " : "",
                        call->shell->interactive ? word : "");
    lab_text_free(&path);
    lab_text_free(&text);
    if (rc == -ENOENT)
        return refuse_missing(call, word);
    return error.length ? lab_shell_refuse_text(call->shell, &error)
                        : LAB_EXIT_OK;
}

// Is [word] meant for a file? The names of demos have no ending.
static bool has_ending(const char *word) {
    const char *ending = strrchr(word, '.');
    return ending && ending[1] && isalpha((unsigned char)ending[1]);
}

// Appends that [word] lacks its ending; says whether it does.
static bool put_ending(struct lab_text *error, const char *word) {
    struct stat about;
    for (size_t i = 0; i < countof(endings); i++) {
        size_t before = error->length;
        lab_text_printf(error, "no demo \"%s\"; did you mean ", word);
        size_t from = error->length;
        lab_text_printf(error, "%s%s", word, endings[i]);
        if (stat(error->data + from, &about) == 0) {
            lab_text_put(error, "?");
            return true;
        }
        lab_text_cut(error, before);
    }
    return false;
}

static void put_folder(struct lab_text *error, const char *word) {
    struct lab_text folder = {0};
    bool has_slash = word[strlen(word) - 1] == '/';
    lab_text_printf(&folder, "%s%s", word, has_slash ? "" : "/");
    lab_text_printf(error, "%s is a folder", word);
    if (!put_programs(error, ", which has ", lab_text_string(&folder), false))
        lab_text_put(error, ", and has no program in it");
    lab_text_free(&folder);
}

int lab_program_check_other(struct lab_call *call, const char *word) {
    struct lab_text error = {0};
    struct stat about;
    if (lab_select_is_demo(call->shell, word))
        return LAB_EXIT_OK;
    bool is_there = stat(word, &about) == 0;
    if (!is_there && has_ending(word))
        return refuse_missing(call, word);
    if (is_there && S_ISDIR(about.st_mode))
        put_folder(&error, word);
    else if (is_there && ends_in(word, ".jsonl"))
        lab_text_printf(&error,
                        "%s is a record: timeline %s shows it, and so do "
                        "other views",
                        word, word);
    else if (is_there)
        lab_text_printf(&error,
                        "%s is neither a demo nor a program: the name of a "
                        "program ends in .py or .c",
                        word);
    else if (!put_ending(&error, word)) {
        lab_text_free(&error);
        return LAB_EXIT_OK;
    }
    return lab_shell_refuse_text(call->shell, &error);
}
