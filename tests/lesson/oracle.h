// oracle.h - what cmark, the reference for Markdown, sees in a text.
//
// For tests that hold ours against it. Where libcmark-dev is not installed,
// HAS_CMARK is 0 and they say so in one line.

#ifndef LAB_TEST_LESSON_ORACLE_H
#define LAB_TEST_LESSON_ORACLE_H

#define HAS_CMARK __has_include(<cmark.h>)
#define NO_CMARK "skipped: cmark.h is not installed (apt install libcmark-dev)"

#if HAS_CMARK

#include "base/text.h"
#include "lesson/scan.h"

#include <cmark.h>
#include <stdint.h>
#include <string.h>

// Appends one block in a form that both sides can make. [last] is 0 if the
// fence is not closed: then cmark's last line is that of the container.
static inline void put_block(struct lab_text *out, size_t line, size_t last,
                             const char *info, size_t info_length) {
    lab_text_printf(out, "== %zu-%zu [", line, last);
    lab_text_write(out, info, info_length);
    lab_text_put(out, "]\n");
}

// Is [node] a fenced block? cmark does not say. Without an info string it is
// one unless its first line is the very line it begins on: an equal line
// inside would have closed it.
static inline bool is_fenced(const struct lab_text *text, cmark_node *node) {
    if (*cmark_node_get_fence_info(node))
        return true;
    const char *end = text->data + text->length, *at = text->data, *next;
    if (text->length >= 3 && !memcmp(at, "\xef\xbb\xbf", 3))
        at += 3; // which cmark's columns do not count
    const char *line_end = lab_scan_line(at, end, &next);
    for (int i = 1; i < cmark_node_get_start_line(node); i++) {
        at = next;
        line_end = lab_scan_line(at, end, &next);
    }
    int column = cmark_node_get_start_column(node) - 1;
    if (column >= line_end - at || !lab_scan_fence(at + column, line_end))
        return false;
    size_t length = (size_t)(line_end - at) - (size_t)column;
    const char *literal = cmark_node_get_literal(node);
    return strcspn(literal, "\n") != length ||
           memcmp(literal, at + column, length) != 0;
}

// Appends the fenced blocks that cmark finds in [text]. Block i has its last
// line if closed[i].
static inline void put_cmarks(const struct lab_text *text, struct lab_text *out,
                              const bool *closed) {
    cmark_node *doc = cmark_parse_document(lab_text_string(text), text->length,
                                           CMARK_OPT_DEFAULT);
    cmark_iter *iter = cmark_iter_new(doc);
    for (size_t i = 0; cmark_iter_next(iter) != CMARK_EVENT_DONE;) {
        cmark_node *node = cmark_iter_get_node(iter);
        if (cmark_node_get_type(node) != CMARK_NODE_CODE_BLOCK ||
            !is_fenced(text, node))
            continue;
        const char *info = cmark_node_get_fence_info(node);
        int last = cmark_node_get_end_line(node);
        put_block(out, (size_t)cmark_node_get_start_line(node),
                  closed[i] ? (size_t)last : 0, info, strlen(info));
        lab_text_put(out, cmark_node_get_literal(node));
        i++;
    }
    cmark_iter_free(iter);
    cmark_node_free(doc);
}

// Chance that is the same everywhere: xorshift. Returns 0 to [below] - 1.
static inline size_t any(uint64_t *seed, size_t below) {
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return (size_t)(*seed >> 11) % below;
}

#endif

#endif
