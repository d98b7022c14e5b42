#include "lesson/file.h"

#include "folder.h"
#include "test.h"

#include <signal.h>
#include <sys/file.h>
#include <sys/resource.h>

// A folder with one file, a.md, which was read.
struct fixture {
    struct folder folder;
    struct lab_text text, error;
    struct stat stat;
    char path[96];
};

static void set_up(struct fixture *f) {
    *f = (struct fixture){0};
    folder_init(&f->folder);
    folder_put(&f->folder, "a.md", "old\n");
    strcpy(f->path, folder_file(&f->folder, "a.md"));
    CHECK(lab_file_read(f->path, &f->text, &f->stat, &f->error));
    lab_text_clear(&f->text);
    lab_text_put(&f->text, "new\n");
}

static void tear_down(struct fixture *f) {
    lab_text_free(&f->text);
    lab_text_free(&f->error);
    folder_term(&f->folder);
}

// Is the error one line that begins with the path and has [words] in it?
static void check_error(struct fixture *f, const char *words) {
    const char *error = lab_text_string(&f->error);
    CHECK(!strncmp(error, f->path, strlen(f->path)));
    CHECK(f->error.length > 0 &&
          strchr(error, '\n') == error + f->error.length - 1);
    if (!CHECK(strstr(error, words) != NULL))
        fprintf(stderr, "    the error is: %s", error);
}

TEST(a_write_replaces_the_text_and_keeps_the_mode) {
    struct fixture f;
    struct stat now;
    set_up(&f);
    chmod(f.path, 0640);
    stat(f.path, &f.stat);
    CHECK(lab_file_write(f.path, &f.text, &f.stat, &f.error));
    CHECK(folder_holds(&f.folder, "a.md", "new\n"));
    CHECK_INT(stat(f.path, &now), 0);
    CHECK_INT(now.st_mode & 07777, 0640);
    CHECK(now.st_ino != f.stat.st_ino);
    CHECK_INT(folder_count(&f.folder), 1);
    tear_down(&f);
}

TEST(of_a_symbolic_link_the_target_is_replaced) {
    struct fixture f;
    struct stat link;
    set_up(&f);
    CHECK_INT(symlink("a.md", folder_file(&f.folder, "link.md")), 0);
    CHECK(lab_file_write(f.folder.file, &f.text, &f.stat, &f.error));
    CHECK(folder_holds(&f.folder, "a.md", "new\n"));
    CHECK_INT(lstat(folder_file(&f.folder, "link.md"), &link), 0);
    CHECK(S_ISLNK(link.st_mode));
    tear_down(&f);
}

TEST(what_a_killed_run_left_is_removed_and_nothing_else) {
    struct fixture f;
    set_up(&f);
    folder_put(&f.folder, ".a.md.looplab-Ab3dE6", "half");
    folder_put(&f.folder, ".a.md.looplab-Ab3dE67", "not ours");
    folder_put(&f.folder, ".b.md.looplab-Ab3dE6", "of another lesson");
    CHECK(lab_file_write(f.path, &f.text, &f.stat, &f.error));
    CHECK_INT(folder_count(&f.folder), 3);
    CHECK(access(folder_file(&f.folder, ".a.md.looplab-Ab3dE6"), F_OK) < 0);
    tear_down(&f);
}

TEST(what_a_living_run_writes_is_left_alone) {
    struct fixture f;
    set_up(&f);
    folder_put(&f.folder, ".a.md.looplab-Ab3dE6", "half");
    int fd = open(f.folder.file, O_RDONLY);
    CHECK_INT(flock(fd, LOCK_EX), 0);
    CHECK(lab_file_write(f.path, &f.text, &f.stat, &f.error));
    CHECK_INT(folder_count(&f.folder), 2);
    close(fd);
    tear_down(&f);
}

TEST(a_file_that_changed_meanwhile_is_not_written) {
    struct fixture f;
    set_up(&f);
    folder_put(&f.folder, "a.md", "by an editor\n");
    CHECK(!lab_file_write(f.path, &f.text, &f.stat, &f.error));
    check_error(&f, "changed by someone else");
    CHECK(folder_holds(&f.folder, "a.md", "by an editor\n"));
    CHECK_INT(folder_count(&f.folder), 1);
    tear_down(&f);
}

TEST(a_read_only_file_is_not_written) {
    struct fixture f;
    set_up(&f);
    chmod(f.path, 0444);
    stat(f.path, &f.stat);
    CHECK(!lab_file_write(f.path, &f.text, &f.stat, &f.error));
    check_error(&f, "read-only");
    CHECK(folder_holds(&f.folder, "a.md", "old\n"));
    tear_down(&f);
}

// A limit on the size of files is the full disk that a test can have.
TEST(a_write_that_fails_halfway_leaves_the_old_file) {
    struct fixture f;
    struct rlimit old, small;
    set_up(&f);
    lab_text_repeat(&f.text, "x", 100000);
    getrlimit(RLIMIT_FSIZE, &old);
    small = (struct rlimit){.rlim_cur = 5000, .rlim_max = old.rlim_max};
    void (*handler)(int) = signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &small);
    CHECK(!lab_file_write(f.path, &f.text, &f.stat, &f.error));
    setrlimit(RLIMIT_FSIZE, &old);
    signal(SIGXFSZ, handler);
    check_error(&f, "cannot be written: file too large");
    CHECK(folder_holds(&f.folder, "a.md", "old\n"));
    CHECK_INT(folder_count(&f.folder), 1);
    tear_down(&f);
}

TEST(a_folder_that_may_not_be_written_is_an_error) {
    struct fixture f;
    set_up(&f);
    chmod(f.folder.path, 0555);
    chmod(f.path, 0666);
    stat(f.path, &f.stat);
    // Root may write everywhere, so it takes the place of nobody meanwhile.
    uid_t user = geteuid();
    if (user == 0)
        CHECK_INT(seteuid(65534), 0);
    CHECK(!lab_file_write(f.path, &f.text, &f.stat, &f.error));
    if (user == 0)
        CHECK_INT(seteuid(0), 0);
    // mkdtemp's 0700 is gone: 0555 lets nobody look, but not write.
    check_error(&f, "cannot be written: permission denied");
    CHECK(folder_holds(&f.folder, "a.md", "old\n"));
    chmod(f.folder.path, 0755);
    tear_down(&f);
}

TEST(only_a_regular_file_is_read) {
    struct fixture f;
    set_up(&f);
    strcpy(f.path, folder_file(&f.folder, "pipe"));
    CHECK_INT(mkfifo(f.path, 0600), 0);
    CHECK(!lab_file_read(f.path, &f.text, &f.stat, &f.error));
    check_error(&f, "no file of text");
    lab_text_clear(&f.error);
    strcpy(f.path, f.folder.path);
    CHECK(!lab_file_read(f.path, &f.text, &f.stat, &f.error));
    check_error(&f, "no file of text");
    lab_text_clear(&f.error);
    strcpy(f.path, folder_file(&f.folder, "none"));
    CHECK(!lab_file_read(f.path, &f.text, &f.stat, &f.error));
    check_error(&f, "no such file");
    tear_down(&f);
}
