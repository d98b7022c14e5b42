// kernel.h - answers a program's system calls in the kernel's place, and now
// and then with an error.
//
// The kernel asks us (seccomp's user notification) before it carries out one
// of the calls in kernel.c's table, whoever made it: looplab, libuv, libedit,
// or libc, whose stdio and dynamic linker call for themselves. What a library
// loaded before libc takes over never includes those.
//
// Counting begins where the program's main does, which both our programs tell
// by asking whether descriptor 0 is open; what fails before that is the
// dynamic linker's to tell. Each call fails only in ways that it can fail in
// on what it is called for: an eventfd has no EIO. Left out is what cannot
// fail, or only for a bug (timerfd_settime, munmap), what libc deals with
// alone (futex), and close: where it fails, the descriptor is closed all the
// same, which we cannot do in the program's place.

#ifndef LAB_FAULT_KERNEL_H
#define LAB_FAULT_KERNEL_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

// In what way calls fail. A short one reads or writes half of what it could.
enum kernel_fault { INTERRUPTED, NO_FILES, NO_MEMORY, IO_ERROR, RESET, SHORT };

struct kernel {
    enum kernel_fault fault;
    long at;       // the call that fails, of those that can, from 1; 0: none
    bool for_good; // and all later ones; of interrupted ones every other
    long most;     // calls of any kind that are too many; 0 is no bound

    // What happened:
    long calls; // of the table, since main began
    long count; // of those, the ones that could have failed
    long failed;
    const char *where; // the name of the last that failed
    bool is_blind;     // we are not let into the program

    int listener, pidfd; // its own, as is what follows
    bool has_begun;
    pid_t pid;
};

// Does this system let us?
bool kernel_is_possible(void);

// In the child: has the kernel ask the one who reads from [socket] from now
// on. False if this kernel cannot.
bool kernel_enter(int socket);

// In the parent: takes over. Returns what to poll for being asked, or -1.
int kernel_adopt(struct kernel *kernel, int socket, int pidfd);

// Answers one question.
void kernel_answer(struct kernel *kernel);

// Has it been asked more than [most] times?
bool kernel_is_tired(const struct kernel *kernel);

// Lets go of the program.
void kernel_leave(struct kernel *kernel);

// The name of a fault.
const char *kernel_fault_name(enum kernel_fault fault);

#endif
