// scenes.h - what the core does in the program whose allocations and system
// calls fail. Each checks what comes of it, and returns an error that it met.

#ifndef LAB_FAULT_SCENES_H
#define LAB_FAULT_SCENES_H

#include <stddef.h>

// Bytes come back from a server: over TCP, over a unix socket, in memory.
int scene_tcp(void *arg);
int scene_unix(void *arg);
int scene_memory(void *arg);

// A file is written by the pool, and read back by it.
int scene_files(void *arg);

// Workers block, call back into the loop, and hand back results.
int scene_executor(void *arg);

// A program is started, and all that it writes is read.
int scene_child(void *arg);

// Items go from producers to consumers, under a semaphore and a timeout.
int scene_queue(void *arg);

// The byte at [at] of everything that is sent or written.
char scene_byte(size_t at);

// Keeps one formatted line that says what came of a scene that went well.
__attribute__((format(printf, 1, 2))) void scene_say(const char *format, ...);

// Ends the program, with status 70: a byte came that was not sent, or one was
// lost and nobody said so. No fault excuses that.
_Noreturn void scene_wrong(const char *what, size_t at);

// Writes to [path] that of the file called [name] in the scene's own folder.
enum { SCENE_PATH = 100 };
void scene_path(char path[SCENE_PATH], const char *name);

#endif
