#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""
balance_check.py FOLDER: every figure of `simae balance` over the data in FOLDER, computed a second time.

Answers come from `simae tabla FORM --formato ndjson --sensibles`; when each revision was made and which records are
reserved, from the database.  What is counted is told in balance_defs.py.  All periods, UGEL, dimensions and parts of
breakdowns are compared, and of what is hidden whether it had to be and whether the rest gives it away.  $SIMAE is the program (build/simae).
"""
import datetime
import functools
import json
import os
import re
import sqlite3
import subprocess
import sys

import balance_defs as defs

SIMAE = os.environ.get("SIMAE", "build/simae")
EPOCH = datetime.date(1970, 1, 1)
DIMENSIONS = {"nivel": ["nivel"], "area": ["area_geo"], "tipo_ie": ["tipo_ie"], "red": ["red"],
              "condicion": ["docente_condicion", "directivo_condicion", "condicion"]}
# The day of the record, where it is not the first of these that it has.
DAYS = ["fecha_visita", "fecha_corte", "fecha_compromiso", "fecha", "semana", "fecha_inicio", "fecha_registro"]


def days(text):
    return (datetime.date.fromisoformat(text) - EPOCH).days


def simae(*args):
    done = subprocess.run([SIMAE, *args], capture_output=True, text=True, env=dict(os.environ, SIMAE_HOME=FOLDER))
    if done.returncode != 0:
        sys.exit(f"simae {' '.join(args)}: {done.stderr}")
    return [json.loads(line, object_pairs_hook=once_each) for line in done.stdout.splitlines()]


def once_each(pairs):
    """A key that comes twice would leave one of the two values unread."""
    cells = dict(pairs)
    if len(cells) < len(pairs):
        sys.exit(f"a key comes twice: {[key for key, _ in pairs]}")
    return cells


class Row:
    """An answer by its name; of a reference, the id."""

    def __init__(self, cells, of=None):
        self.cells, self.of = cells, of

    def __call__(self, name):
        value = self.cells.get(name + ".id", self.cells.get(name, ""))
        if value is None:
            return ""
        if isinstance(value, bool):
            return "1" if value else "0"
        if isinstance(value, float) and value == int(value):
            value = int(value)
        return JOINED.get(str(value), str(value))

    __getattr__ = __call__

    @property
    def registro(self):
        return self.cells["registro"]

    @property
    def today(self):
        return TODAY

    @property
    def day(self):
        return self.of.day if self.of else DAY_OF.get(self.registro, "")

    def days(self, name):
        return days(self(name))

    def rows(self, repeat):
        return [row for row in table(self.form + "/" + repeat) if row.registro == self.registro]

    def in_time(self, hours):
        end = datetime.datetime.fromisoformat(self.day + "T00:00")
        at = self.hora_fin
        end += datetime.timedelta(hours=int(at[:2]), minutes=int(at[3:5])) if at else datetime.timedelta(days=1)
        made = datetime.datetime.fromisoformat(FIRST[self.registro][:19])
        return made - end <= datetime.timedelta(hours=hours)


TABLES = {}


def table(form):
    if form not in TABLES:
        owners = {row.registro: row for row in table(form.split("/")[0])} if "/" in form else {}
        TABLES[form] = []
        for cells in simae("tabla", form, "--formato", "ndjson", "--sensibles"):
            row = Row(cells, owners.get(cells["registro"]))
            row.form = form.split("/")[0]
            if STATE.get(cells["registro"]) != ANNULLED:
                TABLES[form].append(row)
    return TABLES[form]


# ---- What the database knows and answers do not say ----

ANNULLED = 3
FOLDER = os.path.abspath(sys.argv[1])
db = sqlite3.connect(f"file:{FOLDER}/simae.db?mode=ro", uri=True)
STATE, RESERVED, DAY_OF = {}, set(), {}
for record, state, sensitive, date in db.execute("SELECT lower(hex(id)), state, sensitive, date FROM record"):
    STATE[record] = state
    DAY_OF[record] = date
    if sensitive:
        RESERVED.add(record)
FIRST, LAST = {}, {}
for record, date in db.execute("SELECT lower(hex(record)), date FROM revision ORDER BY gen, date"):
    FIRST.setdefault(record, date)
for record, date, head in db.execute("SELECT lower(hex(r.id)), v.date, r.revision FROM record r JOIN revision v ON v.id = r.revision"):
    LAST[record] = (datetime.datetime.fromisoformat(date) if date else datetime.datetime.min.replace(tzinfo=datetime.timezone.utc),
                    int.from_bytes(head[:8], "little", signed=True))
db.close()
JOINED = {}
TODAY = os.environ.get("SIMAE_TEST_NOW", "")[:10] or datetime.date.today().isoformat()
for person in table("persona"):
    if person.unida_con:
        JOINED[person.registro] = person.unida_con
for one in list(JOINED):
    while JOINED[one] in JOINED:
        JOINED[one] = JOINED[JOINED[one]]


# ---- Periods ----

def quarter(year, n):
    first = datetime.date(year, 3 * n - 2, 1)
    after = datetime.date(year + (n == 4), 3 * n % 12 + 1, 1)
    return first.isoformat(), (after - datetime.timedelta(days=1)).isoformat()


def read_periods():
    periods = {}
    for year in sorted({date[:4] for date in DAY_OF.values() if date}):
        periods[year] = (year + "-01-01", year + "-12-31")
        for n in (1, 2, 3, 4):
            periods[f"{year}-T{n}"] = quarter(int(year), n)
    text = open("forms/listas/calendario.yaml", encoding="utf-8").read()
    for item in re.split(r"\n    - ", text):
        found = {key: re.search(rf'\b{key}: "?([^",}}\n]+)"?', item) for key in ("name", "tipo", "inicio", "fin")}
        if all(found.values()) and found["tipo"].group(1) == "lectivo":
            periods[found["name"].group(1)] = (found["inicio"].group(1), found["fin"].group(1))
    for row in table("periodo"):
        periods[row.clave] = (row.inicio, row.fin)
    return periods


# ---- Figures ----

class Sum:
    def __init__(self):
        self.num = self.den = self.part = self.n = 0

    def add(self, other):
        self.num, self.den, self.part, self.n = self.num + other.num, self.den + other.den, self.part + other.part, self.n + other.n


def value_of(source, what, row, otherwise):
    got = source.get(what)
    if got is None:
        return otherwise
    value = got(row)
    return value if value is None else float(value)


class Fact:
    """What one record (or row) gives to one indicator."""

    def __init__(self, source, row, reserved=False):
        head = row.of or row
        record = row.registro
        self.side = source.get("side")
        self.who = source["who"](row) if source.get("who") else ""
        self.last = bool(self.who) and not source.get("every")
        self.now = source.get("now", False)
        self.day = source["day"](row) if source.get("day") else row.day
        self.num = 0 if self.side == "den" else value_of(source, "num", row, 1)
        self.part = 0 if self.side == "den" else value_of(source, "part", row, 0)
        self.den = 0 if self.side == "num" else value_of(source, "den", row, 1)
        day = "" if self.now and not source.get("day") else self.day  # as things are now: the record concluded last
        self.order = (day, LAST[record], row.cells.get("fila", 0))
        self.ugel = head.ugel
        hidden = reserved or record in RESERVED  # a reserved indicator has totals by UGEL and period only
        self.places = {name: "" if hidden else next((head(q) for q in questions if head(q)), "") for name, questions in DIMENSIONS.items()}
        self.by = [""] if hidden or not source.get("by") else source["by"](row) or [""]


def facts_of(key, ratio):
    facts = []
    for source in defs.SOURCES.get(key, []):
        for row in table(source["form"]):
            if source.get("when") and not source["when"](row):
                continue
            fact = Fact(source, row, key in WHOLE)
            if not fact.now and not fact.day or fact.num is None or fact.den is None:
                continue
            if ratio and fact.side != "num" and fact.den <= 0 and key != "cob_ruta":
                continue
            if fact.now or fact.day <= TODAY or key == "cob_docente_2visitas":
                facts.append(fact)
    return facts


def counted(key, facts, period):
    """(fact, part, sum) of those that count in a period."""
    first, last = period
    if key == "cob_docente_2visitas":
        first, last = first[:4] + "-01-01", first[:4] + "-12-31"
    here = [fact for fact in facts if fact.now or first <= fact.day <= last]
    if key == "cob_docente_2visitas":
        here = [fact for fact in here if fact.side == "den" or fact.day <= TODAY]
    chosen, latest = [], {}
    for fact in here:
        for by in fact.by:
            if not fact.last:
                chosen.append((fact, by))
                continue
            kind = (fact.now, fact.side, fact.who, by)
            if kind not in latest or latest[kind][0].order < fact.order:
                latest[kind] = (fact, by)
    chosen += latest.values()
    if key == "cob_docente_2visitas":
        chosen = two_visits(chosen)
    if key == "cob_ruta":
        far = {fact.who for fact, _ in chosen if fact.side == "den" and fact.den > 0}
        chosen = [(fact, by) for fact, by in chosen if fact.who in far]
    for fact, by in chosen:
        total = Sum()
        total.num, total.den, total.part, total.n = fact.num, fact.den, fact.part, 0 if fact.side == "num" else 1
        yield fact, by, total


def two_visits(chosen):
    planned = {fact.who for fact, _ in chosen if fact.side == "den"}
    visits = {}
    for fact, _ in chosen:
        if fact.side == "num" and fact.who in planned:
            visits.setdefault(fact.who, []).append(fact)
    twice = [max(all_, key=lambda fact: fact.order) for all_ in visits.values() if len({fact.day for fact in all_}) >= 2]
    return [(fact, by) for fact, by in chosen if fact.side == "den"] + [(fact, "") for fact in twice]


class Place:
    def __init__(self, ugel):
        self.ugel, self.places = ugel, {}


def special(key, period):
    """Those that are no sum of records."""
    first, last = period
    if key == "dif_alcance":
        total = Sum()
        reach = [int(n) for n in re.findall(r'alcance: "(\d+)"', open("forms/listas/programas_dif.yaml", encoding="utf-8").read())]
        total.num, total.n = sum(reach), len(reach)
        yield Place(None), "", total
    if key == "ser_equipos_modulo":
        teams = {}
        for row in table("asignacion"):
            if row.desde <= TODAY and (not row.hasta or row.hasta >= TODAY):
                teams.setdefault((row.ugel, row.modulo), {}).setdefault(row.rol, set()).add(row.persona)
        for ugel in {ugel for (ugel, module), roles in teams.items() if module and len(roles.get("coordinador_local", ())) >= 1
                     and len(roles.get("mae", ())) >= 2 and len(roles.get("formador", ())) >= 1}:
            total = Sum()
            total.num = total.den = total.n = 1
            yield Place(ugel), "", total
    if key == "reu_semanales":
        yield from weekly(first, last)
    if key == "cap_regularidad":
        yield from on_time(first, last)


def thursday(day):
    return (datetime.date.fromisoformat(day) - datetime.timedelta(days=datetime.date.fromisoformat(day).weekday() - 3)).isoformat()


def weekly(first, last):
    meetings = [row for row in table("reunion_acta") if row.tipo == "semanal_modulo" and thursday(row.fecha) <= TODAY]
    weeks, day = 0, datetime.date.fromisoformat(first)
    while day.isoformat() <= min(last, TODAY):
        weeks += day.weekday() == 3
        day += datetime.timedelta(days=1)
    for ugel, module in {(row.ugel, row.modulo) for row in meetings if thursday(row.fecha)[:4] == first[:4]}:
        total = Sum()
        total.num = len({thursday(row.fecha) for row in meetings
                         if (row.ugel, row.modulo) == (ugel, module) and first <= thursday(row.fecha) <= last})
        total.den = total.n = weeks
        yield Place(ugel), "", total


def on_time(first, last):
    sessions = {}
    for row in table("cap_sesion"):
        if row.cap and row.fecha <= TODAY:
            sessions.setdefault(row.cap, []).append(row)
    for one in sessions.values():
        one.sort(key=lambda row: (row.fecha, LAST[row.registro]))
        for before, row in zip(one, one[1:]):
            if before.proxima_fecha and first <= row.fecha <= last:
                fact = Fact({"form": "cap_sesion"}, row)
                total = Sum()
                total.den = total.n = 1
                total.num = row.days("fecha") <= before.days("proxima_fecha") + 7
                yield fact, "", total


# ---- Against the program ----

RATIO = ("porcentaje", "conteo_porcentaje", "promedio", "n20")
HIDDEN = ("Muy pocos", "No se muestra")
problems, compared, hidden_n = [], 0, 0


def complain(text):
    problems.append(text)
    if len(problems) <= 60:
        print(text)


class Cell(dict):
    """Of the program; what is empty is not there."""

    def __missing__(self, key):
        return None


def near(a, b):
    return a is not None and b is not None and abs(float(a) - float(b)) < 0.0051


def compare(cell, total, about):
    global compared, hidden_n
    compared += 1
    minimum = MINIMUM[cell["clave"]]
    if (cell["aviso"] or "").startswith(HIDDEN):
        hidden_n += 1
        if any(cell[name] is not None for name in ("valor", "n", "numerador", "denominador", "en_parte", "diferencia", "brecha")):
            complain(f"{about}: hidden, and yet told {cell}")
        if cell["aviso"].startswith("Muy pocos") != (total.n < minimum):
            complain(f"{about}: hidden with n {total.n}")
        return
    if 0 < total.n < minimum and not (cell["unidad"] in RATIO and total.den == 0):
        complain(f"{about}: told with n {total.n}")
    ratio = cell["unidad"] in RATIO
    wanted = {"numerador": total.num, "n": total.n, "en_parte": total.part or None, "denominador": total.den if ratio else None}
    for name, value in wanted.items():
        if value is None and cell[name] in (None, 0) or near(cell[name], value):
            continue
        complain(f"{about}: {name} {cell[name]}, and here {value}")
    factor = 100 if cell["unidad"] in ("porcentaje", "conteo_porcentaje") else 1
    value = (factor * total.num / total.den if total.den else None) if ratio else total.num if total.n or total.num else None
    if not (value is None and cell["valor"] is None) and not (cell["valor"] is not None and value is not None
                                                               and abs(cell["valor"] - value) <= (0.0501 if ratio else 0.0051)):
        complain(f"{about}: valor {cell['valor']}, and here {value}")


@functools.lru_cache(maxsize=None)
def population(key, ugel, by, group):
    """How many there are in the directory, of those that an indicator says to be about; None: not told."""
    form, *posts = DETAILS[key]["population"].split() or [None]
    if not form or by == "desglose":
        return None
    here = [row for row in table(form) if row.estado != "inactiva" and row.activo != "no" and not row.unida_con
            and (not posts or row.cargo in posts) and (ugel is None or row.ugel == ugel)]
    if by == "ugel":
        here = [row for row in here if row.ugel == group]
    elif by:
        here = [row for row in here if next((row(q) for q in DIMENSIONS[by] if row(q)), "") == group]
    return len(here)


def check_coverage(cell, all_, about):
    wanted = 100 * cell["n"] / all_ if all_ and cell["n"] else None
    if (wanted is None) != (cell["cobertura"] is None) or (wanted is not None and abs(cell["cobertura"] - wanted) > 0.0501):
        complain(f"{about}: cobertura {cell['cobertura']}, and here {wanted}")


def check(period, figures, ugel, by, place):
    """One answer of the program: `place` gives of a figure the group it belongs to."""
    args = ["balance", "--periodo", period, "--formato", "ndjson"] + (["--por", by] if by else []) + (["--ugel", ugel] if ugel else [])
    cells = [Cell(cell) for cell in simae(*args)]
    said, hidden = set(), {}
    for cell in cells:
        if cell["clave"] not in MINIMUM:
            continue
        group = cell["grupo"] or "" if by else None
        said.add((cell["clave"], group))
        total = Sum()
        for fact, part, one in figures[cell["clave"]]:
            if (ugel is None or fact.ugel == ugel) and (fact.ugel is not None or by != "ugel") and \
               (by is None or place(fact, part) == group):
                total.add(one)
        about = f"{' '.join(args[2:])} {cell['clave']} {group or ''}"
        compare(cell, total, about)
        check_coverage(cell, population(cell["clave"], ugel, by, group), about)
        secret = (cell["aviso"] or "").startswith(HIDDEN)
        if secret:
            hidden.setdefault(cell["clave"], []).append(group)
        if secret or cell["n"]:
            SHOWN.setdefault((ugel, by, cell["clave"], group), {})[period] = secret
    for key, all_ in figures.items():
        if by is not None and key in MINIMUM:
            for group in {place(fact, part) for fact, part, _ in all_ if ugel is None or fact.ugel == ugel}:
                told = [one for fact, part, one in all_ if place(fact, part) == group and (ugel is None or fact.ugel == ugel)]
                if group and (key, group) not in said and any(one.n or one.num for one in told) and \
                   (UNIT[key] not in RATIO or sum(one.den for one in told) > 0):
                    complain(f"{' '.join(args[2:])} {key}: {group} is missing")
    return hidden, {cell["clave"]: cell for cell in cells} if by is None else None


def check_lines(period, ugel, by, hidden, whole, figures, place):
    """A single hidden cell beside a sum that is told could be had by subtraction, if there is nothing of no group."""
    for key, groups in hidden.items():
        told = whole[key]["n"] is not None
        rest = any(one.n for fact, part, one in figures[key] if (ugel is None or fact.ugel == ugel) and not place(fact, part))
        if len(groups) == 1 and told and not rest:
            complain(f"{period} {ugel or ''} {by}: {key} of {groups[0]} can be had by subtraction")


SHOWN = {}  # of a figure, the periods that have one, and whether it is hidden there


def tilings(whole, first=None):
    """Every way in which other periods make up this one, day after day."""
    begin, end = PERIODS[whole]
    first = first or begin
    for period, (start, stop) in PERIODS.items():
        if period == whole or start != first or stop > end:
            continue
        if stop == end:
            yield [period]
        else:
            after = (datetime.date.fromisoformat(stop) + datetime.timedelta(days=1)).isoformat()
            yield from ([period] + rest for rest in tilings(whole, after))


def check_years(all_facts):
    """A single hidden period beside others and their sum could be had by subtraction, of what is counted record by record."""
    ways = [(whole, parts) for whole, (begin, end) in PERIODS.items() if begin[:4] == end[:4] for parts in tilings(whole)]
    for (ugel, by, key, group), periods in SHOWN.items():
        facts = all_facts[key]
        if key in defs.SPECIAL or not facts or any(fact.last or fact.now for fact in facts):
            continue
        for whole, parts in ways:
            hidden = [period for period in [whole] + parts if periods.get(period)]
            if len(hidden) == 1:
                complain(f"{ugel or ''} {by or ''} {key} {group or ''}: {hidden[0]} can be had from {whole} = {' + '.join(parts)}")


indicators = simae("indicadores", "--formato", "ndjson")
DETAILS = {one["clave"]: simae("indicadores", one["clave"], "--json")[0] for one in indicators}
UNIT = {key: one["unit"] for key, one in DETAILS.items()}
MINIMUM = {key: one.get("minimum") or 0 for key, one in DETAILS.items() if not one.get("context")}
WHOLE = {key for key, one in DETAILS.items() if one.get("reserved")}
PERIODS = read_periods()


def main():
    lacking = [key for key in MINIMUM if key not in defs.SOURCES and key not in defs.SPECIAL]
    if lacking:
        complain(f"not told here: {' '.join(lacking)}")
    all_facts = {key: facts_of(key, UNIT[key] in RATIO) for key in MINIMUM}
    ever = set()
    for period, days_ in sorted(PERIODS.items()):
        figures = {key: list(special(key, days_)) if key in defs.SPECIAL else list(counted(key, all_facts[key], days_)) for key in MINIMUM}
        ever |= {key for key, all_ in figures.items() if any(one.n or one.num for _, _, one in all_)}
        ugels = sorted({fact.ugel for all_ in figures.values() for fact, _, _ in all_ if fact.ugel})
        _, whole = check(period, figures, None, None, None)
        splits = {by: lambda fact, part, by=by: fact.places.get(by, "") for by in DIMENSIONS}
        splits["desglose"] = lambda fact, part: part
        hidden, _ = check(period, figures, None, "ugel", lambda fact, part: fact.ugel)
        check_lines(period, None, "ugel", hidden, whole, figures, lambda fact, part: fact.ugel)
        for ugel in [None] + ugels:
            _, whole = check(period, figures, ugel, None, None)
            for by, place in splits.items():
                hidden, _ = check(period, figures, ugel, by, place)
                check_lines(period, ugel, by, hidden, whole, figures, place)
    check_years(all_facts)
    print("without anything to count:", " ".join(sorted(set(MINIMUM) - ever)) or "none")
    print(f"{len(MINIMUM)} indicators, {len(PERIODS)} periods, {compared} cells compared, {hidden_n} hidden: {len(problems)} problems")
    sys.exit(1 if problems else 0)


main()
