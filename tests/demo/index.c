// What a demo asks is read from the index if that speaks of the file as it is,
// and otherwise from the demo, which is loaded for it.

#include "demo/index.h"
#include "base/alloc.h"
#include "base/read.h"
#include "demo/libraries.h"
#include "test.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define NAME "03_sequential_gather.so"

static int count_object(struct dl_phdr_info *info, size_t size, void *count) {
    (void)info;
    (void)size;
    ++*(int *)count;
    return 0;
}

static int objects_loaded(void) {
    int count = 0;
    dl_iterate_phdr(count_object, &count);
    return count;
}

TEST(asks_of_every_demo_is_what_its_table_says_and_loads_nothing) {
    struct lab_demos demos = {0};
    struct lab_text asks = {0}, error = {0};
    CHECK(lab_demos_open(&demos, LAB_DEMOS_DIR, "demos", &error));
    lab_index_read(&demos);
    for (size_t i = 0; i < demos.count; i++) {
        struct lab_demo_file *file = &demos.files[i];
        int before = objects_loaded();
        if (file->is_skipped)
            continue;
        lab_text_clear(&asks);
        if (!CHECK(lab_demos_asks(file, &asks, &error)))
            break;
        CHECK(!file->demo && !file->copies);
        CHECK_INT(objects_loaded(), before);
        char *needs = file->needs ? lab_strdup(file->needs) : NULL;
        MUST(lab_demos_load(file, &error));
        CHECK_STR(lab_text_string(&asks), file->demo->asks);
        CHECK_STR(file->needs, needs);
        lab_free(needs);
        lab_text_clear(&asks);
        CHECK(lab_demos_asks(file, &asks, &error));
        CHECK_STR(lab_text_string(&asks), file->demo->asks);
    }
    CHECK_STR(lab_text_string(&error), "");
    lab_demos_free(&demos);
    lab_text_free(&asks);
    lab_text_free(&error);
}

// A folder with one demo in it, and an index.
struct scene {
    char folder[TEST_FOLDER], path[TEST_FOLDER + 32], index[TEST_FOLDER + 32];
    struct lab_demos demos;
    struct lab_text bytes, line, says;
};

static void write_file(const char *path, const struct lab_text *bytes) {
    FILE *stream = fopen(path, "wb");
    if (CHECK(stream != NULL)) {
        fwrite(bytes->data, 1, bytes->length, stream);
        CHECK_INT(fclose(stream), 0);
    }
}

static bool begin(struct scene *scene) {
    *scene = (struct scene){0};
    struct lab_text error = {0};
    struct lab_demos demos = {0};
    if (!test_folder(scene->folder))
        return false;
    snprintf(scene->path, sizeof scene->path, "%s/" NAME, scene->folder);
    snprintf(scene->index, sizeof scene->index, "%s/" LAB_INDEX_FILE,
             scene->folder);
    CHECK_INT(lab_read_file(LAB_DEMOS_DIR "/" NAME, SIZE_MAX, &scene->bytes),
              0);
    write_file(scene->path, &scene->bytes);
    bool fine = lab_demos_open(&demos, scene->folder, NULL, &error) &&
                lab_index_put(&scene->line, demos.files, &error) &&
                lab_demos_open(&scene->demos, scene->folder, NULL, &error);
    CHECK_STR(lab_text_string(&error), "");
    lab_demos_free(&demos);
    lab_text_free(&error);
    return fine;
}

static void end(struct scene *scene) {
    lab_demos_free(&scene->demos);
    lab_text_free(&scene->bytes);
    lab_text_free(&scene->line);
    lab_text_free(&scene->says);
    remove(scene->path);
    remove(scene->index);
    CHECK_INT(rmdir(scene->folder), 0);
}

// Puts [new] in the place of [old], which is there, in the line.
static void change(struct scene *scene, const char *old, const char *new) {
    struct lab_text changed = {0};
    const char *line = lab_text_string(&scene->line), *at = strstr(line, old);
    if (!CHECK(at != NULL))
        return;
    lab_text_write(&changed, line, (size_t)(at - line));
    lab_text_put(&changed, new);
    lab_text_put(&changed, at + strlen(old));
    lab_text_free(&scene->line);
    scene->line = changed;
}

// Reads the index, and returns what it has of the demo; NULL if that is
// nothing.
static const char *indexed(struct scene *scene) {
    write_file(scene->index, &scene->line);
    lab_index_read(&scene->demos);
    return scene->demos.files[0].asks;
}

// What the demo asks, or else the error.
static const char *asks(struct scene *scene) {
    struct lab_text error = {0};
    lab_text_clear(&scene->says);
    if (!lab_demos_asks(scene->demos.files, &scene->says, &error))
        lab_text_put(&scene->says, lab_text_string(&error));
    lab_text_free(&error);
    return lab_text_string(&scene->says);
}

static const char question[] = "Is awaiting in a loop concurrent?";

// The question in the index is not that of the demo, so that it is seen which
// of the two is told.
static bool begin_lie(struct scene *scene) {
    bool fine = begin(scene);
    change(scene, question, "Is it?");
    CHECK_STR(indexed(scene), "Is it?");
    CHECK_STR(asks(scene), "Is it?");
    CHECK(!scene->demos.files[0].demo);
    return fine;
}

TEST(asks_of_a_line_that_is_not_of_the_file_is_what_the_demo_says) {
    static const struct {
        const char *old, *new;
    } rows[] = {
        {"\"bytes\":", "\"bytes\":1"},       // another size
        {"\"built_ns\":", "\"built_ns\":1"}, // another time
        {"\"version\":", "\"version\":1"},   // for another looplab
        {"\"table\":", "\"table\":1"},       // likewise
        {"\"number\":3", "\"number\":4"},    // another demo
        {"sequential_", "parallel_"},        // likewise
        {"\"Is it?\"", "null"},              // was skipped
        {"\"Is it?\"", "7"},                 // not as we write it
        {"\"without\"", "\"with\""},         // likewise
        {"{", ""},                           // likewise
        {"}", ""},                           // cut short
        {"[]", "[\"libq.so.6\"]"},           // an absent library
    };
    for (size_t i = 0; i < countof(rows); i++) {
        struct scene scene;
        MUST(begin_lie(&scene));
        change(&scene, rows[i].old, rows[i].new);
        CHECK_STR(indexed(&scene), NULL);
        CHECK_STR(asks(&scene), question);
        end(&scene);
    }
}

TEST(asks_is_of_the_line_of_the_file_among_others) {
    struct scene scene;
    MUST(begin_lie(&scene));
    struct lab_text all = {0};
    lab_text_put(&all, "\n{\"name\":\"other\"}\nnonsense\n");
    lab_text_put(&all, lab_text_string(&scene.line));
    lab_text_put(&all, lab_text_string(&scene.line)); // and once more
    lab_text_free(&scene.line);
    scene.line = all;
    CHECK_STR(indexed(&scene), "Is it?");
    end(&scene);
}

TEST(asks_of_a_file_that_changed_is_not_of_the_index) {
    struct scene scene;
    MUST(begin_lie(&scene));
    static const struct timespec times[] = {{.tv_sec = 1}, {.tv_sec = 1}};
    CHECK_INT(utimensat(AT_FDCWD, scene.path, times, 0), 0);
    CHECK_STR(indexed(&scene), NULL);
    CHECK_STR(asks(&scene), question);
    end(&scene);
    MUST(begin_lie(&scene));
    remove(scene.path);
    CHECK_STR(indexed(&scene), NULL);
    CHECK(strstr(asks(&scene), "cannot be read"));
    end(&scene);
}

TEST(asks_believes_no_index_that_anyone_can_change) {
    struct scene scene;
    MUST(begin_lie(&scene));
    CHECK_INT(chmod(scene.index, 0666), 0);
    lab_index_read(&scene.demos);
    CHECK_STR(asks(&scene), question);
    end(&scene);
    MUST(begin_lie(&scene)); // and no line of such a demo
    CHECK_INT(chmod(scene.path, 0777), 0);
    lab_index_read(&scene.demos);
    CHECK(strstr(asks(&scene), "anyone can change it"));
    lab_demos_trust(&scene.demos);
    lab_index_read(&scene.demos);
    CHECK_STR(asks(&scene), "Is it?");
    end(&scene);
}

TEST(asks_without_an_index_is_what_the_demo_says) {
    struct scene scene;
    MUST(begin(&scene));
    lab_index_read(&scene.demos);
    CHECK_STR(asks(&scene), question);
    end(&scene);
}

TEST(index_has_no_line_of_what_is_no_demo) {
    struct scene scene;
    MUST(begin(&scene));
    struct lab_text error = {0}, line = {0};
    lab_text_cut(&scene.bytes, 999);
    write_file(scene.path, &scene.bytes);
    CHECK(!lab_index_put(&line, scene.demos.files, &error));
    CHECK_INT((int)line.length, 0);
    CHECK(strstr(lab_text_string(&error), "cut short"));
    lab_text_free(&error);
    lab_text_free(&line);
    end(&scene);
}

TEST(libraries_are_those_that_would_be_found) {
    CHECK(lab_libraries_has("libc.so.6"));
    CHECK(!lab_libraries_has("libq.so.6"));
    CHECK(!lab_libraries_has("../libc.so.6"));
    CHECK(lab_libraries_is_ours("libc.so.6"));
    CHECK(!lab_libraries_is_ours("libpq.so.5"));
    bool has_libc = false;
    const char *name;
    for (size_t i = 0; (name = lab_libraries_of(_r_debug.r_map, i)); i++)
        has_libc |= strcmp(name, "libc.so.6") == 0;
    CHECK(has_libc);
}
