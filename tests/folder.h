// folder.h - a folder of its own for a test that needs real files.

#ifndef LAB_TEST_FOLDER_H
#define LAB_TEST_FOLDER_H

#include "test.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct folder {
    char path[TEST_FOLDER];
    char file[96]; // a name in it, by folder_file
};

// Makes it. Without one no test of files can go on.
static inline void folder_init(struct folder *folder) {
    if (!test_folder(folder->path))
        abort();
}

// The path of [name] in it, until the next call.
static inline const char *folder_file(struct folder *folder, const char *name) {
    snprintf(folder->file, sizeof folder->file, "%s/%s", folder->path, name);
    return folder->file;
}

// Puts a file there.
static inline void folder_put(struct folder *folder, const char *name,
                              const char *text) {
    FILE *file = fopen(folder_file(folder, name), "w");
    if (!file || fputs(text, file) < 0 || fclose(file) != 0)
        abort();
}

// Does the file hold exactly [text]?
static inline bool folder_holds(struct folder *folder, const char *name,
                                const char *text) {
    char bytes[4096];
    FILE *file = fopen(folder_file(folder, name), "r");
    if (!file)
        return false;
    size_t length = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    return length == strlen(text) && !memcmp(bytes, text, length);
}

// How many files are in it?
static inline int folder_count(struct folder *folder) {
    int count = 0;
    DIR *dir = opendir(folder->path);
    if (!dir)
        return -1;
    for (struct dirent *entry; (entry = readdir(dir));)
        count += strcmp(entry->d_name, ".") && strcmp(entry->d_name, "..");
    closedir(dir);
    return count;
}

// Removes it and the files in it.
static inline void folder_term(struct folder *folder) {
    DIR *dir = opendir(folder->path);
    for (struct dirent *entry; dir && (entry = readdir(dir));)
        unlinkat(dirfd(dir), entry->d_name, 0);
    if (dir)
        closedir(dir);
    rmdir(folder->path);
}

#endif
