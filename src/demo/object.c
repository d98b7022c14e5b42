// What a loader reads, and in the same order:
//
//     header --> segments --> dynamic section --> hash --> symbols --> names
//                                             --> relocations
//
// An address is turned into a place in the file by the segment it is in. A
// pointer of a table is 0 in the file; its relocation has the address.

#include "demo/object.h"

#include "base/text.h"

#include <stdint.h>
#include <string.h>
#include <unistd.h>

extern const ElfW(Ehdr) __ehdr_start; // of the running program, by the linker

static bool take(const struct lab_object *object, size_t offset, void *to,
                 size_t size) {
    if (offset > object->size || size > object->size - offset)
        return false;
    memcpy(to, object->bytes + offset, size);
    return true;
}

// Reads segment [i]; false beyond the last.
static bool segment(const struct lab_object *object, size_t i,
                    ElfW(Phdr) * to) {
    return i < object->header.e_phnum &&
           take(object, object->header.e_phoff + i * sizeof *to, to,
                sizeof *to);
}

// Finds the bytes that would be at [at], and returns how many there are up to
// the end of their segment; 0: none.
static size_t find(const struct lab_object *object, lab_object_address at,
                   const char **found) {
    ElfW(Phdr) load;
    for (size_t i = 0; at > 0 && segment(object, i, &load); i++) {
        if (load.p_type != PT_LOAD || at < load.p_vaddr ||
            at - load.p_vaddr >= load.p_filesz ||
            load.p_offset > object->size ||
            load.p_filesz > object->size - load.p_offset)
            continue;
        *found = object->bytes + load.p_offset + (at - load.p_vaddr);
        return load.p_filesz - (at - load.p_vaddr);
    }
    return 0;
}

bool lab_object_copy(const struct lab_object *object, lab_object_address at,
                     void *to, size_t size) {
    const char *bytes;
    if (find(object, at, &bytes) < size)
        return false;
    memcpy(to, bytes, size);
    return true;
}

const char *lab_object_string(const struct lab_object *object,
                              lab_object_address at) {
    const char *bytes;
    size_t size = find(object, at, &bytes);
    return size > 0 && memchr(bytes, '\0', size) ? bytes : NULL;
}

// Reads entry [i] of the dynamic section; false at its end.
static bool entry(const struct lab_object *object, size_t i, ElfW(Dyn) * to) {
    if (i >= object->dynamic.size / sizeof *to)
        return false;
    memcpy(to, object->dynamic.bytes + i * sizeof *to, sizeof *to);
    return to->d_tag != DT_NULL;
}

static struct lab_object_part part(const struct lab_object *object,
                                   lab_object_address at, size_t size) {
    struct lab_object_part part = {0};
    part.size = find(object, at, &part.bytes);
    if (part.size > size)
        part.size = size;
    return part;
}

static void read_dynamic(struct lab_object *object) {
    lab_object_address pointers = 0;
    size_t size = 0;
    ElfW(Dyn) at;
    for (size_t i = 0; entry(object, i, &at); i++)
        switch (at.d_tag) {
        case DT_SYMTAB:
            object->symbols = at.d_un.d_ptr;
            break;
        case DT_STRTAB:
            object->names = at.d_un.d_ptr;
            break;
        case DT_GNU_HASH:
            object->hash = at.d_un.d_ptr;
            break;
        case DT_RELA:
            pointers = at.d_un.d_ptr;
            break;
        case DT_RELASZ:
            size = at.d_un.d_val;
            break;
        default:
            break;
        }
    object->pointers = part(object, pointers, size);
}

static bool begin(struct lab_object *object, const char *bytes, size_t size) {
    *object = (struct lab_object){.bytes = bytes, .size = size};
    return take(object, 0, &object->header, sizeof object->header) &&
           memcmp(object->header.e_ident, __ehdr_start.e_ident, EI_OSABI) ==
               0 &&
           object->header.e_machine == __ehdr_start.e_machine &&
           object->header.e_phentsize == sizeof(ElfW(Phdr));
}

size_t lab_object_extent(const char *bytes, size_t n) {
    struct lab_object object;
    ElfW(Phdr) at;
    size_t end = 0;
    if (!begin(&object, bytes, n))
        return 0;
    for (size_t i = 0; segment(&object, i, &at); i++)
        if (at.p_type == PT_LOAD && at.p_offset + at.p_filesz > end)
            end = at.p_offset + at.p_filesz;
    return end;
}

bool lab_object_open(struct lab_object *object, const char *bytes,
                     size_t size) {
    ElfW(Phdr) at;
    if (!begin(object, bytes, size))
        return false;
    for (size_t i = 0; segment(object, i, &at); i++)
        if (at.p_type == PT_DYNAMIC)
            object->dynamic = part(object, at.p_vaddr, at.p_filesz);
    read_dynamic(object);
    return object->symbols && object->names && object->hash;
}

// --- symbols

// The hash has four words, a filter, the first symbol of each bucket, and a
// word for each symbol, whose last bit ends a bucket.
struct hash {
    ElfW(Word) buckets, first, filter, shift;
};

static uint32_t hash_of(const char *name) {
    uint32_t hash = 5381;
    for (; *name; name++)
        hash = hash * 33 + (unsigned char)*name;
    return hash;
}

// The address of symbol [i], if it is [name].
static lab_object_address address_if(const struct lab_object *object, size_t i,
                                     const char *name) {
    ElfW(Sym) symbol;
    if (!lab_object_copy(object, object->symbols + i * sizeof symbol, &symbol,
                         sizeof symbol))
        return 0;
    const char *is = lab_object_string(object, object->names + symbol.st_name);
    return is && strcmp(is, name) == 0 ? symbol.st_value : 0;
}

lab_object_address lab_object_find(const struct lab_object *object,
                                   const char *name) {
    struct hash hash;
    uint32_t i, wanted = hash_of(name), is = 0;
    lab_object_address found = 0, at = object->hash + sizeof hash;
    if (!lab_object_copy(object, object->hash, &hash, sizeof hash) ||
        hash.buckets == 0)
        return 0;
    at += hash.filter * sizeof(ElfW(Addr));
    if (!lab_object_copy(object, at + wanted % hash.buckets * sizeof i, &i,
                         sizeof i))
        return 0;
    at += hash.buckets * sizeof i;
    for (; !found && i >= hash.first && !(is & 1); i++) {
        if (!lab_object_copy(object, at + (i - hash.first) * sizeof is, &is,
                             sizeof is))
            return 0;
        if ((is | 1) == (wanted | 1))
            found = address_if(object, i, name);
    }
    return found;
}

// --- pointers

// One that leads to a symbol may lead anywhere when it is loaded.
static bool is_by_symbol(const ElfW(Rela) * pointer) {
    return pointer->r_info >> (sizeof pointer->r_info == 8 ? 32 : 8);
}

const char *lab_object_text(const struct lab_object *object,
                            lab_object_address at) {
    ElfW(Rela) pointer;
    for (size_t i = 0; i < object->pointers.size / sizeof pointer; i++) {
        memcpy(&pointer, object->pointers.bytes + i * sizeof pointer,
               sizeof pointer);
        if (pointer.r_offset == at && !is_by_symbol(&pointer))
            return lab_object_string(object,
                                     (lab_object_address)pointer.r_addend);
    }
    return NULL;
}

// --- libraries

const char *lab_object_library(const struct lab_object *object, size_t index) {
    ElfW(Dyn) at;
    for (size_t i = 0; entry(object, i, &at); i++)
        if (at.d_tag == DT_NEEDED && index-- == 0)
            return lab_object_string(object, object->names + at.d_un.d_val);
    return NULL;
}

// The first object is the program itself, which has no name.
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

bool lab_object_has_library(const char *name) {
    return !strchr(name, '/') && (dl_iterate_phdr(is_loaded, (void *)name) ||
                                  dl_iterate_phdr(is_beside, (void *)name));
}
