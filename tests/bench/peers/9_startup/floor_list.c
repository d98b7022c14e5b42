// The least that a list of demos could do: libuv's loop, and the first pages of
// every demo in a folder. floor_list FOLDER
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <uv.h>
enum { FIRST = 20 * 1024 };
static void show(int folder, const char *name) {
    static char bytes[FIRST];
    int fd = openat(folder, name, O_RDONLY);
    if (fd < 0)
        return;
    if (pread(fd, bytes, FIRST, 0) > 0)
        puts(name);
    close(fd);
}
int main(int c, char **v) {
    uv_loop_t l;
    DIR *dir = c > 1 ? opendir(v[1]) : NULL;
    struct dirent *at;
    uv_loop_init(&l);
    uv_run(&l, UV_RUN_DEFAULT);
    while (dir && (at = readdir(dir)))
        if (strstr(at->d_name, ".so"))
            show(dirfd(dir), at->d_name);
    return 0;
}
