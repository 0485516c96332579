/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the acta and the blank share: which questions go on paper, and how wide. */
#include "paper_priv.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

bool paper_has_word(const struct node *node, const char *word)
{
        size_t len = strlen(word);
        for (const char *at = node->appearance; at && *at; at += strcspn(at, " "), at += strspn(at, " "))
                if (strcspn(at, " ") == len && strncmp(at, word, len) == 0)
                        return true;
        return false;
}

bool paper_is_answered(const struct node *node)
{
        return node_is_question(node) && node->type != NODE_HIDDEN;
}

bool paper_is_calculated(const struct node *node)
{
        return node->type == NODE_CALCULATE && *node->label.plain;
}

const char *paper_form_words(const struct form *form, struct arena *arena)
{
        return arena_printf(arena, _("%s · versión %s"), str_blank(form->short_title) ? form->title : form->short_title,
                            form->version ? form->version : "");
}

/* Where the sentence that holds `at` begins. */
static const char *sentence_start(const char *text, const char *at)
{
        while (at > text && !(at[-1] == ' ' && at - 1 > text && at[-2] == '.'))
                at--;
        return at;
}

const char *paper_reconstruction(const struct form *form, struct arena *arena)
{
        const char *note = form->note ? form->note : "", *word = strstr(note, "reconstrucción");
        if (!word)
                return "";
        const char *start = sentence_start(note, word), *end = strstr(word, ". ");
        return arena_strndup(arena, start, end ? (size_t)(end - start) + 1 : strlen(start));
}

int paper_columns(const struct form *form, const struct node **ret, int most)
{
        int n = 0;
        /* What it is about before who and when. */
        for (int round = 0; form && round < 2; round++)
                for (int i = 1; i < form->nodes_n && n < most; i++) {
                        const struct node *node = &form->nodes[i];
                        bool first = node->flags & NODE_MULTILINE;
                        if (node->scope == 0 && first == (round == 0) && paper_has_word(node, "column"))
                                ret[n++] = node;
                }
        return n;
}

int paper_weight(const struct node *node)
{
        switch (node->type) {
        case NODE_DATE: return 5;
        case NODE_TIME:
        case NODE_INTEGER:
        case NODE_DECIMAL:
        case NODE_RANGE: return 4;
        case NODE_SELECT_ONE:
        case NODE_RATING:
        case NODE_ACKNOWLEDGE: return 5;
        case NODE_TEXT:
        case NODE_LOG: return node->flags & NODE_MULTILINE ? 10 : 7;
        default: return 6;
        }
}

/* ---- Groups alike ---- */

static bool same_question(const struct node *a, const struct node *b)
{
        return a->type == b->type && a->flags == b->flags && a->list == b->list && a->type != NODE_GROUP &&
               a->type != NODE_REPEAT && a->type != NODE_CHILDREN;
}

static bool same_group(const struct form *form, int a, int b)
{
        const struct node *nodes = form->nodes;
        int n = nodes[a].end - a;
        if (b >= form->nodes_n || nodes[b].type != NODE_GROUP || nodes[b].parent != nodes[a].parent ||
            nodes[b].end - b != n || n < 3)
                return false;
        for (int i = 1; i < n; i++)
                if (!same_question(&nodes[a + i], &nodes[b + i]))
                        return false;
        return true;
}

int paper_alike(const struct form *form, int index)
{
        int n = 1;
        for (int next = form->nodes[index].end; same_group(form, index, next); next = form->nodes[next].end)
                n++;
        return n;
}

const char *paper_shared_label(const struct form *form, int index, int i, struct arena *arena)
{
        const char *a = form->nodes[index + i].label.plain, *b = form->nodes[form->nodes[index].end + i].label.plain;
        size_t len = 0;
        for (size_t step; (step = utf8_next(a + len)) > 0 && strncmp(a + len, b + len, step) == 0;)
                len += step;
        if (!a[len])
                return a;
        while (len && strchr(" (:·.", a[len - 1]))
                len--;
        /* A word that is cut (aut_|1) says nothing by its beginning. */
        if (len && a[len] && !strchr(" (:·.", a[len])) {
                while (len && !strchr(" (", a[len - 1]))
                        len--;
                while (len && strchr(" (", a[len - 1]))
                        len--;
        }
        return len ? arena_strndup(arena, a, len) : a;
}
