#include "demo/libraries.h"

#include "base/text.h"

#include <string.h>
#include <unistd.h>

// Some systems store the address as it is, some from the object's beginning.
const void *lab_libraries_entry(const struct link_map *object,
                                ElfW(Sxword) tag) {
    for (const ElfW(Dyn) *at = object->l_ld; at->d_tag != DT_NULL; at++)
        if (at->d_tag == tag)
            return (const void *)(at->d_un.d_ptr < object->l_addr
                                      ? object->l_addr + at->d_un.d_ptr
                                      : at->d_un.d_ptr);
    return NULL;
}

const char *lab_libraries_of(const struct link_map *object, size_t index) {
    const char *names = lab_libraries_entry(object, DT_STRTAB);
    for (const ElfW(Dyn) *at = object->l_ld; names && at->d_tag != DT_NULL;
         at++)
        if (at->d_tag == DT_NEEDED && index-- == 0)
            return names + at->d_un.d_val;
    return NULL;
}

// The first object of all is the program.
bool lab_libraries_is_ours(const char *name) {
    const char *needed;
    for (size_t i = 0; (needed = lab_libraries_of(_r_debug.r_map, i)); i++)
        if (strcmp(needed, name) == 0)
            return true;
    return strncmp(name, "ld-", 3) == 0; // the loader itself
}

// The program itself has no name.
static int is_loaded(struct dl_phdr_info *info, size_t size, void *name) {
    const char *slash = strrchr(info->dlpi_name, '/');
    (void)size;
    return slash && strcmp(slash + 1, name) == 0;
}

static int is_beside(struct dl_phdr_info *info, size_t size, void *name) {
    const char *slash = strrchr(info->dlpi_name, '/');
    struct lab_text path = {0};
    (void)size;
    if (!slash)
        return false;
    lab_text_write(&path, info->dlpi_name,
                   (size_t)(slash + 1 - info->dlpi_name));
    lab_text_put(&path, name);
    bool is = access(lab_text_string(&path), R_OK) == 0;
    lab_text_free(&path);
    return is;
}

bool lab_libraries_has(const char *name) {
    return !strchr(name, '/') && (dl_iterate_phdr(is_loaded, (void *)name) ||
                                  dl_iterate_phdr(is_beside, (void *)name));
}
