/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The terminal of the tests (contract in vt.h): forkpty and libvterm.
 *
 * The program's end of a pipe says when it is about to wait: settle() reads
 * the terminal and the pipe together until that byte comes, then what the
 * terminal still holds, which is all there is: bytes written to a
 * pseudo-terminal before the byte can be read when it is.  The end of the pipe
 * is the end of the program.
 *
 * Keys and clicks go through libvterm, which knows the modes that the program
 * has set; its output is gathered and written while reading, for a long paste
 * may fill both directions.  Only functions common to libvterm 0.1 and 0.3.
 */
#include "vt.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>
#include <vterm.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/str.h"
#include "base/utf8.h"

enum { ANSWER_MS = 10000, IDLE_FD = 9 };

static int answer_ms = ANSWER_MS;

static struct {
        pid_t pid; /* 0: none */
        int master, idle;
        bool ended; /* the pipe is closed */
        bool reaped;
        int status;
        VTerm *vterm;
        VTermScreen *screen;
        int rows, cols;
        struct str out; /* to be written */
        size_t bytes;
        struct vt_modes modes;
        struct { int lead, n, number[8]; } sequence; /* see follow_modes() */
} vt = {.out = STR_INIT, .master = -1, .idle = -1};

/* ---- Failing ---- */

static _Noreturn void give_up(const char *file, int line, const char *what, const char *text)
{
        print_error("%s:%d: %s: %s\n", file, line, what, text);
        if (vt.vterm) {
                struct vt_pos cursor = vt_cursor();
                print_error("---- %d x %d, cursor %d,%d ----\n%s----\n", vt.rows, vt.cols, cursor.row,
                            cursor.col, vt_screen_text());
        }
        _fail(file, line);
        abort(); /* not reached: _fail() leaves the test */
}

/* ---- The two ends ---- */

static void take_output(const char *bytes, size_t len, void *user)
{
        (void)user;
        str_addn(&vt.out, bytes, len);
}

static int take_property(VTermProp property, VTermValue *value, void *user)
{
        (void)user;
        if (property == VTERM_PROP_CURSORVISIBLE)
                vt.modes.cursor = value->boolean;
        else if (property == VTERM_PROP_ALTSCREEN)
                vt.modes.alternate = value->boolean;
        return 1;
}

static void note_mode(int mode, bool on)
{
        if (mode == 1000 || mode == 1002 || mode == 1003)
                vt.modes.mouse = on;
        else if (mode == 2004)
                vt.modes.paste = on;
}

/* "ESC [ ? 1006 ; 1000 h", one byte at a time: libvterm 0.1 sees only the first of several modes. */
static void follow_modes(char byte)
{
        static const char lead[] = "\033[?";
        if (vt.sequence.lead < 3) {
                vt.sequence.lead = byte == lead[vt.sequence.lead] ? vt.sequence.lead + 1 : byte == '\033';
                vt.sequence.n = vt.sequence.number[0] = 0;
        } else if (byte >= '0' && byte <= '9') {
                vt.sequence.number[vt.sequence.n] = vt.sequence.number[vt.sequence.n] * 10 + (byte - '0');
        } else if (byte == ';' && vt.sequence.n < 7) {
                vt.sequence.number[++vt.sequence.n] = 0;
        } else {
                for (int i = 0; (byte == 'h' || byte == 'l') && i <= vt.sequence.n; i++)
                        note_mode(vt.sequence.number[i], byte == 'h');
                vt.sequence.lead = 0;
        }
}

static const VTermScreenCallbacks callbacks = {.settermprop = take_property};

/* Read what the terminal holds now. */
static void read_master(void)
{
        char bytes[8192];
        ssize_t n;
        while (vt.master >= 0 && (n = read(vt.master, bytes, sizeof bytes)) > 0) {
                vt.bytes += (size_t)n;
                vterm_input_write(vt.vterm, bytes, (size_t)n);
                for (ssize_t i = 0; i < n; i++)
                        follow_modes(bytes[i]);
        }
}

static void write_master(void)
{
        ssize_t n = vt.out.len ? write(vt.master, vt.out.text, vt.out.len) : 0;
        if (n > 0)
                str_splice(&vt.out, 0, (size_t)n, "", 0);
}

/* True if the program has said that it waits; notes its end. */
static bool read_idle(void)
{
        char bytes[64];
        bool said = false;
        ssize_t n;
        while ((n = read(vt.idle, bytes, sizeof bytes)) > 0)
                said = true;
        if (n == 0)
                vt.ended = true;
        return said;
}

/* Write what is to be written and wait for the answer; false after `ms`. */
static bool settle(int ms, bool (*is_enough)(const char *text), const char *text)
{
        int64_t deadline = clock_monotonic_ms() + ms;
        bool answered = false;
        while (!vt.ended && !answered) {
                struct pollfd fds[] = {{.fd = vt.idle, .events = POLLIN},
                                       {.fd = vt.master, .events = POLLIN}};
                int64_t left = deadline - clock_monotonic_ms();
                if (vt.out.len)
                        fds[1].events |= POLLOUT;
                if (left <= 0 || (poll(fds, 2, (int)left) < 0 && errno != EINTR))
                        return false;
                if (fds[1].revents & POLLOUT)
                        write_master();
                bool said = fds[0].revents && read_idle();
                read_master();
                answered = is_enough ? is_enough(text) : said && vt.out.len == 0;
        }
        read_master();
        return true;
}

static void forget_old_bytes(void)
{
        read_idle();
        read_master();
}

/* Send what has been gathered; the test fails if no answer comes. */
static void send_all(const char *what)
{
        if (!vt.vterm)
                give_up(__FILE__, __LINE__, "no program was started for", what);
        if (vt.ended) {
                str_clear(&vt.out);
                give_up(__FILE__, __LINE__, "the program had ended before", what);
        }
        if (!settle(answer_ms, NULL, NULL))
                give_up(__FILE__, __LINE__, "no answer in time to", what);
}

void vt_patience(int ms)
{
        answer_ms = ms > 0 ? ms : ANSWER_MS;
}

/* ---- Starting and ending ---- */

static void set_environment(const char *const *env)
{
        static const char *const removed[] = {"NO_COLOR", "COLUMNS", "LINES", "ESCDELAY", "SSH_CONNECTION"};
        char fd[8];
        for (size_t i = 0; i < sizeof removed / sizeof *removed; i++)
                unsetenv(removed[i]);
        snprintf(fd, sizeof fd, "%d", IDLE_FD);
        setenv("SIMAE_TEST_IDLE_FD", fd, 1);
        setenv("TERM", "xterm-256color", 1);
        setenv("LC_ALL", "C.UTF-8", 1);
        for (; env && *env; env++) {
                if (strchr(*env, '='))
                        putenv(strdup(*env));
                else
                        unsetenv(*env);
        }
}

static void open_vterm(int rows, int cols)
{
        vt.rows = rows;
        vt.cols = cols;
        vt.modes = (struct vt_modes){.cursor = true};
        vt.vterm = vterm_new(rows, cols);
        vterm_set_utf8(vt.vterm, 1);
        vterm_output_set_callback(vt.vterm, take_output, NULL);
        vt.screen = vterm_obtain_screen(vt.vterm);
        vterm_screen_set_callbacks(vt.screen, &callbacks, NULL);
        vterm_screen_enable_altscreen(vt.screen, 1);
        vterm_screen_reset(vt.screen, 1);
}

static const int crashes[] = {SIGFPE, SIGILL, SIGSEGV, SIGBUS, SIGSYS};

/* In the parent true; in the child false, with everything in place. */
static bool start(const char *const *env, int rows, int cols)
{
        struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols};
        int ends[2];
        vt_end();
        if (pipe2(ends, O_CLOEXEC) != 0)
                give_up(__FILE__, __LINE__, "pipe2", strerror(errno));
        fflush(NULL);
        vt.pid = forkpty(&vt.master, NULL, NULL, &size);
        if (vt.pid < 0)
                give_up(__FILE__, __LINE__, "forkpty", strerror(errno));
        if (vt.pid == 0) {
                dup2(ends[1], IDLE_FD);
                for (int i = 0; i < 2; i++)
                        if (ends[i] != IDLE_FD)
                                close(ends[i]);
                set_environment(env);
                for (size_t i = 0; i < sizeof crashes / sizeof *crashes; i++)
                        signal(crashes[i], SIG_DFL); /* cmocka takes them */
                return false;
        }
        close(ends[1]);
        vt.idle = ends[0];
        vt.ended = vt.reaped = false;
        fcntl(vt.master, F_SETFL, O_NONBLOCK);
        fcntl(vt.master, F_SETFD, FD_CLOEXEC);
        fcntl(vt.idle, F_SETFL, O_NONBLOCK);
        open_vterm(rows, cols);
        return true;
}

void vt_start(const char *const *argv, const char *const *env, int rows, int cols)
{
        if (!start(env, rows, cols)) {
                execv(argv[0], (char *const *)(uintptr_t)argv);
                perror(argv[0]);
                _exit(127);
        }
        send_all("starting");
        vt_bytes();
}

void vt_start_function(int (*run)(void *ctx), void *ctx, const char *const *env, int rows, int cols)
{
        if (!start(env, rows, cols)) {
                int status = run(ctx);
                fflush(NULL);
                _exit(status);
        }
        send_all("starting");
        vt_bytes();
}

void vt_end(void)
{
        if (vt.pid > 0 && !vt.reaped) {
                kill(vt.pid, SIGKILL);
                waitpid(vt.pid, NULL, 0);
        }
        if (vt.master >= 0)
                close(vt.master);
        if (vt.idle >= 0)
                close(vt.idle);
        if (vt.vterm)
                vterm_free(vt.vterm);
        vt.vterm = NULL;
        vt.pid = 0;
        vt.master = vt.idle = -1;
        str_release(&vt.out);
}

const char *vt_simae(void)
{
        static char path[4096];
        const char *build = getenv("SIMAE_BUILD");
        snprintf(path, sizeof path, "%s/simae", build && *build ? build : "build");
        return path;
}

bool vt_running(void)
{
        if (vt.pid > 0 && !vt.ended)
                forget_old_bytes();
        return vt.pid > 0 && !vt.ended;
}

static bool never(const char *text)
{
        (void)text;
        return false;
}

int vt_wait_exit(void)
{
        if (!vt.ended && !settle(ANSWER_MS, never, NULL))
                give_up(__FILE__, __LINE__, "still running after ten seconds", "");
        if (!vt.reaped)
                waitpid(vt.pid, &vt.status, 0);
        vt.reaped = true;
        read_master();
        return WIFSIGNALED(vt.status) ? 128 + WTERMSIG(vt.status) : WEXITSTATUS(vt.status);
}

void vt_kill(int number)
{
        forget_old_bytes();
        kill(vt.pid, number);
        send_all("a signal");
}

void vt_hangup(void)
{
        close(vt.master);
        vt.master = -1;
}

/* ---- Sending ---- */

void vt_send(const char *bytes, size_t len)
{
        forget_old_bytes();
        str_addn(&vt.out, bytes, len);
        send_all("bytes");
}

static const struct { uint32_t code; VTermKey key; VTermModifier modifier; } keys[] = {
        {K_ENTER, VTERM_KEY_ENTER, 0},
        {K_ESC, VTERM_KEY_ESCAPE, 0},
        {K_TAB, VTERM_KEY_TAB, 0},
        {K_BACKTAB, VTERM_KEY_TAB, VTERM_MOD_SHIFT},
        {K_BACKSPACE, VTERM_KEY_BACKSPACE, 0},
        {K_DELETE, VTERM_KEY_DEL, 0},
        {K_INSERT, VTERM_KEY_INS, 0},
        {K_UP, VTERM_KEY_UP, 0},
        {K_DOWN, VTERM_KEY_DOWN, 0},
        {K_LEFT, VTERM_KEY_LEFT, 0},
        {K_RIGHT, VTERM_KEY_RIGHT, 0},
        {K_HOME, VTERM_KEY_HOME, 0},
        {K_END, VTERM_KEY_END, 0},
        {K_PGUP, VTERM_KEY_PAGEUP, 0},
        {K_PGDN, VTERM_KEY_PAGEDOWN, 0},
        {K_CTRL_LEFT, VTERM_KEY_LEFT, VTERM_MOD_CTRL},
        {K_CTRL_RIGHT, VTERM_KEY_RIGHT, VTERM_MOD_CTRL},
        {K_CTRL_UP, VTERM_KEY_UP, VTERM_MOD_CTRL},
        {K_CTRL_DOWN, VTERM_KEY_DOWN, VTERM_MOD_CTRL},
        {K_CTRL_HOME, VTERM_KEY_HOME, VTERM_MOD_CTRL},
        {K_CTRL_END, VTERM_KEY_END, VTERM_MOD_CTRL},
};

/* False if the code is none that a keyboard has. */
static bool gather_key(uint32_t code)
{
        char bytes[4];
        for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
                if (keys[i].code == code) {
                        vterm_keyboard_key(vt.vterm, keys[i].key, keys[i].modifier);
                        return true;
                }
        if (code >= K_F1 && code <= K_F12)
                vterm_keyboard_key(vt.vterm, (VTermKey)VTERM_KEY_FUNCTION((int)(code - K_F1 + 1)), 0);
        else if (code > K_ALT && code < K_ALT + 0x7F)
                str_addf(&vt.out, "\033%c", (char)(code - K_ALT));
        else if (code > K_CTRL && code < K_CTRL + 0x7F)
                str_addc(&vt.out, (char)((code - K_CTRL) & 0x1F));
        else if (code >= ' ' && code < 0x7F)
                str_addn(&vt.out, bytes, utf8_encode(code, bytes));
        else
                return false;
        return true;
}

void vt_key(uint32_t code)
{
        char name[16];
        forget_old_bytes();
        if (!gather_key(code))
                give_up(__FILE__, __LINE__, "not a key", "");
        send_all(key_name(code, name));
}

void vt_keys(const char *names)
{
        char name[32];
        int length, times;
        for (; names += strspn(names, " "), *names; names += length) {
                length = (int)strcspn(names, " ");
                snprintf(name, sizeof name, "%.*s", length, names);
                char *star = strlen(name) > 1 ? strchr(name + 1, '*') : NULL;
                times = star ? atoi(star + 1) : 1;
                if (star)
                        *star = '\0';
                uint32_t code = key_code_of(name);
                if (code == K_NONE)
                        give_up(__FILE__, __LINE__, "no key has the name", name);
                while (times-- > 0)
                        vt_key(code);
        }
}

void vt_type(const char *text)
{
        size_t n;
        uint32_t code;
        for (; (n = utf8_decode(text, &code)) > 0; text += n) {
                if (code == '\n' || code == '\t')
                        vt_key(code == '\n' ? K_ENTER : K_TAB);
                else
                        vt_send(text, n);
        }
}

void vt_paste(const char *text)
{
        forget_old_bytes();
        vterm_keyboard_start_paste(vt.vterm);
        str_add(&vt.out, text);
        vterm_keyboard_end_paste(vt.vterm);
        send_all("a paste");
}

static void press(int button, int row, int col, const char *what)
{
        forget_old_bytes();
        if (!vt.modes.mouse)
                give_up(__FILE__, __LINE__, "the program has not asked for the mouse:", what);
        vterm_mouse_move(vt.vterm, row, col, 0);
        vterm_mouse_button(vt.vterm, button, true, 0);
        vterm_mouse_button(vt.vterm, button, false, 0);
        send_all(what);
}

void vt_click(int row, int col)
{
        press(1, row, col, "a click");
}

void vt_wheel(bool up, int row, int col)
{
        press(up ? 4 : 5, row, col, "the wheel");
}

void vt_click_text(const char *text)
{
        int row, col;
        if (!vt_find(text, &row, &col))
                give_up(__FILE__, __LINE__, "to be clicked, but not on the screen", text);
        vt_click(row, col);
}

void vt_resize(int rows, int cols)
{
        struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols};
        if (rows == vt.rows && cols == vt.cols)
                return; /* the system tells nobody */
        forget_old_bytes();
        vt.rows = rows;
        vt.cols = cols;
        vterm_set_size(vt.vterm, rows, cols);
        ioctl(vt.master, TIOCSWINSZ, &size);
        send_all("a resize");
}

/* ---- Reading ---- */

static VTermScreenCell cell_at(int row, int col)
{
        VTermScreenCell cell = {0};
        vterm_screen_get_cell(vt.screen, (VTermPos){.row = row, .col = col}, &cell);
        return cell;
}

/* A row without the blanks at its end, added to `out`; `cols` of it at most. */
static void add_row(struct str *out, int row, int cols)
{
        size_t end = out->len;
        for (int col = 0; col < cols;) {
                VTermScreenCell cell = cell_at(row, col);
                char bytes[4];
                for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i]; i++)
                        str_addn(out, bytes, utf8_encode(cell.chars[i], bytes));
                if (cell.chars[0] == 0)
                        str_addc(out, ' ');
                if (cell.chars[0] != 0 && cell.chars[0] != ' ')
                        end = out->len;
                col += cell.width > 1 ? cell.width : 1;
        }
        str_splice(out, end, out->len - end, "", 0);
}

const char *vt_screen_text(void)
{
        static struct str text = STR_INIT;
        str_clear(&text);
        for (int row = 0; row < vt.rows; row++) {
                add_row(&text, row, vt.cols);
                str_addc(&text, '\n');
        }
        return text.text;
}

const char *vt_row(int row)
{
        static struct str text = STR_INIT;
        str_clear(&text);
        add_row(&text, row, vt.cols);
        return text.text;
}

bool vt_find(const char *text, int *ret_row, int *ret_col)
{
        for (int row = 0; row < vt.rows; row++) {
                const char *line = vt_row(row), *at = strstr(line, text);
                if (at) {
                        *ret_row = row;
                        *ret_col = utf8_width_n(line, (size_t)(at - line));
                        return true;
                }
        }
        return false;
}

bool vt_has(const char *text)
{
        int row, col;
        return vt_find(text, &row, &col);
}

bool vt_wait_has(const char *text, int ms)
{
        return vt_has(text) || (settle(ms, vt_has, text) && vt_has(text));
}

struct vt_pos vt_cursor(void)
{
        VTermPos at;
        vterm_state_get_cursorpos(vterm_obtain_state(vt.vterm), &at);
        return (struct vt_pos){at.row, at.col, vt.modes.cursor};
}

static int colour_number(const VTermColor *colour, bool is_default)
{
        if (is_default)
                return -1;
        return VTERM_COLOR_IS_INDEXED(colour) ? colour->indexed.idx : 255;
}

struct vt_style vt_style_at(int row, int col)
{
        VTermScreenCell cell = cell_at(row, col);
        return (struct vt_style){
                .bold = cell.attrs.bold,
                .underline = cell.attrs.underline,
                .reverse = cell.attrs.reverse,
                .foreground = colour_number(&cell.fg, VTERM_COLOR_IS_DEFAULT_FG(&cell.fg)),
                .background = colour_number(&cell.bg, VTERM_COLOR_IS_DEFAULT_BG(&cell.bg)),
        };
}

static bool is_coloured(struct vt_style style)
{
        return style.foreground >= 0 || style.background >= 0;
}

bool vt_has_colours(void)
{
        for (int row = 0; row < vt.rows; row++)
                for (int col = 0; col < vt.cols; col++)
                        if (is_coloured(vt_style_at(row, col)))
                                return true;
        return false;
}

struct vt_modes vt_modes(void)
{
        struct termios line;
        read_master();
        vt.modes.raw = tcgetattr(vt.master, &line) == 0 && !(line.c_lflag & (ICANON | ECHO));
        return vt.modes;
}

size_t vt_bytes(void)
{
        size_t bytes = vt.bytes;
        vt.bytes = 0;
        return bytes;
}

/* ---- Expecting ---- */

void vt_check_has(const char *text, bool wanted, const char *file, int line)
{
        if (vt_has(text) != wanted)
                give_up(file, line, wanted ? "not on the screen" : "should not be on the screen", text);
}

void vt_check_row(int row, const char *text, const char *file, int line)
{
        if (strcmp(vt_row(row), text) != 0) {
                print_error("row %d is «%s»\n", row, vt_row(row));
                give_up(file, line, "the row should be", text);
        }
}

void vt_check_cursor(int row, int col, const char *file, int line)
{
        struct vt_pos at = vt_cursor();
        if (at.row != row || at.col != col || !at.visible) {
                print_error("should be at %d,%d\n", row, col);
                give_up(file, line, "cursor", at.visible ? "elsewhere" : "hidden");
        }
}

static char style_letter(struct vt_style style)
{
        return style.reverse        ? 'r'
               : is_coloured(style) ? 'c'
               : style.bold         ? 'b'
               : style.underline    ? 'u'
                                    : '.';
}

static void photograph(struct str *out)
{
        str_add(out, vt_screen_text());
        for (int row = 0; row < vt.rows; row++) {
                for (int col = 0; col < vt.cols; col++)
                        str_addc(out, style_letter(vt_style_at(row, col)));
                str_addc(out, '\n');
        }
}

static void write_golden(const char *path, const struct str *now)
{
        FILE *out = fopen(path, "w");
        if (!out || fwrite(now->text, 1, now->len, out) != now->len || fclose(out) != 0)
                give_up(__FILE__, __LINE__, "cannot write", path);
}

static void read_golden(const char *path, struct str *ret)
{
        char bytes[4096];
        size_t n;
        FILE *in = fopen(path, "r");
        while (in && (n = fread(bytes, 1, sizeof bytes, in)) > 0)
                str_addn(ret, bytes, n);
        if (in)
                fclose(in);
}

void vt_check_golden(const char *name, const char *file, int line)
{
        const char *tree = getenv("SIMAE_TREE");
        char path[4096];
        struct str now = STR_INIT, golden = STR_INIT;
        snprintf(path, sizeof path, "%s/tests/golden/tui", tree ? tree : ".");
        mkdir(path, 0777);
        snprintf(path, sizeof path, "%s/tests/golden/tui/%s.txt", tree ? tree : ".", name);
        photograph(&now);
        if (getenv("SIMAE_GOLDEN"))
                write_golden(path, &now);
        read_golden(path, &golden);
        bool same = strcmp(now.text, golden.text) == 0;
        if (!same)
                print_error("---- golden ----\n%s", golden.text);
        str_release(&now);
        str_release(&golden);
        if (!same)
                give_up(file, line, "the screen differs from", path);
}
