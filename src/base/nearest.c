#include "base/nearest.h"

#include <limits.h>
#include <stdbool.h>
#include <string.h>

enum { WORD = 64 }; // bytes of a word, with its end

static int least(int a, int b) {
    return a < b ? a : b;
}

int lab_nearest_distance(const char *a, const char *b) {
    size_t na = strlen(a), nb = strlen(b);
    if (na >= WORD || nb >= WORD)
        return INT_MAX;
    // Row i: the edits from the first i bytes of a to each beginning of b.
    // A swap looks two rows back, so three are kept.
    int rows[3][WORD];
    for (size_t i = 0; i <= na; i++) {
        int *row = rows[i % 3], *above = rows[(i + 2) % 3];
        int *above2 = rows[(i + 1) % 3];
        for (size_t j = 0; j <= nb; j++) {
            if (i == 0 || j == 0) {
                row[j] = (int)(i + j);
                continue;
            }
            int change = above[j - 1] + (a[i - 1] != b[j - 1]);
            row[j] = least(change, least(above[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = least(row[j], above2[j - 2] + 1);
        }
    }
    return rows[na % 3][nb];
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// Do [a] and [b] differ in their digits alone? Then both are meant.
static bool differ_in_digits(const char *a, const char *b) {
    for (;; a++, b++) {
        while (is_digit(*a))
            a++;
        while (is_digit(*b))
            b++;
        if (*a != *b || !*a)
            return *a == *b;
    }
}

// How unlikely it is that [word] means [candidate]; INT_MAX if it cannot. A
// word that was cut short is likelier than one with a slip in it. In a short
// word there is room for one slip: "next" is two from "set".
static int unlikely(const char *word, const char *candidate) {
    size_t n = strlen(word), m = strlen(candidate), shorter = n < m ? n : m;
    size_t most = shorter >= 4 ? 2 : shorter == 3 ? 1 : 0;
    if (strcmp(word, candidate) == 0)
        return 0;
    if (n > 1 && strncmp(word, candidate, n) == 0)
        return 1;
    if (n + m - 2 * shorter > most) // the slow way would come to this, too
        return INT_MAX;
    int distance = lab_nearest_distance(word, candidate);
    return distance <= (int)most && !differ_in_digits(word, candidate)
               ? 1 + distance
               : INT_MAX;
}

void lab_nearest(const char *word, const char *candidate, const char **best) {
    int bound = *best ? unlikely(word, *best) : INT_MAX;
    if (unlikely(word, candidate) < bound)
        *best = candidate;
}
