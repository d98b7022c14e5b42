#include "guest/guest_internal.h"

#include "base/alloc.h"
#include "base/die.h"
#include "core/loop.h"

#include "folder.h"
#include "test.h"

// A compiler that only counts how often it is asked, and may refuse.
static const char counting[] =
    "#!/bin/sh\ncd \"${0%/*}\" && echo >>count && ! test -e refuse\n";

struct scene {
    struct folder folder;
    struct lab_guest_library library;
    char *path; // of the program
};

static void open_scene(struct scene *scene) {
    *scene = (struct scene){0};
    folder_init(&scene->folder);
    folder_put(&scene->folder, "cc", counting);
    const char *cc = folder_file(&scene->folder, "cc");
    CHECK_INT(chmod(cc, 0700), 0);
    setenv("CC", cc, 1);
    folder_put(&scene->folder, "my.c", "int one;");
    scene->path = lab_strdup(folder_file(&scene->folder, "my.c"));
}

static void close_scene(struct scene *scene) {
    unsetenv("CC");
    lab_guest_library_free(&scene->library);
    lab_free(scene->path);
    folder_term(&scene->folder);
}

// Plans a run, [with] the library. Returns a status.
static int plan(struct scene *scene, bool with) {
    struct lab_guest_plan plan = {0};
    struct lab_text error = {0};
    struct lab_guest_options options = {.path = scene->path,
                                        .include = "",
                                        .clock = LAB_CLOCK_VIRTUAL,
                                        .library =
                                            with ? &scene->library : NULL};
    int status = lab_guest_plan_c(&plan, &options, &error);
    CHECK_INT(plan.file > 0, !with || status == LAB_EXIT_OK);
    CHECK_INT(error.length > 0, status != LAB_EXIT_OK);
    for (size_t i = 0; i < plan.count; i++)
        lab_free(plan.words[i]);
    lab_free(plan.words);
    if (plan.file)
        close(plan.file);
    lab_text_free(&error);
    return status;
}

// How often it was compiled by then, a mark each.
#define CHECK_COMPILED(scene, marks)                                           \
    CHECK(folder_holds(&(scene)->folder, "count", (marks)))

static int go(void *arg) {
    struct scene *scene = arg;
    for (int i = 0; i < 3; i++)
        CHECK_INT(plan(scene, true), LAB_EXIT_OK);
    CHECK_COMPILED(scene, "\n");
    folder_put(&scene->folder, "my.c", "int another;");
    CHECK_INT(plan(scene, true), LAB_EXIT_OK);
    CHECK_INT(plan(scene, true), LAB_EXIT_OK);
    CHECK_COMPILED(scene, "\n\n");
    // What does not compile is not kept, and what did before is not run.
    folder_put(&scene->folder, "my.c", "in the middle of a word");
    folder_put(&scene->folder, "refuse", "");
    CHECK_INT(plan(scene, true), LAB_EXIT_FAILED);
    CHECK_INT(plan(scene, true), LAB_EXIT_FAILED);
    CHECK_COMPILED(scene, "\n\n\n\n");
    CHECK_INT(unlink(folder_file(&scene->folder, "refuse")), 0);
    CHECK_INT(plan(scene, true), LAB_EXIT_OK);
    CHECK_INT(plan(scene, false), LAB_EXIT_OK);
    CHECK_INT(plan(scene, false), LAB_EXIT_OK);
    CHECK_COMPILED(scene, "\n\n\n\n\n\n\n");
    return 0;
}

TEST(a_program_that_is_run_again_is_compiled_once_for_each_time_it_is_saved) {
    struct scene scene;
    open_scene(&scene);
    CHECK_INT(lab_loop_main("main", go, &scene), 0);
    close_scene(&scene);
}
