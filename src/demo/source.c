#include "demo/source.h"

#include "base/alloc.h"
#include "base/text.h"

#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool is_there(const char *path) {
    return access(path, F_OK) == 0;
}

// Returns folder/name, owned.
static char *join(const char *folder, const char *name) {
    struct lab_text path = {0};
    lab_text_put(&path, folder);
    lab_text_put(&path, "/");
    lab_text_put(&path, name);
    return path.data;
}

char *lab_source_path(const char *folder, const char *sources,
                      const char *name) {
    char *path = join(folder, name);
    if (!sources || is_there(path))
        return path;
    lab_free(path);
    return join(sources, name);
}

// Cuts the last part off [path]. Returns false if there was none.
static bool go_up(char *path) {
    char *slash = strrchr(path, '/');
    if (slash)
        *slash = '\0';
    return slash;
}

char *lab_source_named(const char *path, const char *named) {
    char folder[PATH_MAX];
    if (*named == '/')
        return is_there(named) ? lab_strdup(named) : NULL;
    if (!realpath(path, folder))
        return NULL;
    while (go_up(folder)) {
        char *at = join(folder, named);
        if (is_there(at))
            return at;
        lab_free(at);
    }
    return NULL;
}
