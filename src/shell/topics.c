#include "shell/topics.h"

#include <stddef.h>
#include <string.h>

// tests/layers looks that every variable that is read has its row.
static const struct lab_fact environment[] = {
    {"CC", "the compiler for programs in C; cc if it is not set"},
    {"CLICOLOR_FORCE", "the same as FORCE_COLOR"},
    {"EDITOR", "the editor for your programs, after VISUAL"},
    {"EDITRC", "the settings of the line editor; see FILES"},
    {"FORCE_COLOR", "use colour, also in a pipe"},
    {"HOME", "where your folders are"},
    {"LANG", "the locale, after LC_ALL and LC_CTYPE"},
    {"LC_ALL", "the same, before all others"},
    {"LC_CTYPE", "the same for characters, which alone count: without UTF-8, "
                 "pictures are drawn in plain ASCII"},
    {"LOOPLAB_PLAIN", "the same as --plain: for a screen reader"},
    {"LOOPLAB_PG", "a connection string: the PostgreSQL server for demos, "
                   "instead of a private one"},
    {"LOOPLAB_PYTHON", "the Python for your programs; python3 if it is not "
                       "set"},
    {"NO_COLOR", "no colour; it wins over FORCE_COLOR, and --color over both"},
    {"PAGER", "the program that shows a long answer, instead of our own pager"},
    {"PATH", "where compilers, Python and editors are found"},
    {"TERM", "the terminal; if it is dumb, there are no colours and no line "
             "editor"},
    {"TMPDIR", "the folder for files that are needed for a moment"},
    {"TMUX", "where it is set, edit and exercise open your editor beside "
             "themselves"},
    {"VISUAL", "the editor for your programs"},
    {"XDG_RUNTIME_DIR", "where teach tells notes which block is shown"},
    {"XDG_STATE_HOME", "where files are kept between sessions; ~/.local/state "
                       "if it is not set"},
    {0},
};

static const struct lab_fact files[] = {
    {"~/.editrc", "key bindings of the line editor, in the form of editrc(5)"},
    {"~/.local/state/looplab/history", "what you have typed at the prompt"},
    {"~/.local/state/looplab/lessons", "where you are in each lesson"},
    {"~/.local/state/looplab/progress",
     "what you have read, predicted and solved"},
    {"PREFIX/lib/looplab/demos", "the demos, as they are run"},
    {"PREFIX/share/looplab/demos", "their C"},
    {"PREFIX/share/looplab/include",
     "the header lab.h, for programs of yours in C"},
    {"PREFIX/share/looplab/lessons", "the lessons and their programs"},
    {0},
};

static const struct lab_fact statuses[] = {
    {"0", "all went well"},
    {"1", "a law, a claim or a lesson did not hold; two records differ; a "
          "demo did not load"},
    {"2", "the command was wrong"},
    {"70", "a demo made a mistake that ended looplab"},
    {"71", "the machine refused memory or threads"},
    {"74", "the output could not be written"},
    {"130", "Ctrl-C; other signals are 128 and their number, such as 129 for "
            "a closed terminal"},
    {0},
};

const struct lab_topic lab_topics[] = {
    {"environment", "ENVIRONMENT",
     "Variables of the environment that looplab reads:", environment},
    {"files", "FILES",
     "Files that looplab reads and writes; PREFIX is where it is "
     "installed:",
     files},
    {"statuses", "EXIT STATUS", "What looplab ends with:", statuses},
    {0},
};

const struct lab_topic *lab_topic_find(const char *name) {
    for (const struct lab_topic *at = lab_topics; at->name; at++)
        if (strcmp(at->name, name) == 0)
            return at;
    return NULL;
}
