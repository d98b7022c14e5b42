// executor.h - pools of threads, for work that blocks.
//
// Use:
//     lab_pool *pool = lab_pool_new("pool", 4);
//     int rc = lab_offload(pool, read_file, &job); // others run meanwhile
//
// A job waits in the pool's queue until a worker is free. Under the virtual
// clock a worker is a coroutine that parks in lab_block and lab_burn until
// their time is over, so that queue wait and results are exact.

#ifndef LAB_CORE_EXECUTOR_H
#define LAB_CORE_EXECUTOR_H

#include "core/task.h"

typedef struct lab_pool lab_pool;

enum { LAB_POOL_MOST = 256 };

// Makes a pool of [size] workers, 1 to LAB_POOL_MOST, for the current run.
//
// Owns:   the run frees it when it ends; running jobs are waited for.
//         [name] is copied.
// Errors: NULL if the machine gives no more threads.
// Source: concurrent.futures.ThreadPoolExecutor.
lab_pool *lab_pool_new(const char *name, int size);
#define lab_pool_new LAB_COVER(lab_pool_new)

// As above, but one interpreter lock is shared by the jobs of all such pools
// and the loop, as in Python. Only its holder runs. Who computes gives it on to
// the one that has waited longest, [slice] after that began to wait or after it
// took the lock itself; lab_block lets go of it, as the loop does when it has
// nothing to do. So burns share one core, and the loop is late. Of several
// pools the slice of the first counts.
//
// Owns:   as lab_pool_new.
// Errors: likewise.
// Source: a ThreadPoolExecutor under CPython's GIL, with slices of 5 ms
//         (sys.getswitchinterval). This lock is fair, so that a run can be
//         repeated: the loop waits for a slice of each of the others at most.
//         CPython's is not: any thread that waits may be the next, and the loop
//         may be passed over. Beside four threads its longest gap is 20 ms
//         here, and was 66 ms there.
lab_pool *lab_pool_new_locked(const char *name, int size, lab_time slice);
#define lab_pool_new_locked LAB_COVER(lab_pool_new_locked)

// Returns the run's own pool, "default", of 4 workers, made when it is first
// asked for. Files are read and written by it.
//
// Owns:   the run's, as any pool.
// Errors: NULL outside of a task, and if the machine gives no more threads.
// Source: run_in_executor(None, ...).
lab_pool *lab_pool_default(void);
#define lab_pool_default LAB_COVER(lab_pool_default)

// Waits until a worker of [pool] has run [fn] and returns its result.
//
// Owns:   [arg] stays yours; the worker uses it until this returns.
// Errors: LAB_ECANCELED if we are cancelled: a queued job is dropped. A running
//         one is waited for, because it still uses [arg]; its result then
//         counts. LAB_EBADF if the pool was shut down before, LAB_ECANCELED if
//         an immediate shutdown dropped the queued job.
// Source: asyncio's run_in_executor.
LAB_CHECKED int lab_offload(lab_pool *pool, lab_fn *fn, void *arg);
#define lab_offload LAB_COVER(lab_offload)

// Lets no more jobs into [pool], and waits until those in it are done. With
// [immediate] jobs that are still queued are dropped, and their lab_offload
// returns LAB_ECANCELED. May be called again.
//
// Errors: LAB_ECANCELED if we are cancelled: the pool is shut down, but some
//         jobs may continue.
// Source: ThreadPoolExecutor.shutdown(wait=True, cancel_futures=immediate).
LAB_CHECKED int lab_pool_shutdown(lab_pool *pool, bool immediate);
#define lab_pool_shutdown LAB_COVER(lab_pool_shutdown)

#endif
