#include "lesson/lesson.h"

#include "folder.h"
#include "test.h"

static bool answer(void *context, const char *command, struct lab_text *out,
                   struct lab_text *error) {
    (void)context;
    if (!strcmp(command, "run 3")) {
        lab_text_put(out, "took 1 s\n");
        return true;
    }
    lab_text_put(error, "there is no such command");
    return false;
}

static const struct lab_lesson_host host = {.run = answer};

#define STALE "a\n```looplab\nlooplab> run 3\ntook 2 s\n```\n"
#define FRESH "a\n```looplab\nlooplab> run 3\ntook 1 s\n```\n"

TEST(a_stale_lesson_gets_a_diff_and_stays) {
    struct folder folder;
    struct lab_text diff = {0}, error = {0}, expected = {0};
    folder_init(&folder);
    folder_put(&folder, "a.md", STALE);
    CHECK_INT(lab_lesson_check(folder.file, &host, &diff, &error),
              LAB_LESSON_STALE);
    lab_text_printf(&expected,
                    "--- %s\n+++ %s (as it runs now)\n@@ -1,5 +1,5 @@\n"
                    " a\n ```looplab\n looplab> run 3\n-took 2 s\n+took 1 s\n"
                    " ```\n",
                    folder.file, folder.file);
    CHECK_STR(lab_text_string(&diff), lab_text_string(&expected));
    CHECK_STR(lab_text_string(&error), "");
    CHECK(folder_holds(&folder, "a.md", STALE));
    lab_text_free(&diff);
    lab_text_free(&error);
    lab_text_free(&expected);
    folder_term(&folder);
}

TEST(a_second_write_touches_nothing) {
    struct folder folder;
    struct lab_text diff = {0}, error = {0};
    struct stat first, second;
    folder_init(&folder);
    folder_put(&folder, "a.md", STALE);
    CHECK_INT(lab_lesson_write(folder.file, &host, &error), LAB_LESSON_WRITTEN);
    CHECK(folder_holds(&folder, "a.md", FRESH));
    CHECK_INT(stat(folder.file, &first), 0);
    CHECK_INT(lab_lesson_write(folder.file, &host, &error), LAB_LESSON_FRESH);
    CHECK_INT(stat(folder.file, &second), 0);
    CHECK_INT(second.st_ino, first.st_ino);
    CHECK_INT(second.st_mtim.tv_sec, first.st_mtim.tv_sec);
    CHECK_INT(second.st_mtim.tv_nsec, first.st_mtim.tv_nsec);
    CHECK_INT(lab_lesson_check(folder.file, &host, &diff, &error),
              LAB_LESSON_FRESH);
    CHECK_STR(lab_text_string(&diff), "");
    CHECK_STR(lab_text_string(&error), "");
    lab_text_free(&diff);
    lab_text_free(&error);
    folder_term(&folder);
}

TEST(a_wrong_lesson_is_not_written) {
    struct folder folder;
    struct lab_text error = {0}, expected = {0};
    folder_init(&folder);
    folder_put(&folder, "a.md", STALE "```looplab\nlooplab> rnu\n```\n");
    CHECK_INT(lab_lesson_write(folder.file, &host, &error), LAB_LESSON_WRONG);
    lab_text_printf(&expected, "%s:7: there is no such command\n", folder.file);
    CHECK_STR(lab_text_string(&error), lab_text_string(&expected));
    CHECK(
        folder_holds(&folder, "a.md", STALE "```looplab\nlooplab> rnu\n```\n"));
    CHECK_INT(folder_count(&folder), 1);
    lab_text_free(&error);
    lab_text_free(&expected);
    folder_term(&folder);
}

// While its commands run, somebody saves the lesson.
static bool edit(void *context, const char *command, struct lab_text *out,
                 struct lab_text *error) {
    struct folder *folder = context;
    folder_put(folder, "a.md", "by an editor\n");
    return answer(NULL, command, out, error);
}

TEST(a_lesson_that_changed_meanwhile_is_not_written) {
    struct folder folder;
    struct lab_text error = {0}, expected = {0};
    folder_init(&folder);
    folder_put(&folder, "a.md", STALE);
    CHECK_INT(lab_lesson_write(
                  folder.file,
                  &(struct lab_lesson_host){.run = edit, .context = &folder},
                  &error),
              LAB_LESSON_LOST);
    lab_text_printf(&expected,
                    "%s was changed by someone else meanwhile; nothing was "
                    "written. Run it again\n",
                    folder.file);
    CHECK_STR(lab_text_string(&error), lab_text_string(&expected));
    CHECK(folder_holds(&folder, "a.md", "by an editor\n"));
    CHECK_INT(folder_count(&folder), 1);
    lab_text_free(&error);
    lab_text_free(&expected);
    folder_term(&folder);
}

TEST(a_lesson_that_is_read_only_is_not_written) {
    struct folder folder;
    struct lab_text error = {0}, expected = {0};
    folder_init(&folder);
    folder_put(&folder, "a.md", STALE);
    CHECK_INT(chmod(folder.file, 0444), 0);
    CHECK_INT(lab_lesson_write(folder.file, &host, &error), LAB_LESSON_LOST);
    lab_text_printf(&expected,
                    "%s is read-only; nothing was written. `chmod u+w` makes "
                    "it writable\n",
                    folder.file);
    CHECK_STR(lab_text_string(&error), lab_text_string(&expected));
    CHECK(folder_holds(&folder, "a.md", STALE));
    lab_text_free(&error);
    lab_text_free(&expected);
    folder_term(&folder);
}

TEST(a_lesson_that_is_not_there_is_wrong) {
    struct lab_text error = {0}, diff = {0};
    CHECK_INT(lab_lesson_check("/nowhere/a.md", &host, &diff, &error),
              LAB_LESSON_WRONG);
    CHECK_STR(lab_text_string(&error), "there is no folder /nowhere\n");
    lab_text_free(&error);
    lab_text_free(&diff);
}
