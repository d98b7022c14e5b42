#include "demo/standard.h"

#include "test.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const names[] = {"standard input", "standard output",
                                    "standard error"};

static struct stat status_of(int fd) {
    struct stat status = {0};
    CHECK_INT(fstat(fd, &status), 0);
    return status;
}

static void close_it(int fd) {
    close(fd);
}

// What is opened next takes the place of one that was closed.
static void open_another(int fd) {
    close(fd);
    CHECK_INT(open("/dev/zero", O_RDWR | O_CLOEXEC), fd);
}

TEST(standard_descriptors_that_a_run_changed_are_named_and_put_back) {
    static void (*const changes[])(int fd) = {close_it, open_another};
    struct lab_standard standard;
    for (int fd = 0; fd < 3; fd++)
        for (int i = 0; i < 2; i++) {
            struct stat before = status_of(fd);
            lab_standard_keep(&standard);
            changes[i](fd);
            const char *changed = lab_standard_restore(&standard);
            CHECK_STR(changed, names[fd]);
            CHECK_INT(status_of(fd).st_ino, before.st_ino);
            CHECK_INT(status_of(fd).st_dev, before.st_dev);
        }
}

TEST(standard_descriptors_that_are_as_they_were_or_closed_are_left_alone) {
    struct lab_standard standard;
    lab_standard_keep(&standard);
    CHECK_STR(lab_standard_restore(&standard), NULL);
    int input = dup(0);
    close(0);
    lab_standard_keep(&standard);
    CHECK_STR(lab_standard_restore(&standard), NULL);
    CHECK(fcntl(0, F_GETFD) < 0);
    CHECK_INT(dup2(input, 0), 0);
    close(input);
}
