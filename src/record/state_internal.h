// state_internal.h - the insides of a state, private to the state's files.

#ifndef LAB_RECORD_STATE_INTERNAL_H
#define LAB_RECORD_STATE_INTERNAL_H

#include "record/state.h"

// Who belongs to whom, as it was when that was last asked.
struct lab_state_kin *lab_state_kin_new(void);
void lab_state_kin_free(struct lab_state_kin *kin);

// Forgets that: the state has changed, or its tasks have moved.
void lab_state_kin_forget(struct lab_state_kin *kin);

#endif
