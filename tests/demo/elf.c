// One thing wrong at a time in the headers of a demo that is otherwise good.
// What dlopen makes of the rest is in load.c.

#include "demo/elf.h"

#include "base/alloc.h"
#include "demo/load.h"
#include "test.h"

#include <link.h>
#include <stdio.h>
#include <string.h>

typedef ElfW(Ehdr) header;
typedef ElfW(Phdr) segment;
typedef ElfW(Shdr) section;

static struct lab_text image;

static header *head(void) {
    return (header *)(void *)image.data;
}

// The [nth] program header of [type], from 0.
static segment *segment_of(unsigned type, int nth) {
    segment *s = (segment *)(void *)(image.data + head()->e_phoff);
    for (int i = 0; i < head()->e_phnum; i++)
        if (s[i].p_type == type && nth-- == 0)
            return &s[i];
    CHECK_STR("no such program header", NULL);
    return s;
}

static section *section_of(unsigned type) {
    section *s = (section *)(void *)(image.data + head()->e_shoff);
    for (int i = 0; i < head()->e_shnum; i++)
        if (s[i].sh_type == type)
            return &s[i];
    CHECK_STR("no such section", NULL);
    return s;
}

// clang-format off: a row each
static void no_elf(void) {
    image.data[1] = 'e';
}
static void other_class(void) {
    head()->e_ident[EI_CLASS] ^= 3;
}
static void other_machine(void) {
    head()->e_machine ^= 1;
}
static void other_os(void) {
    head()->e_ident[EI_OSABI] = ELFOSABI_ARM;
}
static void program(void) {
    head()->e_type = ET_EXEC;
}
static void padding(void) {
    head()->e_ident[EI_NIDENT - 1] = 1;
}
static void phoff(void) {
    head()->e_phoff += 8;
}
static void no_segments(void) {
    head()->e_phnum = 0;
}
static void many_segments(void) {
    head()->e_phnum = 65;
}
static void no_sections(void) {
    head()->e_shnum = 0;
}
static void interpreter(void) {
    segment_of(PT_NOTE, 0)->p_type = PT_INTERP;
}
static void no_stack(void) {
    segment_of(PT_GNU_STACK, 0)->p_type = PT_NULL;
}
static void run_stack(void) {
    segment_of(PT_GNU_STACK, 0)->p_flags |= PF_X;
}
static void odd_align(void) {
    segment_of(PT_LOAD, 1)->p_align |= 0x800;
}
static void small_align(void) {
    segment_of(PT_LOAD, 1)->p_align = 1;
}
static void no_align(void) {
    segment_of(PT_LOAD, 1)->p_align = 0;
}
static void moved(void) {
    segment_of(PT_LOAD, 1)->p_vaddr += 8;
}
static void back(void) {
    segment_of(PT_LOAD, 1)->p_vaddr = 0;
}
static void huge(void) {
    segment_of(PT_LOAD, 0)->p_memsz |= 1ull << 40;
}
static void no_memory(void) {
    segment_of(PT_LOAD, 0)->p_memsz = 0;
}
static void note_off(void) {
    segment_of(PT_NOTE, 0)->p_vaddr += 8;
}
static void relro_off(void) {
    segment_of(PT_GNU_RELRO, 0)->p_vaddr += 8;
}
static void relro_long(void) {
    segment_of(PT_GNU_RELRO, 0)->p_memsz <<= 8;
}
static void dynamic_off(void) {
    segment_of(PT_DYNAMIC, 0)->p_vaddr += 16;
}
static void no_code(void) {
    segment_of(PT_LOAD, 1)->p_flags = PF_R;
}
static void no_text(void) {
    segment_of(PT_LOAD, 1)->p_type = PT_NULL;
}
static void no_dynamic(void) {
    segment_of(PT_DYNAMIC, 0)->p_type = PT_NULL;
}
static void hash_away(void) {
    section_of(SHT_GNU_HASH)->sh_addr += 1ull << 30;
}
// clang-format on

// Fills the dynamic section with entries that are none, so that it never ends.
static void endless(void) {
    const section *s = section_of(SHT_DYNAMIC);
    for (size_t at = 0; at + sizeof(ElfW(Dyn)) <= s->sh_size;
         at += sizeof(ElfW(Dyn)))
        image.data[s->sh_offset + at] = DT_DEBUG;
}

static void stray_address(void) {
    const section *s = section_of(SHT_DYNAMIC);
    ElfW(Dyn) *e = (ElfW(Dyn) *)(void *)(image.data + s->sh_offset);
    while (e->d_tag != DT_STRTAB)
        e++;
    e->d_un.d_ptr += 1ull << 30;
}

static bool read_image(void) {
    struct lab_demos demos;
    struct lab_text error = {0};
    FILE *stream = NULL;
    int byte;
    if (lab_demos_open(&demos, LAB_DEMOS_DIR, "demos", &error))
        stream = fopen(demos.files[0].path, "rb");
    lab_demos_free(&demos);
    lab_text_free(&error);
    if (!CHECK(stream != NULL))
        return false;
    lab_text_clear(&image);
    while ((byte = getc(stream)) != EOF)
        lab_text_write(&image, &(char){(char)byte}, 1);
    fclose(stream);
    return true;
}

#define NOT_SHARED "is not a shared object: remove it or run make"
#define OTHER "was built for another processor: run make"
#define DAMAGED(what) "is damaged (" what "): run make"

TEST(elf_with_one_header_wrong_says_which) {
    static const struct {
        void (*spoil)(void);
        const char *error;
    } rows[] = {
        {no_elf, NOT_SHARED},
        {program, NOT_SHARED},
        {other_class, OTHER},
        {other_machine, OTHER},
        {other_os, DAMAGED("its header")},
        {padding, DAMAGED("its header")},
        {phoff, DAMAGED("its header")},
        {no_segments, DAMAGED("its header")},
        {many_segments, DAMAGED("its header")},
        {no_sections, DAMAGED("its header")},
        {interpreter, DAMAGED("its program headers")},
        {no_stack, DAMAGED("its program headers")},
        {run_stack, DAMAGED("its program headers")},
        {odd_align, DAMAGED("its program headers")},
        {small_align, DAMAGED("its program headers")},
        {no_align, DAMAGED("its program headers")},
        {moved, DAMAGED("its program headers")},
        {back, DAMAGED("its program headers")},
        {huge, DAMAGED("its program headers")},
        {no_memory, DAMAGED("its program headers")},
        {note_off, DAMAGED("its program headers")},
        {relro_off, DAMAGED("its program headers")},
        {relro_long, DAMAGED("its program headers")},
        {no_code, DAMAGED("its sections do not fit its program headers")},
        {no_text, DAMAGED("its sections do not fit its program headers")},
        {hash_away, DAMAGED("its sections do not fit its program headers")},
        {dynamic_off, DAMAGED("its dynamic section")},
        {no_dynamic, DAMAGED("its dynamic section")},
        {endless, DAMAGED("its dynamic section")},
        {stray_address, DAMAGED("its dynamic section")},
    };
    for (size_t i = 0; i < countof(rows); i++) {
        struct lab_text error = {0};
        MUST(read_image());
        CHECK(lab_elf_check(image.data, image.length, &error));
        rows[i].spoil();
        CHECK(!lab_elf_check(image.data, image.length, &error));
        if (!CHECK_STR(lab_text_string(&error), rows[i].error))
            fprintf(stderr, "    in row %zu\n", i);
        lab_text_free(&error);
    }
    lab_text_free(&image);
}
