// file.h - files, read and written without holding up the loop.
//
// Use:
//     lab_file *file;
//     LAB_TRY(lab_file_open(&file, "notes.txt", LAB_FILE_READ, 0));
//     while ((n = lab_file_read_some(file, bytes, sizeof bytes)) > 0)
//         total += n; // n ends as LAB_EOF
//     int rc = lab_file_close(file);
//
// The kernel has no way to wait for a file: it is always ready, and then a
// read takes as long as the disk does. So each call here is a job for the
// run's default pool, and four go on at a time. Under the virtual clock the
// job takes no time, whatever the disk does.
//
// Cancelling: a job that still is queued is dropped, and nothing has happened.
// One that has begun is waited for, since it uses the caller's bytes; it then
// counts, and the next wait fails. Opening a pipe that nobody writes to, or
// reading from one, may thus keep a task from ending: use streams for those.

#ifndef LAB_CORE_FILE_H
#define LAB_CORE_FILE_H

#include "base/error.h"

#include <stddef.h>
#include <stdint.h>

typedef struct lab_file lab_file;

enum {
    LAB_FILE_READ = 1,
    LAB_FILE_WRITE = 2,
    LAB_FILE_CREATE = 4,    // if there is none
    LAB_FILE_EXCLUSIVE = 8, // with CREATE: there must be none
    LAB_FILE_TRUNCATE = 16, // forget what it contains
    LAB_FILE_APPEND = 32,   // every write goes to the end
};

// Opens [path] and stores the file in [*out]. [flags] are a sum of the above;
// [mode] is who may do what with a file that is created: 0644. Waits.
//
// Owns:   yours, until lab_file_close.
// Errors: those of open(2), as LAB_ENOENT. LAB_EINVAL if [flags] ask for
//         neither reading nor writing. LAB_ECANCELED, LAB_EPERM, and
//         LAB_ENOMEM if there is no thread for the pool.
// Source: open(2) in a pool, as Python's aiofiles does it.
LAB_CHECKED int lab_file_open(lab_file **out, const char *path, int flags,
                              unsigned mode);
#define lab_file_open LAB_COVER(lab_file_open)

// Reads on from where the last read or write ended: at most [size] bytes into
// [bytes]. Returns how many; fewer only when the file ends there. Waits.
//
// Errors: LAB_EOF at the end. Those of read(2), if nothing was read before.
//         LAB_ECANCELED: nothing was read. LAB_EPERM.
LAB_CHECKED int lab_file_read_some(lab_file *file, void *bytes, size_t size);
#define lab_file_read_some LAB_COVER(lab_file_read_some)

// Writes all [size] bytes of [bytes], on from where the last read or write
// ended. Returns 0. Waits.
//
// Errors: those of write(2): part may have been written. LAB_ECANCELED:
//         nothing was written. LAB_EPERM.
LAB_CHECKED int lab_file_write_all(lab_file *file, const void *bytes,
                                   size_t size);
#define lab_file_write_all LAB_COVER(lab_file_write_all)

// Stores in [*size] how many bytes the file has. Waits.
//
// Errors: those of fstat(2). LAB_ECANCELED, LAB_EPERM.
LAB_CHECKED int lab_file_size(lab_file *file, int64_t *size);
#define lab_file_size LAB_COVER(lab_file_size)

// Closes [file]. Waits, but not in a task that is cancelled: the file is
// closed there and then, with the thread held.
//
// Owns:   takes [file], also when it fails. No other call may be going on.
// Errors: those of close(2): what was written may be lost.
LAB_CHECKED int lab_file_close(lab_file *file);
#define lab_file_close LAB_COVER(lab_file_close)

#endif
