// export.h - records with names that mean harm, for the tests of the exports.

#ifndef LAB_TESTS_VIEW_EXPORT_H
#define LAB_TESTS_VIEW_EXPORT_H

#include "base/json.h"
#include "records.h"
#include "view/export.h"

#include <stdlib.h>

// What breaks out of one format or another.
static const char *const harmful[] = {
    "</script><script>alert(1)</script>",
    "\"><svg onload=alert(1)>",
    "'><img src=x onerror=alert(1)>",
    "]]>",
    "<!--",
    "-->",
    "<![CDATA[",
    "<?xml version=\"1.0\"?>",
    "&amp;&#0;&nope;",
    "\xE2\x80\xA8\xE2\x80\xA9",
    "\xFF\xFE\x80\xC0\xAF\xED\xA0\x80",
    "\x01\x02\x08\x0B\x1F\x7F\xC2\x85",
    "\xEF\xBF\xBE\xEF\xBF\xBF\xF0\x9F\xBF\xBE",
    "line\nbreak\r\n```\n# head",
    "\\\"\\u0000\\",
    "\x1b]0;title\x07\x1b[31m",
    "end\nNote over t1: x",
    "%%{init: {}}%% ; #quot; t1->>t2: hi",
    "</style></title></desc>",
    "\xE2\x80\xAE\xE2\x81\xA6",
};
enum { HARMFUL = 200 };

// The name of number [index] < HARMFUL: each of the above in ten settings.
static inline char *harmful_name(size_t index) {
    const char *core = harmful[index % countof(harmful)];
    struct lab_text name = {0};
    switch (index / countof(harmful)) {
    case 1:
        lab_text_put(&name, "a");
        break;
    case 2:
        lab_text_put(&name, " ");
        break;
    case 3:
        lab_text_put(&name, "日本語");
        break;
    case 4: // cut in the middle
        lab_text_repeat(&name, "x", 22);
        break;
    case 5:
        lab_text_put(&name, harmful[(index + 7) % countof(harmful)]);
        break;
    case 6:
        lab_text_repeat(&name, core, 200);
        break;
    case 7:
        lab_text_repeat(&name, "\xCC\x81", 50); // accents on nothing
        break;
    case 8:
        lab_text_repeat(&name, "x", 5000);
        break;
    case 9:
        lab_text_repeat(&name, "\"", 3);
        break;
    }
    lab_text_put(&name, core);
    char *copy = lab_strdup(lab_text_string(&name));
    lab_text_free(&name);
    return copy;
}

// A run in which everything that can have a name is called [name].
static inline struct lab_record *record_called(const char *name) {
    struct lab_record *record = lab_record_new();
    struct lab_event worker = {.kind = LAB_EVENT_WORKER, .worker = 1};
    ADD(record, SPAWN, 0, 1, name);
    ADD(record, RUN, 0, 1, NULL);
    lab_record_add(
        record,
        (struct lab_event){.kind = LAB_EVENT_SPAWN, .task = 2, .other = 1},
        name);
    lab_record_add(record, worker, name);
    ADD(record, SAY, LAB_MS, 1, name);
    ADD(record, MARK, LAB_MS, 1, name);
    ADD(record, COUNT, LAB_MS, 1, name);
    add_on(record, LAB_EVENT_WAIT, LAB_MS, 1, LAB_ON_TASK);
    ADD(record, RUN, LAB_MS, 2, NULL);
    lab_record_add(
        record,
        (struct lab_event){
            .kind = LAB_EVENT_QUEUE, .time = LAB_MS, .task = 2, .other = 1},
        name);
    add_job(record, LAB_EVENT_START, LAB_MS, 2, 1, 1);
    ADD(record, CANCEL, 2 * LAB_MS, 2, name);
    ADD(record, END, 2 * LAB_MS, 2, NULL);
    return record;
}

// What [render] makes of such a run, whose demo and variant have that name
// too. Owns: the caller's, for lab_free.
static inline char *export_called(lab_view_fn *render, const char *name) {
    struct lab_demo demo = {.name = name,
                            .asks = name,
                            .params = {{name, 1, 0, 2, name, name}},
                            .variants = {{name, NULL, name, "1ms", "1ms"}},
                            .mark = name,
                            .gap_text = name};
    struct lab_comparison comparison = comparison_of(1, &demo);
    add_result(&comparison, 0, record_called(name));
    return seen(render, comparison, &style_80);
}

// Is [text] UTF-8 without control characters (but newlines), line ends of
// Unicode and overrides of direction?
static inline bool is_clean(const char *text) {
    size_t n = strlen(text);
    unsigned code = 0;
    for (size_t i = 0, length; i < n; i += length) {
        length = lab_text_decode(text + i, n - i, &code);
        if (length == 0 || (code < 0x20 && code != '\n') ||
            (code >= 0x7F && code < 0xA0) || code == 0x2028 || code == 0x2029 ||
            code == 0x202E)
            return false;
    }
    return true;
}

// How often [what] is in [text].
static inline int times_in(const char *text, const char *what) {
    int count = 0;
    while ((text = strstr(text, what))) {
        text += strlen(what);
        count++;
    }
    return count;
}

// Are the [n] bytes of [text] one value of JSON?
static inline bool is_json(const char *text, size_t n) {
    struct lab_text copy = {0};
    lab_text_write(&copy, text, n);
    struct lab_json json = {.at = lab_text_string(&copy)};
    lab_json_skip(&json);
    bool fine = lab_json_end(&json);
    lab_text_free(&copy);
    return fine;
}

// The tags of [text] without the values of their attributes: what a reader of
// XML would take for structure. Owns: the caller's, for lab_free.
static inline char *tags_of(const char *text) {
    struct lab_text tags = {0};
    bool quoted = false, inside = false;
    for (; *text; text++) {
        if (!inside && *text == '<')
            inside = true;
        if (inside && (!quoted || *text == '"'))
            lab_text_write(&tags, text, 1);
        if (inside && *text == '"')
            quoted = !quoted;
        if (inside && !quoted && *text == '>')
            inside = false;
    }
    char *copy = lab_strdup(lab_text_string(&tags));
    lab_text_free(&tags);
    return copy;
}

// Is every element of [tags], as tags_of makes them, closed where it should be?
static inline bool is_balanced(const char *tags) {
    const char *open[64];
    size_t depth = 0;
    for (const char *at = tags; *at; at = strchr(at, '>') + 1) {
        const char *end = strchr(at, '>');
        if (!end)
            return false;
        bool closes = at[1] == '/', is_alone = end[-1] == '/';
        size_t n = strcspn(at + 1 + closes, " />");
        if (is_alone || at[1] == '!' || strncmp(at, "<meta", 5) == 0)
            continue;
        if (!closes && depth < countof(open))
            open[depth++] = at + 1;
        else if (!closes || depth == 0 ||
                 strncmp(open[--depth], at + 2, n) != 0)
            return false;
    }
    return depth == 0;
}

#endif
