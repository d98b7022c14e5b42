#include "record/location.h"

#include "base/alloc.h"
#include "base/read.h"

#include <pthread.h>
#include <stdbool.h>
#include <string.h>

enum { CODE_MOST = 1 << 18 }; // of the text of a file that is kept

// Held while files are looked up or added. Once a file has a number it stays
// as it is.
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

const struct lab_record_file *lab_location_file(const struct lab_record *record,
                                                uint32_t location) {
    uint32_t number = location >> LAB_LOCATION_BITS;
    return number ? &record->files[number - 1] : NULL;
}

const char *lab_location_code(const struct lab_record *record,
                              uint32_t location, const char *own) {
    const struct lab_record_file *file = lab_location_file(record, location);
    return file ? file->code : own;
}

void lab_location_put(struct lab_text *out, const struct lab_record *record,
                      uint32_t location) {
    const struct lab_record_file *file = lab_location_file(record, location);
    if (file)
        lab_text_printf(out, "%s ", file->name);
    lab_text_printf(out, "line %u", lab_location_line(location));
}

static bool same(const char *a, const char *b) {
    return a && b ? strcmp(a, b) == 0 : a == b;
}

bool lab_location_same_files(const struct lab_record *a,
                             const struct lab_record *b) {
    bool all = a->file_count == b->file_count;
    for (size_t i = 0; all && i < a->file_count; i++)
        all = same(a->files[i].name, b->files[i].name) &&
              same(a->files[i].code, b->files[i].code);
    return all;
}

// --- adding

static uint32_t find(const struct lab_record *record, const char *name) {
    for (uint32_t i = 0; i < record->file_count; i++)
        if (strcmp(record->files[i].name, name) == 0)
            return i + 1;
    return 0;
}

static uint32_t add(struct lab_record *record, const char *name,
                    const char *code) {
    if (record->file_count == LAB_RECORD_FILES)
        return 0;
    record->files[record->file_count++] = (struct lab_record_file){
        lab_strdup(name), code ? lab_strdup(code) : NULL};
    return (uint32_t)record->file_count;
}

static uint32_t locate(uint32_t number, unsigned line) {
    return number && line <= LAB_LOCATION_LINE_MOST
               ? number << LAB_LOCATION_BITS | line
               : 0;
}

uint32_t lab_location_add(struct lab_record *record, const char *name,
                          const char *code, unsigned line) {
    uint32_t number = find(record, name);
    return locate(number ? number : add(record, name, code), line);
}

void lab_location_program(struct lab_record *record, const char *path) {
    lab_free(record->program);
    record->program = lab_strdup(path);
}

// What [file] is called: its path from the folder of [program] on.
static const char *name_from(const char *program, const char *file) {
    const char *slash = strrchr(program, '/');
    size_t n = slash ? (size_t)(slash + 1 - program) : 0;
    return strncmp(program, file, n) == 0 ? file + n : file;
}

static uint32_t find_or_read(struct lab_record *record, const char *file) {
    const char *name = name_from(record->program, file);
    struct lab_text code = {0};
    uint32_t number = find(record, name);
    if (number)
        return number;
    bool known = lab_read_file(file, CODE_MOST, &code) == 0;
    number = add(record, name, known ? lab_text_string(&code) : NULL);
    lab_text_free(&code);
    return number;
}

uint32_t lab_location_find(struct lab_record *record, const char *file,
                           int line) {
    if (!record->program || !file || strcmp(record->program, file) == 0) {
        __atomic_store_n(&record->own_file, file, __ATOMIC_RELAXED);
        return (uint32_t)line;
    }
    pthread_mutex_lock(&lock);
    uint32_t number = find_or_read(record, file);
    pthread_mutex_unlock(&lock);
    return locate(number, (unsigned)line);
}
