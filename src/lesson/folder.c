#include "lesson/folder.h"

#include <string.h>

static void put_name(const struct lab_demo_file *demo, struct lab_text *name) {
    lab_text_printf(name, "%02d_%s.md", demo->number, demo->name);
}

void lab_folder_path(const char *folder, const struct lab_demo_file *demo,
                     struct lab_text *path) {
    lab_text_printf(path, "%s/", folder);
    put_name(demo, path);
}

struct lab_demo_file *lab_folder_demo(const struct lab_demos *demos,
                                      const char *path) {
    const char *slash = strrchr(path, '/');
    const char *file = slash ? slash + 1 : path;
    struct lab_demo_file *found = NULL;
    struct lab_text name = {0};
    for (size_t i = 0; i < demos->count && !found; i++) {
        lab_text_clear(&name);
        put_name(&demos->files[i], &name);
        if (strcmp(lab_text_string(&name), file) == 0)
            found = &demos->files[i];
    }
    lab_text_free(&name);
    return found;
}
