/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How a line answers each kind of question: one function for each, in a table.
 *
 * Texts of several lines read on until an empty line; what is written so far is
 * kept as pending after each, so that a cut costs at most one line.  An order
 * among them ends the text and is then obeyed.
 */
#include "linear_priv.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "app/attach.h"
#include "base/clock.h"
#include "base/utf8.h"
#include "widgets/moment.h"

static void take_plain(struct asking *a, struct place place, const char *text)
{
        asking_answer(a, place, text);
        asking_settle(a, place);
}

/* ---- Moments ---- */

static bool is_word(const char *text, const char *word, const char *letter)
{
        return strcasecmp(text, word) == 0 || strcasecmp(text, letter) == 0;
}

static const char *day_of(int64_t days, struct arena *arena)
{
        char text[DATE_TEXT];
        return arena_strdup(arena, date_format_person(days, text));
}

static void take_date(struct asking *a, struct place place, const char *text)
{
        int64_t today = clock_now().days;
        if (is_word(text, "hoy", "h"))
                text = day_of(today, &a->arena);
        else if (is_word(text, "ayer", "ayer"))
                text = day_of(today - 1, &a->arena);
        take_plain(a, place, text);
}

static void take_time(struct asking *a, struct place place, const char *text)
{
        take_plain(a, place, is_word(text, "ahora", "a") ? moment_now(&a->arena) : text);
}

static void take_datetime(struct asking *a, struct place place, const char *text)
{
        if (is_word(text, "ahora", "a"))
                text = arena_printf(&a->arena, "%s %s", moment_today(&a->arena), moment_now(&a->arena));
        take_plain(a, place, text);
}

/* ---- Several lines ---- */

/* Lines that follow, until an empty one or an order, added to `text`. The one that ended them. */
static struct heard read_lines(struct asking *a, struct place place, struct str *text)
{
        struct heard heard;
        struct err err;
        const struct node *node = &a->form->nodes[place.node];
        for (;;) {
                heard = linear_hear(a->linear, asking_orders(a, place), asking_about(node));
                if (heard.kind != HEARD_TEXT)
                        break;
                if (text->len)
                        str_addc(text, '\n');
                str_add(text, heard.text);
                if (draft_save_pending(a->draft, place, text->text, &err) != ERR_OK)
                        linear_say_err(a->linear, &err);
        }
        heard.text = arena_strdup(&a->arena, heard.text);
        return heard;
}

static void end_lines(struct asking *a, struct place place, const struct heard *heard)
{
        if (heard->kind == HEARD_ORDER)
                asking_obey(a, place, heard);
        else
                asking_settle(a, place);
}

static void take_text(struct asking *a, struct place place, const char *text)
{
        const struct node *node = &a->form->nodes[place.node];
        struct str lines = STR_INIT;
        if (!(node->flags & NODE_MULTILINE)) {
                take_plain(a, place, text);
                return;
        }
        str_add(&lines, text);
        struct heard heard = read_lines(a, place, &lines);
        asking_answer(a, place, lines.text);
        str_release(&lines);
        end_lines(a, place, &heard);
}

static void add_note(struct asking *a, struct place place, const char *text)
{
        const char *before = session_typed(a->session, place), *now = moment_now(&a->arena);
        const char *end = *before && !str_ends(before, "\n") ? "\n" : "";
        asking_answer(a, place, arena_printf(&a->arena, "%s%s%s %s", before, end, now, text));
        if (!a->refused)
                linear_say(a->linear, _("Anotado a las %s."), now);
}

/* Each note is an answer at once. */
static void take_notes(struct asking *a, struct place place, const char *text)
{
        const struct node *node = &a->form->nodes[place.node];
        add_note(a, place, text);
        for (;;) {
                struct heard heard = linear_hear(a->linear, asking_orders(a, place), asking_about(node));
                if (heard.kind == HEARD_TEXT) {
                        add_note(a, place, heard.text);
                        continue;
                }
                heard.text = arena_strdup(&a->arena, heard.text);
                end_lines(a, place, &heard);
                return;
        }
}

void asking_take_more(struct asking *a, struct place place)
{
        const struct node *node = &a->form->nodes[place.node];
        struct str lines = STR_INIT;
        if (node->type != NODE_TEXT || !(node->flags & NODE_MULTILINE)) {
                linear_say(a->linear, _("Solo se agregan líneas a un texto de varias."));
                return;
        }
        linear_say(a->linear, _("Escriba las líneas que siguen; una vacía termina."));
        str_add(&lines, session_typed(a->session, place));
        struct heard heard = read_lines(a, place, &lines);
        asking_answer(a, place, lines.text);
        str_release(&lines);
        end_lines(a, place, &heard);
}

/* ---- The rest ---- */

static void take_acknowledge(struct asking *a, struct place place, const char *text)
{
        char *word = utf8_fold(text);
        bool yes = strcmp(word, "si") == 0 || strcmp(word, "s") == 0 || strcmp(word, "ok") == 0 ||
                   strcmp(word, "x") == 0 || strcmp(word, "1") == 0;
        bool no = strcmp(word, "no") == 0 || strcmp(word, "n") == 0;
        free(word);
        if (yes || no) {
                take_plain(a, place, yes ? "OK" : "");
                return;
        }
        linear_say(a->linear, _("Escriba sí para confirmar, o no."));
        a->silent = true;
}

static void take_file(struct asking *a, struct place place, const char *text)
{
        struct err err;
        const char *answer = text;
        if (*text && app_attach(a->linear->app, text, &a->arena, &answer, &err) != ERR_OK)
                linear_say_err(a->linear, &err);
        take_plain(a, place, answer);
}

static const struct taker {
        enum node_type type;
        void (*take)(struct asking *a, struct place place, const char *text);
} takers[] = {
        {NODE_TEXT, take_text},          {NODE_DATE, take_date},
        {NODE_TIME, take_time},          {NODE_DATETIME, take_datetime},
        {NODE_LOG, take_notes},          {NODE_ACKNOWLEDGE, take_acknowledge},
        {NODE_FILE, take_file},          {NODE_IMAGE, take_file},
        {NODE_SELECT_ONE, choices_take}, {NODE_SELECT_MULTIPLE, choices_take},
        {NODE_RANK, choices_take},       {NODE_RATING, choices_take},
        {NODE_REFERENCE, search_take},   {NODE_REPEAT, rows_take},
        {NODE_CHILDREN, children_take},
};

void asking_take(struct asking *a, struct place place, const char *text)
{
        enum node_type type = a->form->nodes[place.node].type;
        for (size_t i = 0; i < ARRAY_LEN(takers); i++)
                if (takers[i].type == type) {
                        takers[i].take(a, place, text);
                        return;
                }
        take_plain(a, place, text);
}
