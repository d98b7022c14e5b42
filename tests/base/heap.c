#include "base/heap.h"

#include "test.h"

#include <stdlib.h>

enum { NODES = 500 };

static struct lab_heap_node nodes[NODES];

// Takes the least node off.
static struct lab_heap_node *pop(struct lab_heap *heap) {
    struct lab_heap_node *least = lab_heap_least(heap);
    if (least)
        lab_heap_remove(heap, least);
    return least;
}

static void push(struct lab_heap *heap, size_t i, int64_t key) {
    nodes[i] = (struct lab_heap_node){.key = key, .sequence = i};
    lab_heap_push(heap, &nodes[i]);
}

TEST(heap_zeroed_is_empty) {
    struct lab_heap heap = {0};
    CHECK(!lab_heap_least(&heap));
    lab_heap_free(&heap);
}

TEST(heap_gives_keys_in_order_and_equal_ones_as_they_came) {
    struct lab_heap heap = {0};
    unsigned seed = 7;
    for (size_t i = 0; i < NODES; i++)
        push(&heap, i, rand_r(&seed) % 20 - 10);
    struct lab_heap_node *last = pop(&heap), *node;
    size_t count = 1;
    for (; (node = pop(&heap)); last = node, count++)
        CHECK(last->key < node->key ||
              (last->key == node->key && last->sequence < node->sequence));
    CHECK_INT(count, NODES);
    lab_heap_free(&heap);
}

TEST(heap_remove_takes_out_any_node_and_only_that) {
    struct lab_heap heap = {0};
    unsigned seed = 11;
    for (size_t i = 0; i < NODES; i++)
        push(&heap, i, rand_r(&seed) % 1000);
    for (size_t i = 0; i < NODES; i += 3)
        lab_heap_remove(&heap, &nodes[i]);
    int64_t last = -1;
    size_t count = 0;
    for (struct lab_heap_node *node; (node = pop(&heap)); count++) {
        CHECK(node->sequence % 3 != 0);
        CHECK(last <= node->key);
        last = node->key;
    }
    CHECK_INT(count, NODES - (NODES + 2) / 3);
    lab_heap_free(&heap);
}

TEST(heap_holds_a_node_until_it_is_removed_and_remove_may_be_repeated) {
    struct lab_heap heap = {0};
    push(&heap, 0, 5);
    push(&heap, 1, 6);
    CHECK(lab_heap_holds(&nodes[0]));
    lab_heap_remove(&heap, &nodes[0]);
    CHECK(!lab_heap_holds(&nodes[0]));
    lab_heap_remove(&heap, &nodes[0]);
    CHECK(pop(&heap) == &nodes[1]);
    CHECK(!pop(&heap));
    lab_heap_free(&heap);
}

TEST(heap_takes_the_least_and_greatest_keys) {
    struct lab_heap heap = {0};
    push(&heap, 0, INT64_MAX);
    push(&heap, 1, INT64_MIN);
    push(&heap, 2, 0);
    CHECK(pop(&heap) == &nodes[1]);
    CHECK(pop(&heap) == &nodes[2]);
    CHECK(pop(&heap) == &nodes[0]);
    lab_heap_free(&heap);
}

TEST(heap_after_walks_through_all_in_order_and_takes_none_out) {
    struct lab_heap heap = {0};
    unsigned seed = 13;
    for (size_t i = 0; i < NODES; i++)
        push(&heap, i, rand_r(&seed) % 20);
    struct lab_heap_node *node = lab_heap_least(&heap), *next;
    size_t count = 1;
    for (; (next = lab_heap_after(&heap, node)); node = next, count++)
        CHECK(lab_heap_before(node, next));
    CHECK_INT(count, NODES);
    lab_heap_free(&heap);
}
