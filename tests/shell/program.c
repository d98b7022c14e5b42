#include "shell/program.h"

#include "folder.h"
#include "host.h"
#include "test.h"

#include <sys/stat.h>
#include <unistd.h>

static void check(struct host *host, struct folder *folder, const char *command,
                  const char *name, int status, const char *expected) {
    struct lab_text line = {0}, said = {0};
    lab_text_printf(&line, "%s %s", command, folder_file(folder, name));
    CHECK_INT(host_run(host, lab_text_string(&line)), status);
    for (const char *at = host_said(host); *at; at++) {
        size_t n = strlen(folder->path);
        if (strncmp(at, folder->path, n) == 0) {
            at += n;
            lab_text_put(&said, *at == '/' ? "" : "FOLDER ");
        } else
            lab_text_write(&said, at, 1);
    }
    if (!CHECK_STR(lab_text_string(&said), expected))
        fprintf(stderr, "%s %s\n", command, name);
    lab_text_free(&line);
    lab_text_free(&said);
}

struct row {
    const char *name, *said;
};

static const char *const commands[] = {"run", "source", "timeline", "tree"};

TEST(a_file_that_is_no_program_is_told_in_one_sentence) {
    static const struct row rows[] = {
        {"blok.py", "there is no file blok.py; did you mean block.py?\n"},
        {"none.py", "there is no file none.py; FOLDER has block.py, empty.py, "
                    "zero.py and mine.c\n"},
        {"other.c", "there is no file other.c; FOLDER has mine.c, block.py, "
                    "empty.py and zero.py\n"},
        {"bare/none.py", "there is no file bare/none.py\n"},
        {"none/none.py", "there is no folder none\n"},
        {"empty.py", "empty.py is empty\n"},
        {"zero.py", "zero.py is not text, so it is not a program\n"},
        {"folder.py", "folder.py is a folder\n"},
    };
    static const struct row others[] = {
        {"notes.txt", "notes.txt is neither a demo nor a program: the name of "
                      "a program ends in .py or .c\n"},
        {"note.txt", "there is no file note.txt; did you mean notes.txt?\n"},
        {"r.jsonl", "r.jsonl is a record: timeline r.jsonl shows it, and so do "
                    "other views\n"},
        {"block", "no demo \"block\"; did you mean block.py?\n"},
        {"bare", "bare is a folder, and has no program in it\n"},
        {".", ". is a folder, which has block.py, empty.py, zero.py and "
              "mine.c\n"},
    };
    struct folder folder;
    struct host host;
    host_open(&host);
    folder_init(&folder);
    folder_put(&folder, "block.py", "import asyncio\n");
    folder_put(&folder, "mine.c", "int main_task(void) { return 0; }\n");
    folder_put(&folder, "empty.py", "\n  \n");
    folder_put(&folder, "notes.txt", "hello\n");
    folder_put(&folder, "r.jsonl", "{}\n");
    int fd = open(folder_file(&folder, "zero.py"), O_WRONLY | O_CREAT, 0600);
    CHECK_INT(write(fd, "\177ELF\0", 5), 5);
    close(fd);
    CHECK_INT(mkdir(folder_file(&folder, "bare"), 0700), 0);
    CHECK_INT(mkdir(folder_file(&folder, "folder.py"), 0700), 0);
    for (size_t i = 0; i < countof(rows); i++)
        for (size_t j = 0; j < countof(commands); j++)
            check(&host, &folder, commands[j], rows[i].name, LAB_EXIT_USAGE,
                  rows[i].said);
    // Other commands take a name with a slash in it for a record.
    for (size_t i = 0; i < countof(others); i++)
        check(&host, &folder, "run", others[i].name, LAB_EXIT_USAGE,
              others[i].said);
    CHECK_INT(rmdir(folder_file(&folder, "bare")), 0);
    CHECK_INT(rmdir(folder_file(&folder, "folder.py")), 0);
    folder_term(&folder);
    host_close(&host);
}
