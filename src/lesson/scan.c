#include "lesson/scan.h"

#include <string.h>

bool lab_scan_is_blank(const char *at, const char *end) {
    while (at < end && lab_scan_is_space(*at))
        at++;
    return at == end;
}

const char *lab_scan_line(const char *at, const char *end, const char **next) {
    while (at < end && *at != '\n' && *at != '\r')
        at++;
    const char *after = at;
    if (after < end && *after == '\r')
        after++;
    if (after < end && *after == '\n')
        after++;
    *next = after;
    return at;
}

// How often [mark] stands here in a row.
static size_t run(const char *at, const char *end, char mark) {
    const char *start = at;
    while (at < end && *at == mark)
        at++;
    return (size_t)(at - start);
}

size_t lab_scan_fence(const char *at, const char *end) {
    if (at == end || (*at != '`' && *at != '~'))
        return 0;
    size_t length = run(at, end, *at);
    if (length < 3)
        return 0;
    // ```like this``` is a code span in a paragraph, and no fence.
    const char *info = at + length;
    if (*at == '`' && memchr(info, '`', (size_t)(end - info)))
        return 0;
    return length;
}

size_t lab_scan_fence_end(const char *at, const char *end, char mark) {
    size_t length = run(at, end, mark);
    return lab_scan_is_blank(at + length, end) ? length : 0;
}

bool lab_scan_is_heading(const char *at, const char *end) {
    size_t level = run(at, end, '#');
    if (level < 1 || level > 6)
        return false;
    return at + level == end || lab_scan_is_space(at[level]);
}

bool lab_scan_is_underline(const char *at, const char *end) {
    if (at == end || (*at != '=' && *at != '-'))
        return false;
    return lab_scan_is_blank(at + run(at, end, *at), end);
}

bool lab_scan_is_rule(const char *at, const char *end) {
    if (at == end || (*at != '*' && *at != '-' && *at != '_'))
        return false;
    int marks = 0;
    for (const char *c = at; c < end; c++) {
        if (*c == *at)
            marks++;
        else if (!lab_scan_is_space(*c))
            return false;
    }
    return marks >= 3;
}

// The digits and the "." or ")" of "12."; 0 if it is not such a number.
static size_t number(const char *at, const char *end, bool *is_one) {
    long value = 0;
    size_t digits = 0;
    // More than nine digits are no list item, says CommonMark.
    while (at + digits < end && digits < 9 && lab_scan_is_digit(at[digits]))
        value = value * 10 + (at[digits++] - '0');
    if (digits == 0 || at + digits == end)
        return 0;
    if (at[digits] != '.' && at[digits] != ')')
        return 0;
    *is_one = value == 1;
    return digits + 1;
}

size_t lab_scan_marker(const char *at, const char *end, bool interrupts) {
    bool is_one = true;
    size_t length = 0;
    if (at < end && (*at == '-' || *at == '+' || *at == '*'))
        length = 1;
    else
        length = number(at, end, &is_one);
    if (length == 0)
        return 0;
    const char *after = at + length;
    // A vertical tab or form feed counts as white space here, not elsewhere.
    if (after < end && !lab_scan_is_space(*after) && *after != '\v' &&
        *after != '\f')
        return 0;
    if (interrupts && (!is_one || lab_scan_is_blank(after, end)))
        return 0;
    return length;
}

size_t lab_scan_comment(const char *at, const char *end) {
    if (end - at < 4 || memcmp(at, "<!--", 4) != 0)
        return 0;
    for (const char *c = at + 4; c + 3 <= end; c++)
        if (memcmp(c, "-->", 3) == 0)
            return (size_t)(c + 3 - at);
    return 0;
}
