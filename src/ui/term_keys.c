/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the terminal sends, as keys of ours: sequences taught to curses, its own codes, the mouse, pastes and Alt. */
#include "term_priv.h"

#include "base/mem.h"
#include "base/utf8.h"

enum { PASTE_MS = 1000, PASTE_MAX = 1 << 20 };

/* Our own numbers for sequences taught to curses, far above its own. */
enum { CODE_NAMED = 3000, CODE_PASTE_BEGIN = 3900, CODE_PASTE_END };

/* Keys beyond terminfo's: what xterm, rxvt, the Linux console and tmux send. */
static const struct { const char *bytes; int code; } sequences[] = {
        {"\033[200~", CODE_PASTE_BEGIN},
        {"\033[201~", CODE_PASTE_END},
        {"\033[1;5A", CODE_NAMED + K_CTRL_UP},
        {"\033[1;5B", CODE_NAMED + K_CTRL_DOWN},
        {"\033[1;5C", CODE_NAMED + K_CTRL_RIGHT},
        {"\033[1;5D", CODE_NAMED + K_CTRL_LEFT},
        {"\033[1;5H", CODE_NAMED + K_CTRL_HOME},
        {"\033[1;5F", CODE_NAMED + K_CTRL_END},
        {"\033Oa", CODE_NAMED + K_CTRL_UP},
        {"\033Ob", CODE_NAMED + K_CTRL_DOWN},
        {"\033Oc", CODE_NAMED + K_CTRL_RIGHT},
        {"\033Od", CODE_NAMED + K_CTRL_LEFT},
        {"\033[7^", CODE_NAMED + K_CTRL_HOME},
        {"\033[8^", CODE_NAMED + K_CTRL_END},
        {"\033[Z", CODE_NAMED + K_BACKTAB},
        {"\033[1~", KEY_HOME},
        {"\033[4~", KEY_END},
        {"\033[7~", KEY_HOME},
        {"\033[8~", KEY_END},
        {"\033OH", KEY_HOME},
        {"\033OF", KEY_END},
        {"\033[H", KEY_HOME},
        {"\033[F", KEY_END},
        {"\033[A", KEY_UP},
        {"\033[B", KEY_DOWN},
        {"\033[C", KEY_RIGHT},
        {"\033[D", KEY_LEFT},
        {"\033[2~", KEY_IC},
        {"\033[3~", KEY_DC},
        {"\033[5~", KEY_PPAGE},
        {"\033[6~", KEY_NPAGE},
        {"\033OP", KEY_F(1)},
        {"\033OQ", KEY_F(2)},
        {"\033OR", KEY_F(3)},
        {"\033OS", KEY_F(4)},
        {"\033[11~", KEY_F(1)},
        {"\033[12~", KEY_F(2)},
        {"\033[13~", KEY_F(3)},
        {"\033[14~", KEY_F(4)},
        {"\033[15~", KEY_F(5)},
};

void term_teach_keys(void)
{
        for (size_t i = 0; i < ARRAY_LEN(sequences); i++)
                define_key(sequences[i].bytes, sequences[i].code);
}

int term_read(int ms, wint_t *code)
{
        if (term.kept.full) {
                term.kept.full = false;
                *code = term.kept.code;
                return term.kept.kind;
        }
        wtimeout(stdscr, ms);
        int kind = get_wch(code);
        term.unannounced |= kind != ERR;
        return kind;
}

static const struct { int curses; uint32_t code; } curses_keys[] = {
        {KEY_ENTER, K_ENTER},      {KEY_BTAB, K_BACKTAB}, {KEY_BACKSPACE, K_BACKSPACE}, {KEY_DC, K_DELETE},
        {KEY_IC, K_INSERT},        {KEY_UP, K_UP},        {KEY_DOWN, K_DOWN},           {KEY_LEFT, K_LEFT},
        {KEY_RIGHT, K_RIGHT},      {KEY_HOME, K_HOME},    {KEY_END, K_END},             {KEY_PPAGE, K_PGUP},
        {KEY_NPAGE, K_PGDN},       {KEY_A1, K_HOME},      {KEY_A3, K_PGUP},             {KEY_C1, K_END},
        {KEY_C3, K_PGDN},          {KEY_FIND, K_HOME},    {KEY_SELECT, K_END},
};

static struct key mouse_key(void)
{
        MEVENT event;
        struct key key = {.kind = KEY_KIND_MOUSE, .code = K_NONE};
        if (getmouse(&event) != OK)
                return key;
        key.row = event.y;
        key.col = event.x;
        if (event.bstate & BUTTON1_PRESSED)
                key.code = K_CLICK;
        else if (event.bstate & BUTTON4_PRESSED)
                key.code = K_WHEEL_UP;
        else if (event.bstate & BUTTON5_PRESSED)
                key.code = K_WHEEL_DOWN;
        return key;
}

/* Text only: tabs become spaces, every kind of line end \n, other controls nothing. */
static void paste_add(wint_t code)
{
        char bytes[4];
        bool after_cr = term.paste.len > 0 && code == '\n' && term.paste.text[term.paste.len - 1] == '\r';
        if (after_cr)
                term.paste.text[--term.paste.len] = '\0';
        if (code == '\t')
                code = ' ';
        if ((code < ' ' && code != '\n' && code != '\r') || (code >= 0x7F && code < 0xA0))
                return;
        size_t len = utf8_encode((uint32_t)code, bytes);
        if (term.paste.len + len <= PASTE_MAX)
                str_addn(&term.paste, bytes, len);
}

static struct key paste_key(void)
{
        wint_t code;
        int kind;
        str_clear(&term.paste);
        while ((kind = term_read(PASTE_MS, &code)) != ERR) {
                if (kind == KEY_CODE_YES && code == CODE_PASTE_END)
                        break;
                if (kind == OK)
                        paste_add(code);
                else if (code == KEY_ENTER)
                        paste_add('\n');
        }
        for (size_t i = 0; i < term.paste.len; i++)
                if (term.paste.text[i] == '\r')
                        term.paste.text[i] = '\n';
        return (struct key){.kind = KEY_KIND_PASTE, .text = term.paste.text};
}

static struct key named_key(int curses)
{
        if (curses == KEY_MOUSE)
                return mouse_key();
        if (curses == CODE_PASTE_BEGIN)
                return paste_key();
        if (curses >= KEY_F(1) && curses <= KEY_F(12))
                return key_of_code(K_F1 + (uint32_t)(curses - KEY_F(1)));
        if (curses > CODE_NAMED && curses < CODE_PASTE_BEGIN)
                return key_of_code((uint32_t)(curses - CODE_NAMED));
        for (size_t i = 0; i < ARRAY_LEN(curses_keys); i++)
                if (curses_keys[i].curses == curses)
                        return key_of_code(curses_keys[i].code);
        return key_of_code(K_NONE);
}

/* Alt and a character come as Esc and the character at once; curses has already waited for more. */
static struct key escape_key(void)
{
        wint_t code;
        int kind = term_read(0, &code);
        if (kind == OK && code > ' ' && code < 0x7F)
                return key_of_code(K_ALT + (uint32_t)code);
        if (kind != ERR) {
                term.kept.full = true;
                term.kept.kind = kind;
                term.kept.code = code;
        }
        return key_of_code(K_ESC);
}

static struct key character_key(wint_t code)
{
        switch (code) {
        case '\r': case '\n': return key_of_code(K_ENTER);
        case '\t': return key_of_code(K_TAB);
        case '\b': case 0x7F: return key_of_code(K_BACKSPACE);
        case 0x1B: return escape_key();
        case 0: return key_of_code(K_CTRL + '@');
        default: break;
        }
        if (code < ' ')
                return key_of_code(K_CTRL + (uint32_t)code + (code <= 26 ? 'a' - 1 : '@'));
        if (code >= 0x80 && code < 0xA0)
                return key_of_code(K_NONE);
        return (struct key){.kind = KEY_KIND_CHAR, .code = (uint32_t)code};
}

struct key term_key_of(int kind, wint_t code)
{
        return kind == KEY_CODE_YES ? named_key((int)code) : character_key(code);
}
