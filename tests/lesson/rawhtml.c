#include "lesson/rawhtml.h"

#include "base/alloc.h"
#include "test.h"

#include <stdio.h>
#include <string.h>

#define ENDS(line) (line), (line) + strlen(line)

static const struct {
    const char *line;
    int kind;
} table[] = {
    {"", 0},          {"<", 0},         {"<script>", 1},
    {"<PRE", 1},      {"<prefix>", 7},  {"<!-- a", 2},
    {"<?php", 3},     {"<!doctype", 4}, {"<!", 0},
    {"<![CDATA[", 5}, {"<![cdata[", 0}, {"<div class=x", 6},
    {"</p>", 6},      {"<hr/>", 6},     {"<address>", 6},
    {"<track", 6},    {"<ul>", 6},      {"<divan", 0},
    {"<a>", 7},       {"</a >", 7},     {"<a b c='d' e=\"f\" g=h/>", 7},
    {"<a b='c>", 0},  {"<a>text", 0},   {"<1>", 0},
    {"</a b>", 0},
};

TEST(html_begins_in_seven_ways) {
    for (size_t i = 0; i < countof(table); i++)
        if (!CHECK_INT(lab_rawhtml_begin(ENDS(table[i].line), false),
                       table[i].kind))
            fprintf(stderr, "    in %s\n", table[i].line);
}

TEST(a_lone_tag_does_not_cut_a_paragraph) {
    CHECK_INT(lab_rawhtml_begin(ENDS("<a>"), true), 0);
    CHECK_INT(lab_rawhtml_begin(ENDS("<div>"), true), 6);
}

TEST(html_ends_in_its_own_way) {
    CHECK(lab_rawhtml_is_end(1, ENDS("x</Script>y")));
    CHECK(lab_rawhtml_is_end(2, ENDS("x-->")));
    CHECK(!lab_rawhtml_is_end(2, ENDS("x--")));
    CHECK(lab_rawhtml_is_end(3, ENDS("?>")));
    CHECK(lab_rawhtml_is_end(4, ENDS(">")));
    CHECK(lab_rawhtml_is_end(5, ENDS("]]>")));
    CHECK(!lab_rawhtml_is_end(6, ENDS("</div>")));
    CHECK(lab_rawhtml_ends_at_blank(6) && !lab_rawhtml_ends_at_blank(5));
}
