#include "demo/source.h"

#include "base/alloc.h"
#include "base/text.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

// A folder with out/demos in it, where demos are, and src, where their C is.
struct scene {
    char folder[TEST_FOLDER];
    char path[TEST_FOLDER + 40];
};

static const char *path_of(struct scene *scene, const char *name) {
    snprintf(scene->path, sizeof scene->path, "%s/%s", scene->folder, name);
    return scene->path;
}

static void touch(struct scene *scene, const char *name) {
    FILE *file = fopen(path_of(scene, name), "w");
    if (CHECK(file != NULL))
        fclose(file);
}

static bool begin(struct scene *scene) {
    static const char *const folders[] = {"out", "out/demos", "src"};
    bool fine = CHECK(test_folder(scene->folder));
    for (size_t i = 0; i < countof(folders); i++)
        fine = fine && CHECK_INT(mkdir(path_of(scene, folders[i]), 0700), 0);
    touch(scene, "out/demos/05_nap.so");
    return fine;
}

static void end(const struct scene *scene) {
    struct lab_text command = {0};
    lab_text_printf(&command, "rm -rf %s", scene->folder);
    CHECK_INT(system(lab_text_string(&command)), 0);
    lab_text_free(&command);
}

// Is [found] the file called [name] in the scene? Frees it.
static void check_is(struct scene *scene, char *found, const char *name) {
    char *real = found ? realpath(found, NULL) : NULL;
    char *wanted = realpath(path_of(scene, name), NULL);
    CHECK_STR(real, wanted);
    free(real);
    free(wanted);
    lab_free(found);
}

// The C beside [folder] or in [sources], both in the scene.
static char *find(struct scene *scene, const char *folder,
                  const char *sources) {
    char *in = lab_strdup(path_of(scene, folder));
    char *other = sources ? lab_strdup(path_of(scene, sources)) : NULL;
    char *found = lab_source_path(in, other, "05_nap.c");
    lab_free(in);
    lab_free(other);
    return found;
}

TEST(the_c_beside_a_demo_comes_before_that_among_the_sources) {
    struct scene scene;
    MUST(begin(&scene));
    touch(&scene, "src/05_nap.c");
    check_is(&scene, find(&scene, "out/demos", "src"), "src/05_nap.c");
    touch(&scene, "out/demos/05_nap.c");
    check_is(&scene, find(&scene, "out/demos", "src"), "out/demos/05_nap.c");
    check_is(&scene, find(&scene, "out/demos", NULL), "out/demos/05_nap.c");
    end(&scene);
}

TEST(without_any_c_the_path_says_where_it_would_be) {
    struct scene scene;
    MUST(begin(&scene));
    char *beside = find(&scene, "out/demos", NULL);
    char *among = find(&scene, "out/demos", "src");
    CHECK_STR(beside, path_of(&scene, "out/demos/05_nap.c"));
    CHECK_STR(among, path_of(&scene, "src/05_nap.c"));
    lab_free(beside);
    lab_free(among);
    end(&scene);
}

// What a demo says that it was compiled from.
static char *named(struct scene *scene, const char *name) {
    return lab_source_named(path_of(scene, "out/demos/05_nap.so"), name);
}

TEST(a_relative_name_counts_from_a_folder_above_the_demo) {
    struct scene scene;
    MUST(begin(&scene));
    CHECK(named(&scene, "src/05_nap.c") == NULL);
    touch(&scene, "src/05_nap.c");
    check_is(&scene, named(&scene, "src/05_nap.c"), "src/05_nap.c");
    check_is(&scene, named(&scene, "./src/05_nap.c"), "src/05_nap.c");
    touch(&scene, "out/nap.c");
    check_is(&scene, named(&scene, "nap.c"), "out/nap.c");
    end(&scene);
}

TEST(an_absolute_name_is_taken_as_it_is) {
    struct scene scene;
    MUST(begin(&scene));
    touch(&scene, "src/05_nap.c");
    char *name = lab_strdup(path_of(&scene, "src/05_nap.c"));
    check_is(&scene, named(&scene, name), "src/05_nap.c");
    CHECK(named(&scene, "/nowhere/05_nap.c") == NULL);
    lab_free(name);
    end(&scene);
}

TEST(a_demo_that_is_not_there_was_compiled_from_nothing) {
    CHECK(lab_source_named("/nowhere/05_nap.so", "src/05_nap.c") == NULL);
}
