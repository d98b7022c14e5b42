// source.h - where the C of a demo is.
//
// Beside the demo; or in a folder of sources, as looplab's own is; or where it
// was when it was compiled. The file may be missing: a demo works without it.

#ifndef LAB_DEMO_SOURCE_H
#define LAB_DEMO_SOURCE_H

// Returns the path of the C file called [name]: in [folder] if it is there, or
// else in [sources], unless that is NULL. Owned by the caller.
char *lab_source_path(const char *folder, const char *sources,
                      const char *name);

// Finds the file that was compiled as [named] into the demo at [path]. A
// relative name starts at the folder of the demo, or at one above it, where the
// compiler was started. Returns NULL if there is none; owned by the
// caller.
char *lab_source_named(const char *path, const char *named);

#endif
