/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The rows of ui/actions.def at work: which action a key stands for, and the
 * hint bar, which is laid out from the same rows every time it is drawn or
 * clicked.  A click on a label is turned into its key, so that the mouse has
 * no code of its own.
 */
#include "ui_priv.h"

#include <string.h>

#include "base/utf8.h"

static const struct action actions[] = {
#define ACTION(screen, id, key, second, label, help) {screen, id, key, second, _(label), _(help)},
#include "ui/actions.def"
#undef ACTION
};

const struct action *ui_actions(int *ret_n)
{
        *ret_n = (int)ARRAY_LEN(actions);
        return actions;
}

/* The codes of the names in each row, looked up once: every key and every drawing asks for them. */
struct codes { uint32_t first, second; };

static struct codes codes_of(const struct action *action)
{
        static struct codes all[ARRAY_LEN(actions)];
        struct codes *codes = &all[action - actions];
        if (codes->first == K_NONE)
                *codes = (struct codes){key_code_of(action->key), key_code_of(action->second)};
        return *codes;
}

bool ui_typing(const struct ui *ui)
{
        struct screen *top = ui->top;
        return top && top->class->typing && top->class->typing(top);
}

bool action_allowed(const struct ui *ui, const struct action *action)
{
        struct screen *top = ui->top;
        if (action->id == ACT_BACK && !top->below)
                return false;
        return !top->class->allows || top->class->allows(top, action->id);
}

/* A letter is text while the screen is typing. */
static bool is_usable(uint32_t code, bool typing)
{
        return code != K_NONE && !(typing && code >= ' ' && code < 0x7F);
}

static const struct action *find(const char *screen, const struct key *key, bool typing)
{
        for (size_t i = 0; i < ARRAY_LEN(actions); i++) {
                if (strcmp(actions[i].screen, screen) != 0)
                        continue;
                struct codes codes = codes_of(&actions[i]);
                if ((is_usable(codes.first, typing) && key_matches(key, codes.first)) ||
                    (is_usable(codes.second, typing) && key_matches(key, codes.second)))
                        return &actions[i];
        }
        return NULL;
}

const struct action *action_for(const struct ui *ui, const struct key *key)
{
        bool typing = ui_typing(ui);
        if (!ui->top || (key->kind != KEY_KIND_CHAR && key->kind != KEY_KIND_CODE))
                return NULL;
        const struct action *own = find(ui->top->class->name, key, typing);
        return own ? own : find("*", key, typing);
}

/* ---- The bar ---- */

struct hint { const struct action *action; uint32_t code; int col, cols; };

enum { HINTS_MAX = 24 };

/* The key that the bar shows for a row: the first that works now. */
static uint32_t shown_key(const struct action *action, bool typing)
{
        struct codes codes = codes_of(action);
        return is_usable(codes.first, typing) ? codes.first : is_usable(codes.second, typing) ? codes.second : K_NONE;
}

static int hint_cols(const struct action *action, uint32_t code)
{
        char name[16];
        return utf8_width(key_name(code, name)) + 1 + utf8_width(action->label) + 2;
}

static int gather(const struct ui *ui, const char *screen, struct hint *hints, int n)
{
        bool typing = ui_typing(ui);
        for (size_t i = 0; i < ARRAY_LEN(actions) && n < HINTS_MAX; i++) {
                const struct action *action = &actions[i];
                if (strcmp(action->screen, screen) != 0 || !*action->label)
                        continue;
                uint32_t code = shown_key(action, typing);
                if (code == K_NONE || !action_allowed(ui, action))
                        continue;
                hints[n++] = (struct hint){.action = action, .code = code, .cols = hint_cols(action, code)};
        }
        return n;
}

static bool is_shared(const struct hint *hint)
{
        return hint->action->screen[0] == '*';
}

/*
 * The hints that fit `cols` columns, from the left.  The way to the complete
 * list and the way back always have their place; of the rest, those first in
 * actions.def.
 */
static int lay_out(const struct ui *ui, int cols, struct hint hints[HINTS_MAX])
{
        if (!ui->top)
                return 0;
        int n = gather(ui, ui->top->class->name, hints, 0);
        n = gather(ui, "*", hints, n);
        int shared = 0, kept = 0, col = 1;
        for (int i = 0; i < n; i++)
                if (is_shared(&hints[i]) && hints[i].action->id != ACT_QUIT)
                        shared += hints[i].cols;
        for (int i = 0; i < n; i++) {
                bool reserved = is_shared(&hints[i]) && hints[i].action->id != ACT_QUIT;
                if (reserved)
                        shared -= hints[i].cols;
                if (col + hints[i].cols - 1 + shared > cols)
                        continue;
                hints[kept] = hints[i];
                hints[kept++].col = col;
                col += hints[i].cols;
        }
        return kept;
}

void hints_draw(struct ui *ui, struct canvas *canvas, int row)
{
        struct hint hints[HINTS_MAX];
        char name[16];
        canvas_fill(canvas, (struct rect){row, 0, 1, canvas->cols}, STYLE_BAR);
        int n = lay_out(ui, canvas->cols, hints);
        for (int i = 0; i < n; i++) {
                int col = hints[i].col;
                col += canvas_text(canvas, row, col, hints[i].cols, STYLE_BAR_KEY,
                                   key_name(hints[i].code, name));
                canvas_text(canvas, row, col + 1, hints[i].cols, STYLE_BAR, hints[i].action->label);
        }
}

uint32_t hints_key_at(const struct ui *ui, int col)
{
        struct hint hints[HINTS_MAX];
        int n = lay_out(ui, ui->canvas.cols, hints);
        for (int i = 0; i < n; i++)
                if (col >= hints[i].col && col < hints[i].col + hints[i].cols - 2)
                        return hints[i].code;
        return K_NONE;
}
