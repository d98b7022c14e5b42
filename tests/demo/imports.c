#include "demo/imports.h"

#include "demo/load.h"
#include "test.h"

#include <stdio.h>
#include <string.h>

// What is said of [file] before its first run, and before its second.
static void check_said(struct lab_demo_file *file, const char *first) {
    struct lab_text error = {0}, warning = {0};
    MUST(lab_demos_load(file, &error));
    CHECK(lab_demos_warn(file, &warning) == (*first != '\0'));
    CHECK_STR(lab_text_string(&warning), first);
    CHECK(!lab_demos_warn(file, &warning));
    lab_text_free(&warning);
    lab_text_free(&error);
}

static void check_folder(const char *folder, const char *name,
                         const char *said) {
    struct lab_demos demos = {0};
    struct lab_text error = {0};
    size_t seen = 0;
    CHECK(lab_demos_open(&demos, folder, "demos", &error));
    for (size_t i = 0; i < demos.count; i++)
        if (!name || strcmp(demos.files[i].name, name) == 0) {
            check_said(&demos.files[i], said);
            seen++;
        }
    CHECK(seen > 0);
    lab_demos_free(&demos);
    lab_text_free(&error);
}

TEST(imports_that_hold_the_loop_are_told_once_with_the_lab_call) {
    check_folder(LAB_TESTS_DEMOS_DIR, "waits",
                 "02_waits.so calls what stops the loop and every task on it: "
                 "usleep (use lab_sleep, or lab_block in a pool), "
                 "pthread_mutex_lock (use lab_lock_acquire), "
                 "pthread_cond_wait (use lab_condition_wait), "
                 "sem_wait (use lab_semaphore_acquire), "
                 "poll (use lab_read), accept (use lab_accept), "
                 "waitpid (use lab_offload)");
    check_folder(LAB_TESTS_DEMOS_DIR, "counts", "");
}

TEST(imports_of_our_own_demos_need_no_warning) {
    check_folder(LAB_DEMOS_DIR, NULL, "");
}
