// replaying.h - the insides of a replay, private to the replay's files.

#ifndef LAB_VIEW_REPLAYING_H
#define LAB_VIEW_REPLAYING_H

#include "view/replay.h"

// The item of [number]; find returns NULL if there is none, need makes it.
//
// Owns: borrowed, until another item is made.
void *lab_replay_find(const struct lab_replay_list *list, uint32_t number);
void *lab_replay_need(struct lab_replay_list *list, uint32_t number);

// Changes the state by [event], which is number replay->at from 0 on.
void lab_replay_apply(struct lab_replay *replay, const struct lab_event *event);

#endif
