// The bad files are made from a good one: the first demo that was built, which
// the Makefile says is in LAB_DEMOS_DIR.

#include "demo/load.h"

#include "base/alloc.h"
#include "demo/seal.h"
#include "test.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

// A folder that holds one file, which the test damages.
struct scene {
    char folder[TEST_FOLDER];
    struct lab_demo_file file;
    struct lab_text good; // the bytes of the good demo, without the seal
    struct lab_text error;
};

static void read_all(const char *path, struct lab_text *bytes) {
    char block[4096];
    FILE *stream = fopen(path, "rb");
    size_t n;
    if (!CHECK(stream != NULL))
        return;
    while ((n = fread(block, 1, sizeof block, stream)) > 0)
        lab_text_write(bytes, block, n);
    fclose(stream);
}

static void write_all(const char *path, const char *bytes, size_t n) {
    FILE *stream = fopen(path, "wb");
    if (!CHECK(stream != NULL))
        return;
    CHECK_INT(fwrite(bytes, 1, n, stream), n);
    CHECK_INT(fclose(stream), 0);
}

static char *path_in(const char *folder, const char *name) {
    struct lab_text path = {0};
    lab_text_printf(&path, "%s/%s", folder, name);
    return path.data;
}

static void make_folder(char folder[TEST_FOLDER]) {
    CHECK(test_folder(folder));
}

static void touch(const char *folder, const char *name) {
    char *path = path_in(folder, name);
    write_all(path, "", 0);
    lab_free(path);
}

static void remove_folder(const char *folder) {
    DIR *dir = opendir(folder);
    struct dirent *entry;
    while (dir && (entry = readdir(dir))) {
        char *path = path_in(folder, entry->d_name);
        remove(path); // "." and ".." stay
        lab_free(path);
    }
    if (dir)
        closedir(dir);
    CHECK_INT(rmdir(folder), 0);
}

// Cuts the seal off: the last line.
static void unseal(struct lab_text *demo) {
    const char *seal = memrchr(demo->data, 'l', demo->length); // of "looplab"
    while (seal && strncmp(seal, "looplab ", 8) != 0)
        seal = memrchr(demo->data, 'l', (size_t)(seal - demo->data));
    if (CHECK(seal != NULL))
        demo->length = (size_t)(seal - demo->data);
}

static void seal(struct lab_text *demo) {
    lab_text_printf(demo, "looplab %u %zu\n",
                    lab_seal_sum(demo->data, demo->length), demo->length);
}

// Sets the scene with the demo in [folder] that [word] means; false if there is
// none.
static bool begin_with(struct scene *scene, const char *folder,
                       const char *word) {
    struct lab_demos demos = {0};
    struct lab_demo_file *first = NULL;
    *scene = (struct scene){0};
    if (lab_demos_open(&demos, folder, "demos", &scene->error))
        first = lab_demos_find(&demos, word, &scene->error);
    CHECK_STR(lab_text_string(&scene->error), "");
    if (first) {
        read_all(first->path, &scene->good);
        unseal(&scene->good);
        make_folder(scene->folder);
        scene->file.name = lab_strdup(first->name);
        scene->file.path = path_in(scene->folder, "01_x.so");
        scene->file.source = path_in(scene->folder, "01_x.c");
    }
    lab_demos_free(&demos);
    return first;
}

static bool begin(struct scene *scene) {
    return begin_with(scene, LAB_DEMOS_DIR, "1");
}

static void end(struct scene *scene) {
    struct lab_demos demos = {.files = &scene->file, .count = 1};
    remove_folder(scene->folder);
    demos.files = lab_alloc(sizeof *demos.files);
    *demos.files = scene->file;
    lab_demos_free(&demos);
    lab_text_free(&scene->good);
    lab_text_free(&scene->error);
}

// Writes [n] bytes as the file and loads it. Returns what was wrong, or "".
static const char *load_bytes(struct scene *scene, const char *bytes,
                              size_t n) {
    lab_text_clear(&scene->error);
    write_all(scene->file.path, bytes, n);
    bool ok = lab_demos_load(&scene->file, &scene->error);
    CHECK(ok == (scene->error.length == 0));
    CHECK(ok == (scene->file.demo != NULL));
    CHECK(ok == (scene->file.copies != NULL));
    if (ok)
        lab_demos_unload(&scene->file);
    return lab_text_string(&scene->error);
}

// Writes what the good demo has become as the file.
static void write_sealed(struct scene *scene) {
    size_t length = scene->good.length;
    seal(&scene->good);
    write_all(scene->file.path, scene->good.data, scene->good.length);
    scene->good.length = length;
}

// The same, and loads it, as load_bytes does.
static const char *load(struct scene *scene) {
    struct lab_text sealed = {0};
    lab_text_write(&sealed, scene->good.data, scene->good.length);
    seal(&sealed);
    const char *says = load_bytes(scene, sealed.data, sealed.length);
    lab_text_free(&sealed);
    return says;
}

TEST(load_takes_a_good_demo_and_loading_it_again_changes_nothing) {
    struct scene scene;
    MUST(begin(&scene));
    write_sealed(&scene);
    CHECK(lab_demos_load(&scene.file, &scene.error));
    CHECK_STR(lab_text_string(&scene.error), "");
    const struct lab_demo *demo = scene.file.demo;
    if (CHECK(demo != NULL))
        CHECK_STR(demo->name, scene.file.name);
    CHECK(lab_demos_load(&scene.file, &scene.error));
    CHECK(scene.file.demo == demo);
    end(&scene);
}

TEST(load_takes_every_demo_that_was_built) {
    struct lab_demos demos = {0};
    struct lab_text error = {0};
    CHECK(lab_demos_open(&demos, LAB_DEMOS_DIR, "demos", &error));
    for (size_t i = 0; i < demos.count; i++)
        if (!demos.files[i].is_skipped)
            CHECK(lab_demos_load(&demos.files[i], &error));
    CHECK_STR(lab_text_string(&error), "");
    for (size_t i = 1; i < demos.count; i++) // each a library of its own
        if (demos.files[i].demo)
            CHECK(demos.files[i].demo != demos.files[i - 1].demo);
    lab_demos_free(&demos);
    lab_text_free(&error);
}

TEST(load_is_of_a_private_copy) {
    struct scene scene;
    MUST(begin(&scene));
    write_sealed(&scene);
    CHECK(lab_demos_load(&scene.file, &scene.error));
    CHECK_INT(truncate(scene.file.path, 0), 0); // as a compiler begins
    if (scene.file.demo)
        CHECK_STR(scene.file.demo->name, scene.file.name);
    end(&scene);
}

TEST(load_for_a_second_run_is_of_what_was_loaded_not_of_the_file) {
    struct scene scene;
    struct lab_demo_copy *first = NULL, *second = NULL;
    MUST(begin(&scene));
    write_sealed(&scene);
    CHECK(lab_demos_load(&scene.file, &scene.error));
    write_all(scene.file.path, "#!/bin/sh\n", 10);
    MUST(CHECK_INT(lab_demos_take(&scene.file, &first), 0));
    MUST(CHECK_INT(lab_demos_take(&scene.file, &second), 0));
    const struct lab_demo *a = lab_demos_begin(first);
    const struct lab_demo *b = lab_demos_begin(second);
    CHECK(a != b);
    CHECK(a->variants[0].body != b->variants[0].body);
    CHECK_STR(b->name, a->name);
    lab_demos_give_back(second);
    lab_demos_give_back(first);
    first = NULL;
    CHECK_INT(lab_demos_take(&scene.file, &first), 0);
    CHECK(lab_demos_begin(first) == a || lab_demos_begin(first) == b);
    end(&scene);
}

TEST(load_after_a_rebuild_gives_the_new_demo) {
    struct scene scene;
    MUST(begin(&scene));
    CHECK_STR(load(&scene), "");
    char *magic = memmem(scene.good.data, scene.good.length, "looplab", 8);
    MUST(magic != NULL);
    magic[8] = LAB_DEMO_VERSION + 1;
    CHECK(*load(&scene) != '\0');
    magic[8] = LAB_DEMO_VERSION;
    CHECK_STR(load(&scene), "");
    end(&scene);
}

TEST(load_leaves_no_descriptor_behind) {
    struct scene scene;
    MUST(begin(&scene));
    int before = dup(0), after;
    close(before);
    load(&scene);
    load_bytes(&scene, scene.good.data, 100);
    scene.good.data[0] ^= 1; // dlopen itself refuses this one
    load(&scene);
    after = dup(0);
    close(after);
    CHECK_INT(after, before);
    end(&scene);
}

TEST(load_of_what_make_did_not_build_says_so) {
    static const char says[] = "01_x.so was not built by looplab's make, or is "
                               "cut short: run make, or add --trust";
    struct scene scene;
    MUST(begin(&scene));
    CHECK_STR(load_bytes(&scene, "", 0), says);
    CHECK_STR(load_bytes(&scene, "#!/bin/sh\n", 10), says);
    CHECK_STR(load_bytes(&scene, scene.good.data, scene.good.length), says);
    scene.file.is_trusted = true;
    CHECK_STR(load_bytes(&scene, scene.good.data, scene.good.length), "");
    end(&scene);
}

TEST(load_of_what_is_whole_but_no_shared_object_of_this_machine_says_so) {
    struct scene scene;
    MUST(begin(&scene));
    char *bytes = scene.good.data;
    bytes[0] ^= 1; // no ELF file
    CHECK(strstr(load(&scene), "01_x.so cannot be loaded: "));
    bytes[0] ^= 1;
    bytes[16] = 1; // an object file
    CHECK(strstr(load(&scene), "01_x.so cannot be loaded: "));
    bytes[16] = 3;
    bytes[18] ^= 0x40; // another processor
    CHECK(strstr(load(&scene), "01_x.so cannot be loaded: "));
    end(&scene);
}

TEST(load_of_a_folder_a_fifo_or_nothing_says_so) {
    struct scene scene;
    MUST(begin(&scene));
    CHECK(!lab_demos_load(&scene.file, &scene.error));
    CHECK(strstr(lab_text_string(&scene.error),
                 "01_x.so cannot be read: no such file"));
    lab_text_clear(&scene.error);
    CHECK_INT(mkdir(scene.file.path, 0700), 0);
    CHECK(!lab_demos_load(&scene.file, &scene.error));
    CHECK_STR(lab_text_string(&scene.error),
              "01_x.so is not a file: remove it or run make");
    lab_text_clear(&scene.error);
    rmdir(scene.file.path);
    CHECK_INT(mkfifo(scene.file.path, 0600), 0);
    CHECK(!lab_demos_load(&scene.file, &scene.error));
    CHECK_STR(lab_text_string(&scene.error),
              "01_x.so is not a file: remove it or run make");
    end(&scene);
}

TEST(load_of_a_file_that_is_cut_short_anywhere_is_refused) {
    struct scene scene;
    MUST(begin(&scene));
    seal(&scene.good);
    for (size_t n = 0; n < scene.good.length; n += n % 97 + 1)
        if (!CHECK(*load_bytes(&scene, scene.good.data, n)))
            break;
    CHECK(*load_bytes(&scene, scene.good.data, scene.good.length - 1));
    end(&scene);
}

TEST(load_of_a_demo_for_another_looplab_says_which) {
    struct scene scene;
    MUST(begin(&scene));
    char *magic = memmem(scene.good.data, scene.good.length, "looplab", 8);
    MUST(magic != NULL);
    magic[8] = LAB_DEMO_VERSION + 1;
    CHECK_STR(load(&scene),
              "01_x.so was built for looplab demo version 7, this is 6: "
              "run make");
    magic[8] = LAB_DEMO_VERSION;
    magic[12] ^= 8;
    CHECK(strncmp(load(&scene), "01_x.so was built with a table of ", 34) == 0);
    magic[12] ^= 8;
    magic[0] = 'L';
    CHECK_STR(load(&scene),
              "01_x.so is not a looplab demo: remove it, or include lab.h");
    end(&scene);
}

// Replaces [old] by [new], of the same length, everywhere in the good demo.
static void replace(struct scene *scene, const char *old, const char *new) {
    char *at, *from = scene->good.data;
    int count = 0;
    for (; (at = memmem(from,
                        scene->good.length - (size_t)(from - scene->good.data),
                        old, strlen(old) + 1));
         from = at + 1, count++)
        memcpy(at, new, strlen(new));
    CHECK(count > 0);
}

TEST(load_of_a_demo_that_needs_what_we_lack_names_it) {
    struct scene scene;
    MUST(begin(&scene));
    replace(&scene, "lab_param", "lab_gnome");
    CHECK_STR(load(&scene),
              "01_x.so needs lab_gnome, which this looplab does not have: "
              "run make");
    end(&scene);
}

TEST(load_of_a_demo_that_needs_a_library_names_it_and_its_package) {
    static const struct {
        const char *library, *says;
    } rows[] = {
        {"libq.so.6", "01_x.so is skipped: it needs libq.so.6, which is not "
                      "installed; on Debian, install libq6"},
        {"lib9.so.6", "01_x.so is skipped: it needs lib9.so.6, which is not "
                      "installed; on Debian, install lib9-6"},
        {"libqwerty", "01_x.so is skipped: it needs libqwerty, which is not "
                      "installed"},
        {"\x1b[2J.so.6", "01_x.so is skipped: it needs \\x1b[2J.so.6, which is "
                         "not installed; on Debian, install \\x1b[2J6"},
    };
    for (size_t i = 0; i < countof(rows); i++) {
        struct scene scene;
        MUST(begin_with(&scene, LAB_TESTS_DEMOS_DIR, "waits"));
        replace(&scene, "libc.so.6", rows[i].library);
        CHECK_STR(load(&scene), rows[i].says);
        CHECK(scene.file.is_skipped);
        end(&scene);
    }
}

// Puts a file in place of the demo that make would leave if it lacked [lacks].
static const char *skip(struct scene *scene, const char *lacks) {
    lab_free(scene->file.path);
    scene->file.path = path_in(scene->folder, "01_x.skipped");
    return load_bytes(scene, lacks, strlen(lacks));
}

TEST(load_of_a_demo_that_was_not_built_names_what_to_install) {
    static const char *const rows[][2] = {
        {"libpq libpq-dev\n", "01_x is skipped: it needs libpq, which is not "
                              "installed; on Debian, install libpq-dev, then "
                              "make again"},
        {"libpq libpq-dev\nsqlite3 libsqlite3-dev\n",
         "01_x is skipped: it needs libpq sqlite3, which are not installed; on "
         "Debian, install libpq-dev libsqlite3-dev, then make again"},
        {"\033[2J", "01_x is skipped: it needs \\x1b[2J, which is not "
                    "installed"},
    };
    for (size_t i = 0; i < countof(rows); i++) {
        struct scene scene;
        MUST(begin(&scene));
        CHECK_STR(skip(&scene, rows[i][0]), rows[i][1]);
        CHECK(scene.file.is_skipped);
        end(&scene);
    }
}

// tests/demos/93_needs.c calls SQLite, which need not be installed here.
TEST(load_of_a_demo_that_needs_a_library_has_it_or_says_what_is_absent) {
    struct lab_demos demos = {0};
    struct lab_text error = {0};
    struct lab_demo_file *file = NULL;
    if (CHECK(lab_demos_open(&demos, LAB_TESTS_DEMOS_DIR, NULL, &error)))
        file = lab_demos_find(&demos, "needs", &error);
    if (CHECK(file != NULL)) {
        bool is_built = !file->is_skipped;
        CHECK(lab_demos_load(file, &error) == is_built);
        CHECK(file->is_skipped == !is_built);
        if (is_built)
            CHECK_STR(file->demo->name, "needs");
        else
            CHECK(strcmp(file->needs, "sqlite3") == 0 ||
                  strcmp(file->needs, "pkg-config") == 0);
    }
    lab_demos_free(&demos);
    lab_text_free(&error);
}

TEST(open_lists_what_was_not_built_beside_what_was) {
    struct lab_demos demos = {0};
    struct lab_text error = {0};
    char folder[TEST_FOLDER];
    make_folder(folder);
    touch(folder, "01_one.so");
    touch(folder, "02_two.skipped");
    touch(folder, ".skipped");
    touch(folder, "03_.skipped");
    CHECK(lab_demos_open(&demos, folder, NULL, &error));
    if (CHECK_INT(demos.count, 2)) {
        CHECK(!demos.files[0].is_skipped);
        CHECK(demos.files[1].is_skipped);
        CHECK_STR(demos.files[1].name, "two");
    }
    lab_demos_free(&demos);
    remove_folder(folder);
    lab_text_free(&error);
}

TEST(load_of_a_demo_without_a_table_says_so) {
    struct scene scene;
    MUST(begin(&scene));
    replace(&scene, "lab_demo", "lab_memo");
    const char *says = load(&scene);
    // With ASan a demo looks for its own table while it is loaded.
    if (strncmp(says, "01_x.so needs ", 14) != 0)
        CHECK_STR(says, "01_x.so has no lab_demo table: define one");
    end(&scene);
}

TEST(load_of_a_demo_whose_name_is_not_its_files_says_so) {
    struct scene scene;
    MUST(begin(&scene));
    scene.file.name[0] = 'x';
    const char *says = load(&scene);
    CHECK(strncmp(says, "01_x.so calls itself \"", 22) == 0);
    end(&scene);
}

TEST(open_lists_by_number_then_name_and_ignores_other_files) {
    static const char *const files[] = {
        "10_ten.so",  "02_two.so",   "02_also.so",   "notes.txt",
        "03_three.c", "x3_three.so", "04_.so",       "05.so",
        "_six.so",    "07_Bad.so",   "08_a-b.so",    "09_nine.so~",
        "1_one.so",   ".01_dot.so",  "11_a.so.1.so", "12345678_big.so"};
    static const char *const names[] = {"one", "also", "two", "ten"};
    struct lab_demos demos = {0};
    struct lab_text error = {0};
    char folder[TEST_FOLDER];
    make_folder(folder);
    for (size_t i = 0; i < countof(files); i++)
        touch(folder, files[i]);
    CHECK(lab_demos_open(&demos, folder, "some/demos", &error));
    if (CHECK_INT(demos.count, countof(names))) {
        for (size_t i = 0; i < countof(names); i++)
            CHECK_STR(demos.files[i].name, names[i]);
        CHECK_INT(demos.files[3].number, 10);
        CHECK_STR(demos.files[2].source, "some/demos/02_two.c");
        CHECK(!demos.files[2].demo);
        char *path = path_in(folder, "1_one.so");
        CHECK_STR(demos.files[0].path, path);
        lab_free(path);
    }
    lab_demos_free(&demos);
    CHECK_INT(demos.count, 0);
    remove_folder(folder);
    lab_text_free(&error);
}

TEST(open_of_no_folder_or_an_empty_one_says_so) {
    struct lab_demos demos = {0};
    struct lab_text error = {0}, says = {0};
    char folder[TEST_FOLDER];
    make_folder(folder);
    CHECK(!lab_demos_open(&demos, folder, "demos", &error));
    lab_text_printf(&says, "no demos in %s: run make", folder);
    CHECK_STR(lab_text_string(&error), lab_text_string(&says));
    lab_demos_free(&demos);
    remove_folder(folder);
    lab_text_clear(&error);
    CHECK(!lab_demos_open(&demos, "/nowhere/\x1b", "demos", &error));
    CHECK(strncmp(lab_text_string(&error),
                  "no demos in /nowhere/\\x1b (no such file", 39) == 0);
    lab_text_free(&error);
    lab_text_free(&says);
}
