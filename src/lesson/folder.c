#include "lesson/folder.h"

#include "base/alloc.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void put_name(const struct lab_demo_file *demo, struct lab_text *name) {
    lab_text_printf(name, "%02d_%s.md", demo->number, demo->name);
}

void lab_folder_path(const char *folder, const struct lab_demo_file *demo,
                     struct lab_text *path) {
    lab_text_printf(path, "%s/", folder);
    put_name(demo, path);
}

bool lab_folder_has(const char *folder, const struct lab_demo_file *demo) {
    struct lab_text path = {0};
    lab_folder_path(folder, demo, &path);
    bool has = access(lab_text_string(&path), R_OK) == 0;
    lab_text_free(&path);
    return has;
}

static bool is_of(const char *file, const struct lab_demo_file *demo) {
    struct lab_text name = {0};
    put_name(demo, &name);
    bool is = strcmp(lab_text_string(&name), file) == 0;
    lab_text_free(&name);
    return is;
}

struct lab_demo_file *lab_folder_demo(const struct lab_demos *demos,
                                      const char *path) {
    const char *slash = strrchr(path, '/');
    const char *file = slash ? slash + 1 : path;
    long number = strtol(file, NULL, 10);
    for (size_t i = 0; i < demos->count; i++)
        if (demos->files[i].number == number && is_of(file, &demos->files[i]))
            return &demos->files[i];
    return NULL;
}

// 07_nap.md, or an attempt at such a name: 7_nap.md.
static int is_lesson(const struct dirent *entry) {
    const char *name = entry->d_name;
    size_t length = strlen(name);
    return strspn(name, "0123456789") > 0 && length > 3 &&
           strcmp(name + length - 3, ".md") == 0;
}

static int by_name(const struct dirent **a, const struct dirent **b) {
    return strcmp((*a)->d_name, (*b)->d_name);
}

// Appends to [path] where the program of lesson [name] would be; says whether
// it is there.
static bool find_program(const char *folder, const char *name,
                         struct lab_text *path) {
    int stem = (int)strlen(name) - 3;
    lab_text_printf(path, "%s/%.*s.c", folder, stem, name);
    return strspn(name, "0123456789") == 2 && name[2] == '_' &&
           access(lab_text_string(path), F_OK) == 0;
}

static bool has_program(const char *folder, const char *name) {
    struct lab_text path = {0};
    bool has = find_program(folder, name, &path);
    lab_text_free(&path);
    return has;
}

static void add(struct lab_demos *own, const char *folder, const char *name) {
    struct lab_text source = {0}, word = {0};
    find_program(folder, name, &source);
    lab_text_write(&word, name + 3, strlen(name) - strlen("00_.md"));
    own->files =
        lab_grow(own->files, own->count, &own->room, sizeof *own->files);
    own->files[own->count++] =
        (struct lab_demo_file){.number = (int)strtol(name, NULL, 10),
                               .name = word.data,
                               .source = source.data};
}

void lab_folder_read(struct lab_demos *own, const char *folder,
                     const struct lab_demos *demos) {
    struct dirent **entries = NULL; // libc's, from malloc
    int count = scandir(folder, &entries, is_lesson, by_name);
    for (int i = 0; i < count; i++) {
        const char *name = entries[i]->d_name;
        if (!lab_folder_demo(demos, name) && has_program(folder, name))
            add(own, folder, name);
        free(entries[i]);
    }
    free(entries);
}

static void complain(const char *folder, const char *name,
                     struct lab_text *error) {
    int stem = (int)strlen(name) - 3;
    lab_text_printf(error, "%s/%s:1: there is no demo %.*s; ", folder, name,
                    stem, name);
    lab_text_printf(error, "write demos/%.*s.c, or rename the lesson\n", stem,
                    name);
}

size_t lab_folder_strays(const char *folder, const struct lab_demos *demos,
                         struct lab_text *error) {
    struct dirent **entries = NULL; // libc's, from malloc
    int count = scandir(folder, &entries, is_lesson, by_name);
    size_t strays = 0;
    for (int i = 0; i < count; i++) {
        const char *name = entries[i]->d_name;
        if (!lab_folder_demo(demos, name) && !has_program(folder, name)) {
            complain(folder, name, error);
            strays++;
        }
        free(entries[i]);
    }
    free(entries);
    return strays;
}
