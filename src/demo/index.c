#include "demo/index.h"

#include "base/alloc.h"
#include "base/json.h"
#include "base/read.h"
#include "demo/libraries.h"
#include "demo/load_internal.h"
#include "demo/skipped.h"
#include "demo/trust.h"

#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { INDEX_MOST = 1 << 20 }; // bytes

// What a line has, by its keys. A number that is unknown, of a demo that is
// skipped, is -1.
enum { NAME, ASKS, WITHOUT, INSTALL, STRINGS };
enum { NUMBER, BYTES, BUILT, VERSION, TABLE, NUMBERS };
static const char *const string_keys[] = {"name", "asks", "without", "install"};
static const char *const number_keys[] = {"number", "bytes", "built_ns",
                                          "version", "table"};

struct line {
    const char *strings[STRINGS]; // borrowed; NULL: null
    int64_t numbers[NUMBERS];
    bool has_libraries; // this process would find them all
};

static int64_t nanoseconds(const struct timespec *time) {
    return time->tv_sec * INT64_C(1000000000) + time->tv_nsec;
}

// --- writing

static void put_libraries(struct lab_text *out, const struct link_map *object) {
    const char *name;
    lab_json_put_key(out, "libraries");
    lab_text_put(out, "[");
    for (size_t i = 0; (name = lab_libraries_of(object, i)); i++) {
        if (lab_libraries_is_ours(name))
            continue;
        lab_json_put_comma(out);
        lab_json_put_string(out, name);
    }
    lab_text_put(out, "]");
}

static struct line line_of(const struct lab_demo_file *file) {
    const struct lab_demo *demo = file->demo;
    return (struct line){
        .strings = {file->name, demo ? demo->asks : NULL, file->needs,
                    file->packages},
        .numbers = {file->number, demo ? file->size : -1,
                    demo ? nanoseconds(&file->built) : -1, LAB_DEMO_VERSION,
                    sizeof *demo},
    };
}

static void put_line(struct lab_text *out, struct lab_demo_file *file) {
    struct line line = line_of(file);
    lab_text_put(out, "{");
    for (size_t i = 0; i < STRINGS; i++)
        lab_json_put_member(out, string_keys[i], line.strings[i]);
    for (size_t i = 0; i < NUMBERS; i++) {
        lab_json_put_key(out, number_keys[i]);
        if (line.numbers[i] < 0)
            lab_text_put(out, "null");
        else
            lab_text_printf(out, "%" PRId64, line.numbers[i]);
    }
    if (file->demo)
        put_libraries(out, lab_load_object(file));
    lab_text_put(out, "}\n");
}

bool lab_index_put(struct lab_text *out, struct lab_demo_file *file,
                   struct lab_text *error) {
    struct lab_text why = {0};
    bool is_known =
        lab_demos_load(file, &why) || (file->is_skipped && file->needs);
    if (is_known)
        put_line(out, file);
    else
        lab_text_put(error, lab_text_string(&why));
    lab_text_free(&why);
    return is_known;
}

// --- reading

// What the strings of a line are kept in until the next is read.
struct kept {
    struct lab_text strings[STRINGS], library;
};

static void read_string(struct lab_json *json, struct lab_text *kept,
                        const char **string) {
    *string = NULL;
    lab_text_clear(kept);
    if (lab_json_null(json))
        return;
    lab_json_string(json, kept);
    *string = lab_text_string(kept);
}

static void read_libraries(struct lab_json *json, struct lab_text *name,
                           bool *has_all) {
    *has_all = true;
    lab_json_open(json, '[');
    while (lab_json_more(json, ']')) {
        lab_text_clear(name);
        lab_json_string(json, name);
        *has_all = *has_all && lab_libraries_has(lab_text_string(name));
    }
}

static bool has_member(struct lab_json *json, const char *key) {
    return lab_json_more(json, '}') && lab_json_key(json, key);
}

// Reads a line whose members are in the order in which they are written. Any
// other is not ours.
static bool read_line(const char *from, struct line *line, struct kept *kept) {
    struct lab_json json = {.at = from};
    *line = (struct line){0};
    lab_json_open(&json, '{');
    for (size_t i = 0; i < STRINGS; i++) {
        if (!has_member(&json, string_keys[i]))
            return false;
        read_string(&json, &kept->strings[i], &line->strings[i]);
    }
    for (size_t i = 0; i < NUMBERS; i++) {
        if (!has_member(&json, number_keys[i]))
            return false;
        lab_json_int(&json, &line->numbers[i]);
    }
    if (!has_member(&json, "libraries"))
        return false;
    read_libraries(&json, &kept->library, &line->has_libraries);
    return !lab_json_more(&json, '}') && lab_json_end(&json) &&
           line->strings[NAME] && line->strings[ASKS];
}

// Those of [demos] that are in the folder of the index. There, paths are short.
struct place {
    struct lab_demos *demos;
    struct lab_text path; // of the folder, with a slash at its end
    int folder;           // open; negative if it cannot be
};

// Is what [status] is of safe to believe?
static bool is_trusted(const struct place *place, const struct stat *status) {
    struct lab_text doubt = {0};
    bool is = place->demos->is_trusted || lab_trust_check(status, &doubt);
    lab_text_free(&doubt);
    return is;
}

// Is [line] of the demo in [file] as it is now, and would that be loaded?
static bool is_current(const struct place *place, const struct line *line,
                       const char *file) {
    struct stat status;
    return line->has_libraries && line->numbers[VERSION] == LAB_DEMO_VERSION &&
           line->numbers[TABLE] == sizeof(struct lab_demo) &&
           fstatat(place->folder, file, &status, 0) == 0 &&
           S_ISREG(status.st_mode) && line->numbers[BYTES] == status.st_size &&
           line->numbers[BUILT] == nanoseconds(&status.st_mtim) &&
           is_trusted(place, &status);
}

static void take(const struct place *place, const struct line *line) {
    for (size_t i = 0; i < place->demos->count; i++) {
        struct lab_demo_file *file = &place->demos->files[i];
        if (file->number != line->numbers[NUMBER] || file->asks ||
            strcmp(file->name, line->strings[NAME]) != 0 ||
            strncmp(file->path, place->path.data, place->path.length) != 0 ||
            !is_current(place, line, file->path + place->path.length))
            continue;
        file->asks = lab_strdup(line->strings[ASKS]);
        file->is_skipped = false;
        lab_skipped_without(file, line->strings[WITHOUT],
                            line->strings[INSTALL]);
    }
}

static void open_place(struct place *place, struct lab_demos *demos) {
    const char *path = demos->files[0].path;
    const char *name = strrchr(path, '/') + 1; // there always is one
    *place = (struct place){.demos = demos};
    lab_text_write(&place->path, path, (size_t)(name - path));
    place->folder =
        open(lab_text_string(&place->path), O_PATH | O_DIRECTORY | O_CLOEXEC);
}

static void close_place(struct place *place) {
    if (place->folder >= 0)
        close(place->folder);
    lab_text_free(&place->path);
}

static bool read_index(const struct place *place, struct lab_text *index) {
    struct stat status;
    int fd = place->folder < 0
                 ? -1
                 : lab_read_open_as(place->folder, LAB_INDEX_FILE, 0, &status);
    if (fd < 0)
        return false;
    bool is_read =
        is_trusted(place, &status) && lab_read_rest(fd, INDEX_MOST, index) == 0;
    close(fd);
    return is_read;
}

static void forget(struct lab_demos *demos) {
    for (size_t i = 0; i < demos->count; i++) {
        lab_free(demos->files[i].asks);
        demos->files[i].asks = NULL;
    }
}

void lab_index_read(struct lab_demos *demos) {
    struct lab_text index = {0};
    struct kept kept = {0};
    struct place place;
    struct line line;
    forget(demos);
    if (demos->count == 0)
        return;
    open_place(&place, demos);
    bool is_read = read_index(&place, &index);
    for (char *at = index.data, *end; is_read && at; at = end) {
        end = strchr(at, '\n');
        if (end)
            *end++ = '\0';
        if (read_line(at, &line, &kept))
            take(&place, &line);
    }
    for (size_t i = 0; i < STRINGS; i++)
        lab_text_free(&kept.strings[i]);
    lab_text_free(&kept.library);
    lab_text_free(&index);
    close_place(&place);
}
