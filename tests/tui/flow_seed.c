/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small laptop already in use, made without the interface (contract in flow.h). */
#include "flow.h"

#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "base/clock.h"

struct seed { struct app *app; char specialist[ID_TEXT], school[ID_TEXT], teacher[ID_TEXT]; };

/* `text` has ' for each " of the JSON. */
static void add(struct seed *seed, const char *form, bool finalise, char *text, char ret[ID_TEXT])
{
        struct err_list problems = {0};
        struct err err = {0};
        struct id id;
        json_error_t error;
        for (char *c = text; *c; c++)
                if (*c == '\'')
                        *c = '"';
        json_t *answers = json_loads(text, 0, &error);
        if (!answers)
                fail_msg("%s: %s", error.text, text);
        if (record_create(seed->app, form, answers, finalise, &problems, &id, &err) != ERR_OK)
                fail_msg("%s: %s: %s", form, err.text, problems.n ? problems.items[0].text : "");
        json_decref(answers);
        err_list_release(&problems);
        free(text);
        if (ret)
                id_format(&id, ret);
}

static void add_people(struct seed *seed)
{
        static const char *const names[] = {"Alva", "Bazán", "Chávez", "Díaz", "Estela", "Flores",
                                            "Guevara", "Huamán", "Idrogo", "Julca", "Leiva", "Medina"};
        struct err err;
        struct id id;
        add(seed, "persona", true, xstrdup("{'apellidos':'Rojas Díaz','nombres':'Ana María','cargo':'mae','ugel':'060003'}"),
            seed->specialist);
        id_parse(seed->specialist, &id);
        if (app_profile_adopt(seed->app, &id, &err) != ERR_OK)
                fail_msg("%s", err.text);
        add(seed, "institucion", true,
            xstrdup("{'nombre':'Peñón Añejo','cod_mod':'0123456','nivel':'B0','tipo_ie':'multigrado','area_geo':'rural',"
                    "'distrito':'Utco','ugel':'060003'}"), seed->school);
        add(seed, "persona", true, xasprintf("{'apellidos':'Quispe Ñahui','nombres':'Rosa','cargo':'docente','ie':'%s',"
                                             "'ugel':'060003'}", seed->school), seed->teacher);
        for (int i = 0; i < 12; i++)
                add(seed, "persona", true,
                    xasprintf("{'apellidos':'%s Vásquez','nombres':'Luz','cargo':'%s','ie':'%s'}", names[i],
                              i % 3 == 2 ? "director" : "docente", seed->school), NULL);
        add(seed, "cap", true, xasprintf("{'nombre':'CAP Los Ñandúes','ambito':'ie','ie':'%s','ugel':'060003'}",
                                         seed->school), NULL);
}

static void add_visits(struct seed *seed)
{
        add(seed, "simae_docente", true,
            xasprintf("{'ie':'%s','nivel':'B0','tipo_ie':'multigrado','area_geo':'rural','monitor_cargo':'mae',"
                      "'hora_inicio':'08:00','hora_fin':'09:00','visita_tipo':'inopinada','visita_lograda':'no',"
                      "'motivo_no':'otro','motivo_no_detalle':'Se cayó el puente'}", seed->school), NULL);
        add(seed, "simae_docente", false,
            xasprintf("{'ie':'%s','nivel':'B0','tipo_ie':'multigrado','area_geo':'rural','docente':'%s',"
                      "'visita_lograda':'si','visita_tipo':'seguimiento','retro_realizada':'si'}", seed->school,
                      seed->teacher), NULL);
}

static void seed_laptop(const struct place_of_test *at, bool visits)
{
        const char *tree = getenv("SIMAE_TREE");
        char *forms = xasprintf("%s/forms", tree ? tree : ".");
        struct app_options options = {.dir = at->data, .forms_dir = forms, .create = true};
        struct seed seed = {0};
        struct datetime now;
        struct err err;
        datetime_parse("2026-04-13T08:00:00.000-05:00", -300, &now);
        clock_test_set(&now);
        random_seed("laptop");
        if (app_open(&options, &seed.app, &err) != ERR_OK)
                fail_msg("%s", err.text);
        add_people(&seed);
        if (visits)
                add_visits(&seed);
        app_close(seed.app);
        clock_test_set(NULL);
        free(forms);
}

void flow_seed(const struct place_of_test *at)
{
        seed_laptop(at, true);
}

void flow_seed_directory(const struct place_of_test *at)
{
        seed_laptop(at, false);
}
