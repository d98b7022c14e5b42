// symbol.c - from an address to the file that was loaded there, and to the
// symbol in it:
//
//     address --> segment of a loaded file --> section headers
//                                          --> table of symbols --> name
//
// The file may be damaged, so each part is read only after a check that it lies
// inside.

#include "core/symbol.h"

#include <elf.h>
#include <fcntl.h>
#include <link.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <ucontext.h>
#include <unistd.h>

// --- which file?

struct wanted {
    uintptr_t address;
    uintptr_t offset; // from where the file was loaded
    char path[128];
};

static int find_file(struct dl_phdr_info *info, size_t size, void *arg) {
    struct wanted *wanted = arg;
    uintptr_t offset = wanted->address - info->dlpi_addr;
    (void)size;
    for (int i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *part = &info->dlpi_phdr[i];
        if (part->p_type != PT_LOAD || !(part->p_flags & PF_X) ||
            offset < part->p_vaddr || offset - part->p_vaddr >= part->p_memsz)
            continue;
        wanted->offset = offset;
        snprintf(wanted->path, sizeof wanted->path, "%s",
                 *info->dlpi_name ? info->dlpi_name : "/proc/self/exe");
        return 1;
    }
    return 0;
}

// --- what is in it?

struct image {
    const char *bytes;
    size_t size;
};

// The [count] items of [each] bytes at [offset]; NULL if they lie outside.
static const void *part_of(const struct image *image, uint64_t offset,
                           uint64_t count, size_t each) {
    if (offset > image->size || count > (image->size - offset) / each ||
        offset % _Alignof(ElfW(Sym)) != 0)
        return NULL;
    return image->bytes + offset;
}

static bool is_in(const ElfW(Sym) * symbol, uintptr_t offset) {
    return (symbol->st_info & 0xf) == STT_FUNC && offset >= symbol->st_value &&
           offset - symbol->st_value < symbol->st_size;
}

// Copies the name at [at]; a compiler's "body.cold" is "body".
static void copy_name(const struct image *image, const ElfW(Shdr) * names,
                      size_t at, char *name, size_t size) {
    if (names->sh_offset > image->size ||
        names->sh_size > image->size - names->sh_offset || at >= names->sh_size)
        return;
    const char *text = image->bytes + names->sh_offset + at;
    size_t length = strnlen(text, names->sh_size - at);
    const char *dot = memchr(text, '.', length);
    if (dot)
        length = (size_t)(dot - text);
    snprintf(name, size, "%.*s", (int)length, text);
}

static void find_symbol(const struct image *image, uintptr_t offset, char *name,
                        size_t size) {
    const ElfW(Ehdr) *head = part_of(image, 0, 1, sizeof *head);
    if (!head || memcmp(head->e_ident, ELFMAG, SELFMAG) != 0)
        return;
    const ElfW(Shdr) *sections =
        part_of(image, head->e_shoff, head->e_shnum, sizeof *sections);
    for (size_t i = 0; sections && i < head->e_shnum; i++) {
        const ElfW(Shdr) *table = &sections[i];
        size_t count = table->sh_size / sizeof(ElfW(Sym));
        if (table->sh_type != SHT_SYMTAB || table->sh_link >= head->e_shnum)
            continue;
        const ElfW(Sym) *symbols =
            part_of(image, table->sh_offset, count, sizeof *symbols);
        for (size_t s = 0; symbols && s < count; s++)
            if (is_in(&symbols[s], offset)) {
                copy_name(image, &sections[table->sh_link], symbols[s].st_name,
                          name, size);
                return;
            }
    }
}

void lab_symbol_name(const void *address, char *name, size_t size) {
    struct wanted wanted = {.address = (uintptr_t)address};
    struct stat status;
    name[0] = '\0';
    if (!address || !dl_iterate_phdr(find_file, &wanted))
        return;
    int fd = open(wanted.path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return;
    if (fstat(fd, &status) == 0 && status.st_size > 0) {
        struct image image = {.size = (size_t)status.st_size};
        void *bytes = mmap(NULL, image.size, PROT_READ, MAP_PRIVATE, fd, 0);
        if (bytes != MAP_FAILED) {
            image.bytes = bytes;
            find_symbol(&image, wanted.offset, name, size);
            munmap(bytes, image.size);
        }
    }
    close(fd);
}

// --- where was it?

#if defined(__x86_64__)
const void *lab_symbol_interrupted(void *context) {
    const ucontext_t *machine = context;
    return (const void *)machine->uc_mcontext.gregs[REG_RIP];
}
#elif defined(__aarch64__)
const void *lab_symbol_interrupted(void *context) {
    const ucontext_t *machine = context;
    return (const void *)machine->uc_mcontext.pc;
}
#else
const void *lab_symbol_interrupted(void *context) {
    (void)context;
    return NULL;
}
#endif
