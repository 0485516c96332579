/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What an office does with its keys, line by line: it makes them, keeps their
 * paper copy, tests and delivers them; a laptop receives them.  Nothing is
 * believed and nothing secret leaves without a question, whose answer is no
 * by default.
 */
#include "linear_priv.h"

#include <string.h>

#include "app/keys_file.h"
#include "app/laptops.h"
#include "app/print.h"
#include "base/date.h"

/* ---- Received ---- */

static const char *day_of(const struct keys_file *file, char day[DATETIME_TEXT])
{
        int64_t days;
        return date_parse(file->date, &days) ? date_format_person(days, day) : file->date;
}

static void take_file(struct linear *l, const char *path)
{
        char day[DATETIME_TEXT];
        struct keys_file file;
        struct err err;
        if (keys_file_read(l->app, path, &file, &err) != ERR_OK) {
                linear_say_err(l, &err);
                return;
        }
        linear_say(l, _("Claves de %s, del %s. Sus palabras: %s. Pida a la oficina que le lea las suyas, por otro medio."), file.name,
                   day_of(&file, day), file.words);
        if (!file.is_known && !linear_confirm(l, _("¿Son las mismas seis palabras?")))
                linear_say(l, _("No se aceptan."));
        else if (keys_file_accept(l->app, &file, &err) != ERR_OK)
                linear_say_err(l, &err);
        else
                linear_say(l, _("Aceptadas: desde ahora sus paquetes se cifran también para esa oficina."));
        keys_file_release(&file);
}

static void receive(struct linear *l)
{
        struct arena arena = {0};
        linear_say(l, _("Escriba la memoria, la carpeta o el archivo SIMAE-CLAVES, completo desde la barra inicial."));
        struct heard heard = linear_hear(l, ORDERS_EVERYWHERE, _("Recibe las claves que una oficina entregó."));
        if (heard.kind == HEARD_TEXT)
                take_file(l, arena_strdup(&arena, heard.text));
        arena_release(&arena);
}

/* ---- Its paper copy ---- */

static void print_paper(struct linear *l)
{
        struct err err;
        if (app_paper_print(l->app, &err) != ERR_OK)
                linear_say_err(l, &err);
        else
                linear_say(l, _("Va a la impresora: recójala usted."));
}

static void save_paper(struct linear *l, const char *folder)
{
        char path[PAPER_PATH];
        struct err err;
        if (app_paper_save(l->app, folder, path, &err) != ERR_OK)
                linear_say_err(l, &err);
        else
                linear_say(l, _("En %s: imprímala y borre el archivo."), path);
}

static void paper(struct linear *l)
{
        bool printer = print_has_printer();
        struct arena arena = {0};
        linear_say(l, _("La copia de papel. %s"), office_paper_words());
        linear_say(l, printer ? _("Escriba la carpeta donde guardar la página; + la manda a la impresora; Enter lo deja para más tarde.")
                              : _("Escriba la carpeta donde guardar la página; Enter lo deja para más tarde."));
        struct heard heard = linear_hear(l, ORDERS_EVERYWHERE, _("La carpeta completa, desde la barra inicial."));
        if (heard.kind == HEARD_TEXT && printer && strcmp(heard.text, "+") == 0)
                print_paper(l);
        else if (heard.kind == HEARD_TEXT)
                save_paper(l, arena_strdup(&arena, heard.text));
        arena_release(&arena);
}

/* ---- Made, tested, delivered ---- */

static void make(struct linear *l)
{
        struct err err;
        linear_say(l, "%s", office_make_words());
        if (!linear_confirm(l, _("¿Es este el equipo de la UGEL o DRE, y se hace su clave?"))) {
                linear_say(l, _("No se hace."));
                return;
        }
        linear_say(l, _("¿Cómo se llama la oficina? Por ejemplo UGEL Ejemplo."));
        struct heard heard = linear_hear(l, ORDERS_EVERYWHERE, _("Es el nombre que verán las laptops."));
        if (heard.kind == HEARD_ORDER || heard.kind == HEARD_END)
                return;
        if (app_office_begin(l->app, heard.kind == HEARD_TEXT ? heard.text : "", &err) != ERR_OK) {
                linear_say_err(l, &err);
                return;
        }
        linear_say(l, _("Hecha y probada: abre lo que cifra."));
        paper(l);
}

static void test(struct linear *l)
{
        struct err err;
        if (app_office_test(l->app, &err) != ERR_OK)
                linear_say_err(l, &err);
        else
                linear_say(l, _("Probada: abre lo que cifra, y su firma se comprueba."));
}

static void save_keys(struct linear *l, const char *folder)
{
        char path[KEYS_FILE_PATH], signer[SIGN_PUBLIC_TEXT], words[WORDS_TEXT];
        struct err err;
        if (keys_file_save(l->app, folder, path, &err) != ERR_OK) {
                linear_say_err(l, &err);
                return;
        }
        app_signer(l->app, signer);
        key_words(signer, words);
        linear_say(l, _("Están en %s, copiadas y comprobadas. No llevan ningún secreto."), path);
        linear_say(l, _("En cada laptop: «Claves y laptops», Recibir. La laptop dirá seis palabras; dígaselas usted, en persona o por teléfono, "
                        "y que las compare: %s."), words);
}

static void deliver(struct linear *l)
{
        struct arena arena = {0};
        linear_say(l, _("¿En qué memoria o carpeta se copian? Escríbala completa, desde la barra inicial."));
        struct heard heard = linear_hear(l, ORDERS_EVERYWHERE, _("Copia las claves de esta oficina, firmadas, para sus laptops."));
        if (heard.kind == HEARD_TEXT)
                save_keys(l, arena_strdup(&arena, heard.text));
        arena_release(&arena);
}

static void change_hold(struct linear *l)
{
        struct err err;
        bool hold = !app_holds(l->app);
        if (app_hold_set(l->app, hold, &err) != ERR_OK)
                linear_say_err(l, &err);
        else
                linear_say(l, hold ? _("Desde ahora las laptops nuevas esperan.") : _("Desde ahora nadie espera, salvo las quitadas."));
}

/* ---- The list ---- */

struct doing { const char *label; void (*run)(struct linear *l); };

void linear_office(struct linear *l)
{
        static const struct doing office[] = {{_("Recibir las claves de otra oficina"), receive},
                                              {_("Entregar las claves de esta oficina, para sus laptops"), deliver},
                                              {_("La copia de papel de su clave"), paper},
                                              {_("Probar que su clave abre lo que cifra"), test}};
        const struct doing laptop[] = {{_("Recibir las claves de una oficina"), receive},
                                       {_("Hacer la clave de una oficina, en este equipo"), make},
                                       {app_holds(l->app) ? _("No retener más lo que firme una laptop nueva")
                                                          : _("Retener lo que firme una laptop nueva, hasta aceptarla"), change_hold}};
        bool is_office = office_exists(app_dir(l->app));
        const struct doing *rows = is_office ? office : laptop;
        int n = is_office ? (int)ARRAY_LEN(office) : (int)ARRAY_LEN(laptop);
        for (int i = 0; i < n; i++)
                linear_say(l, "%d. %s", i + 1, rows[i].label);
        linear_say(l, _("Un número elige; Enter vuelve."));
        struct heard heard = linear_hear(l, ORDERS_EVERYWHERE, _("Lo que se hace con las claves de una oficina."));
        int number = heard.kind == HEARD_TEXT ? linear_number(heard.text, n) : 0;
        if (number)
                rows[number - 1].run(l);
        else if (heard.kind == HEARD_TEXT)
                linear_say(l, _("Eso no es ninguno de los números."));
}
