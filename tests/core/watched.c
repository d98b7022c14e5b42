#include "core/watched.h"

#include "core/loop.h"
#include "core/task.h"

#include "folder.h"
#include "test.h"

#include <errno.h>

// A file, and what is done to it while it is watched.
static struct folder folder;
static struct lab_watched *watched;

enum { SOON = 60 }; // seconds; only a failure takes them

// Waits for a change that must come, and looks what the file holds then.
static void changes_to(const char *text) {
    CHECK_INT(lab_watched_wait(watched, SOON * LAB_S), 0);
    CHECK(folder_holds(&folder, "my.py", text));
}

// Has [body] run with a file that is watched and holds "one".
static void with_file(lab_fn *body) {
    folder_init(&folder);
    folder_put(&folder, "my.py", "one");
    CHECK_INT(lab_loop_main("main", body, NULL), 0);
    folder_term(&folder);
}

static int open_it(void) {
    return lab_watched_open(&watched, folder_file(&folder, "my.py"));
}

static void rename_file(const char *from, const char *to) {
    char before[96];
    snprintf(before, sizeof before, "%s", folder_file(&folder, from));
    CHECK_INT(rename(before, folder_file(&folder, to)), 0);
}

static int write_it(void *arg) {
    (void)arg;
    LAB_TRY(open_it());
    folder_put(&folder, "my.py", "two");
    changes_to("two");
    folder_put(&folder, "my.py", "one"); // as it was at first
    changes_to("one");
    lab_watched_close(watched);
    return 0;
}

TEST(a_file_that_is_written_has_changed) {
    with_file(write_it);
}

// As vim does: the old file gets another name, and a new one the name.
static int replace_it(void *arg) {
    (void)arg;
    LAB_TRY(open_it());
    rename_file("my.py", "my.py~");
    folder_put(&folder, "my.py", "two");
    changes_to("two");
    folder_put(&folder, ".my.py.swp", "three"); // as others do
    rename_file(".my.py.swp", "my.py");
    changes_to("three");
    lab_watched_close(watched);
    return 0;
}

TEST(a_file_that_is_replaced_has_changed) {
    with_file(replace_it);
}

static int add_rest(void *arg) {
    (void)arg;
    folder_put(&folder, "my.py", "two, whole");
    return 0;
}

// The second step comes while the first settles.
static int save_in_steps(void *arg) {
    (void)arg;
    LAB_TRY(open_it());
    folder_put(&folder, "my.py", "");
    lab_task *rest = lab_spawn("rest", add_rest, NULL);
    changes_to("two, whole");
    LAB_TRY(lab_await(rest));
    CHECK_INT(lab_watched_wait(watched, 0), LAB_ETIMEDOUT);
    lab_watched_close(watched);
    return 0;
}

TEST(a_save_in_two_steps_is_one_change) {
    with_file(save_in_steps);
}

static int save_the_same(void *arg) {
    (void)arg;
    LAB_TRY(open_it());
    folder_put(&folder, "my.py", "one");
    folder_put(&folder, "other.py", "two");
    CHECK_INT(lab_watched_wait(watched, 100 * LAB_MS), LAB_ETIMEDOUT);
    CHECK_INT(remove(folder_file(&folder, "my.py")), 0);
    CHECK_INT(lab_watched_wait(watched, 100 * LAB_MS), LAB_ETIMEDOUT);
    folder_put(&folder, "my.py", "two");
    changes_to("two");
    lab_watched_close(watched);
    return 0;
}

TEST(the_same_content_is_no_change_nor_is_a_file_that_is_gone_for_a_while) {
    with_file(save_the_same);
}

static int wait_long(void *arg) {
    (void)arg;
    return lab_watched_wait(watched, LAB_FOREVER);
}

static int cancel_it(void *arg) {
    (void)arg;
    LAB_TRY(open_it());
    lab_task *task = lab_spawn_now("waits", wait_long, NULL);
    lab_cancel(task);
    CHECK_INT(lab_await(task), LAB_ECANCELED);
    lab_watched_close(watched);
    return 0;
}

TEST(a_wait_for_a_change_can_be_cancelled) {
    with_file(cancel_it);
}

// A change between two waits is found by the next one.
static int change_meanwhile(void *arg) {
    (void)arg;
    LAB_TRY(open_it());
    folder_put(&folder, "my.py", "two");
    lab_task *task = lab_spawn_now("waits", wait_long, NULL);
    LAB_TRY(lab_await(task));
    folder_put(&folder, "my.py", "three");
    changes_to("three");
    lab_watched_close(watched);
    return 0;
}

TEST(a_change_while_nobody_waits_is_not_lost) {
    with_file(change_meanwhile);
}

static int remove_folder(void *arg) {
    (void)arg;
    LAB_TRY(open_it());
    CHECK_INT(remove(folder_file(&folder, "my.py")), 0);
    CHECK_INT(rmdir(folder.path), 0);
    CHECK_INT(lab_watched_wait(watched, SOON * LAB_S), LAB_ENOENT);
    lab_watched_close(watched);
    return 0;
}

TEST(a_folder_that_is_gone_ends_the_wait) {
    folder_init(&folder);
    folder_put(&folder, "my.py", "one");
    CHECK_INT(lab_loop_main("main", remove_folder, NULL), 0);
}

static int open_nothing(void *arg) {
    (void)arg;
    CHECK_INT(lab_watched_open(&watched, folder_file(&folder, "none.py")),
              LAB_ENOENT);
    return 0;
}

TEST(a_file_that_is_not_there_cannot_be_watched) {
    with_file(open_nothing);
}
