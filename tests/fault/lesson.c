#include "lesson.h"

#include "base/alloc.h"
#include "base/die.h"
#include "kernel.h"
#include "test.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char old[] = "# Out of date\n"
                          "\n"
                          "```looplab\n"
                          "looplab> run 3\n"
                          "looplab> help\n"
                          "```\n";

enum { MOST = 8000 };
static char fresh[MOST]; // once it is known

static int open_lesson(const char *folder, int flags) {
    char path[TEST_FOLDER + 20];
    snprintf(path, sizeof path, "%s/lesson.md", folder);
    return open(path, flags | O_CLOEXEC, 0644);
}

void lesson_before(const char *folder) {
    int fd = open_lesson(folder, O_WRONLY | O_CREAT);
    CHECK_INT(write(fd, old, strlen(old)), strlen(old));
    close(fd);
}

static int count_files(const char *path) {
    DIR *folder = opendir(path);
    int count = 0;
    for (struct dirent *entry; folder && (entry = readdir(folder));)
        count += strcmp(entry->d_name, ".") && strcmp(entry->d_name, "..");
    if (folder)
        closedir(folder);
    return count;
}

bool lesson_after(const struct play *play) {
    char now[MOST] = "";
    int fd = open_lesson(play->folder, O_RDONLY);
    ssize_t n = read(fd, now, sizeof now - 1);
    close(fd);
    if (n <= 0)
        return false;
    if (!fresh[0] && play->status == LAB_EXIT_OK)
        memcpy(fresh, now, sizeof fresh);
    bool is_new = strcmp(now, fresh) == 0 && strcmp(now, old) != 0;
    bool is_alone = count_files(play->folder) == 1;
    bool excused = play->kernel && play->kernel->for_good;
    if (play->status == LAB_EXIT_OK)
        return is_new && is_alone;
    return (is_new || strcmp(now, old) == 0) && (is_alone || excused);
}
