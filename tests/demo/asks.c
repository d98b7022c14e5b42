// What is read of a demo must be what loading it would give, without loading.

#include "base/alloc.h"
#include "base/read.h"
#include "demo/load.h"
#include "demo/seal.h"
#include "test.h"

#include <link.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

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

// A folder with one demo in it, whose bytes the test changes.
struct scene {
    char folder[TEST_FOLDER], path[TEST_FOLDER + 32];
    struct lab_demos demos;
    struct lab_text bytes; // without the seal
    struct lab_text says;
};

static bool begin(struct scene *scene) {
    *scene = (struct scene){0};
    struct lab_text error = {0};
    bool fine = test_folder(scene->folder) &&
                lab_read_file(LAB_DEMOS_DIR "/03_sequential_gather.so",
                              SIZE_MAX, &scene->bytes) == 0;
    const char *seal = fine ? scene->bytes.data + scene->bytes.length : NULL;
    while (seal && strncmp(seal, "looplab ", 8) != 0)
        seal--;
    if (seal)
        lab_text_cut(&scene->bytes, (size_t)(seal - scene->bytes.data));
    snprintf(scene->path, sizeof scene->path, "%s/03_sequential_gather.so",
             scene->folder);
    lab_text_free(&error);
    return CHECK(fine);
}

// Writes the bytes, with a seal, as the file; only the first [n] bytes of it.
static void write_first(struct scene *scene, size_t n) {
    struct lab_text file = {0};
    lab_text_write(&file, scene->bytes.data, scene->bytes.length);
    lab_text_printf(&file, "looplab %u %zu\n",
                    lab_seal_sum(scene->bytes.data, scene->bytes.length),
                    scene->bytes.length);
    FILE *stream = fopen(scene->path, "wb");
    if (CHECK(stream != NULL)) {
        fwrite(file.data, 1, n < file.length ? n : file.length, stream);
        CHECK_INT(fclose(stream), 0);
    }
    lab_text_free(&file);
}

// What the file asks, or else the error.
static const char *asks(struct scene *scene) {
    struct lab_text error = {0};
    lab_text_clear(&scene->says);
    if (!scene->demos.files)
        CHECK(lab_demos_open(&scene->demos, scene->folder, NULL, &error));
    bool fine = lab_demos_asks(scene->demos.files, &scene->says, &error);
    CHECK(fine == (error.length == 0));
    lab_text_put(&scene->says, lab_text_string(&error));
    lab_text_free(&error);
    return lab_text_string(&scene->says);
}

// What loading says of the file, which cannot be loaded.
static void check_is_as_loaded(struct scene *scene) {
    struct lab_text error = {0};
    const char *says = asks(scene);
    CHECK(!lab_demos_load(scene->demos.files, &error));
    CHECK_STR(says, lab_text_string(&error));
    lab_text_free(&error);
}

static void end(struct scene *scene) {
    lab_demos_free(&scene->demos);
    lab_text_free(&scene->bytes);
    lab_text_free(&scene->says);
    remove(scene->path);
    CHECK_INT(rmdir(scene->folder), 0);
}

static char *find(struct scene *scene, const char *text) {
    return memmem(scene->bytes.data, scene->bytes.length, text,
                  strlen(text) + 1);
}

TEST(asks_of_a_demo_that_was_built_again_is_the_new_question) {
    struct scene scene;
    MUST(begin(&scene));
    write_first(&scene, SIZE_MAX);
    CHECK_STR(asks(&scene), "Is awaiting in a loop concurrent?");
    char *question = find(&scene, "Is awaiting in a loop concurrent?");
    if (CHECK(question != NULL))
        memcpy(question, "Is awaiting in a hoop", 21);
    write_first(&scene, SIZE_MAX);
    CHECK_STR(asks(&scene), "Is awaiting in a hoop concurrent?");
    end(&scene);
}

TEST(asks_of_a_demo_that_cannot_be_loaded_is_what_loading_says) {
    static const struct {
        const char *old, *new;
    } rows[] = {
        {"looplab", "Looplab"},                     // for no looplab
        {"sequential_gather", "sequential_lather"}, // another's name
        {"lab_demo", "lab_memo"},                   // no table
        {"libc.so.6", "libq.so.6"},                 // an absent library
    };
    struct scene scene;
    for (size_t i = 0; i < countof(rows); i++) {
        MUST(begin(&scene));
        char *at = find(&scene, rows[i].old);
        if (CHECK(at != NULL))
            memcpy(at, rows[i].new, strlen(rows[i].new));
        write_first(&scene, SIZE_MAX);
        check_is_as_loaded(&scene);
        end(&scene);
    }
}

TEST(asks_of_a_demo_that_is_cut_short_is_what_loading_says) {
    struct scene scene;
    MUST(begin(&scene));
    for (size_t n = 0; n < scene.bytes.length; n += 2999) {
        write_first(&scene, n);
        check_is_as_loaded(&scene);
    }
    write_first(&scene, scene.bytes.length); // all but the seal
    check_is_as_loaded(&scene);
    end(&scene);
}
