#include "base/list.h"

#include "test.h"

struct item {
    int value;
    struct lab_list node;
};

static struct item *item_of(struct lab_list *node) {
    return lab_list_item(node, struct item, node);
}

TEST(list_gives_items_in_the_order_they_were_pushed) {
    struct lab_list list;
    struct item items[3] = {{.value = 1}, {.value = 2}, {.value = 3}};
    lab_list_init(&list);
    CHECK(lab_list_empty(&list));
    for (int i = 0; i < 3; i++)
        lab_list_push(&list, &items[i].node);
    CHECK(!lab_list_empty(&list));
    for (int i = 0; i < 3; i++)
        CHECK_INT(item_of(lab_list_pop(&list))->value, i + 1);
    CHECK(lab_list_empty(&list));
}

TEST(pop_of_an_empty_list_is_null) {
    struct lab_list list;
    lab_list_init(&list);
    CHECK(lab_list_pop(&list) == NULL);
}

TEST(list_remove_may_be_called_twice_and_on_a_zeroed_node) {
    struct lab_list list;
    struct item item = {0};
    lab_list_init(&list);
    lab_list_remove(&item.node);
    CHECK(!lab_list_linked(&item.node));
    lab_list_push(&list, &item.node);
    CHECK(lab_list_linked(&item.node));
    lab_list_remove(&item.node);
    lab_list_remove(&item.node);
    CHECK(!lab_list_linked(&item.node));
    CHECK(lab_list_empty(&list));
}

TEST(list_each_lets_the_current_node_go) {
    struct lab_list list;
    struct item items[4] = {
        {.value = 1}, {.value = 2}, {.value = 3}, {.value = 4}};
    int sum = 0;
    lab_list_init(&list);
    for (int i = 0; i < 4; i++)
        lab_list_push(&list, &items[i].node);
    lab_list_each(node, &list) {
        sum += item_of(node)->value;
        if (item_of(node)->value % 2 == 0)
            lab_list_remove(node);
    }
    CHECK_INT(sum, 10);
    CHECK_INT(item_of(lab_list_pop(&list))->value, 1);
    CHECK_INT(item_of(lab_list_pop(&list))->value, 3);
    CHECK(lab_list_empty(&list));
}
