#include "play.h"

#include "base/alloc.h"
#include "core/sanitizer.h"
#include "kernel.h"
#include "preload/report.h"
#include "test.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    PLAY_PATH = 500,
    PIPE_BYTES = 1 << 20, // more than any scene says
    CPU_SECONDS = 20,     // a busy loop ends here, however busy the machine
    WALL_SECONDS = 60,    // and a wait for ever here
    LOOK_MS = 250,        // how long nothing happens before we look why
};

// The three ends of a program, and ours of each.
struct ends {
    int in[2], out[2], err[2]; // [0] to read, [1] to write
    int master, slave;         // of the terminal; or -1
    int sockets[2];            // for the listener of its system calls
    struct termios before;
};

// Writes to [path] that of [file] in the folder that we are in ourselves.
static void in_build(char path[PLAY_PATH], const char *file) {
    char self[PLAY_PATH / 2];
    ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
    self[n > 0 ? n : 0] = '\0';
    char *slash = strrchr(self, '/');
    snprintf(path, PLAY_PATH, "%.*s/%s", slash ? (int)(slash - self) : 0, self,
             file);
}

// --- the folder

static int remove_inner(const char *path, const struct stat *about, int type,
                        struct FTW *where) {
    (void)about;
    (void)type;
    return where->level > 0 ? remove(path) : 0;
}

static bool make_empty(const char *folder) {
    return nftw(folder, remove_inner, 8, FTW_DEPTH | FTW_PHYS) == 0;
}

// --- the ends

static bool open_pipe(int ends[2]) {
    if (pipe2(ends, O_CLOEXEC) < 0)
        return false;
    fcntl(ends[1], F_SETPIPE_SZ, PIPE_BYTES);
    return true;
}

static bool open_terminal(struct ends *ends) {
    struct winsize size = {.ws_row = 24, .ws_col = 80};
    if (openpty(&ends->master, &ends->slave, NULL, NULL, &size) < 0)
        return false;
    fcntl(ends->master, F_SETFD, FD_CLOEXEC);
    fcntl(ends->master, F_SETFL, O_NONBLOCK);
    fcntl(ends->slave, F_SETFD, FD_CLOEXEC);
    return tcgetattr(ends->slave, &ends->before) == 0;
}

// Has [input] read from a file.
static bool fill_file(struct ends *ends, const char *input, size_t n) {
    int fd = memfd_create("input", MFD_CLOEXEC);
    bool ok = fd >= 0 && dup3(fd, ends->in[0], O_CLOEXEC) >= 0 &&
              write(fd, input, n) == (ssize_t)n && lseek(fd, 0, SEEK_SET) == 0;
    close(fd);
    return ok;
}

static bool open_ends(struct ends *ends, const struct scene *scene) {
    size_t n = scene->input ? strlen(scene->input) : 0;
    *ends = (struct ends){.master = -1, .slave = -1};
    if (!open_pipe(ends->in) || !open_pipe(ends->out) ||
        !open_pipe(ends->err) ||
        socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends->sockets) < 0)
        return false;
    if (scene->at_terminal && !open_terminal(ends))
        return false;
    if (scene->from_file)
        return fill_file(ends, scene->input, n);
    int to = scene->at_terminal ? ends->master : ends->in[1];
    return write(to, scene->input ? scene->input : "", n) == (ssize_t)n;
}

static void close_theirs(struct ends *ends) {
    close(ends->in[0]);
    close(ends->in[1]); // all was written
    close(ends->out[1]);
    close(ends->err[1]);
    close(ends->sockets[1]);
}

static void close_ours(struct ends *ends) {
    close(ends->out[0]);
    close(ends->err[0]);
    close(ends->sockets[0]);
    if (ends->master >= 0) {
        close(ends->slave);
        close(ends->master);
    }
}

// --- in the child

static void set_limits(void) {
    struct rlimit none = {0, 0}, cpu = {CPU_SECONDS, CPU_SECONDS};
    setrlimit(RLIMIT_CORE, &none);
    setrlimit(RLIMIT_CPU, &cpu);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
}

static void set_environment(const struct play *play) {
    char text[PLAY_PATH];
    setenv("HOME", play->folder, 1);
    setenv("LANG", "C.UTF-8", 1);
    setenv("TERM", "xterm", 1);
    unsetenv("XDG_STATE_HOME");
    unsetenv("LC_ALL");
    // What a hurried end leaves is no leak.
    setenv("ASAN_OPTIONS", "detect_leaks=0:detect_stack_use_after_return=0", 1);
    if (!play->report)
        return;
    snprintf(text, sizeof text, "%d", play->report_fd);
    setenv(REPORT_FD, text, 1);
    fcntl(play->report_fd, F_SETFD, 0);
    in_build(text, "preload-allocations.so");
    setenv("LD_PRELOAD", text, 1);
}

static void take_ends(const struct ends *ends) {
    if (ends->slave >= 0) {
        setsid();
        ioctl(ends->slave, TIOCSCTTY, 0);
        for (int fd = 0; fd < 3; fd++)
            dup2(ends->slave, fd);
        return;
    }
    dup2(ends->in[0], STDIN_FILENO);
    dup2(ends->out[1], STDOUT_FILENO);
    dup2(ends->err[1], STDERR_FILENO);
}

_Noreturn static void become(const struct play *play, const struct ends *ends) {
    char path[PLAY_PATH], demos[PLAY_PATH], option[PLAY_PATH + 16];
    const char *words[countof(play->scene->words) + 1];
    memcpy(words, play->scene->words, sizeof play->scene->words);
    words[countof(words) - 1] = NULL;
    // The program that has libedit in it would be asked about what libedit
    // does.
    in_build(path, play->report && strcmp(words[0], "looplab") == 0
                       ? "looplab-shared"
                       : words[0]);
    if (play->scene->is_without_libraries) {
        size_t count = 0;
        while (words[count])
            count++;
        in_build(demos, "fault-demos");
        snprintf(option, sizeof option, "--demos=%s", demos);
        words[count] = option;
        words[count + 1] = NULL;
    }
    signal(SIGHUP, SIG_DFL); // nohup has it ignored
    set_limits();
    set_environment(play);
    take_ends(ends);
    if (chdir(play->folder) < 0 ||
        (play->kernel && !kernel_enter(ends->sockets[1])))
        _exit(98);
    execv(path, (char **)words);
    _exit(98);
}

// --- in the parent

static void drain(int fd, struct lab_text *text) {
    char bytes[4096];
    ssize_t n;
    while ((n = read(fd, bytes, sizeof bytes)) > 0)
        lab_text_write(text, bytes, (size_t)n);
}

// How often the child has begun to wait for something, if it waits now; or -1.
static long waits(pid_t child) {
    char path[64], line[128], state = 'R';
    long count = -1;
    snprintf(path, sizeof path, "/proc/%d/status", (int)child);
    FILE *file = fopen(path, "re");
    while (file && fgets(line, sizeof line, file)) {
        sscanf(line, "State: %c", &state);
        sscanf(line, "voluntary_ctxt_switches: %ld", &count);
    }
    if (file)
        fclose(file);
    return state == 'S' ? count : -1;
}

// Has the child waited since the last look, with all we had for it taken? At a
// terminal that is for ever: nothing more will be typed. If it waited for a
// processor, it does not sleep now, or has slept again.
static bool is_stuck(const struct ends *ends, pid_t child, long *seen) {
    int left = 0;
    long before = *seen;
    *seen = waits(child);
    return ends->slave >= 0 && ioctl(ends->slave, FIONREAD, &left) == 0 &&
           left == 0 && *seen >= 0 && *seen == before;
}

// Waits for the child behind [pidfd] while it talks to its terminal and to
// whoever stands in for the kernel.
static void attend(struct play *play, struct ends *ends, pid_t child,
                   int pidfd) {
    struct kernel *kernel = play->kernel;
    int patience = WALL_SECONDS * 1000 / LOOK_MS;
    long seen = -1;
    struct pollfd fds[] = {
        {.fd = pidfd, .events = POLLIN},
        {.fd = ends->master, .events = POLLIN},
        {.fd = kernel ? kernel_adopt(kernel, ends->sockets[0], pidfd) : -1,
         .events = POLLIN}};
    while (!(fds[0].revents & POLLIN)) {
        int n = poll(fds, countof(fds), LOOK_MS);
        if (n < 0 && errno == EINTR)
            continue;
        play->hung =
            (n == 0 && (is_stuck(ends, child, &seen) || --patience == 0)) ||
            (kernel && kernel_is_tired(kernel));
        if (play->hung)
            break;
        if (fds[1].revents & POLLIN)
            drain(ends->master, &play->out);
        if (fds[2].revents & POLLIN)
            kernel_answer(kernel);
        else if (fds[2].revents & POLLHUP)
            fds[2].fd = -1; // nobody is left who could call
    }
    if (kernel)
        kernel_leave(kernel);
}

static void end(pid_t child, int pidfd) {
    struct pollfd gone = {.fd = pidfd, .events = POLLIN};
    kill(child, SIGHUP);
    if (poll(&gone, 1, 20 * LOOK_MS) != 1)
        kill(child, SIGKILL);
}

static void collect(struct play *play, struct ends *ends, pid_t child) {
    struct rusage usage;
    struct termios now;
    int status;
    wait4(child, &status, 0, &usage);
    play->status = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
    play->cpu_ms = (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000 +
                   (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1000;
    play->live = play->report ? play->report->live : 0;
    play->files = play->report ? play->report->files : 0;
    drain(ends->out[0], &play->out);
    drain(ends->err[0], &play->err);
    play->restored = true;
    if (ends->master < 0)
        return;
    drain(ends->master, &play->out);
    play->restored = tcgetattr(ends->slave, &now) == 0 &&
                     now.c_lflag == ends->before.c_lflag &&
                     now.c_iflag == ends->before.c_iflag &&
                     now.c_oflag == ends->before.c_oflag;
}

bool play(struct play *play) {
    struct ends ends;
    if (!CHECK(make_empty(play->folder)) ||
        !CHECK(open_ends(&ends, play->scene)))
        return false;
    if (play->scene->before)
        play->scene->before(play->folder);
    if (play->report)
        play->report->live = play->report->files = 0;
    pid_t child = fork();
    if (child == 0)
        become(play, &ends);
    close_theirs(&ends);
    int pidfd = (int)syscall(SYS_pidfd_open, child, 0);
    if (CHECK(child > 0 && pidfd >= 0)) {
        attend(play, &ends, child, pidfd);
        if (play->hung)
            end(child, pidfd);
        collect(play, &ends, child);
    }
    close(pidfd);
    close_ours(&ends);
    return child > 0 && CHECK(play->status != 98 && play->status != 99);
}

bool play_is_clean(const struct play *play) {
    return play->status >= 0 && !play->hung &&
           (!play->scene->after || play->scene->after(play));
}

void play_clear(struct play *play) {
    lab_text_free(&play->out);
    lab_text_free(&play->err);
    play->hung = false;
}

bool play_open(struct play *play) {
    size_t size = sizeof *play->report;
    play->report_fd = -1;
    play->report = NULL;
    if (!CHECK(test_folder(play->folder)))
        return false;
    if (LAB_SANITIZED)
        return true;
    play->report_fd = memfd_create("report", MFD_CLOEXEC);
    if (!CHECK(ftruncate(play->report_fd, (off_t)size) == 0))
        return false;
    void *shared = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED,
                        play->report_fd, 0);
    play->report = shared == MAP_FAILED ? NULL : shared;
    return CHECK(play->report != NULL);
}

void play_close(struct play *play) {
    if (play->report)
        munmap(play->report, sizeof *play->report);
    if (play->report_fd >= 0)
        close(play->report_fd);
    CHECK(make_empty(play->folder) && rmdir(play->folder) == 0);
}
