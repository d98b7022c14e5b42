// The least that a list of demos could do: libuv's loop, an index of the
// folder, and a look at whether each demo is as that says. floor_list FOLDER
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <uv.h>
int main(int c, char **v) {
    static char index[64 * 1024];
    uv_loop_t l;
    DIR *dir = c > 1 ? opendir(v[1]) : NULL;
    int fd = dir ? openat(dirfd(dir), "index.jsonl", O_RDONLY) : -1;
    struct dirent *at;
    struct stat is;
    uv_loop_init(&l);
    uv_run(&l, UV_RUN_DEFAULT);
    if (fd < 0 || read(fd, index, sizeof index) <= 0)
        return 1;
    close(fd);
    while ((at = readdir(dir)))
        if (strstr(at->d_name, ".so") &&
            fstatat(dirfd(dir), at->d_name, &is, 0) == 0)
            puts(at->d_name);
    return 0;
}
