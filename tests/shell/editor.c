#include "shell/editor.h"

#include "base/alloc.h"
#include "test.h"

#include <stdlib.h>

static char *keep(const char *name) {
    const char *value = getenv(name);
    return value ? lab_strdup(value) : NULL;
}

static void give_back(const char *name, char *value) {
    if (value)
        setenv(name, value, 1);
    else
        unsetenv(name);
    lab_free(value);
}

TEST(an_editor_of_blanks_is_none) {
    char *visual = keep("VISUAL"), *editor = keep("EDITOR");
    setenv("VISUAL", " \t", 1);
    setenv("EDITOR", "nano -w", 1);
    CHECK_STR(lab_editor(), "nano -w");
    setenv("EDITOR", " ", 1);
    CHECK_STR(lab_editor_name(), "vi");
    setenv("VISUAL", "ed", 1);
    CHECK_STR(lab_editor(), "ed");
    give_back("VISUAL", visual);
    give_back("EDITOR", editor);
}
