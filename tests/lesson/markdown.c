// What a fence is, cmark decides: documents by hand and by chance are split by
// both, and number, first and last line, info string and content of the blocks
// must be the same. Left out of them are
// - link definitions ("[a]: b"). cmark takes them out of a paragraph when it
//   ends, and with nothing left a "---" below is no underline. We do not.
// - backslashes and entities in info strings, which cmark decodes.
// - fences of more than 255 marks: cmark counts no further.
// By hand alone: that the offsets are right, and what we add to cmark.

#include "lesson/markdown.h"

#include "base/alloc.h"
#include "oracle.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct lab_markdown split(const char *text) {
    struct lab_markdown doc;
    lab_markdown_split(&doc, text, strlen(text));
    return doc;
}

// The text of [doc] from [start] to [end], until the next call.
static const char *piece(const struct lab_markdown *doc, size_t start,
                         size_t end) {
    static char bytes[100];
    size_t length = end - start;
    if (length >= sizeof bytes)
        return "(too long)";
    memcpy(bytes, doc->text + start, length);
    bytes[length] = '\0';
    return bytes;
}

TEST(a_fence_says_where_all_its_parts_are) {
    struct lab_markdown doc = split("hi\r\n\r\n>  ~~~~ c  name \r\n"
                                    ">   x\r\n> ~~~~~ \r\nbye");
    if (CHECK_INT(doc.fence_count, 1) && CHECK_INT(doc.line_count, 1)) {
        struct lab_fence *fence = doc.fences;
        struct lab_fence_line *line = doc.lines;
        CHECK_INT(fence->line, 3);
        CHECK_STR(piece(&doc, fence->start, fence->at), ">  ");
        CHECK_STR(piece(&doc, fence->at, fence->at + fence->width), "~~~~");
        CHECK_STR(piece(&doc, fence->info, fence->info_end), "c  name");
        CHECK_STR(piece(&doc, fence->end, fence->next), "\r\n");
        CHECK_INT(fence->first, 0);
        CHECK_INT(fence->count, 1);
        CHECK_STR(piece(&doc, line->start, line->next), ">   x\r\n");
        CHECK_STR(piece(&doc, line->content, line->end), " x");
        CHECK(fence->closed);
        CHECK_STR(
            piece(&doc, fence->close_at, fence->close_at + fence->close_width),
            "~~~~~");
    }
    lab_markdown_free(&doc);
}

TEST(a_fence_may_end_with_its_container) {
    struct lab_markdown doc = split("> ```\n> a\n\n```b\n```\n");
    if (CHECK_INT(doc.fence_count, 2)) {
        CHECK(!doc.fences[0].closed);
        CHECK_INT(doc.fences[0].count, 1);
        CHECK_INT(doc.fences[1].line, 4);
        CHECK(doc.fences[1].closed);
        CHECK_INT(doc.fences[1].first, 1);
    }
    lab_markdown_free(&doc);
}

TEST(a_nul_byte_is_text) {
    static const char text[] = "a\0```\n```\0x\nb\0\n```\n";
    struct lab_markdown doc;
    lab_markdown_split(&doc, text, sizeof text - 1);
    if (CHECK_INT(doc.fence_count, 1)) {
        CHECK_INT(doc.fences[0].line, 2);
        CHECK_INT(doc.fences[0].info_end - doc.fences[0].info, 2);
        CHECK(doc.fences[0].closed);
    }
    lab_markdown_free(&doc);
}

// What [text]'s first block has before its lines.
static void check_prefix(const char *text, const char *prefix) {
    struct lab_markdown doc = split(text);
    struct lab_text out = {0};
    if (CHECK_INT(doc.fence_count, 1)) {
        lab_markdown_prefix(&doc, doc.fences, &out);
        CHECK_STR(lab_text_string(&out), prefix);
    }
    lab_text_free(&out);
    lab_markdown_free(&doc);
}

TEST(the_prefix_repeats_quotes_and_indents_items) {
    check_prefix("```\n", "");
    check_prefix("\xef\xbb\xbf  ```\n", "  ");
    check_prefix("> ```\n", "> ");
    check_prefix(">```\n", "> ");
    check_prefix(">>```\n", ">> ");
    check_prefix("- 1. ```\n", "     ");
    check_prefix(">- ```\n", ">   ");
    check_prefix("*\t```\n", " \t");
}

TEST(deep_nesting_takes_memory_but_no_stack) {
    enum { DEPTH = 20000 };
    struct lab_text text = {0};
    lab_text_repeat(&text, ">", DEPTH);
    lab_text_put(&text, "```\n");
    struct lab_markdown doc;
    lab_markdown_split(&doc, lab_text_string(&text), text.length);
    CHECK_INT(doc.fence_count, 1);
    lab_markdown_free(&doc);
    lab_text_free(&text);
}

#if !HAS_CMARK

TEST(fences_are_those_of_cmark) {
    puts(NO_CMARK);
}

#else

static void put_ours(const struct lab_text *text, struct lab_text *out,
                     bool *closed) {
    struct lab_markdown doc;
    lab_markdown_split(&doc, lab_text_string(text), text->length);
    for (size_t i = 0; i < doc.fence_count; i++) {
        const struct lab_fence *fence = &doc.fences[i];
        closed[i] = fence->closed;
        put_block(out, fence->line,
                  fence->closed ? fence->line + fence->count + 1 : 0,
                  text->data + fence->info, fence->info_end - fence->info);
        for (size_t j = 0; j < fence->count; j++) {
            struct lab_fence_line *line = &doc.lines[fence->first + j];
            lab_text_repeat(out, " ", line->spaces);
            lab_text_write(out, text->data + line->content,
                           line->end - line->content);
            lab_text_put(out, "\n");
        }
    }
    lab_markdown_free(&doc);
}

// Splits [text] both ways. Prints the text if they disagree.
static bool agree(const struct lab_text *text) {
    static bool closed[4096]; // more blocks than any document here has
    struct lab_text ours = {0}, theirs = {0};
    memset(closed, 0, sizeof closed);
    put_ours(text, &ours, closed);
    put_cmarks(text, &theirs, closed);
    bool ok = CHECK_STR(lab_text_string(&ours), lab_text_string(&theirs));
    if (!ok)
        fprintf(stderr, "the document:\n%s\n---- ours:\n%s---- cmark's:\n%s",
                lab_text_string(text), lab_text_string(&ours),
                lab_text_string(&theirs));
    lab_text_free(&ours);
    lab_text_free(&theirs);
    return ok;
}

static const char *const tricky[] = {
    "",
    "```\n",
    "```\n```",
    "```looplab\nlooplab> run 3\nout\n```\n",
    "~~~~ c name \n```\n~~~\n~~~~~  \nafter\n",
    "\xef\xbb\xbf```x\na\n```\n",
    "```x\r\na\r\n\r\n```\r\nb\r\n",
    "```x\ra\r```\rb",
    "```a`b\ntext\n```\n",
    "~~~a`b~\ntext\n~~~\n",
    "``\nx\n``\n",
    "   ```x\n  a\n    b\n   ```\n",
    "    ```x\n    a\n    ```\n",
    "text\n    ```x\n    a\n    ```\n",
    "text\n```x\na\n```\nmore\n",
    "```\n    ```\n```\n",
    "```\na\n``` b\n```\n",
    "> ```x\n> a\n>b\n>\n>   c\n> ```\n",
    "> ```x\n> a\nb\n```\n",
    "> ```x\n\nafter\n```\n```\n",
    ">>```x\n> > a\n>>> b\n>> ```\n",
    "> text\n```x\nlazy\n```\n",
    "- ```x\n  a\n\n  b\n  ```\n",
    "- ```x\n  a\n b\n  ```\n",
    "1. one\n   ```x\n   a\n   ```\n2. two\n",
    "- a\n  - b\n    ```x\n    c\n    ```\n  ```y\n  d\n  ```\n",
    "-     ```x\n      a\n",
    "-\n  ```x\n  a\n  ```\n",
    "-\n\n  ```x\n  a\n  ```\n",
    "-\n\n  ```x\na\n  ```\n",
    "- > ```x\n  > a\n  > ```\n",
    "> - ```x\n>   a\n>   ```\n",
    "-\t```x\n\ta\n\t```\n",
    ">\t```x\n>\ta\n>   b\n>\t```\n",
    "\t```x\n\ta\n",
    "text\n2. ```x\n   a\n   ```\n",
    "text\n1. ```x\n   a\n   ```\n",
    "text\n-\n  ```x\n",
    "1234567890. ```x\n123456789. ```y\n",
    "* * *\n  ```x\n  a\n  ```\n",
    "a\n---\n    ```x\n",
    "- a\n---\n    ```x\n",
    "# a\n    ```x\n",
    "#a\n    ```x\n",
    "<div>\n```x\na\n```\n\n```y\n```\n",
    "text\n<div>\n```x\n",
    "text\n<a>\n```x\na\n```\n",
    "<a b='c' d=e f>\n```x\n\n```y\n",
    "<a b=>\n```x\na\n```\n",
    "<!-- a\n\n```x\n-->\n```y\n```\n",
    "<!-- a -->\n```y\n```\n",
    "<script>\n\n```x\n</SCRIPT>\n```y\n```\n",
    "<pre>```x</pre>\n```y\n```\n",
    "<?a\n\n```x\n?>\n```y\n```\n",
    "<!doctype html>\n```y\n```\n",
    "<![CDATA[\n\n```x\n]]>\n```y\n```\n",
    "> <!-- a\n```x\n```\n",
};

TEST(tricky_fences_are_those_of_cmark) {
    for (size_t i = 0; i < countof(tricky); i++) {
        struct lab_text text = {0};
        lab_text_put(&text, tricky[i]);
        agree(&text);
        lab_text_free(&text);
    }
}

static uint64_t seed;

static size_t chance(size_t below) {
    return any(&seed, below);
}

static const char *const prefixes[] = {
    " ",  "  ", "   ", "    ", "     ", "\t",   " \t",  ">",
    "> ", ">>", ">\t", ">  ",  "- ",    "-   ", "-\t",  "* ",
    "+ ", "-",  "1. ", "1)  ", "2. ",   "10. ", "  - ", "\v",
};

static const char *const endings[] = {"\n", "\n", "\n", "\n", "\r\n", "\r"};

static const char *const pieces[] = {
    "```",     "```",      "````",       "~~~",       "~~~~",
    "```  ",   "``` x",    "```c name",  "~~~ a `b`", "``` a`b",
    "``",      "`````\t",  "~~~x y  ",   "a",         "text",
    "  text ", "looplab>", "# head",     "#head",     "---",
    "===",     "***",      "- - -",      "_ _ _ x",   "",
    "",        "",         "\t",         "<div>",     "</P >",
    "<pre>",   "</pre>",   "<!-- x",     "-->",       "<a b=\"c\" d>",
    "</a>",    "<a",       "<a b='c>",   "<?x",       "?>",
    "<!X",     "<!-->",    "<![CDATA[",  "]]>",       "<style",
    "<br/>",   "<hr/>",    "<x y = z/>", "\xc3\xa9",  "\xff",
};

// One line. Often it begins as the one before it, so that containers go on.
static void put_line(struct lab_text *text, struct lab_text *prefix) {
    if (chance(2)) {
        lab_text_clear(prefix);
        for (size_t i = chance(4); i > 0; i--)
            lab_text_put(prefix, prefixes[chance(countof(prefixes))]);
    } else {
        // The marker of a list item begins it; what follows is indented.
        for (size_t i = 0; i < prefix->length; i++)
            if (prefix->data[i] != '>' && prefix->data[i] != '\t')
                prefix->data[i] = ' ';
    }
    lab_text_put(text, lab_text_string(prefix));
    lab_text_put(text, pieces[chance(countof(pieces))]);
}

static void put_document(struct lab_text *text) {
    struct lab_text prefix = {0};
    size_t lines = 1 + chance(12);
    const char *ending = chance(4) ? "\n" : NULL; // mixed ones are rare
    if (chance(50) == 0)
        lab_text_put(text, "\xef\xbb\xbf");
    for (size_t i = 0; i < lines; i++) {
        put_line(text, &prefix);
        if (i + 1 < lines || chance(4))
            lab_text_put(text,
                         ending ? ending : endings[chance(countof(endings))]);
    }
    lab_text_free(&prefix);
}

TEST(random_fences_are_those_of_cmark) {
    seed = 20240229;
    const char *count = getenv("LAB_RANDOM_DOCUMENTS");
    long documents = count ? atol(count) : 50000;
    for (long i = 0; i < documents; i++) {
        struct lab_text text = {0};
        put_document(&text);
        bool ok = agree(&text);
        lab_text_free(&text);
        if (!ok)
            return;
    }
}

#endif
