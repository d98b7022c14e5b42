#include "base/alloc.h"
#include "base/error.h"
#include "demo/load.h"
#include "demo/skipped.h"
#include "demo/source.h"
#include "demo/trust.h"
#include "record/run.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { DIGITS_MOST = 9 }; // which an int holds, whatever they are

// Reads "03_gather.so" into [number], and returns how many bytes of [file]
// are the rest of the stem: "gather" here; 0 if the file is none of ours.
static size_t read_name(const char *file, int *number, const char **name) {
    static const char plain[] = "abcdefghijklmnopqrstuvwxyz0123456789_";
    size_t digits = strspn(file, "0123456789");
    if (digits == 0 || digits > DIGITS_MOST || file[digits] != '_')
        return 0;
    *number = 0;
    for (size_t i = 0; i < digits; i++)
        *number = *number * 10 + (file[i] - '0');
    if (*number > LAB_NUMBER_MOST)
        return 0;
    *name = file + digits + 1;
    size_t n = strspn(*name, plain);
    bool is_demo =
        strcmp(*name + n, ".so") == 0 || lab_skipped_stem(*name) == n;
    return is_demo ? n : 0;
}

static void add(struct lab_demos *demos, const char *folder, const char *file) {
    int number;
    const char *name;
    size_t n = read_name(file, &number, &name);
    if (n == 0)
        return;
    demos->files = lab_grow(demos->files, demos->count, &demos->room,
                            sizeof *demos->files);
    struct lab_text word = {0}, path = {0};
    lab_text_write(&word, name, n);
    lab_text_put(&path, folder);
    lab_text_put(&path, "/");
    lab_text_put(&path, file);
    demos->files[demos->count++] = (struct lab_demo_file){
        .number = number,
        .name = word.data,
        .path = path.data,
        .is_trusted = demos->is_trusted,
        .is_skipped = lab_skipped_stem(file) > 0,
    };
}

// Says where the C of [file] is: in [folder], or NULL if there is none in it at
// all, or else in [sources].
static void find_source(struct lab_demo_file *file, const char *folder,
                        const char *sources) {
    struct lab_text c = {0};
    const char *name = strrchr(file->path, '/') + 1; // there always is one
    lab_text_write(&c, name, strcspn(name, "."));
    lab_text_put(&c, ".c");
    file->source =
        lab_source_path(folder ? folder : sources, folder ? sources : NULL,
                        lab_text_string(&c));
    lab_text_free(&c);
}

static bool is_source(const char *file) {
    size_t n = strlen(file);
    return n > 2 && strcmp(file + n - 2, ".c") == 0;
}

struct lab_demo_file *lab_demos_add(struct lab_demos *demos, int number,
                                    const char *name, const char *folder,
                                    const char *sources) {
    struct lab_text path = {0}, c = {0};
    if (demos->count == demos->room)
        return NULL; // those there are must not move
    lab_text_printf(&path, "%s/%02d_%s.so", folder, number, name);
    lab_text_printf(&c, "%s/%02d_%s.c", sources, number, name);
    demos->files[demos->count] =
        (struct lab_demo_file){.number = number,
                               .name = lab_strdup(name),
                               .path = path.data,
                               .source = c.data};
    return &demos->files[demos->count++];
}

// By number, then name: two demos may claim one number while one is renamed.
static int order(const void *left, const void *right) {
    const struct lab_demo_file *a = left, *b = right;
    if (a->number != b->number)
        return a->number < b->number ? -1 : 1;
    int names = strcmp(a->name, b->name);
    return names ? names : strcmp(a->path, b->path);
}

static void put_folder(struct lab_text *error, const char *before,
                       const char *folder) {
    lab_text_put(error, before);
    lab_text_mask(error, folder, strlen(folder), false);
}

// Opens [folder], unless its files may be anybody's.
static DIR *open_folder(const struct lab_demos *demos, const char *folder,
                        struct lab_text *error) {
    DIR *dir;
    struct stat status;
    struct lab_text doubt = {0};
    do
        dir = opendir(folder);
    while (!dir && errno == EINTR);
    if (!dir || fstat(dirfd(dir), &status) < 0) {
        int rc = -errno;
        put_folder(error, "no demos in ", folder);
        lab_text_printf(error, " (%s): run make", lab_error_text(rc));
    } else if (!demos->is_trusted && !lab_trust_check(&status, &doubt)) {
        put_folder(error, "the folder ", folder);
        lab_text_printf(error, " %s", lab_text_string(&doubt));
        lab_text_free(&doubt);
    } else {
        return dir;
    }
    if (dir)
        closedir(dir);
    return NULL;
}

// Makes room for the demos that lab_demos_add may add.
static void make_room(struct lab_demos *demos) {
    enum { ADDED_MOST = 16 };
    demos->room = demos->count + ADDED_MOST;
    demos->files = lab_realloc(demos->files, demos->room, sizeof *demos->files);
}

bool lab_demos_open(struct lab_demos *demos, const char *folder,
                    const char *sources, struct lab_text *error) {
    DIR *dir = open_folder(demos, folder, error);
    if (!dir)
        return false;
    struct dirent *entry;
    bool has_sources = !sources; // there is nowhere else to look
    while ((entry = readdir(dir))) {
        add(demos, folder, entry->d_name);
        has_sources |= is_source(entry->d_name);
    }
    closedir(dir);
    for (size_t i = 0; i < demos->count; i++)
        find_source(&demos->files[i], has_sources ? folder : NULL, sources);
    if (demos->count == 0) {
        put_folder(error, "no demos in ", folder);
        lab_text_put(error, ": run make");
        return false;
    }
    qsort(demos->files, demos->count, sizeof *demos->files, order);
    make_room(demos);
    return true;
}

void lab_demos_trust(struct lab_demos *demos) {
    demos->is_trusted = true;
    for (size_t i = 0; i < demos->count; i++)
        demos->files[i].is_trusted = true;
}

void lab_demos_free(struct lab_demos *demos) {
    for (size_t i = 0; i < demos->count; i++) {
        struct lab_demo_file *file = &demos->files[i];
        lab_demos_unload(file);
        lab_free(file->name);
        lab_free(file->path);
        lab_free(file->source);
        lab_free(file->asks);
        lab_free(file->needs);
        lab_free(file->packages);
    }
    lab_free(demos->files);
    *demos = (struct lab_demos){0};
}
