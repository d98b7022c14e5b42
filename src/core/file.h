// file.h - files, read and written without holding up the loop.
//
// Use:
//     lab_file *file;
//     LAB_TRY(lab_file_open(&file, "notes.txt", LAB_FILE_READ, 0));
//     while ((n = lab_file_read_some(file, bytes, sizeof bytes)) > 0)
//         total += n; // n is LAB_EOF in the end
//     int rc = lab_file_close(file);
//
// The kernel cannot wait for a file: a file is always ready, and then a read
// takes as long as the disk does. So each call here is a job for the run's
// default pool, and four run at a time. Under the virtual clock the job takes
// no time, however slow the disk is, save what lab_file_slow_down says.
//
// Cancelling: a job that is still queued is dropped, and nothing happens. One
// that has begun is waited for, since it uses the caller's bytes; it then
// counts, and the next wait fails. Opening a pipe that nobody writes to, or
// reading from one, may keep a task from ending: use streams for those.

#ifndef LAB_CORE_FILE_H
#define LAB_CORE_FILE_H

#include "base/error.h"
#include "base/time.h"

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
// [mode] is the mode of a file that is created, such as 0644. Waits.
//
// Owns:   yours, until lab_file_close.
// Errors: those of open(2), such as LAB_ENOENT. LAB_EINVAL if [flags] ask for
//         neither reading nor writing. LAB_ECANCELED, LAB_EPERM, and LAB_ENOMEM
//         if the pool cannot start a thread.
// Source: open(2) in a pool, as Python's aiofiles does it.
LAB_CHECKED int lab_file_open(lab_file **out, const char *path, int flags,
                              unsigned mode);
#define lab_file_open LAB_COVER(lab_file_open)

// Reads at most [size] bytes into [bytes], from where the last read or write
// ended. Returns how many; fewer only at the end of the file. Waits.
//
// Errors: LAB_EOF at the end. Those of read(2), if nothing was read before.
//         LAB_ECANCELED: nothing was read. LAB_EPERM.
LAB_CHECKED int lab_file_read_some(lab_file *file, void *bytes, size_t size);
#define lab_file_read_some LAB_COVER(lab_file_read_some)

// Writes all [size] bytes of [bytes], from where the last read or write ended.
// Returns 0. Waits.
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

// Stores in [*cached] how many of the file's bytes are in the page cache, the
// kernel's copy of files in memory: a read of those asks no disk. Counted in
// whole pages, up to the size. Waits.
//
// Errors: those of mmap(2) and mincore(2). LAB_ECANCELED, LAB_EPERM.
// Source: fincore(1).
LAB_CHECKED int lab_file_cached(lab_file *file, int64_t *cached);
#define lab_file_cached LAB_COVER(lab_file_cached)

// Writes what is only in the page cache to the disk, and asks the kernel to
// forget its copy. That is advice: a file system in memory keeps it, and what
// the disk itself or a host of this machine keeps is not reached. Waits.
//
// Errors: those of fdatasync(2) and posix_fadvise(2). LAB_ECANCELED, LAB_EPERM.
LAB_CHECKED int lab_file_uncache(lab_file *file);
#define lab_file_uncache LAB_COVER(lab_file_uncache)

// Has each later read of [file] hold its worker for [time] first, as a slow
// disk would, under either clock.
void lab_file_slow_down(lab_file *file, lab_time time);

// Closes [file]. Waits, but not in a cancelled task: there the file is closed
// at once, with the thread held.
//
// Owns:   takes [file], even if this fails. No other call on it may be in
//         progress.
// Errors: those of close(2): what was written may be lost.
LAB_CHECKED int lab_file_close(lab_file *file);
#define lab_file_close LAB_COVER(lab_file_close)

#endif
