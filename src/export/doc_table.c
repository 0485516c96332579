/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How wide the columns of a table are (contract in export/doc.h). */
#include <string.h>

#include "base/utf8.h"
#include "export/doc.h"

/* Columns of the widest word of a text. */
static int word_width(const char *text)
{
        int widest = 0;
        for (const char *at = text + strspn(text, " \n"); *at; at += strspn(at, " \n")) {
                size_t len = strcspn(at, " \n");
                int width = utf8_width_n(at, len);
                widest = width > widest ? width : widest;
                at += len;
        }
        return widest;
}

/* What is in a column: its widest cell and its widest word; both 0 while nothing is written there. */
struct measure { int cell, word; };

static void measure(const struct doc_block *block, int column, struct measure *m)
{
        for (int row = 0; row < block->n; row++) {
                const char *cell = block->cells[row * block->columns_n + column];
                int width = strchr(cell, '\n') ? DOC_COLUMNS : utf8_width(cell), word = word_width(cell);
                m->cell = width > m->cell ? width : m->cell;
                m->word = word > m->word ? word : m->word;
        }
}

/* Over the tables that go on with the same columns, so that these stand below one another. */
static struct measure measure_all(const struct doc *doc, int index, int column)
{
        struct measure m = {0, 0};
        while (doc->blocks[index].untitled)
                for (index--; doc->blocks[index].kind != DOC_TABLE; index--)
                        ;
        for (int i = index; i < doc->n; i++) {
                const struct doc_block *block = &doc->blocks[i];
                if (block->kind == DOC_TABLE && i > index && !block->untitled)
                        break;
                if (block->kind == DOC_TABLE)
                        measure(block, column, &m);
        }
        return m;
}

/* The least that a column takes, and true if it needs no more: its cells are short. */
static bool least_width(const struct doc *doc, int index, int column, int *ret)
{
        enum { LEAST = 3, SHORT = 14, WORD = 16 };
        struct measure m = measure_all(doc, index, column);
        int title = word_width(doc->blocks[index].columns[column].title), word = m.word > title ? m.word : title;
        bool is_short = m.cell > 0 && m.cell <= SHORT;
        int width = is_short ? m.cell > title ? m.cell : title : word;
        width = width > WORD ? WORD : width;
        *ret = width < LEAST ? LEAST : width;
        return is_short;
}

void doc_table_widths(const struct doc *doc, int index, int line, int gap, int widths[DOC_TABLE_MAX])
{
        const struct doc_block *block = &doc->blocks[index];
        int shares = 0, left = line - gap * (block->columns_n - 1), last = block->columns_n - 1;
        bool is_short[DOC_TABLE_MAX];
        for (int i = 0; i < block->columns_n; i++) {
                is_short[i] = least_width(doc, index, i, &widths[i]);
                left -= widths[i];
                shares += is_short[i] ? 0 : block->columns[i].weight;
                last = is_short[i] ? last : i;
        }
        int room = left > 0 ? left : 0;
        for (int i = 0; i < block->columns_n && shares; i++) {
                int more = is_short[i] ? 0 : room * block->columns[i].weight / shares;
                widths[i] += more;
                left -= more;
        }
        if (left > 0)
                widths[last] += left;
        /* Too many words for the line: the widest give way. */
        for (; left < 0; left++) {
                int widest = 0;
                for (int i = 1; i < block->columns_n; i++)
                        widest = widths[i] > widths[widest] ? i : widest;
                widths[widest]--;
        }
}
