#include "base/error.h"
#include "base/read.h"
#include "demo/load_internal.h"
#include "demo/trust.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

bool lab_load_cannot(struct lab_text *error, const char *what, int rc) {
    lab_text_printf(error, "cannot be %s: %s", what, lab_error_text(rc));
    return false;
}

// Opens [file], and returns its descriptor; negative, with the rest of a
// sentence in [error], if it cannot be or may not be read.
static int open_file(struct lab_demo_file *file, struct stat *status,
                     struct lab_text *error) {
    int fd = lab_read_open_as(AT_FDCWD, file->path, 0, status);
    if (fd == LAB_ENOTFILE)
        lab_text_put(error, "is not a file: remove it or run make");
    else if (fd < 0)
        lab_load_cannot(error, "read", fd);
    if (fd < 0 || file->is_trusted || lab_trust_check(status, error))
        return fd;
    close(fd);
    return LAB_EPERM;
}

bool lab_load_read(struct lab_demo_file *file, struct lab_text *bytes,
                   struct lab_text *error) {
    struct stat status;
    int fd = open_file(file, &status, error);
    if (fd < 0)
        return false;
    file->built = status.st_mtim;
    file->size = status.st_size;
    int rc = lab_read_rest(fd, LAB_LOAD_MOST, bytes);
    close(fd);
    return rc < 0 ? lab_load_cannot(error, "read", rc) : true;
}
