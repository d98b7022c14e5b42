// nearest.h - which of several words was meant by one with a slip in it.

#ifndef LAB_BASE_NEAREST_H
#define LAB_BASE_NEAREST_H

// How many single edits (insert, delete, change, swap of neighbours) lead
// from [a] to [b]. Words beyond 63 bytes are unlike everything: INT_MAX.
int lab_nearest_distance(const char *a, const char *b);

// Keeps the best "did you mean" of several: start with *best NULL and offer
// each candidate. The result is the nearest one, or NULL if none is near. A
// candidate is near if it begins with [word], which has at least two bytes, or
// is at most two edits away (one, if either has three bytes). It is not near if
// only digits differ. Of equally near ones, the first is kept.
void lab_nearest(const char *word, const char *candidate, const char **best);

#endif
