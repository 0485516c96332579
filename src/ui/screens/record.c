/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One finalised record: read it, with what the office said of it, correct it, annul it, see its history. */
#include <stdlib.h>

#include "app/review.h"
#include "app/sent.h"
#include "ui/form_screen.h"
#include "ui/screens.h"

enum { TAG_REASON = 1, TAG_ANNUL, TAG_VALIDATE, TAG_WELL, TAG_OBSERVE };

struct record_state_ui {
        struct id id;
        struct record_view view;
        struct str text;
        const char *sent;    /* how far it has come */
        int top;             /* first line shown */
        int lines, rows;     /* of the text, and of the area, when last drawn */
        char *reason;        /* while asking */
};

/* On top, so that whoever opens it reads first what is to be corrected. */
static void add_reviews(struct ui *ui, struct record_state_ui *state)
{
        struct arena arena = {0};
        struct reviews reviews;
        struct err err;
        if (record_reviews(ui->app, &state->id, &arena, &reviews, &err) != ERR_OK)
                ui_say_err(ui, &err);
        else if (reviews.n > 0)
                str_add(&state->text, reviews_words(&reviews, &arena));
        arena_release(&arena);
}

static bool load(struct ui *ui, struct record_state_ui *state)
{
        struct record_view view;
        struct err err;
        if (record_open(ui->app, &state->id, &view, &err) != ERR_OK) {
                ui_say_err(ui, &err);
                return false;
        }
        record_view_release(&state->view);
        state->view = view;
        state->sent = app_sent_word(ui->app, &state->view.record);
        str_clear(&state->text);
        add_reviews(ui, state);
        record_text(state->view.session, true, &state->text);
        return true;
}

static const char *standing_words(const struct store_record *record)
{
        if (record->conflict)
                return _(" · EN CONFLICTO (F4)");
        return record->heads > 1 ? _(" · cambios paralelos") : record->missing ? _(" · falta una versión anterior") : "";
}

static void record_draw(struct screen *screen, struct canvas *canvas, struct rect area)
{
        struct record_state_ui *state = screen->state;
        struct arena *frame = &screen->ui->frame;
        char code[CODE_TEXT];
        const struct store_record *record = &state->view.record;
        const struct form *form = state->view.form;
        const char *line = arena_printf(frame, _("%s · código %s%s · %s · %s"), str_blank(form->short_title) ? form->title : form->short_title,
                                        id_code(&record->id, code), standing_words(record), record_state_word(record->state), state->sent);
        bool pending = record->conflict || record->state == RECORD_OBSERVADO || record->state == RECORD_CORREGIDO;
        enum style style = record->state == RECORD_ANULADO ? STYLE_ERROR : pending ? STYLE_WARNING : STYLE_HEADING;
        canvas_text_cut(canvas, area.row, area.col + 1, area.cols - 2, style, line);
        struct rect body = {area.row + 1, area.col + 1, area.rows - 1, area.cols - 2};
        state->rows = body.rows;
        state->lines = canvas_wrap(canvas, body, STYLE_NORMAL, state->text.text, state->top);
        if (state->top + body.rows < state->lines)
                canvas_text(canvas, area.row + area.rows - 1, area.col + area.cols - 6, 6, STYLE_DIM, _("↓ más"));
        canvas->cursor_row = area.row + 1;
        canvas->cursor_col = area.col;
}

static const char *record_title_bar(struct screen *screen, struct arena *arena)
{
        struct record_state_ui *state = screen->state;
        (void)arena;
        return state->view.record.title;
}

static bool scroll(struct record_state_ui *state, const struct key *key)
{
        int last = state->lines - state->rows;
        if (key_is(key, K_UP)) state->top--;
        else if (key_is(key, K_DOWN)) state->top++;
        else if (key_is(key, K_PGUP)) state->top -= state->rows - 1;
        else if (key_is(key, K_PGDN)) state->top += state->rows - 1;
        else if (key_is(key, K_HOME)) state->top = 0;
        else if (key_is(key, K_END)) state->top = last;
        else if (key->kind == KEY_KIND_MOUSE && key->code == K_WHEEL_UP) state->top -= 3;
        else if (key->kind == KEY_KIND_MOUSE && key->code == K_WHEEL_DOWN) state->top += 3;
        else return false;
        if (state->top > last)
                state->top = last;
        if (state->top < 0)
                state->top = 0;
        return true;
}

static void correct(struct screen *screen)
{
        struct record_state_ui *state = screen->state;
        struct draft *draft;
        struct err err;
        if (draft_edit(screen->ui->app, &state->id, &draft, &err) != ERR_OK)
                ui_say_err(screen->ui, &err);
        else
                screen_form_open(screen->ui, draft);
}

static void ask_validate(struct ui *ui)
{
        static const char *const answers[] = {_("No, dejarla como está"), _("Sí, validarla"), _("Sí, con un comentario")};
        dialog_ask(ui, TAG_VALIDATE, _("¿Validar esta ficha?"),
                   _("Queda dicho quién la validó y cuándo. Si después se corrige, habrá que validarla de nuevo."), answers, 3);
}

static void ask_comment(struct ui *ui, int tag)
{
        dialog_memo(ui, tag, tag == TAG_OBSERVE ? _("Observar la ficha") : _("Validar la ficha"),
                    tag == TAG_OBSERVE ? _("¿Qué debe revisar quien la hizo? Lo leerá en su laptop cuando reciba el próximo paquete.")
                                       : _("Comentario para quien la hizo:"), REVIEW_COMMENT_MAX);
}

static void review(struct screen *screen, enum record_state what, const char *comment)
{
        struct record_state_ui *state = screen->state;
        struct err err;
        if (record_review(screen->ui->app, &state->id, what, comment, &err) != ERR_OK)
                ui_say_err(screen->ui, &err);
        else
                ui_say(screen->ui, STYLE_OK, what == RECORD_VALIDADO ? _("La ficha quedó validada.")
                                                                     : _("La ficha quedó observada; viaja en el próximo paquete."));
}

static enum handled record_key(struct screen *screen, const struct key *key, int action)
{
        struct record_state_ui *state = screen->state;
        switch (action) {
        case ACT_CORRECT:
                if (state->view.record.conflict) /* first what stays, then what is corrected */
                        screen_conflict_open(screen->ui, &state->id);
                else
                        correct(screen);
                return HANDLED;
        case ACT_CONFLICT:
                screen_conflict_open(screen->ui, &state->id);
                return HANDLED;
        case ACT_HISTORY:
                screen_history_open(screen->ui, &state->id);
                return HANDLED;
        case ACT_PRINT:
                screen_print_record(screen->ui, &state->id);
                return HANDLED;
        case ACT_VALIDATE:
                ask_validate(screen->ui);
                return HANDLED;
        case ACT_OBSERVE:
                ask_comment(screen->ui, TAG_OBSERVE);
                return HANDLED;
        case ACT_ANNUL:
                dialog_line(screen->ui, TAG_REASON, _("Anular la ficha"), _("¿Por qué se anula?"), "");
                return HANDLED;
        default:
                return scroll(state, key) ? HANDLED : IGNORED;
        }
}

static bool record_allows(struct screen *screen, int action)
{
        struct record_state_ui *state = screen->state;
        bool annulled = state->view.record.state == RECORD_ANULADO;
        if (action == ACT_CONFLICT)
                return state->view.record.conflict > 0;
        if (action == ACT_VALIDATE || action == ACT_OBSERVE)
                return record_reviewable(screen->ui->app, &state->view.record);
        return !annulled || (action != ACT_CORRECT && action != ACT_ANNUL);
}

static void ask_annul(struct screen *screen, const char *reason)
{
        static const char *const answers[] = {_("No, dejarla como está"), _("Sí, anularla")};
        struct record_state_ui *state = screen->state;
        free(state->reason);
        state->reason = xstrdup(reason);
        dialog_ask(screen->ui, TAG_ANNUL, _("¿Anular esta ficha?"),
                   _("Queda en la historia con su motivo, pero no cuenta en ningún resultado."), answers, 2);
}

static void annul(struct screen *screen)
{
        struct record_state_ui *state = screen->state;
        struct err err;
        if (record_annul(screen->ui->app, &state->id, state->reason, &err) != ERR_OK)
                ui_say_err(screen->ui, &err);
        else
                ui_say(screen->ui, STYLE_OK, _("La ficha quedó anulada."));
}

static void record_back(struct screen *screen, struct screen *from, int result)
{
        if (dialog_tag(from) == TAG_REASON && result == 1) {
                ask_annul(screen, dialog_text(from));
                return;
        }
        if (dialog_tag(from) == TAG_ANNUL && result == 2)
                annul(screen);
        if (dialog_tag(from) == TAG_VALIDATE && result == 3) {
                ask_comment(screen->ui, TAG_WELL);
                return;
        }
        if (dialog_tag(from) == TAG_VALIDATE && result == 2)
                review(screen, RECORD_VALIDADO, NULL);
        if (dialog_tag(from) == TAG_WELL && result == 1)
                review(screen, RECORD_VALIDADO, dialog_memo_text(from));
        if (dialog_tag(from) == TAG_OBSERVE && result == 1)
                review(screen, RECORD_OBSERVADO, dialog_memo_text(from));
        load(screen->ui, screen->state);
}

static void record_free(struct screen *screen)
{
        struct record_state_ui *state = screen->state;
        record_view_release(&state->view);
        str_release(&state->text);
        free(state->reason);
        free(state);
}

const struct screen_class screen_record = {.name = "record", .draw = record_draw, .key = record_key,
                                           .title = record_title_bar, .allows = record_allows,
                                           .back = record_back, .free = record_free};

struct screen *screen_record_open(struct ui *ui, const struct id *record)
{
        struct record_state_ui *state = xcalloc(1, sizeof *state);
        state->id = *record;
        str_init(&state->text);
        if (!load(ui, state)) {
                str_release(&state->text);
                free(state);
                return NULL;
        }
        return ui_push(ui, &screen_record, state);
}
