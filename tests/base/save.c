#include "base/save.h"

#include "base/alloc.h"
#include "base/die.h"
#include "base/error.h"
#include "folder.h"
#include "test.h"

#include <errno.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>

// --- what happens meanwhile

static void (*on_sync)(void); // called while the file is brought to the disk
static void (*on_exchange)(int n); // before the exchange number n, from 0
static int exchanges, exchange_error;

// In the place of libc's. What others call from here on is the same.
int fsync(int fd) {
    if (on_sync)
        on_sync();
    return (int)syscall(SYS_fsync, fd);
}

int renameat2(int from, const char *old, int to, const char *new,
              unsigned flags) {
    if (on_exchange)
        on_exchange(exchanges);
    exchanges++;
    if (exchange_error) {
        errno = exchange_error;
        return -1;
    }
    return (int)syscall(SYS_renameat2, from, old, to, new, flags);
}

// --- a folder with the file to write

static struct folder folder;
static char path[sizeof folder.file];

static void begin(void) {
    folder_init(&folder);
    strcpy(path, folder_file(&folder, "file"));
    exchanges = 0;
}

static void end(void) {
    on_sync = NULL;
    on_exchange = NULL;
    exchange_error = 0;
    folder_term(&folder);
}

// Writes [text] over a file that held [old]; or that is new, if [old] is NULL.
static int save_text(const char *text, const char *old) {
    struct lab_save save;
    struct lab_text was = {0};
    LAB_TRY(lab_save_open(&save, path));
    fputs(text, save.file);
    if (!old)
        return lab_save_close(&save);
    lab_text_put(&was, old);
    int rc = lab_save_replace(&save, &was);
    lab_text_free(&was);
    return rc;
}

TEST(a_new_file_appears_whole_when_it_is_closed) {
    struct lab_save save;
    begin();
    MUST(CHECK_INT(lab_save_open(&save, path), 0));
    fputs("one", save.file);
    fflush(save.file);
    CHECK(access(path, F_OK) < 0);
    CHECK_INT(lab_save_close(&save), 0);
    CHECK(folder_holds(&folder, "file", "one"));
    CHECK_INT(folder_count(&folder), 1);
    end();
}

TEST(a_file_that_is_dropped_leaves_the_old_one) {
    struct lab_save save;
    begin();
    folder_put(&folder, "file", "one");
    MUST(CHECK_INT(lab_save_open(&save, path), 0));
    fputs("two", save.file);
    lab_save_drop(&save);
    CHECK(folder_holds(&folder, "file", "one"));
    CHECK_INT(folder_count(&folder), 1);
    end();
}

TEST(a_file_keeps_its_mode_and_a_read_only_one_is_refused) {
    struct stat about;
    begin();
    folder_put(&folder, "file", "one");
    CHECK_INT(chmod(path, 0640), 0);
    CHECK_INT(save_text("two", NULL), 0);
    CHECK_INT(save_text("three", "two"), 0);
    CHECK_INT(stat(path, &about), 0);
    CHECK_INT(about.st_mode & 0777, 0640);
    CHECK_INT(chmod(path, 0440), 0);
    CHECK_INT(save_text("four", NULL), -EPERM);
    CHECK_INT(save_text("four", "three"), -EPERM);
    CHECK(folder_holds(&folder, "file", "three"));
    CHECK_INT(folder_count(&folder), 1);
    end();
}

TEST(of_a_symbolic_link_the_target_is_replaced) {
    struct stat link;
    begin();
    folder_put(&folder, "file", "one");
    strcpy(path, folder_file(&folder, "link"));
    CHECK_INT(symlink("file", path), 0);
    CHECK_INT(save_text("two", NULL), 0);
    CHECK(folder_holds(&folder, "file", "two"));
    CHECK_INT(save_text("three", "two"), 0);
    CHECK(folder_holds(&folder, "file", "three"));
    CHECK_INT(lstat(path, &link), 0);
    CHECK(S_ISLNK(link.st_mode));
    end();
}

TEST(what_a_killed_run_left_is_removed_and_nothing_else) {
    begin();
    folder_put(&folder, ".file.looplab-Ab3dE6", "half");
    folder_put(&folder, ".file.looplab-Ab3dE67", "not ours");
    folder_put(&folder, ".other.looplab-Ab3dE6", "of another file");
    CHECK_INT(save_text("one", NULL), 0);
    CHECK_INT(folder_count(&folder), 3);
    CHECK(access(folder_file(&folder, ".file.looplab-Ab3dE6"), F_OK) < 0);
    end();
}

TEST(what_a_living_run_writes_is_left_alone) {
    begin();
    folder_put(&folder, ".file.looplab-Ab3dE6", "half");
    int fd = open(folder.file, O_RDONLY);
    CHECK_INT(flock(fd, LOCK_EX), 0);
    CHECK_INT(save_text("one", NULL), 0);
    CHECK_INT(folder_count(&folder), 2);
    close(fd);
    end();
}

TEST(a_hurried_end_removes_every_file_that_is_being_written) {
    enum { FILES = 3 };
    struct lab_save saves[FILES];
    begin();
    folder_put(&folder, "file", "old");
    for (int i = 0; i < FILES; i++)
        CHECK_INT(lab_save_open(&saves[i], path), 0);
    CHECK_INT(lab_save_close(&saves[1]), 0); // not the last that was opened
    CHECK_INT(folder_count(&folder), 3);
    lab_die_restore();
    CHECK_INT(folder_count(&folder), 1);
    CHECK(folder_holds(&folder, "file", ""));
    lab_save_drop(&saves[2]);
    CHECK_INT(lab_save_close(&saves[0]), -ENOENT);
    end();
}

TEST(a_hurried_end_of_a_child_leaves_its_parents_files) {
    struct lab_save save;
    int status;
    begin();
    CHECK_INT(lab_save_open(&save, path), 0);
    pid_t child = fork();
    if (child == 0) {
        lab_die_restore();
        _exit(0);
    }
    CHECK_INT(waitpid(child, &status, 0), child);
    CHECK_INT(lab_save_close(&save), 0);
    CHECK_INT(folder_count(&folder), 1);
    end();
}

TEST(a_full_disk_is_told_when_the_file_is_closed) {
    struct lab_save save;
    MUST(CHECK_INT(lab_save_open(&save, "/dev/full"), 0));
    for (int i = 0; i < 10000; i++)
        fputs("much too much", save.file);
    CHECK_INT(lab_save_close(&save), -ENOSPC);
}

// A limit on the size of files is the full disk that a test can have.
TEST(a_write_that_fails_halfway_leaves_the_old_file) {
    struct rlimit old, small;
    struct lab_text text = {0};
    begin();
    folder_put(&folder, "file", "one");
    lab_text_repeat(&text, "x", 100000);
    getrlimit(RLIMIT_FSIZE, &old);
    small = (struct rlimit){.rlim_cur = 5000, .rlim_max = old.rlim_max};
    void (*handler)(int) = signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &small);
    CHECK_INT(save_text(lab_text_string(&text), NULL), -EFBIG);
    CHECK_INT(save_text(lab_text_string(&text), "one"), -EFBIG);
    setrlimit(RLIMIT_FSIZE, &old);
    signal(SIGXFSZ, handler);
    CHECK(folder_holds(&folder, "file", "one"));
    CHECK_INT(folder_count(&folder), 1);
    lab_text_free(&text);
    end();
}

TEST(a_folder_that_is_not_there_is_told_at_once) {
    struct lab_save save;
    CHECK_INT(lab_save_open(&save, "no/such/folder/file"), -ENOENT);
    CHECK_INT(lab_save_open(&save, "."), -EISDIR);
}

TEST(a_folder_that_may_not_be_written_is_an_error) {
    begin();
    folder_put(&folder, "file", "one");
    CHECK_INT(chmod(path, 0666), 0);
    CHECK_INT(chmod(folder.path, 0555), 0);
    // Root may write everywhere, so it takes the place of nobody meanwhile.
    uid_t user = geteuid();
    if (user == 0)
        CHECK_INT(seteuid(65534), 0);
    CHECK_INT(save_text("two", NULL), -EACCES);
    CHECK_INT(save_text("two", "one"), -EACCES);
    if (user == 0)
        CHECK_INT(seteuid(0), 0);
    CHECK(folder_holds(&folder, "file", "one"));
    CHECK_INT(chmod(folder.path, 0755), 0);
    end();
}

// --- somebody saves the same file

// What is in the file after somebody has saved it: as long as what was there.
static const char *edit;
static void (*way)(void); // of saving it
static int moment;        // which exchange it comes before

static void save_in_place(void) {
    folder_put(&folder, "file", edit);
}

static void save_by_rename(void) {
    char beside[sizeof folder.file];
    folder_put(&folder, "file~", edit);
    strcpy(beside, folder.file);
    CHECK_INT(rename(beside, path), 0);
}

// As a file system does whose clock ticks slowly.
static void save_without_a_trace(void) {
    struct stat was;
    CHECK_INT(stat(path, &was), 0);
    folder_put(&folder, "file", edit);
    struct timespec times[2] = {was.st_atim, was.st_mtim};
    CHECK_INT(utimensat(AT_FDCWD, path, times, 0), 0);
}

static void save_once(void) {
    on_sync = NULL;
    way();
}

static void save_at(int n) {
    if (n == moment)
        way();
}

static void (*const ways[])(void) = {save_in_place, save_by_rename,
                                     save_without_a_trace};

// Is the file as whoever saved it left it, and nothing else there?
static void check_edit_stays(void) {
    folder_put(&folder, "file", "old");
    exchanges = 0;
    CHECK_INT(save_text("new", "old"), -ESTALE);
    CHECK(folder_holds(&folder, "file", edit));
    CHECK_INT(folder_count(&folder), 1);
}

TEST(a_file_that_holds_something_else_is_not_replaced) {
    begin();
    edit = "odd";
    folder_put(&folder, "file", edit);
    CHECK_INT(save_text("new", "old"), -ESTALE);
    CHECK_INT(save_text("new", "odd or more"), -ESTALE);
    CHECK(folder_holds(&folder, "file", edit));
    CHECK_INT(folder_count(&folder), 1);
    CHECK_INT(exchanges, 0);
    CHECK_INT(save_text("new", "odd"), 0);
    CHECK(folder_holds(&folder, "file", "new"));
    CHECK_INT(folder_count(&folder), 1);
    end();
}

TEST(an_edit_saved_while_the_disk_is_slow_is_kept) {
    for (size_t i = 0; i < countof(ways); i++) {
        begin();
        way = ways[i];
        edit = "odd";
        on_sync = save_once;
        check_edit_stays();
        CHECK_INT(exchanges, 0);
        end();
    }
}

TEST(an_edit_saved_just_before_the_exchange_is_put_back) {
    for (size_t i = 0; i < countof(ways); i++) {
        begin();
        way = ways[i];
        edit = "odd";
        moment = 0;
        on_exchange = save_at;
        check_edit_stays();
        CHECK_INT(exchanges, 2);
        end();
    }
}

// As a signal does that ends the program at this moment.
static void save_and_end(int n) {
    if (n == 0)
        way();
    lab_die_restore();
}

TEST(an_edit_survives_the_end_of_the_program_in_the_middle_of_an_exchange) {
    begin();
    way = save_in_place;
    edit = "odd";
    on_exchange = save_and_end;
    check_edit_stays();
    CHECK_INT(exchanges, 2);
    end();
}

static void save_twice(int n) {
    if (n > 1)
        return;
    edit = n == 0 ? "odd" : "second";
    way();
}

TEST(of_two_edits_the_second_stays) {
    for (size_t i = 0; i < 2; i++) {
        begin();
        way = ways[i];
        on_exchange = save_twice;
        check_edit_stays();
        CHECK_STR(edit, "second");
        CHECK_INT(exchanges, 3);
        end();
    }
}

static void remove_at(int n) {
    if (n == 0)
        way();
    if (n == moment)
        CHECK_INT(unlink(path), 0);
}

TEST(a_file_that_is_removed_just_before_the_exchange_stays_so) {
    begin();
    way = save_in_place;
    edit = "odd";
    moment = 0;
    on_exchange = remove_at;
    folder_put(&folder, "file", "old");
    CHECK_INT(save_text("new", "old"), -ESTALE);
    CHECK_INT(folder_count(&folder), 0);
    end();
}

TEST(an_edit_comes_back_though_ours_was_removed) {
    begin();
    way = save_in_place;
    edit = "odd";
    moment = 1;
    on_exchange = remove_at;
    check_edit_stays();
    end();
}

TEST(where_files_cannot_be_exchanged_they_are_renamed) {
    static const int errors[] = {EINVAL, ENOSYS};
    for (size_t i = 0; i < countof(errors); i++) {
        begin();
        exchange_error = errors[i];
        folder_put(&folder, "file", "old");
        CHECK_INT(save_text("new", "old"), 0);
        CHECK(folder_holds(&folder, "file", "new"));
        CHECK_INT(folder_count(&folder), 1);
        edit = "odd";
        way = save_in_place;
        on_sync = save_once;
        check_edit_stays();
        end();
    }
}

TEST(an_exchange_that_fails_is_an_error_and_leaves_the_old_file) {
    begin();
    exchange_error = EIO;
    folder_put(&folder, "file", "old");
    CHECK_INT(save_text("new", "old"), -EIO);
    CHECK(folder_holds(&folder, "file", "old"));
    CHECK_INT(folder_count(&folder), 1);
    end();
}
