#include "view/export.h"

#include "export.h"
#include "runs.h"
#include "visitors.h"

// The JSON of the page at [text], to its end.
static const char *json_of(const char *text, size_t *n) {
    static const char start[] = "id=\"record\">\n";
    const char *at = strstr(text, start);
    if (!at)
        return NULL;
    at += strlen(start);
    const char *end = strstr(at, "</script>");
    *n = end ? (size_t)(end - at) : 0;
    return at;
}

TEST(names_change_no_tag_of_a_page) {
    char *plain = export_called(lab_export_html, "plain");
    *strstr(plain, "id=\"record\">") = '\0'; // what follows is no markup
    char *expected = tags_of(plain);
    for (size_t i = 0; i < HARMFUL; i++) {
        char *name = harmful_name(i);
        char *text = export_called(lab_export_html, name);
        size_t n = 0;
        const char *json = json_of(text, &n);
        bool fine = CHECK(is_json(json, n)) && CHECK(!memchr(json, '<', n)) &&
                    CHECK(!memchr(json, '&', n));
        CHECK_INT(times_in(text, "<script"), 2);
        CHECK_INT(times_in(text, "</script"), 2);
        CHECK_INT(times_in(text, "<!--"), 0);
        *strstr(text, "id=\"record\">") = '\0';
        char *tags = tags_of(text);
        if (!CHECK_STR(tags, expected) || !fine)
            CHECK_INT(i, -1); // says which
        lab_free(tags);
        lab_free(text);
        lab_free(name);
    }
    lab_free(expected);
    lab_free(plain);
}

TEST(every_element_of_a_page_is_closed) {
    char *text = seen(lab_export_html, comparison_04(), &style_80);
    char *script = strstr(text, "<script"); // behind it there is no markup
    MUST(script != NULL);
    *script = '\0';
    struct lab_text page = {0};
    lab_text_printf(&page, "%s</body></html>", text);
    char *tags = tags_of(lab_text_string(&page));
    CHECK(is_balanced(tags));
    lab_free(tags);
    lab_text_free(&page);
    lab_free(text);
}

static void skip(struct lab_run *run) {
    struct lab_event event = {.kind = LAB_EVENT_SAY, .task = 1};
    lab_record_add(run->record, event, "skipped: nobody talks");
    run->rc = LAB_ESKIPPED;
}

TEST(of_a_variant_that_was_skipped_a_page_has_the_reason_alone) {
    struct lab_comparison comparison = comparison_02();
    skip(comparison.runs[1]);
    char *text = seen(lab_export_html, comparison, &style_80);
    size_t n = 0;
    const char *json = json_of(text, &n);
    CHECK(is_json(json, n));
    CHECK_INT(times_in(text, "class=\"lanes\""), 1);
    CHECK(strstr(text, "<h2>timer"));
    CHECK(strstr(text, "skipped: nobody talks"));
    CHECK(strstr(json, "\"name\":\"blocking\""));
    CHECK(!strstr(json, "\"name\":\"timer\""));
    lab_free(text);
}

TEST(a_page_of_which_all_was_skipped_has_no_script) {
    struct lab_comparison comparison = comparison_02();
    for (size_t i = 0; i < comparison.count; i++)
        skip(comparison.runs[i]);
    char *text = seen(lab_export_html, comparison, &style_80);
    CHECK_INT(times_in(text, "skipped: nobody talks"), (long)comparison.count);
    CHECK(!strstr(text, "<script"));
    CHECK(!strstr(text, "<canvas"));
    CHECK(!strstr(text, "<button"));
    lab_free(text);
}

TEST(a_page_needs_no_network) {
    char *text = seen(lab_export_html, comparison_03(), &style_80);
    CHECK_INT(times_in(text, "http:"), 0);
    CHECK_INT(times_in(text, "https:"), 0);
    CHECK_INT(times_in(text, "src="), 0);
    CHECK_INT(times_in(text, "href="), 0);
    CHECK(strstr(text, "default-src 'none'") != NULL);
    lab_free(text);
}

TEST(the_code_of_a_page_is_small) {
    char *text = seen(lab_export_html, comparison_03(), &style_80);
    const char *code = strstr(text, "<script>\n");
    MUST(code != NULL);
    CHECK(strlen(code) < 40000);
    CHECK(strstr(code, "</script>\n</body>\n</html>\n") != NULL);
    lab_free(text);
}

TEST(a_sentence_of_many_events_is_written_once) {
    struct lab_comparison comparison =
        demo_with(2, "blocking", record_of_beats(1000));
    char *text = seen(lab_export_html, comparison, &style_80);
    CHECK_INT(times_in(text, "heartbeat marks beat"), 1);
    lab_free(text);
}

TEST(a_page_has_text_for_those_who_see_no_picture) {
    char *text = seen(lab_export_html, comparison_03(), &style_80);
    CHECK(strstr(text, "aria-live=\"polite\"") != NULL);
    CHECK(strstr(text, "aria-label=\"Timeline of together\"") != NULL);
    CHECK(strstr(text, "\"a.txt sleeps until 1.000 s\"") != NULL);
    CHECK(strstr(text, "together is 5.0 times as fast as in_turn.") != NULL);
    lab_free(text);
}

TEST(a_page_has_gauges_and_how_each_lane_ends) {
    struct lab_comparison comparison =
        demo_with(3, "in_turn", record_of(receive_visitors));
    char *text = seen(lab_export_html, comparison, &style_80);
    CHECK(strstr(text, "\"gauges\":[{\"name\":\"inside\",\"to\":500000000,"
                       "\"peak\":3,\"levels\":[0,1,0,2,0,3,200000000,2,"));
    CHECK_INT(times_in(text, "\"ending\":\"ended\""), 2); // and the root
    CHECK_INT(times_in(text, "\"ending\":\"failed\""), 1);
    CHECK_INT(times_in(text, "\"ending\":\"cancelled\""), 1);
    CHECK_INT(times_in(text, "\"ending\":\"\""), 1); // the loop's
    lab_free(text);
}

TEST(a_page_tells_how_idle_the_loop_was) {
    char *text = seen(lab_export_html, comparison_03(), &style_80);
    CHECK(strstr(text, "<p class=\"dim\">loop idle 100 % of the time; 6 tasks "
                       "in flight at most</p>\n</section>"));
    lab_free(text);
}

TEST(a_page_has_the_whole_verdict) {
    struct lab_comparison comparison = comparison_04();
    struct lab_text verdict = {0}, expected = {0};
    lab_text_repeat(&verdict, "word ", 100);
    lab_text_put(&verdict, "end");
    comparison.verdict = lab_strdup(lab_text_string(&verdict));
    lab_text_printf(&expected, "<p>%s", lab_text_string(&verdict));
    char *text = seen(lab_export_html, comparison, &style_80);
    CHECK(strstr(text, lab_text_string(&expected)));
    lab_text_free(&expected);
    lab_text_free(&verdict);
    lab_free(text);
}
