// From a file to a table, in steps that each may refuse it:
//
//     read it all -> check its seal -> copy it into memory that has a file
//     descriptor -> dlopen that -> is it for this looplab? -> check its table
//
// Each copy for a run starts from the memory. A descriptor stays open as long
// as its copy is loaded. Its path, /proc/self/fd/N, is the name of the library,
// and dlopen of a name that is loaded already returns the old library, even if
// the path leads to another file by now.

#include "demo/load.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/locale.h"
#include "base/read.h"
#include "base/write.h"
#include "demo/imports.h"
#include "demo/load_internal.h"
#include "demo/seal.h"
#include "demo/skipped.h"
#include "demo/source.h"
#include "demo/stale_internal.h"
#include "demo/table.h"
#include "demo/variables.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

// One copy of a demo: all of it is loaded for this copy alone.
struct lab_demo_copy {
    struct lab_demo_copy *next; // of the same file
    int fd;
    void *handle;
    const struct lab_demo *demo;     // NULL until it was checked
    struct lab_demo made;            // of a guest that has no table
    const void *inside;              // an address in it
    struct lab_variables *variables; // before its first run; NULL until then
    bool is_taken;
};

static void free_copies(struct lab_demo_copy **copies) {
    struct lab_demo_copy *copy;
    while ((copy = *copies)) {
        *copies = copy->next;
        if (copy->handle)
            dlclose(copy->handle);
        close(copy->fd);
        lab_variables_free(copy->variables);
        lab_free(copy);
    }
}

void lab_demos_unload(struct lab_demo_file *file) {
    free_copies(&file->copies);
    free_copies(&file->retired);
    file->demo = NULL;
}

// Puts [bytes] into memory that has a descriptor. Returns that, or an error.
static int put_in_memory(const struct lab_text *bytes) {
    int fd = memfd_create("looplab demo", MFD_CLOEXEC);
    if (fd < 0)
        return -errno;
    int rc = lab_write_whole(fd, bytes->data, bytes->length);
    if (rc < 0)
        close(fd);
    return rc < 0 ? rc : fd;
}

// Says why dlopen of [path], a copy of [file], failed. Its own words begin with
// a path. Ours means nothing to anybody.
static void say_refused(struct lab_demo_file *file, const char *path,
                        struct lab_text *error) {
    static const char undefined[] = "undefined symbol: ";
    const char *why = dlerror();
    if (!why)
        why = "for no reason given";
    if (strncmp(why, path, strlen(path)) == 0 && why[strlen(path)] == ':')
        why += strlen(path) + 2;
    else if (lab_skipped_library(file, why)) {
        lab_skipped_put(file, error);
        return;
    }
    if (strncmp(why, undefined, strlen(undefined)) == 0) {
        why += strlen(undefined);
        lab_text_put(error, "needs ");
        lab_text_mask(error, why, strcspn(why, " ,"), false);
        lab_text_put(error, file->guest ? ", which nothing defines"
                                        : ", which this looplab does not have: "
                                          "run make");
    } else {
        lab_text_put(error, "cannot be loaded: ");
        lab_text_mask(error, why, strlen(why), false);
    }
}

// Loads one more copy of [file], which consists of [bytes].
static bool add_copy(struct lab_demo_file *file, const struct lab_text *bytes,
                     struct lab_text *error) {
    char path[64];
    int fd = put_in_memory(bytes);
    if (fd < 0)
        return lab_load_cannot(error, "copied into memory", fd);
    struct lab_demo_copy *copy = lab_alloc(sizeof *copy);
    *copy = (struct lab_demo_copy){.next = file->copies, .fd = fd};
    file->copies = copy;
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    lab_locale_choose(); // the demo may ask libc about characters
    copy->handle = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (!copy->handle)
        say_refused(file, path, error);
    return copy->handle;
}

// A guest may be one function, which is then its only variant.
static const void *make_table(struct lab_demo_copy *copy, const char *name) {
    const void *found = dlsym(copy->handle, "main_task");
    int (*body)(void);
    memcpy(&body, &found, sizeof body); // as POSIX has it
    copy->made =
        (struct lab_demo){.name = name, .variants = {{"main_task", body}}};
    copy->demo = body ? &copy->made : NULL;
    return found;
}

static bool lacks_table(const struct lab_demo_file *file,
                        const struct lab_demo_copy *copy,
                        struct lab_text *error) {
    if (!file->guest)
        lab_text_put(error, "has no lab_demo table: define one");
    else if (dlsym(copy->handle, "main"))
        lab_text_put(error, "has a main; call it int main_task(void), and it "
                            "is run as a task");
    else
        lab_text_put(error, "has nothing to run: define int main_task(void)");
    return false;
}

// Finds the table of [copy].
static bool complete(const struct lab_demo_file *file,
                     struct lab_demo_copy *copy, struct lab_text *error) {
    copy->inside = copy->demo = dlsym(copy->handle, "lab_demo");
    if (!copy->demo && file->guest)
        copy->inside = make_table(copy, file->guest);
    return copy->demo || lacks_table(file, copy, error);
}

// Is the demo for this looplab? Looked at before its table, whose layout it
// vouches for.
static bool check_abi(const struct lab_demo_file *file,
                      const struct lab_demo_abi *abi, struct lab_text *error) {
    static const struct lab_demo_abi ours = LAB_DEMO_ABI;
    if (!abi && file->guest) {
        lab_text_put(error, "does not include \"lab.h\", which has what a run "
                            "needs");
        return false;
    }
    if (!abi || memcmp(abi->magic, ours.magic, sizeof ours.magic) != 0) {
        lab_text_put(error,
                     "is not a looplab demo: remove it, or include lab.h");
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
    const char *named = dlsym(file->copies->handle, "lab_demo_source");
    char *found = NULL;
    if (named && access(file->source, F_OK) < 0)
        found = lab_source_named(file->path, named);
    if (!found)
        return;
    lab_free(file->source);
    file->source = found;
}

static bool read_and_add(struct lab_demo_file *file, struct lab_text *error) {
    struct lab_text bytes = {0};
    bool ok = lab_load_read(file, &bytes, error) &&
              (file->is_trusted ||
               lab_seal_check(lab_text_string(&bytes), bytes.length, error)) &&
              add_copy(file, &bytes, error);
    lab_text_free(&bytes);
    return ok;
}

// Is what was added to [file] a demo that keeps the rules?
static bool accept(struct lab_demo_file *file, struct lab_text *error) {
    struct lab_demo_copy *copy = file->copies;
    if (!check_abi(file, dlsym(copy->handle, "lab_demo_abi"), error) ||
        !complete(file, copy, error))
        return false;
    file->demo = copy->demo;
    ask_for_source(file);
    lab_stale_note(file);
    lab_skipped_without(file, dlsym(copy->handle, "lab_demo_without"),
                        dlsym(copy->handle, "lab_demo_packages"));
    return lab_table_check(file->demo, file->guest ? NULL : file->name, error);
}

static bool load(struct lab_demo_file *file, struct lab_text *error) {
    if (lab_skipped_stem(file->path)) {
        if (lab_skipped_read(file, error))
            lab_skipped_put(file, error);
        return false;
    }
    return read_and_add(file, error) && accept(file, error);
}

bool lab_demos_asks(struct lab_demo_file *file, struct lab_text *asks,
                    struct lab_text *error) {
    if (!file->asks && !lab_demos_load(file, error))
        return false;
    lab_text_put(asks, file->demo ? file->demo->asks : file->asks);
    return true;
}

const char *lab_demos_source(struct lab_demo_file *file) {
    struct lab_text error = {0};
    if (access(file->source, F_OK) < 0)
        lab_demos_load(file, &error);
    lab_text_free(&error);
    return file->source;
}

static const char *base_name(const struct lab_demo_file *file) {
    return file->guest ? file->guest
                       : strrchr(file->path, '/') + 1; // there always is one
}

void lab_demos_use_source(struct lab_demo_file *file, const char *path) {
    lab_free(file->source);
    file->source = lab_strdup(path);
}

bool lab_demos_load(struct lab_demo_file *file, struct lab_text *error) {
    if (file->demo)
        return true;
    struct lab_text why = {0};
    bool ok = load(file, &why);
    if (!ok) {
        const char *name = base_name(file);
        size_t stem = lab_skipped_stem(name);
        lab_text_printf(error, "%.*s %s", (int)(stem ? stem : strlen(name)),
                        name, lab_text_string(&why));
        lab_demos_unload(file);
    }
    file->is_skipped &= !ok;
    lab_text_free(&why);
    return ok;
}

// --- anew

static bool read_and_add_from(struct lab_demo_file *file, int fd,
                              struct lab_text *error) {
    struct lab_text bytes = {0};
    int rc = lseek(fd, 0, SEEK_SET) < 0
                 ? -errno
                 : lab_read_rest(fd, LAB_LOAD_MOST, &bytes);
    bool ok = rc < 0 ? lab_load_cannot(error, "read", rc)
                     : add_copy(file, &bytes, error);
    clock_gettime(CLOCK_REALTIME, &file->built);
    lab_text_free(&bytes);
    return ok;
}

bool lab_demos_is_running(const struct lab_demo_file *file) {
    for (const struct lab_demo_copy *at = file->copies; at; at = at->next)
        if (at->is_taken)
            return true;
    return false;
}

// Puts the copies of [file] to those of before.
static void retire(struct lab_demo_file *file) {
    struct lab_demo_copy **end = &file->retired;
    while (*end)
        end = &(*end)->next;
    *end = file->copies;
    file->copies = NULL;
}

bool lab_demos_renew(struct lab_demo_file *file, int fd,
                     struct lab_text *error) {
    struct lab_demo_file anew = *file;
    struct lab_text why = {0};
    anew.copies = anew.retired = NULL;
    anew.is_warned = false;
    if (lab_demos_is_running(file))
        lab_text_put(&why, "is running: let it end first");
    else if (fd < 0)
        load(&anew, &why);
    else if (read_and_add_from(&anew, fd, &why))
        accept(&anew, &why);
    bool ok = why.length == 0;
    if (ok) {
        retire(file);
    } else {
        lab_text_printf(error, "%02d_%s %s", file->number, file->name,
                        lab_text_string(&why));
        free_copies(&anew.copies);
        anew.copies = file->copies;
        anew.demo = file->demo;
        anew.is_warned = file->is_warned;
        anew.built = file->built;
        anew.written = file->written;
    }
    anew.retired = file->retired;
    *file = anew; // with the source and the libraries that were found
    lab_text_free(&why);
    return ok;
}

const struct link_map *lab_load_object(const struct lab_demo_file *file) {
    struct link_map *object = NULL;
    dlinfo(file->copies->handle, RTLD_DI_LINKMAP, &object);
    return object;
}

bool lab_demos_warn(struct lab_demo_file *file, struct lab_text *warning) {
    struct lab_text what = {0};
    if (file->is_warned)
        return false;
    file->is_warned = true;
    bool any = lab_imports_warn(lab_load_object(file), &what);
    if (any)
        lab_text_printf(warning, "%s %s", base_name(file),
                        lab_text_string(&what));
    lab_text_free(&what);
    return any;
}

// --- copies for runs

// Of the copy that is loaded, not of the file: that may be another by now.
static int load_another(struct lab_demo_file *file) {
    struct lab_text bytes = {0}, error = {0};
    int from = file->copies->fd, rc = LAB_ENOMEM;
    if (lseek(from, 0, SEEK_SET) == 0 &&
        lab_read_rest(from, LAB_LOAD_MOST, &bytes) == 0 &&
        add_copy(file, &bytes, &error) && complete(file, file->copies, &error))
        rc = 0;
    lab_text_free(&bytes);
    lab_text_free(&error);
    return rc;
}

int lab_demos_take(struct lab_demo_file *file, struct lab_demo_copy **copy) {
    struct lab_demo_copy *at = file->copies;
    while (at && (at->is_taken || !at->demo))
        at = at->next;
    int rc = at ? 0 : load_another(file);
    if (rc < 0)
        return rc;
    *copy = at ? at : file->copies;
    (*copy)->is_taken = true;
    return 0;
}

const struct lab_demo *lab_demos_begin(struct lab_demo_copy *copy) {
    if (copy->variables)
        lab_variables_restore(copy->variables);
    else
        copy->variables = lab_variables_keep(copy->inside);
    return copy->demo;
}

void lab_demos_give_back(struct lab_demo_copy *copy) {
    copy->is_taken = false;
}
