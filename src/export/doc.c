/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Building documents, and the table of their writers (contract in export/doc.h). */
#include "export/doc.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "export_priv.h"

#define DOC_FORMAT(symbol, name, ending, about) void doc_write_##symbol(const struct doc *doc, FILE *out);
#include "export/doc_formats.def"
#undef DOC_FORMAT

static const struct doc_format formats[] = {
#define DOC_FORMAT(symbol, name, ending, about) {name, ending, _(about), doc_write_##symbol},
#include "export/doc_formats.def"
#undef DOC_FORMAT
};

/* ---- Building ---- */

void doc_init(struct doc *doc, const char *name, const char *title)
{
        *doc = (struct doc){.subtitle = "", .facts = "", .mark = "", .footer = ""};
        doc->name = arena_strdup(&doc->arena, name);
        doc->title = arena_strdup(&doc->arena, title);
}

void doc_release(struct doc *doc)
{
        for (int i = 0; i < doc->n; i++) {
                free(doc->blocks[i].fields);
                free(doc->blocks[i].cells);
                free(doc->blocks[i].signatures);
        }
        free(doc->blocks);
        arena_release(&doc->arena);
        *doc = (struct doc){0};
}

static const char *keep(struct doc *doc, const char *text)
{
        return text && *text ? arena_strdup(&doc->arena, text) : "";
}

static struct doc_block *add_block(struct doc *doc, enum doc_kind kind)
{
        if (doc->n == doc->room) {
                doc->room = doc->room ? 2 * doc->room : 32;
                doc->blocks = xrealloc(doc->blocks, (size_t)doc->room * sizeof *doc->blocks);
        }
        doc->blocks[doc->n] = (struct doc_block){.kind = kind, .text = "", .only = ""};
        return &doc->blocks[doc->n++];
}

/* The last block if it is of that kind, else a new one. */
static struct doc_block *last_block(struct doc *doc, enum doc_kind kind)
{
        if (doc->n && doc->blocks[doc->n - 1].kind == kind)
                return &doc->blocks[doc->n - 1];
        return add_block(doc, kind);
}

/* Room for one more item of `size` in `items`. */
static void *grow(struct doc_block *block, void *items, size_t size)
{
        if (block->n < block->room)
                return items;
        block->room = block->room ? 2 * block->room : 8;
        return xrealloc(items, (size_t)block->room * size);
}

void doc_heading(struct doc *doc, int level, const char *text, const char *only)
{
        struct doc_block *block = add_block(doc, DOC_HEADING);
        block->level = level;
        block->text = keep(doc, text);
        block->only = keep(doc, only);
}

void doc_note(struct doc *doc, const char *text)
{
        add_block(doc, DOC_NOTE)->text = keep(doc, text);
}

static const struct doc_option *keep_options(struct doc *doc, const struct doc_option *options, int n)
{
        struct doc_option *kept = ARENA_ARRAY(&doc->arena, struct doc_option, n);
        for (int i = 0; i < n; i++)
                kept[i] = (struct doc_option){keep(doc, options[i].code), keep(doc, options[i].label),
                                              keep(doc, options[i].hint)};
        return kept;
}

void doc_field(struct doc *doc, const struct doc_field *field)
{
        struct doc_block *block = last_block(doc, DOC_FIELDS);
        block->fields = grow(block, block->fields, sizeof *block->fields);
        struct doc_field *kept = &block->fields[block->n++];
        *kept = *field;
        kept->label = keep(doc, field->label);
        kept->text = keep(doc, field->text);
        kept->hint = keep(doc, field->hint);
        kept->only = keep(doc, field->only);
        kept->options = keep_options(doc, field->options, field->options_n);
        if (kept->span < 1 || kept->span > DOC_SPAN)
                kept->span = DOC_SPAN;
}

/* Narrow tables one after another, such as those of levels, say their titles once. */
static bool goes_on(const struct doc *doc, const struct doc_column *columns, int n)
{
        enum { NARROW = 3 };
        const struct doc_block *last = NULL;
        for (int i = 0; i < doc->n - 1; i++)
                if (doc->blocks[i].kind == DOC_TABLE)
                        last = &doc->blocks[i];
        if (!last || last->columns_n != n || n > NARROW)
                return false;
        for (int i = 0; i < n; i++)
                if (!str_equal(last->columns[i].title, columns[i].title))
                        return false;
        return true;
}

void doc_table(struct doc *doc, const struct doc_column *columns, int n)
{
        struct doc_block *block = add_block(doc, DOC_TABLE);
        block->untitled = goes_on(doc, columns, n);
        if (n > DOC_TABLE_MAX)
                n = DOC_TABLE_MAX;
        struct doc_column *kept = ARENA_ARRAY(&doc->arena, struct doc_column, n);
        for (int i = 0; i < n; i++)
                kept[i] = (struct doc_column){keep(doc, columns[i].title), columns[i].weight < 1 ? 1 : columns[i].weight};
        block->columns = kept;
        block->columns_n = n;
}

void doc_row(struct doc *doc, const char *const *cells)
{
        struct doc_block *block = &doc->blocks[doc->n - 1];
        block->cells = grow(block, block->cells, (size_t)block->columns_n * sizeof *block->cells);
        for (int i = 0; i < block->columns_n; i++)
                block->cells[block->n * block->columns_n + i] = cells ? keep(doc, cells[i]) : "";
        block->n++;
}

void doc_signature(struct doc *doc, const char *name, const char *role)
{
        struct doc_block *block = last_block(doc, DOC_SIGNATURES);
        block->signatures = grow(block, block->signatures, sizeof *block->signatures);
        block->signatures[block->n++] = (struct doc_signature){keep(doc, name), keep(doc, role)};
}

void doc_append(struct doc *doc, const struct doc *from)
{
        for (int i = 0; i < from->n; i++) {
                const struct doc_block *block = &from->blocks[i];
                if (block->kind == DOC_HEADING)
                        doc_heading(doc, block->level, block->text, block->only);
                if (block->kind == DOC_NOTE)
                        doc_note(doc, block->text);
                if (block->kind == DOC_TABLE)
                        doc_table(doc, block->columns, block->columns_n);
                for (int k = 0; k < block->n; k++) {
                        if (block->kind == DOC_TABLE)
                                doc_row(doc, block->cells + k * block->columns_n);
                        else if (block->kind == DOC_FIELDS)
                                doc_field(doc, &block->fields[k]);
                        else
                                doc_signature(doc, block->signatures[k].name, block->signatures[k].role);
                }
        }
}

int doc_line_fields(const struct doc_block *block, int first)
{
        int used = 0, n = 0;
        while (first + n < block->n && (n == 0 || used + block->fields[first + n].span <= DOC_SPAN))
                used += block->fields[first + n++].span;
        return n;
}

/* ---- Writing ---- */

const struct doc_format *doc_formats(int *ret_n)
{
        *ret_n = (int)ARRAY_LEN(formats);
        return formats;
}

enum err_code doc_format_find(const char *name, const struct doc_format **ret, struct err *err)
{
        for (size_t i = 0; i < ARRAY_LEN(formats); i++)
                if (str_equal(formats[i].name, name)) {
                        *ret = &formats[i];
                        return ERR_OK;
                }
        struct str names = STR_INIT;
        for (size_t i = 0; i < ARRAY_LEN(formats); i++)
                str_addf(&names, "%s%s", i ? _(" o ") : "", formats[i].name);
        err_set(err, ERR_NOT_FOUND, _("no se imprime en formato «%s»; use %s"), name, names.text);
        str_release(&names);
        return ERR_NOT_FOUND;
}

enum err_code doc_write(const struct doc *doc, const struct doc_format *format, FILE *out, struct err *err)
{
        errno = 0;
        format->write(doc, out);
        if (ferror(out) || fflush(out))
                return err_set_errno(err, errno ? errno : EIO, _("no se pudo escribir «%s»"), doc->title);
        return ERR_OK;
}

struct job { const struct doc *doc; const struct doc_format *format; };

static enum err_code write_job(void *ctx, FILE *out, struct err *err)
{
        struct job *job = ctx;
        return doc_write(job->doc, job->format, out, err);
}

enum err_code doc_to_file(const struct doc *doc, const struct doc_format *format, const char *path, struct err *err)
{
        struct job job = {doc, format};
        return export_whole_file(path, write_job, &job, err);
}
