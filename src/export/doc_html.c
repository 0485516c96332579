/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A document as one HTML page for A4 (rules in export/doc.h).
 *
 * Plain tables, so that browsers, LibreOffice and a telephone all show it; well
 * formed as XML too.  Nothing is fetched from anywhere.  A mark for every page
 * stands in the head of a table that holds the whole document: every program
 * that prints repeats that head.
 */
#include <string.h>

#include "base/str.h"
#include "base/utf8.h"
#include "export/doc.h"
#include "markup.h"

void doc_write_html(const struct doc *doc, FILE *out);

static const char style[] =
        "*{box-sizing:border-box}\n"
        "body{font:8.5pt/1.16 'Liberation Sans',Arial,'DejaVu Sans',sans-serif;color:#000;background:#fff;margin:0 auto;"
        "max-width:190mm;padding:0 .3mm}\n"
        "h1{font-size:13pt;margin:0}\n"
        "h2{font-size:9.5pt;margin:.8mm 0 .3mm;padding:.2mm 1mm;background:#e4e4e4;border-left:1mm solid #000;"
        "break-after:avoid}\n"
        "h3{font-size:8.5pt;margin:.8mm 0 .3mm;break-after:avoid}\n"
        "p{margin:.3mm 0}\n"
        "header{border-bottom:.4mm solid #000;margin-bottom:1mm;padding-bottom:.6mm}\n"
        ".sub{font-size:10pt;font-weight:bold}\n"
        ".note,.facts,.only,.hint{color:#222}\n"
        ".note,.facts{font-size:7.5pt;break-inside:avoid}\n"
        ".only,.hint{font-size:7.5pt;font-weight:normal}\n"
        ".only{font-style:italic}\n"
        "table{border-collapse:collapse;width:100%;table-layout:fixed}\n"
        ".f>tbody>tr>td,.t th,.t td{border:.2mm solid #777;padding:.2mm 1mm;vertical-align:top;overflow-wrap:anywhere}\n"
        ".f{margin-top:-.2mm}\n"
        "tr,.sign{break-inside:avoid}\n"
        ".t{margin:-.2mm 0 .4mm}\n"
        ".t tbody tr.tall{break-inside:auto}\n"
        ".t th{background:#f0f0f0;text-align:left}\n"
        ".t{font-size:8pt}\n"
        ".l{font-size:8pt;font-weight:bold}\n"
        ".a{white-space:pre-line}\n"
        ".w{display:block;height:4.2mm}\n"
        ".r{height:5.5mm}\n"
        ".w+.w{border-top:.2mm dotted #777}\n"
        ".t tr.e td{height:6mm}\n"
        ".o{display:inline-block;margin-right:2.5mm}\n"
        ".k{font-weight:bold}\n"
        ".x{display:inline-block;border:.2mm solid #333;width:4.2mm;height:4.6mm;margin-right:-.2mm;"
        "vertical-align:middle}\n"
        ".v td{font-size:7.5pt;line-height:1.15;padding:.2mm 2mm .2mm 0;vertical-align:top;overflow-wrap:anywhere}\n"
        ".sign{margin-top:2mm}\n"
        ".sign td{padding:0 4mm;text-align:center;vertical-align:top;font-size:8.5pt}\n"
        ".s{display:block;height:12mm;border-bottom:.3mm solid #000;margin-bottom:.6mm}\n"
        "footer{margin-top:.5mm;font-size:7.5pt;border-top:.2mm solid #777}\n"
        ".page>thead>tr>td{text-align:center;font-weight:bold;border:.4mm solid #000;"
        "padding:.3mm}\n"
        ".page>tbody>tr{break-inside:auto}\n"
        ".page>tbody>tr>td{padding:1mm 0 0}\n"
        "@media screen{body{padding:4mm}}\n"
        "@media screen and (max-width:150mm){body{font-size:11pt}.f,.f>tbody,.f>tbody>tr,.f>tbody>tr>td"
        "{display:block;width:100%}}\n";

enum { LINE = 112 }; /* columns of text on a line of A4 */

/* ---- Fields ---- */

static void put_label(FILE *out, const struct doc_field *field)
{
        html_put(out, "<span class=\"l\">");
        html_text(out, field->label);
        if (field->required)
                html_put(out, " *");
        html_put(out, "</span>");
        html_in(out, " <span class=\"hint\">", field->hint, "</span>");
        html_in(out, " <span class=\"only\">", field->only, "</span>");
}

static void put_option(FILE *out, const struct doc_option *option)
{
        html_put(out, "□ ");
        html_in(out, "<span class=\"k\">", option->code, "</span> ");
        html_text(out, option->label);
}

/* Its letters are smaller than those of answers. */
static int label_width(const struct doc_field *field)
{
        return (utf8_width(field->label) + utf8_width(field->hint) + utf8_width(field->only)) * 7 / 8 + 4;
}

/* On the line of the label if all of them fit there. */
static void put_options(FILE *out, const struct doc_field *field)
{
        int width = label_width(field);
        for (int i = 0; i < field->options_n; i++)
                width += utf8_width(field->options[i].code) + utf8_width(field->options[i].label) + 5;
        html_put(out, width <= LINE * field->span / DOC_SPAN ? " &#160; " : "<br/>");
        for (int i = 0; i < field->options_n; i++) {
                html_put(out, "<span class=\"o\">");
                put_option(out, &field->options[i]);
                html_put(out, "</span> ");
        }
}

/* A column a level; one that has no descriptor is narrower. */
static void put_levels(FILE *out, const struct doc_field *field)
{
        int shares = 0;
        for (int i = 0; i < field->options_n; i++)
                shares += *field->options[i].hint ? 2 : 1;
        html_put(out, "<table class=\"v\"><tbody><tr>");
        for (int i = 0; i < field->options_n; i++) {
                html_put(out, "<td style=\"width:%d%%\">", (*field->options[i].hint ? 200 : 100) / shares);
                put_option(out, &field->options[i]);
                html_in(out, "<br/>", field->options[i].hint, "");
                html_put(out, "</td>");
        }
        html_put(out, "</tr></tbody></table>");
}

/* One writes beside a label that leaves half of its place; else below it. */
static bool has_room_beside(const struct doc_field *field)
{
        return label_width(field) <= LINE * field->span / DOC_SPAN / 2;
}

static void put_room(FILE *out, const struct doc_field *field)
{
        int n = field->room == DOC_LINE ? 1 : field->n;
        if (field->room == DOC_LINE || field->room == DOC_LINES)
                n -= has_room_beside(field);
        switch (field->room) {
        case DOC_TEXT: html_in(out, " <span class=\"a\">", field->text, "</span>"); return;
        case DOC_OPTIONS: put_options(out, field); return;
        case DOC_LEVELS: put_levels(out, field); return;
        default: break;
        }
        if (field->room == DOC_BOXES)
                html_put(out, "<br/>");
        for (int i = 0; i < n; i++)
                html_put(out, field->room == DOC_BOXES ? "<span class=\"x\"></span>" : "<span class=\"w\"></span>");
}

static void put_fields(FILE *out, const struct doc_block *block)
{
        html_put(out, "<table class=\"f\"><colgroup>");
        for (int i = 0; i < DOC_SPAN; i++)
                html_put(out, "<col/>");
        html_put(out, "</colgroup><tbody>\n");
        for (int first = 0; first < block->n;) {
                int n = doc_line_fields(block, first), left = DOC_SPAN;
                html_put(out, "<tr>");
                for (int i = 0; i < n; i++) {
                        struct doc_field field = block->fields[first + i];
                        /* The last one takes what is left of the line. */
                        field.span = i == n - 1 ? left : field.span;
                        left -= field.span;
                        html_put(out, "<td colspan=\"%d\"%s>", field.span,
                                field.room == DOC_LINE || field.room == DOC_LINES ? " class=\"r\"" : "");
                        put_label(out, &field);
                        put_room(out, &field);
                        html_put(out, "</td>");
                }
                html_put(out, "</tr>\n");
                first += n;
        }
        html_put(out, "</tbody></table>\n");
}

/* ---- Other blocks ---- */

static void put_row(FILE *out, const struct doc_block *block, int row)
{
        bool empty = true, tall = false;
        for (int i = 0; i < block->columns_n; i++) {
                empty &= !*block->cells[row * block->columns_n + i];
                tall |= strlen(block->cells[row * block->columns_n + i]) > 2000;
        }
        html_put(out, empty ? "<tr class=\"e\">" : tall ? "<tr class=\"tall\">" : "<tr>");
        for (int i = 0; i < block->columns_n; i++) {
                html_put(out, "<td class=\"a\">");
                html_text(out, block->cells[row * block->columns_n + i]);
                html_put(out, "</td>");
        }
        html_put(out, "</tr>\n");
}

static void put_table(FILE *out, const struct doc *doc, const struct doc_block *block)
{
        enum { GAP = 2 };
        int widths[DOC_TABLE_MAX];
        doc_table_widths(doc, (int)(block - doc->blocks), LINE, GAP, widths);
        html_put(out, "<table class=\"t\"><colgroup>");
        for (int i = 0; i < block->columns_n; i++)
                html_put(out, "<col style=\"width:%.2f%%\"/>", 100.0 * (widths[i] + GAP) / (LINE + GAP));
        html_put(out, "</colgroup>");
        if (!block->untitled) {
                html_put(out, "<thead><tr>");
                for (int i = 0; i < block->columns_n; i++) {
                        html_put(out, "<th>");
                        html_text(out, block->columns[i].title);
                        html_put(out, "</th>");
                }
                html_put(out, "</tr></thead>");
        }
        html_put(out, "<tbody>\n");
        for (int row = 0; row < block->n; row++)
                put_row(out, block, row);
        html_put(out, "</tbody></table>\n");
}

enum { SIGNATURES_A_LINE = 3 };

static void put_signatures(FILE *out, const struct doc_block *block)
{
        int across = block->n < 2 ? 2 : block->n < SIGNATURES_A_LINE ? block->n : SIGNATURES_A_LINE;
        for (int first = 0; first < block->n; first += across) {
                html_put(out, "<table class=\"sign\"><tbody><tr>");
                for (int i = first; i < first + across; i++) {
                        html_put(out, "<td>");
                        if (i < block->n) {
                                html_put(out, "<span class=\"s\"></span>");
                                html_in(out, "<b>", block->signatures[i].name, "</b><br/>");
                                html_text(out, block->signatures[i].role);
                        }
                        html_put(out, "</td>");
                }
                html_put(out, "</tr></tbody></table>\n");
        }
}

static void put_heading(FILE *out, const struct doc_block *block)
{
        html_put(out, "<h%d>", block->level + 1);
        html_text(out, block->text);
        html_in(out, " <span class=\"only\">", block->only, "</span>");
        html_put(out, "</h%d>\n", block->level + 1);
}

static void put_block(FILE *out, const struct doc *doc, const struct doc_block *block)
{
        switch (block->kind) {
        case DOC_HEADING: put_heading(out, block); break;
        case DOC_NOTE: html_in(out, "<p class=\"note\">", block->text, "</p>\n"); break;
        case DOC_FIELDS: put_fields(out, block); break;
        case DOC_TABLE: put_table(out, doc, block); break;
        case DOC_SIGNATURES: put_signatures(out, block); break;
        }
}

/* ---- The page ---- */

static void put_head(const struct doc *doc, FILE *out)
{
        html_put(out, "<!DOCTYPE html>\n<html lang=\"es\"><head><meta charset=\"utf-8\"/>"
              "<meta name=\"viewport\" content=\"width=device-width\"/>");
        html_in(out, "<title>", doc->title, "</title>\n");
        html_put(out, "<style>\n@page{size:A4;margin:9mm 10mm 11mm;@bottom-left{font:7.5pt sans-serif;content:\"");
        html_css(out, doc->footer);
        html_put(out, "\"}@bottom-right{font:7.5pt sans-serif;content:\"%s\" counter(page) \"%s\" counter(pages)}}\n",
                _("Página "), _(" de "));
        fputs(style, out);
        html_put(out, "</style></head>\n<body>\n");
}

void doc_write_html(const struct doc *doc, FILE *out)
{
        put_head(doc, out);
        html_in(out, "<table class=\"page\"><thead><tr><td>", doc->mark, "</td></tr></thead><tbody><tr><td>\n");
        html_in(out, "<header><h1>", doc->title, "</h1>");
        html_in(out, "<p class=\"sub\">", doc->subtitle, "</p>");
        html_in(out, "<p class=\"facts\">", doc->facts, "</p>");
        html_put(out, "</header>\n");
        for (int i = 0; i < doc->n; i++)
                put_block(out, doc, &doc->blocks[i]);
        html_in(out, "<footer>", doc->footer, "</footer>\n");
        if (*doc->mark)
                html_put(out, "</td></tr></tbody></table>\n");
        html_put(out, "</body></html>\n");
}
