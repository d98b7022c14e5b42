#include "lesson/blocks.h"

#include "base/alloc.h"
#include "lesson/info.h"
#include "lesson/scan.h"

#include <string.h>

// --- the plan

static const char *read_number(const char *at, const char *end, size_t *value) {
    while (at < end && lab_scan_is_space(*at))
        at++;
    const char *start = at;
    for (*value = 0; at < end && at < start + 6 && lab_scan_is_digit(*at); at++)
        *value = *value * 10 + (size_t)(*at - '0');
    return at;
}

static const char *read_words(const char *at, const char *end,
                              const char *words) {
    size_t n = strlen(words);
    return at && (size_t)(end - at) >= n && memcmp(at, words, n) == 0 ? at + n
                                                                      : NULL;
}

// Reads "<!-- plan: 12 minutes, 9 blocks -->" at [at].
static void read_plan(struct lab_blocks *blocks, const char *at,
                      const char *end) {
    const char *text = blocks->doc->text;
    at = read_words(at, end, "<!-- plan:");
    if (!at)
        return;
    at = read_words(read_number(at, end, &blocks->minutes), end, " minutes,");
    if (!at)
        return;
    while (at < end && lab_scan_is_space(*at))
        at++;
    blocks->number.from = (size_t)(at - text);
    at = read_number(at, end, &blocks->planned);
    blocks->number.to = (size_t)(at - text);
    blocks->has_plan =
        blocks->minutes > 0 && read_words(at, end, " blocks -->") != NULL;
}

static void find_plan(struct lab_blocks *blocks) {
    const struct lab_markdown *doc = blocks->doc;
    const char *at = doc->text, *end = at + doc->length, *next;
    size_t fence = 0;
    for (; at < end && !blocks->has_plan; at = next) {
        size_t offset = (size_t)(at - doc->text);
        while (fence < doc->fence_count &&
               offset >= lab_markdown_after(doc, &doc->fences[fence]))
            fence++;
        bool inside =
            fence < doc->fence_count && offset >= doc->fences[fence].start;
        const char *stop = lab_scan_line(at, end, &next);
        if (!inside)
            read_plan(blocks, at, stop);
    }
}

// --- the blocks

static struct lab_block *add(struct lab_blocks *blocks,
                             enum lab_block_kind kind, size_t part,
                             size_t from) {
    blocks->all = lab_grow(blocks->all, blocks->count, &blocks->capacity,
                           sizeof *blocks->all);
    struct lab_block *block = &blocks->all[blocks->count++];
    *block = (struct lab_block){.kind = kind, .part = part};
    block->place.from = from;
    return block;
}

static struct lab_block *last(struct lab_blocks *blocks, size_t part) {
    struct lab_block *block =
        blocks->count ? &blocks->all[blocks->count - 1] : NULL;
    return block && block->part == part ? block : NULL;
}

// Is [stretch] a heading and no more?
static bool is_heading(const struct lab_markdown *doc,
                       struct lab_stretch stretch) {
    const char *at = doc->text + stretch.from, *end = doc->text + stretch.to;
    const char *next, *stop = lab_scan_line(at, end, &next);
    return lab_scan_is_heading(at, stop) &&
           lab_parts_is_blank(doc, (size_t)(next - doc->text), stretch.to);
}

static void add_prose(struct lab_blocks *blocks, size_t part,
                      const struct lab_item *item) {
    struct lab_block *before = last(blocks, part);
    struct lab_stretch stretch = {item->from, item->to};
    if (before && before->kind == LAB_BLOCK_RUN)
        before->after = stretch;
    else
        add(blocks, LAB_BLOCK_PROSE, part, item->from)->before = stretch;
}

static void add_questions(struct lab_blocks *blocks, size_t part,
                          const struct lab_fence *fence) {
    struct lab_stretch line;
    size_t number;
    for (size_t i = 0; lab_blocks_line(blocks->doc, fence, i, &line, &number);
         i++) {
        struct lab_block *block =
            add(blocks, LAB_BLOCK_QUESTION, part, fence->start);
        block->fence = fence;
        block->line = i;
    }
}

// The first command after questions answers them, in whichever part it is.
static bool answers(const struct lab_blocks *blocks) {
    for (size_t i = blocks->count; i-- > 0;)
        if (blocks->all[i].kind != LAB_BLOCK_PROSE)
            return blocks->all[i].kind == LAB_BLOCK_QUESTION;
    return false;
}

static void add_run(struct lab_blocks *blocks, size_t part,
                    const struct lab_item *item) {
    struct lab_block *before = last(blocks, part);
    bool is_held = answers(blocks);
    struct lab_block *block =
        before && before->kind == LAB_BLOCK_PROSE &&
                is_heading(blocks->doc, before->before)
            ? before
            : add(blocks, LAB_BLOCK_RUN, part, item->from);
    block->kind = LAB_BLOCK_RUN;
    block->command = (struct lab_stretch){item->from, item->to};
    block->is_held = is_held;
}

void lab_blocks_find(struct lab_blocks *blocks, const struct lab_parts *parts) {
    struct lab_item item;
    *blocks = (struct lab_blocks){.doc = parts->doc};
    for (size_t part = 0; part < parts->count; part++)
        for (size_t i = 0; lab_parts_item(parts, part, i, &item); i++)
            if (item.asks)
                add_questions(blocks, part, item.asks);
            else if (item.is_command)
                add_run(blocks, part, &item);
            else
                add_prose(blocks, part, &item);
    size_t to = parts->doc->length;
    for (size_t i = blocks->count; i-- > 0;) {
        struct lab_block *block = &blocks->all[i];
        block->place.to = to;
        if (i == 0 || blocks->all[i - 1].place.from < block->place.from)
            to = block->place.from;
    }
    find_plan(blocks);
}

void lab_blocks_free(struct lab_blocks *blocks) {
    lab_free(blocks->all);
    *blocks = (struct lab_blocks){0};
}

// --- lines and notes

bool lab_blocks_line(const struct lab_markdown *doc,
                     const struct lab_fence *fence, size_t index,
                     struct lab_stretch *line, size_t *number) {
    for (size_t i = 0; i < fence->count; i++) {
        const struct lab_fence_line *at = &doc->lines[fence->first + i];
        *line = (struct lab_stretch){at->content, at->end};
        *number = fence->line + 1 + i;
        if (!lab_scan_is_blank(doc->text + at->content, doc->text + at->end) &&
            index-- == 0)
            return true;
    }
    return false;
}

// A line that follows another continues its paragraph.
static void put_note(const struct lab_markdown *doc,
                     const struct lab_fence *fence, struct lab_text *note) {
    bool open = false;
    for (size_t i = 0; i < fence->count; i++) {
        const struct lab_fence_line *line = &doc->lines[fence->first + i];
        const char *at = doc->text + line->content,
                   *end = doc->text + line->end;
        while (at < end && lab_scan_is_space(*at))
            at++;
        bool is_blank = at == end;
        if (open)
            lab_text_put(note, is_blank ? "\n" : " ");
        lab_text_write(note, at, (size_t)(end - at));
        open = !is_blank;
    }
    lab_text_put(note, open ? "\n" : "");
}

void lab_blocks_note(const struct lab_blocks *blocks, size_t index,
                     struct lab_text *note) {
    const struct lab_markdown *doc = blocks->doc;
    const struct lab_stretch place = blocks->all[index].place;
    for (size_t i = 0; i < doc->fence_count; i++) {
        const struct lab_fence *fence = &doc->fences[i];
        if (fence->start >= place.from && fence->start < place.to &&
            lab_info_read(doc->text + fence->info, doc->text + fence->info_end,
                          NULL)
                    .kind == LAB_INFO_NOTE)
            put_note(doc, fence, note);
    }
}
