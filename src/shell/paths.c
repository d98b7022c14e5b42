#include "shell/paths.h"

#include "base/text.h"

#include <dirent.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct search {
    const char *folder; // "" or with a slash at its end
    const char *begin, *ending;
    struct lab_text path; // of the file that is looked at
};

static bool begins(const char *name, const char *with) {
    return strncmp(name, with, strlen(with)) == 0;
}

static bool ends(const char *name, const char *with) {
    size_t n = strlen(name), m = strlen(with);
    return n > m && strcmp(name + n - m, with) == 0;
}

static bool can_be_shown(const char *name) {
    struct lab_text masked = {0};
    lab_text_mask(&masked, name, strlen(name), false);
    bool same = strcmp(lab_text_string(&masked), name) == 0;
    lab_text_free(&masked);
    return same;
}

static bool is_folder(const char *path) {
    struct stat about;
    return stat(path, &about) == 0 && S_ISDIR(about.st_mode);
}

// Makes search->path the one to offer for [name]; says whether there is one.
static bool find(struct search *search, const char *name) {
    bool hidden = name[0] == '.' && search->begin[0] != '.';
    if (hidden || !begins(name, search->begin) || !can_be_shown(name) ||
        strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
        return false;
    lab_text_clear(&search->path);
    lab_text_printf(&search->path, "%s%s", search->folder, name);
    bool folder = is_folder(lab_text_string(&search->path));
    lab_text_put(&search->path, folder ? "/" : "");
    return folder || ends(name, search->ending);
}

void lab_paths_offer(const char *word, const char *ending,
                     void (*offer)(void *to, const char *path), void *to) {
    struct dirent **entries;
    struct lab_text folder = {0};
    const char *slash = strrchr(word, '/');
    if (slash)
        lab_text_write(&folder, word, (size_t)(slash + 1 - word));
    struct search search = {
        lab_text_string(&folder), slash ? slash + 1 : word, ending, {0}};
    int count = scandir(slash ? search.folder : ".", &entries, NULL, alphasort);
    for (int i = 0; i < count; i++) {
        if (find(&search, entries[i]->d_name))
            offer(to, lab_text_string(&search.path));
        free(entries[i]);
    }
    if (count >= 0)
        free(entries);
    lab_text_free(&search.path);
    lab_text_free(&folder);
}
