#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""
balance_more.py FOLDER: records of other UGEL, made from those in FOLDER through `simae registro crear`, some changed on
the way and some annulled, so that balance_check.py has more than one UGEL and small counts to look at.
"""
import json
import os
import random
import sqlite3
import subprocess
import sys

SIMAE = os.environ.get("SIMAE", "build/simae")
FOLDER = os.path.abspath(sys.argv[1])
UGELS = ["060002"] * 5 + ["060003"] * 3 + ["060004"]
MANY = {"simae_docente": 110, "simae_directivo": 60, "compromiso": 40, "cap_sesion": 25, "mgea_checklist": 30, "alerta": 33,
        "reunion_acta": 12, "ata_satisfaccion": 40, "pser_formador": 12, "aliado_aporte": 4, "demanda_formativa": 10, "asignacion": 12,
        "plan_visitas": 20, "estimulo": 3, "iluminar": 5}
CHANGES = {"nivel": ["A2", "B0", "F0"], "area_geo": ["rural", "urbana"], "docente_condicion": ["nombrado", "contratado"],
           "caracteriza": list("1234"), "deja_pensar": list("1234"), "pat_actores": list("1234")}


def create(form, answers):
    done = subprocess.run([SIMAE, "registro", "crear", form, "--respuestas", "-", "--concluir"], input=json.dumps(answers), text=True,
                          capture_output=True, env=dict(os.environ, SIMAE_HOME=FOLDER))
    return done.returncode == 0


def bodies():
    db = sqlite3.connect(f"file:{FOLDER}/simae.db?mode=ro", uri=True)
    found = {form: [json.loads(body)["f"] for (body,) in db.execute(
        "SELECT v.body FROM record r JOIN revision v ON v.id = r.revision WHERE r.form = ? AND r.state <> 3 ORDER BY r.id", (form,))]
        for form in {**MANY, **LACKING}}
    db.close()
    return found


# What the demo has nothing of, by form: answers put in the first of its records that will have them.
LACKING = {
    "aliado_aporte": [{"concepto": ["profesionales"], "cantidad": 2}] * 2,
    "persona": [{"apellidos": "Ejemplo Retama", "nombres": "Ágata", "cargo": "psicologo", "activo": "si"}],
    "asignacion": [{"rol": "mae", "modulo": "gcef2", "edicion": "2026-II", "desde": "2026-08-01"}],
    "simae_docente": [{"rubrica_version": "v6", "r2_tiempo": level, "r2_tiempo_evidencia": "Volvió a la tarea en dos minutos."}
                      for level in "12334434"],
    "iluminar": [{"c_originalidad": level, "c_impacto": "3"} for level in "234"],
}


def fill_in(found):
    made = 0
    for form, changes in LACKING.items():
        for change, one in zip(changes, (one for one in found[form] if one.get("estado_practica") != "identificada")):
            answers = dict(one, **change)
            answers.pop("hasta", None)
            made += create(form, answers)
    return made


random.seed(7)
made = refused = 0
found = bodies()
print(f"{fill_in(found)} records of what the demo lacks")
for form, answers in found.items():
    for one in random.sample(answers, min(len(answers), MANY.get(form, 0))):
        one["ugel"] = random.choice(UGELS)
        for name, values in CHANGES.items():
            if name in one and random.random() < 0.5:
                one[name] = random.choice(values)
        if create(form, one):
            made += 1
        else:
            refused += 1
print(f"{made} records of other UGEL made, {refused} refused by their form")
