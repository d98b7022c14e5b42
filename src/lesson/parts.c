#include "lesson/parts.h"

#include "base/alloc.h"
#include "lesson/info.h"
#include "lesson/scan.h"

#include <string.h>

static const char *end_of(const struct lab_markdown *doc) {
    return doc->text + doc->length;
}

static bool is_heading(const char *at, const char *end) {
    return end - at > 3 && memcmp(at, "## ", 3) == 0;
}

static struct lab_part *add(struct lab_parts *parts, size_t from, size_t line) {
    if (parts->count)
        parts->parts[parts->count - 1].to = from;
    parts->parts = lab_grow(parts->parts, parts->count, &parts->capacity,
                            sizeof *parts->parts);
    struct lab_part *part = &parts->parts[parts->count++];
    *part = (struct lab_part){.from = from, .line = line, .title = ""};
    return part;
}

void lab_parts_split(struct lab_parts *parts, const struct lab_markdown *doc) {
    const char *end = end_of(doc), *next;
    size_t fence = 0, line = 0;
    *parts = (struct lab_parts){.doc = doc};
    add(parts, 0, 1);
    for (const char *at = doc->text; at < end; at = next) {
        const char *stop = lab_scan_line(at, end, &next);
        size_t offset = (size_t)(at - doc->text);
        line++;
        while (fence < doc->fence_count &&
               offset >= lab_markdown_after(doc, &doc->fences[fence]))
            fence++;
        bool inside =
            fence < doc->fence_count && offset >= doc->fences[fence].start;
        if (inside || !is_heading(at, stop))
            continue;
        struct lab_part *part = add(parts, offset, line);
        part->title = at + 3;
        part->title_length = (size_t)(stop - part->title);
    }
    parts->parts[parts->count - 1].to = doc->length;
}

void lab_parts_free(struct lab_parts *parts) {
    lab_free(parts->parts);
    *parts = (struct lab_parts){0};
}

// --- items

static enum lab_info_kind kind_of(const struct lab_markdown *doc,
                                  const struct lab_fence *fence) {
    return lab_info_read(doc->text + fence->info, doc->text + fence->info_end,
                         NULL)
        .kind;
}

// The offset after the note that begins at [from]; 0 if none does.
static size_t after_note(const struct lab_markdown *doc, size_t from) {
    for (size_t i = 0; i < doc->fence_count; i++)
        if (doc->fences[i].start == from &&
            kind_of(doc, &doc->fences[i]) == LAB_INFO_NOTE)
            return lab_markdown_after(doc, &doc->fences[i]);
    return 0;
}

// Is there nothing for a reader?
bool lab_parts_is_blank(const struct lab_markdown *doc, size_t from,
                        size_t to) {
    const char *at = doc->text + from, *end = doc->text + to, *next;
    while (at < end) {
        size_t note = after_note(doc, (size_t)(at - doc->text));
        size_t comment = lab_scan_comment(at, end);
        if (note)
            at = doc->text + note;
        else if (comment)
            at += comment;
        else if (lab_scan_is_blank(at, lab_scan_line(at, end, &next)))
            at = next;
        else
            return false;
    }
    return true;
}

// Counts [index] down by the commands of [fence]; true with [item] set when it
// was 0 at one of them.
static bool find_command(const struct lab_markdown *doc,
                         const struct lab_fence *fence, size_t *index,
                         struct lab_item *item) {
    for (size_t i = 0; i < fence->count; i++) {
        const struct lab_fence_line *line = &doc->lines[fence->first + i];
        const char *at = doc->text + line->content;
        const char *end = doc->text + line->end;
        if (!lab_info_is_command(at, end))
            continue;
        at += strlen(LAB_INFO_PROMPT);
        while (at < end && lab_scan_is_space(*at))
            at++;
        if (at == end || (*index)--)
            continue;
        *item =
            (struct lab_item){true, (size_t)(at - doc->text), line->end, NULL};
        return true;
    }
    return false;
}

bool lab_parts_item(const struct lab_parts *parts, size_t part, size_t index,
                    struct lab_item *item) {
    const struct lab_markdown *doc = parts->doc;
    size_t from = parts->parts[part].from, to = parts->parts[part].to;
    for (size_t i = 0; i < doc->fence_count; i++) {
        const struct lab_fence *fence = &doc->fences[i];
        enum lab_info_kind kind = kind_of(doc, fence);
        if (fence->start < from || fence->start >= to ||
            (kind != LAB_INFO_COMMANDS && kind != LAB_INFO_PREDICT))
            continue;
        *item = (struct lab_item){false, from, fence->start, NULL};
        if (!lab_parts_is_blank(doc, from, fence->start) && index-- == 0)
            return true;
        size_t after = lab_markdown_after(doc, fence);
        *item = (struct lab_item){false, fence->start, after, fence};
        if (kind == LAB_INFO_PREDICT && index-- == 0)
            return true;
        if (kind == LAB_INFO_COMMANDS && find_command(doc, fence, &index, item))
            return true;
        from = after;
    }
    *item = (struct lab_item){false, from, to, NULL};
    return !lab_parts_is_blank(doc, from, to) && index == 0;
}
