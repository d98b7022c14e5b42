// A shared object describes itself twice: the program headers say what dlopen
// maps, the section headers what the linker put where. A damaged file rarely
// damages both alike, so each section that is loaded must lie in a segment,
// with the rights it needs.
//
//     file:    header | program headers | contents ... | section headers
//     checked: all    | all             | .dynamic     | where, how large
//
// Headers are copied out before they are read: a damaged file aligns nothing.

#include "demo/elf.h"

#include "base/alloc.h"

#include <link.h>
#include <string.h>

typedef ElfW(Ehdr) header;
typedef ElfW(Phdr) segment;
typedef ElfW(Shdr) section;
typedef ElfW(Dyn) entry;
typedef unsigned long long number; // an address, an offset or a size

enum {
    PAGE = 4096,      // the least that any of our processors has
    SEGMENTS = 64,    // a demo has about ten
    SECTIONS = 256,   // and about thirty
    SPAN = 256 << 20, // bytes of memory
};

struct file {
    const char *bytes;
    number size;
    header header;
    segment segments[SEGMENTS];
    section sections[SECTIONS];
};

// Our own header, which the linker makes addressable. What runs here says
// better than any #if what can be loaded here.
extern const header own __asm__("__ehdr_start")
    __attribute__((visibility("hidden")));

static bool damaged(struct lab_text *error, const char *what) {
    lab_text_printf(error, "is damaged (%s): run make", what);
    return false;
}

// Is [offset, offset + size) within [from, from + length)? No sum is built
// that could overflow.
static bool within(number offset, number size, number from, number length) {
    return offset >= from && size <= length && offset - from <= length - size;
}

static bool check_header(struct file *file, struct lab_text *error) {
    const header *h = &file->header;
    size_t n = file->size < SELFMAG ? (size_t)file->size : SELFMAG;
    if (n == 0 || memcmp(file->bytes, ELFMAG, n) != 0) {
        lab_text_put(error, "is not a shared object: remove it or run make");
        return false;
    }
    if (file->size < sizeof *h) {
        lab_text_printf(error,
                        "is truncated: %llu bytes of at least %zu; "
                        "run make",
                        file->size, sizeof *h);
        return false;
    }
    memcpy(&file->header, file->bytes, sizeof *h);
    if (h->e_machine != own.e_machine ||
        h->e_ident[EI_CLASS] != own.e_ident[EI_CLASS] ||
        h->e_ident[EI_DATA] != own.e_ident[EI_DATA]) {
        lab_text_put(error, "was built for another processor: run make");
        return false;
    }
    if (h->e_type != ET_DYN) {
        lab_text_put(error, "is not a shared object: remove it or run make");
        return false;
    }
    // The rest of the identification has but one value that is in use.
    static const char rest[EI_NIDENT - EI_ABIVERSION] = {0};
    if (h->e_version != EV_CURRENT || h->e_ident[EI_VERSION] != EV_CURRENT ||
        (h->e_ident[EI_OSABI] != ELFOSABI_SYSV &&
         h->e_ident[EI_OSABI] != ELFOSABI_GNU) ||
        memcmp(h->e_ident + EI_ABIVERSION, rest, sizeof rest) != 0 ||
        h->e_ehsize != sizeof *h || h->e_phentsize != sizeof(segment) ||
        h->e_shentsize != sizeof(section) || h->e_phoff != sizeof *h ||
        h->e_phnum == 0 || h->e_phnum > SEGMENTS || h->e_shnum == 0 ||
        h->e_shnum > SECTIONS || h->e_shoff > (number)1 << 40)
        return damaged(error, "its header");
    return true;
}

// Notes in [end] where [size] bytes at [offset] end, if that is later.
static void extend(number *end, number offset, number size) {
    number sum;
    if (__builtin_add_overflow(offset, size, &sum))
        sum = ~(number)0;
    if (sum > *end)
        *end = sum;
}

// Copies the tables out, and checks that all they speak of is in the file.
static bool check_size(struct file *file, struct lab_text *error) {
    const header *h = &file->header;
    number end = 0;
    extend(&end, h->e_phoff, h->e_phnum * sizeof(segment));
    extend(&end, h->e_shoff, h->e_shnum * sizeof(section));
    if (end <= file->size) {
        memcpy(file->segments, file->bytes + h->e_phoff,
               h->e_phnum * sizeof(segment));
        memcpy(file->sections, file->bytes + h->e_shoff,
               h->e_shnum * sizeof(section));
        for (size_t i = 0; i < h->e_phnum; i++)
            extend(&end, file->segments[i].p_offset,
                   file->segments[i].p_filesz);
        for (size_t i = 0; i < h->e_shnum; i++)
            if (file->sections[i].sh_type != SHT_NOBITS)
                extend(&end, file->sections[i].sh_offset,
                       file->sections[i].sh_size);
    }
    if (end > file->size)
        lab_text_printf(error, "is truncated: %llu bytes of %llu; run make",
                        file->size, end);
    return end <= file->size;
}

static bool is_load(const segment *s) {
    return s->p_type == PT_LOAD;
}

// Segments to load: in order, apart, aligned, and not huge together.
static bool check_segments(const struct file *file) {
    number free = 0; // the first page that no segment has touched
    for (size_t i = 0; i < file->header.e_phnum; i++) {
        const segment *s = &file->segments[i];
        if (!is_load(s))
            continue;
        number align = s->p_align;
        if (align < PAGE || align > SPAN || (align & (align - 1)) ||
            (s->p_vaddr - s->p_offset) % align != 0 ||
            s->p_filesz > s->p_memsz || s->p_memsz == 0 || s->p_vaddr < free ||
            !within(s->p_vaddr, s->p_memsz, 0, SPAN))
            return false;
        free = (s->p_vaddr + s->p_memsz + PAGE - 1) / PAGE * PAGE;
    }
    return free > 0 && file->segments[0].p_type == PT_LOAD &&
           file->segments[0].p_offset == 0 && file->segments[0].p_vaddr == 0;
}

// The loaded segment that has [size] bytes at [address] of memory, or NULL.
static const segment *segment_of(const struct file *file, number address,
                                 number size) {
    for (size_t i = 0; i < file->header.e_phnum; i++) {
        const segment *s = &file->segments[i];
        if (is_load(s) && within(address, size, s->p_vaddr, s->p_memsz))
            return s;
    }
    return NULL;
}

// Does a segment load [s] from where it is to where it must be, with the
// rights that it needs?
static bool section_is_loaded(const struct file *file, const section *s) {
    const segment *load = segment_of(file, s->sh_addr, s->sh_size);
    number need = PF_R | (s->sh_flags & SHF_WRITE ? PF_W : 0) |
                  (s->sh_flags & SHF_EXECINSTR ? PF_X : 0);
    if (!load || (load->p_flags & need) != need)
        return false;
    if (s->sh_type == SHT_NOBITS)
        return true;
    return within(s->sh_offset, s->sh_size, load->p_offset, load->p_filesz) &&
           s->sh_offset - load->p_offset == s->sh_addr - load->p_vaddr;
}

static bool check_sections(const struct file *file) {
    for (size_t i = 0; i < file->header.e_shnum; i++) {
        const section *s = &file->sections[i];
        // Thread-local zeroes have an address but take no room at it.
        if (s->sh_type == SHT_NOBITS && (s->sh_flags & SHF_TLS))
            continue;
        if ((s->sh_flags & SHF_ALLOC) && !section_is_loaded(file, s))
            return false;
    }
    return true;
}

// Is the dynamic section where both tables say, and writable?
static bool dynamic_is_loaded(const struct file *file, const section *twin) {
    size_t count = 0;
    for (size_t i = 0; i < file->header.e_phnum; i++) {
        const segment *s = &file->segments[i];
        if (s->p_type != PT_DYNAMIC)
            continue;
        if (s->p_offset != twin->sh_offset || s->p_vaddr != twin->sh_addr ||
            s->p_filesz != twin->sh_size || s->p_memsz != twin->sh_size)
            return false;
        count++;
    }
    return count == 1 && (twin->sh_flags & SHF_WRITE) &&
           section_is_loaded(file, twin);
}

static bool is_address(number tag) {
    static const int tags[] = {
        DT_HASH,       DT_GNU_HASH,   DT_STRTAB, DT_SYMTAB, DT_RELA,
        DT_REL,        DT_JMPREL,     DT_PLTGOT, DT_INIT,   DT_FINI,
        DT_INIT_ARRAY, DT_FINI_ARRAY, DT_VERSYM, DT_VERNEED};
    for (size_t i = 0; i < countof(tags); i++)
        if (tag == (number)tags[i])
            return true;
    return false;
}

// The dynamic section must end, and every address in it be one that is loaded.
static bool check_dynamic(const struct file *file) {
    const section *dynamic = NULL;
    for (size_t i = 0; i < file->header.e_shnum; i++)
        if (file->sections[i].sh_type == SHT_DYNAMIC)
            dynamic = &file->sections[i];
    if (!dynamic || !dynamic_is_loaded(file, dynamic))
        return false;
    for (number at = 0; within(at, sizeof(entry), 0, dynamic->sh_size);
         at += sizeof(entry)) {
        entry e;
        memcpy(&e, file->bytes + dynamic->sh_offset + at, sizeof e);
        if (e.d_tag == DT_NULL)
            return true;
        if (is_address((number)e.d_tag) && !segment_of(file, e.d_un.d_ptr, 1))
            return false;
    }
    return false;
}

// Would [relro] make variables read-only that begin as zero? What the demo
// writes as it is unloaded is among them.
static bool covers_zeroes(const struct file *file, const segment *relro) {
    for (size_t i = 0; i < file->header.e_shnum; i++) {
        const section *s = &file->sections[i];
        if (s->sh_type == SHT_NOBITS && !(s->sh_flags & SHF_TLS) &&
            s->sh_addr < relro->p_vaddr + relro->p_memsz)
            return true;
    }
    return false;
}

// What is made read-only after loading must be the beginning of a segment that
// is writable until then.
static bool relro_fits(const struct file *file, const segment *relro) {
    const segment *load = segment_of(file, relro->p_vaddr, 1);
    return load && (load->p_flags & PF_W) && relro->p_vaddr == load->p_vaddr &&
           relro->p_memsz <= (load->p_memsz + PAGE - 1) / PAGE * PAGE &&
           !covers_zeroes(file, relro);
}

// Is [s] a view of what a segment loads?
static bool is_loaded(const struct file *file, const segment *s) {
    const segment *load = segment_of(file, s->p_vaddr, s->p_memsz);
    return load && s->p_filesz <= s->p_memsz &&
           s->p_offset - load->p_offset == s->p_vaddr - load->p_vaddr;
}

// The segments that are not loaded themselves but tell dlopen something.
static bool check_others(const struct file *file) {
    bool stack = false;
    for (size_t i = 0; i < file->header.e_phnum; i++) {
        const segment *s = &file->segments[i];
        switch (s->p_type) {
        case PT_PHDR: // only programs have these
        case PT_INTERP:
        case PT_SHLIB:
            return false;
        case PT_NOTE:
        case PT_TLS:
        case PT_GNU_EH_FRAME:
            if (!is_loaded(file, s))
                return false;
            break;
        case PT_GNU_RELRO:
            if (!relro_fits(file, s))
                return false;
            break;
        case PT_GNU_STACK: // without it every stack would become executable
            stack = !(s->p_flags & PF_X);
            break;
        }
    }
    return stack;
}

static bool check(struct file *file, struct lab_text *error) {
    if (!check_header(file, error) || !check_size(file, error))
        return false;
    if (!check_segments(file) || !check_others(file))
        return damaged(error, "its program headers");
    if (!check_sections(file))
        return damaged(error, "its sections do not fit its program headers");
    return check_dynamic(file) || damaged(error, "its dynamic section");
}

bool lab_elf_check(const char *bytes, size_t size, struct lab_text *error) {
    // Not a local: a task's stack is small.
    struct file *file = lab_alloc(sizeof *file);
    file->bytes = bytes;
    file->size = size;
    bool ok = check(file, error);
    lab_free(file);
    return ok;
}
