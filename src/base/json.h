// json.h - JSON, written and read a piece at a time.
//
// Use:
//     struct lab_json json = {.at = line};
//     lab_json_open(&json, '{');
//     while (lab_json_more(&json, '}'))
//         if (lab_json_key(&json, "time"))
//             lab_json_int(&json, &time);
//         else
//             lab_json_skip(&json);
//     if (!lab_json_end(&json))
//         puts(json.error);
//
// After an error every later call fails, so one check at the end is enough.
// Numbers are 64-bit integers: no others are needed here.

#ifndef LAB_BASE_JSON_H
#define LAB_BASE_JSON_H

#include "base/text.h"

#include <stdint.h>

// Appends [string] quoted. Invalid UTF-8 becomes U+FFFD, so that the line stays
// valid JSON.
void lab_json_put_string(struct lab_text *out, const char *string);

// Appends the comma before a member or an item, unless it is the first one.
void lab_json_put_comma(struct lab_text *out);

// Appends that comma and the key of a member, and with put_member a string as
// its value: null if [string] is NULL.
void lab_json_put_key(struct lab_text *out, const char *key);
void lab_json_put_member(struct lab_text *out, const char *key,
                         const char *string);

struct lab_json {
    const char *at;    // what is read next; ends with a NUL
    const char *error; // the first, as "expected a number"; NULL while fine
    // json.c's own:
    const char *key; // of the member that is being read, with its quote
    size_t key_size;
    const char *word; // what the error is about, or NULL
    size_t word_size;
    bool fresh; // nothing of the object or array was read yet
};

// Enters an object or array: [bracket] is { or [.
void lab_json_open(struct lab_json *json, char bracket);

// Is the next value an object or array that begins with [bracket]?
bool lab_json_is(struct lab_json *json, char bracket);

// Is there another member or item? Takes the comma before it, and in an object
// its key; if there is none, takes the closing [bracket], } or ].
bool lab_json_more(struct lab_json *json, char bracket);

// Is [key] the key of the current member?
bool lab_json_key(const struct lab_json *json, const char *key);

// Read a value. [text] is appended to.
void lab_json_int(struct lab_json *json, int64_t *value);
void lab_json_string(struct lab_json *json, struct lab_text *text);

// Is the next value null, or true? Then it is taken.
bool lab_json_null(struct lab_json *json);
bool lab_json_true(struct lab_json *json);

// Passes over a value of any kind.
void lab_json_skip(struct lab_json *json);

// Was all well, and does nothing follow?
bool lab_json_end(struct lab_json *json);

// Says that what was read is not what it should be. The first error stays. It
// is about the member that is being read, or else about the whole line.
void lab_json_fail(struct lab_json *json, const char *error);
void lab_json_fail_line(struct lab_json *json, const char *error);

// Appends the error, and what it is about: expected a whole number, at "ns":x
// Nothing while all is well.
void lab_json_put_error(struct lab_text *out, const struct lab_json *json);

#endif
