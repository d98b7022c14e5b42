#include "base/error.h"
#include "base/read.h"
#include "demo/load_internal.h"
#include "demo/object.h"
#include "demo/seal.h"
#include "demo/trust.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    FIRST = 20 * 1024, // bytes, which say whether there are more to read
    END = 64           // bytes, which have the seal
};

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
    int rc = lab_read_rest(fd, LAB_LOAD_MOST, bytes);
    close(fd);
    return rc < 0 ? lab_load_cannot(error, "read", rc) : true;
}

// Appends [size] bytes of [fd], from [from] on.
static bool read_part(int fd, size_t from, size_t size,
                      struct lab_text *bytes) {
    char *at = lab_text_room(bytes, size);
    ssize_t n = pread(fd, at, size, (off_t)from);
    if (n == (ssize_t)size)
        lab_text_add(bytes, size);
    return n == (ssize_t)size;
}

static bool has_seal(int fd, size_t size) {
    struct lab_text end = {0};
    bool has = size >= END && read_part(fd, size - END, END, &end) &&
               lab_seal_is_there(end.data, END, size);
    lab_text_free(&end);
    return has;
}

static bool read_loaded(int fd, size_t size, struct lab_text *bytes) {
    size_t first = size < FIRST ? size : FIRST;
    if (!read_part(fd, 0, first, bytes))
        return false;
    size_t extent = lab_object_extent(bytes->data, first);
    return extent <= first || (extent <= size && extent <= LAB_LOAD_MOST &&
                               read_part(fd, first, extent - first, bytes));
}

bool lab_load_glance(struct lab_demo_file *file, struct lab_text *bytes) {
    struct stat status;
    struct lab_text unsaid = {0};
    int fd = open_file(file, &status, &unsaid);
    size_t size = fd < 0 ? 0 : (size_t)status.st_size;
    bool is_read = fd >= 0 && (file->is_trusted || has_seal(fd, size)) &&
                   read_loaded(fd, size, bytes);
    if (fd >= 0)
        close(fd);
    lab_text_free(&unsaid);
    return is_read;
}
