#include "demo/trust.h"

#include "base/alloc.h"
#include "test.h"

#include <stdio.h>

enum { ROOT, ME, FRIEND, OTHER };
enum { FILE_OF = S_IFREG, FOLDER_OF = S_IFDIR, STICKY = S_ISVTX };

static struct stat status_of(mode_t mode, uid_t owner) {
    return (struct stat){.st_mode = mode, .st_uid = owner};
}

TEST(trust_is_of_who_can_change_a_file_or_a_folder) {
    static const char other[] = "it belongs to somebody else";
    static const char anyone[] = "anyone can change it";
    static const struct {
        mode_t mode;
        uid_t owner;
        const char *doubt;
    } rows[] = {
        {FILE_OF | 0644, ROOT, NULL},
        {FILE_OF | 0664, ME, NULL},
        {FILE_OF | 0600, FRIEND, NULL}, // whose looplab it is
        {FILE_OF | 0600, OTHER, other},
        {FILE_OF | 0646, ME, anyone},
        {FILE_OF | 0666, ROOT, anyone},
        {FILE_OF | 0666 | STICKY, ME, anyone}, // says nothing of a file
        {FOLDER_OF | 0755, ME, NULL},
        {FOLDER_OF | 0755, OTHER, other},
        {FOLDER_OF | 0777, ME, anyone},
        {FOLDER_OF | 0777 | STICKY, ROOT, NULL},
        {FOLDER_OF | 0777 | STICKY, OTHER, other},
    };
    struct stat program = status_of(FILE_OF | 0755, FRIEND);
    for (size_t i = 0; i < countof(rows); i++) {
        struct stat status = status_of(rows[i].mode, rows[i].owner);
        if (!CHECK_STR(lab_trust_doubt(&status, &program, ME), rows[i].doubt))
            fprintf(stderr, "    in row %zu\n", i);
    }
}

TEST(trust_asks_no_more_of_demos_than_of_looplab_itself) {
    struct stat program = status_of(FILE_OF | 0777, ME);
    struct stat file = status_of(FILE_OF | 0777, ME);
    struct stat folder = status_of(FOLDER_OF | 0777, ME);
    CHECK_STR(lab_trust_doubt(&file, &program, ME), NULL);
    CHECK_STR(lab_trust_doubt(&folder, &program, ME), NULL);
    file.st_uid = OTHER;
    CHECK(lab_trust_doubt(&file, &program, ME) != NULL);
}
