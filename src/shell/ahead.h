// ahead.h - keys that are read before anybody asks for them.
//
// The terminal could make a signal of Ctrl-C. But it would do so at once, and
// nobody could tell which keys were typed before it, and are dropped, and which
// after it, and are not. So Ctrl-C is a key among others. Then a loop that is
// held would not hear of it: wherever it may be held, a signal handler reads
// the keys as they come, and raises SIGINT for Ctrl-C.
//
//     a line is read, and nothing runs    the line editor reads
//     a line is read beside a run         the handler reads; Ctrl-C stays
//                                         among the keys, for the editor
//     a command runs                      the handler reads; Ctrl-C drops what
//                                         was typed before it
//
// There is one terminal, so all this is the process's.

#ifndef LAB_SHELL_AHEAD_H
#define LAB_SHELL_AHEAD_H

#include "base/text.h"
#include "core/loop.h"

#include <stdbool.h>
#include <stddef.h>

enum { LAB_CTRL_C = 3 };

// At most this many bytes are read ahead. Further ones stay in the terminal,
// which then takes no more keys.
enum { LAB_AHEAD_MOST = 256 * 1024 };

// Learns what SIGIO does when it comes from another process.
void lab_ahead_init(void);

// From now on, whenever keys are read ahead, [fn] is called on the loop when
// some have come, and when that begins. NULL: nobody hears of it.
void lab_ahead_listen(lab_signal_fn *fn, void *arg);

// Begins to read ahead from the terminal [fd], which does not block, until
// lab_ahead_end. The [n] bytes at [bytes] were read before. With [keeps],
// Ctrl-C stays among the keys.
void lab_ahead_begin(int fd, const char *bytes, size_t n, bool keeps);

// The descriptor that is read ahead from; -1 if none is.
int lab_ahead_fd(void);

// Appends to [bytes] what was typed; nothing is read meanwhile, until
// lab_ahead_go_on.
void lab_ahead_take(struct lab_text *bytes);
void lab_ahead_go_on(void);

// Appends what was typed so far to [bytes], which is not taken; and what Ctrl-C
// has dropped since this was last asked, or the end of it.
void lab_ahead_look(struct lab_text *bytes);
void lab_ahead_take_dropped(struct lab_text *bytes);

// Ends it, and appends what was typed to [bytes]. If that had not begun, there
// is nothing.
void lab_ahead_end(struct lab_text *bytes);

// Was the last SIGINT that was raised here a Ctrl-C that stays among the keys?
// Asked once for each SIGINT.
bool lab_ahead_kept(void);

#endif
