// load.h - the demos on disk: a folder of NN_name.so, which is the registry.
//
// Loading a damaged file kills the process, now or later. So a file is loaded
// only if our make has built it and it is whole, or if the learner trusts it.
// Each is loaded from a private copy, because compilers overwrite files.

#ifndef LAB_DEMO_LOAD_H
#define LAB_DEMO_LOAD_H

#include "base/text.h"
#include "demo/demo.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>
#include <time.h>

// One file of the folder.
struct lab_demo_file {
    int number;                  // from the file's name
    char *name;                  // likewise: "sequential_gather"
    char *path;                  // of the .so
    char *source;                // path of the .c; the file may be missing
    bool is_trusted;             // it is loaded unseen: see seal.h and trust.h
    bool is_warned;              // lab_demos_warn has looked
    bool is_skipped;             // a library that it needs is not installed:
    char *needs, *packages;      // which, "sqlite3 libpq", and in what; owned.
                                 // One that runs was built without .needs
    const char *guest;           // borrowed: "my.c", if it is a learner's own
                                 // program, which may leave out nearly all
    const struct lab_demo *demo; // NULL until lab_demos_load
    char *asks;                  // as the index has it; owned; NULL: unknown
    struct timespec built;       // when what is loaded was written; and its C,
    struct timespec written;     // as it was then; for lab_demos_stale
    off_t size;                  // of what is loaded, in bytes
    // load.c's own: those of what is loaded, and of what was loaded before.
    struct lab_demo_copy *copies, *retired;
};

// A folder, in the order of the numbers. A zeroed one is empty.
struct lab_demos {
    struct lab_demo_file *files;
    size_t count, room;
    bool is_trusted; // load files of any owner and place
};

// Reads which demos are in [folder]; nothing is loaded yet. The C of each is
// looked for beside it, and then in [sources], unless that is NULL.
//
// Owns:   yours, until lab_demos_free. [demos] is zeroed, or trusted.
// Errors: false, with one sentence in [error]: no such folder, none in it, or
//         somebody else could have changed it.
bool lab_demos_open(struct lab_demos *demos, const char *folder,
                    const char *sources, struct lab_text *error);

// Trusts what is in the folder of [demos], open or not: files are loaded
// without a seal, even if somebody else could have changed them.
void lab_demos_trust(struct lab_demos *demos);

// Unloads every demo and frees the list.
void lab_demos_free(struct lab_demos *demos);

// Loads [file], if it is not loaded already, and checks its table: every law
// must evaluate, every default be in range.
//
// Errors: false, with one sentence in [error] that names the file and says
//         what is wrong with it and what to do. If all it lacks is a library
//         of the machine, [file] is marked as skipped; see skipped.h.
bool lab_demos_load(struct lab_demo_file *file, struct lab_text *error);

// Appends to [asks] what [file] asks. Unless the index has said it, [file] is
// loaded for that; see index.h.
//
// Errors: as of lab_demos_load.
bool lab_demos_asks(struct lab_demo_file *file, struct lab_text *asks,
                    struct lab_text *error);

// Looks for calls in [file], which is loaded, that a demo should not make.
// The first time, returns true if there are any, with a sentence in [warning].
bool lab_demos_warn(struct lab_demo_file *file, struct lab_text *warning);

// Is there a newer [file] than the one that is loaded, or a newer C? Says so
// once for each: returns true, with a sentence in [sentence].
bool lab_demos_stale(struct lab_demo_file *file, struct lab_text *sentence);

// Loads [file] anew: from the shared object that is open on [fd], which is
// trusted; or, if that is negative, from its own path. What was loaded before
// stays in memory, since runs that are kept speak of it, but runs no more.
//
// Owns:   [fd] stays yours.
// Errors: false, with one sentence in [error]; what was loaded before is still
//         what runs.
bool lab_demos_renew(struct lab_demo_file *file, int fd,
                     struct lab_text *error);

// Does a run need [file] as it is loaded? Then it cannot be loaded anew.
bool lab_demos_is_running(const struct lab_demo_file *file);

// Makes [path], copied, the C of [file].
void lab_demos_use_source(struct lab_demo_file *file, const char *path);

// Adds a demo to those there are: folder/NN_name.so, which is not built yet, of
// sources/NN_name.c. lab_demos_renew is to load it.
//
// Errors: NULL if there is no more room; the next looplab has it.
struct lab_demo_file *lab_demos_add(struct lab_demos *demos, int number,
                                    const char *name, const char *folder,
                                    const char *sources);

// Unloads [file]. No run of it may be in progress.
void lab_demos_unload(struct lab_demo_file *file);

// Takes a copy of the loaded [file] for one run, with code and variables that
// no other run has. One more is loaded if the others are all taken.
//
// Owns:   yours, until lab_demos_give_back.
// Errors: what the machine refused; *[copy] is as it was.
int lab_demos_take(struct lab_demo_file *file, struct lab_demo_copy **copy);

// Sets the variables of [copy] to what they were when it was loaded, and
// returns its table, whose bodies are those to run.
const struct lab_demo *lab_demos_begin(struct lab_demo_copy *copy);

// Gives [copy] back after its run. It stays loaded, for the next one.
void lab_demos_give_back(struct lab_demo_copy *copy);

// Returns the path of the C of [file]. If it is neither beside the demo nor
// among the sources, the demo is loaded, to ask what it was compiled from. The
// file may still be missing.
//
// Owns: borrowed, until [file] is loaded or freed.
const char *lab_demos_source(struct lab_demo_file *file);

// Finds the demo that [word] means: its number ("3", "03"), its file
// ("demos/03_sequential_gather.c"), its name, or what one of the words of no
// other name begins with ("gather", but not "g"). Does not load it.
//
// Errors: NULL, with one sentence in [error] and what was perhaps meant.
struct lab_demo_file *lab_demos_find(struct lab_demos *demos, const char *word,
                                     struct lab_text *error);

#endif
