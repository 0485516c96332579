/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The peer of the program's start: the least that paints a full screen with curses and waits for a key. */
#include <locale.h>
#include <ncurses.h>

int main(void)
{
        setlocale(LC_ALL, "");
        initscr();
        raw();
        noecho();
        for (int row = 0; row < LINES; row++)
                mvprintw(row, 0, "Línea %d: una pantalla entera de palabras para comparar", row + 1);
        refresh();
        getch();
        endwin();
        return 0;
}
