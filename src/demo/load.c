// From a file to a table, in steps that each may refuse it:
//
//     read it all -> check its headers -> copy it into memory that has a file
//     descriptor -> dlopen that -> is it for this looplab? -> check its table
//
// The descriptor stays open as long as the demo is loaded: the path that goes
// with it, /proc/self/fd/N, is the library's name, and dlopen of a name that
// is loaded already gives the old one, whatever the path leads to by now.

#include "demo/load.h"

#include "base/alloc.h"
#include "base/error.h"
#include "demo/elf.h"
#include "demo/source.h"
#include "demo/table.h"

#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SIZE_MOST = 64 << 20, DIGITS_MOST = 6 };

// A loaded demo, behind lab_demo_file.library.
struct library {
    void *handle;
    int fd;
};

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
    *name = file + digits + 1;
    size_t n = strspn(*name, plain);
    return strcmp(*name + n, ".so") == 0 ? n : 0;
}

static void add(struct lab_demos *demos, const char *folder,
                const char *sources, const char *file) {
    int number;
    const char *name;
    size_t n = read_name(file, &number, &name);
    if (n == 0)
        return;
    demos->files =
        lab_realloc(demos->files, demos->count + 1, sizeof *demos->files);
    struct lab_text word = {0}, path = {0}, c = {0};
    lab_text_write(&word, name, n);
    lab_text_printf(&path, "%s/%s", folder, file);
    lab_text_write(&c, file, (size_t)(name - file) + n);
    lab_text_put(&c, ".c");
    demos->files[demos->count++] = (struct lab_demo_file){
        .number = number,
        .name = word.data,
        .path = path.data,
        .source = lab_source_path(folder, sources, lab_text_string(&c)),
    };
    lab_text_free(&c);
}

// By number, then name: two demos may claim one number while one is renamed.
static int order(const void *left, const void *right) {
    const struct lab_demo_file *a = left, *b = right;
    if (a->number != b->number)
        return a->number < b->number ? -1 : 1;
    int names = strcmp(a->name, b->name);
    return names ? names : strcmp(a->path, b->path);
}

bool lab_demos_open(struct lab_demos *demos, const char *folder,
                    const char *sources, struct lab_text *error) {
    *demos = (struct lab_demos){0};
    DIR *dir;
    do
        dir = opendir(folder);
    while (!dir && errno == EINTR);
    if (!dir) {
        int rc = -errno;
        lab_text_put(error, "no demos in ");
        lab_text_mask(error, folder, strlen(folder), false);
        lab_text_printf(error, " (%s): run make", lab_error_text(rc));
        return false;
    }
    struct dirent *entry;
    while ((entry = readdir(dir)))
        add(demos, folder, sources, entry->d_name);
    closedir(dir);
    if (demos->count == 0) {
        lab_text_put(error, "no demos in ");
        lab_text_mask(error, folder, strlen(folder), false);
        lab_text_put(error, ": run make");
        return false;
    }
    qsort(demos->files, demos->count, sizeof *demos->files, order);
    return true;
}

static void unload(struct lab_demo_file *file) {
    struct library *library = file->library;
    file->demo = NULL;
    file->library = NULL;
    if (!library)
        return;
    if (library->handle)
        dlclose(library->handle);
    if (library->fd >= 0)
        close(library->fd);
    lab_free(library);
}

void lab_demos_free(struct lab_demos *demos) {
    for (size_t i = 0; i < demos->count; i++) {
        struct lab_demo_file *file = &demos->files[i];
        unload(file);
        lab_free(file->name);
        lab_free(file->path);
        lab_free(file->source);
    }
    lab_free(demos->files);
    *demos = (struct lab_demos){0};
}

static bool cannot(struct lab_text *error, const char *what, int rc) {
    lab_text_printf(error, "cannot be %s: %s", what, lab_error_text(rc));
    return false;
}

// Reads until the end, whatever the size is said to be: it may change.
static int read_rest(int fd, struct lab_text *bytes) {
    char block[8192];
    for (;;) {
        ssize_t n = read(fd, block, sizeof block);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return -errno;
        if (n == 0)
            return 0;
        lab_text_write(bytes, block, (size_t)n);
        if (bytes->length > SIZE_MOST)
            return -EFBIG;
    }
}

static bool read_file(const char *path, struct lab_text *bytes,
                      struct lab_text *error) {
    struct stat status;
    // O_NONBLOCK: a FIFO of that name must not hold us until it has a writer.
    int fd;
    do
        fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    while (fd < 0 && errno == EINTR);
    if (fd < 0)
        return cannot(error, "opened", -errno);
    int rc = fstat(fd, &status) < 0 ? -errno : 0;
    bool regular = rc == 0 && S_ISREG(status.st_mode);
    if (regular)
        rc = read_rest(fd, bytes);
    close(fd);
    if (rc < 0)
        return cannot(error, "read", rc);
    if (!regular)
        lab_text_put(error, "is not a file: remove it or run make");
    return regular;
}

// Makes the private copy. Returns its descriptor, or an error.
static int copy(const struct lab_text *bytes) {
    int fd = memfd_create("looplab demo", MFD_CLOEXEC);
    if (fd < 0)
        return -errno;
    for (size_t done = 0; done < bytes->length;) {
        ssize_t n = write(fd, bytes->data + done, bytes->length - done);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0) {
            int rc = n < 0 ? -errno : -EIO;
            close(fd);
            return rc;
        }
        done += (size_t)n;
    }
    return fd;
}

// Says why dlopen of [path] failed. Its own words begin with our path, which
// means nothing to anybody, and say "undefined symbol: X" where a demo asks
// for a function that this looplab lacks.
static bool refused(struct lab_text *error, const char *path) {
    static const char undefined[] = "undefined symbol: ";
    const char *why = dlerror();
    if (!why)
        why = "for no reason given";
    if (strncmp(why, path, strlen(path)) == 0 && why[strlen(path)] == ':')
        why += strlen(path) + 2;
    if (strncmp(why, undefined, strlen(undefined)) == 0) {
        why += strlen(undefined);
        lab_text_put(error, "needs ");
        lab_text_mask(error, why, strcspn(why, " ,"), false);
        lab_text_put(error, ", which this looplab does not have: run make");
    } else {
        lab_text_put(error, "cannot be loaded: ");
        lab_text_mask(error, why, strlen(why), false);
    }
    return false;
}

static bool open_library(struct lab_demo_file *file, struct lab_text *error) {
    struct lab_text bytes = {0};
    char path[64];
    bool ok = read_file(file->path, &bytes, error) &&
              lab_elf_check(lab_text_string(&bytes), bytes.length, error);
    int fd = ok ? copy(&bytes) : -1;
    lab_text_free(&bytes);
    if (!ok)
        return false;
    if (fd < 0)
        return cannot(error, "copied into memory", fd);
    struct library *library = lab_alloc(sizeof *library);
    library->fd = fd;
    file->library = library;
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    library->handle = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    return library->handle || refused(error, path);
}

// Is the demo for this looplab? Looked at before its table, whose layout it
// vouches for.
static bool check_abi(const struct lab_demo_abi *abi, struct lab_text *error) {
    static const struct lab_demo_abi ours = LAB_DEMO_ABI;
    if (!abi || memcmp(abi->magic, ours.magic, sizeof ours.magic) != 0) {
        lab_text_put(error, "is no looplab demo: remove it, or include lab.h");
        return false;
    }
    if (abi->version != ours.version) {
        lab_text_printf(error,
                        "was built for looplab demo version %u, "
                        "this is %u: run make",
                        abi->version, ours.version);
        return false;
    }
    if (abi->size != ours.size) {
        lab_text_printf(error,
                        "was built with a table of %u bytes, "
                        "this looplab has %u: run make",
                        abi->size, ours.size);
        return false;
    }
    return true;
}

// Where no C was found beside the demo, the demo may know better.
static void ask_for_source(struct lab_demo_file *file) {
    const struct library *library = file->library;
    const char *named = dlsym(library->handle, "lab_demo_source");
    char *found = NULL;
    if (named && access(file->source, F_OK) < 0)
        found = lab_source_named(file->path, named);
    if (!found)
        return;
    lab_free(file->source);
    file->source = found;
}

static bool load(struct lab_demo_file *file, struct lab_text *error) {
    if (!open_library(file, error))
        return false;
    struct library *library = file->library;
    if (!check_abi(dlsym(library->handle, "lab_demo_abi"), error))
        return false;
    file->demo = dlsym(library->handle, "lab_demo");
    if (!file->demo) {
        lab_text_put(error, "has no lab_demo table: define one");
        return false;
    }
    ask_for_source(file);
    return lab_table_check(file->demo, file->name, error);
}

const char *lab_demos_source(struct lab_demo_file *file) {
    struct lab_text error = {0};
    if (access(file->source, F_OK) < 0)
        lab_demos_load(file, &error);
    lab_text_free(&error);
    return file->source;
}

bool lab_demos_load(struct lab_demo_file *file, struct lab_text *error) {
    if (file->demo)
        return true;
    struct lab_text why = {0};
    bool ok = load(file, &why);
    if (!ok) {
        const char *base = strrchr(file->path, '/') + 1; // join put it there
        lab_text_printf(error, "%s %s", base, lab_text_string(&why));
        unload(file);
    }
    lab_text_free(&why);
    return ok;
}
