// lab.h - all that a demo may include.
//
// A demo is one question and its possible answers: functions to run, each
// with its law, the formula for the time it takes. It exports one table,
// `lab_demo`, and becomes build/demos/NN_name.so. See any file in demos/.

#ifndef LAB_H
#define LAB_H

// Has the record know the lines of a demo: see core/here.h. Those of its parts,
// in a folder of their own, are not in the file that is shown.
#ifdef LAB_PART
#define LAB_ELSEWHERE
#else
#define LAB_COVERED
#endif

#include "base/alloc.h"
#include "base/error.h"
#include "base/time.h"
#include "core/barrier.h"
#include "core/block.h"
#include "core/call.h"
#include "core/condition.h"
#include "core/executor.h"
#include "core/fd.h"
#include "core/file.h"
#include "core/flag.h"
#include "core/future.h"
#include "core/generator.h"
#include "core/group.h"
#include "core/lock.h"
#include "core/memory.h"
#include "core/mutex.h"
#include "core/process.h"
#include "core/queue.h"
#include "core/say.h"
#include "core/scope.h"
#include "core/semaphore.h"
#include "core/stream.h"
#include "core/task.h"
#include "core/wait.h"
#include "demo/demo.h"
#include "net/http.h"

// The table that each demo defines.
extern const struct lab_demo lab_demo;

#ifndef LAB_PART
// Says for which looplab the demo was built. Read before anything else is.
__attribute__((weak, used, visibility("default")))
const struct lab_demo_abi lab_demo_abi = LAB_DEMO_ABI;

// Says which file it was compiled from, so that its C can be shown.
__attribute__((weak, used, visibility("default")))
const char lab_demo_source[] = __BASE_FILE__;

// Says which library it was built without, as it was not installed, and which
// package has it.
#ifdef LAB_WITHOUT
#define LAB_TEXT(words) #words
#define LAB_TEXT_OF(words) LAB_TEXT(words)
__attribute__((weak, used, visibility("default")))
const char lab_demo_without[] = LAB_TEXT_OF(LAB_WITHOUT);
__attribute__((weak, used, visibility("default")))
const char lab_demo_packages[] = LAB_TEXT_OF(LAB_WITHOUT_PACKAGES);
#endif
#endif

#endif
