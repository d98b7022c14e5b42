// replaying.h - the insides of a replay, private to the replay's files.

#ifndef LAB_VIEW_REPLAYING_H
#define LAB_VIEW_REPLAYING_H

#include "view/replay.h"

// The item of [number]; find returns NULL if there is none, need makes it.
//
// Owns: borrowed, until another item is made.
void *lab_replay_find(const struct lab_replay_list *list, uint32_t number);
void *lab_replay_need(struct lab_replay_list *list, uint32_t number);

// Who belongs to whom, as it was when that was last asked.
struct lab_replay_kin *lab_replay_kin_new(void);
void lab_replay_kin_free(struct lab_replay_kin *kin);

// Forgets that: the state has changed, or its tasks have moved.
void lab_replay_kin_forget(struct lab_replay_kin *kin);

// Changes the state by [event], which is number replay->at from 0 on.
void lab_replay_apply(struct lab_replay *replay, const struct lab_event *event);

#endif
