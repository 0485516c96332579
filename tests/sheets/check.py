#!/usr/bin/env python3
"""check.py SIMAE OUT: LibreOffice opens the workbook of every form of the demonstration and of every board.

Each sheet, saved as CSV by LibreOffice, must hold the cells that our own CSV of the same table holds: the same text, the
same days, the same numbers.  The books and the CSVs stay in OUT.  Says so and passes when there is no LibreOffice.
"""
import csv, glob, json, os, re, shutil, subprocess, sys

simae, out = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
FILTER = "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true,false,false,false,-1"
if not shutil.which("soffice"):
    print("  SKIP    sheet-check: no soffice here (Debian: libreoffice-calc)")
    sys.exit(0)
shutil.rmtree(out, ignore_errors=True)
os.makedirs(out)
os.chdir(out)


os.environ["LC_ALL"] = "C.UTF-8"


def run(*words):
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout


def read(name):
    with open(name, encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file, delimiter=";"))


def ours(cell):
    """Without the apostrophe that keeps CSV readers from calculating."""
    return cell[1:] if re.match("'[=+\\-@\t\r\n＝＋－＠]", cell) else cell


def same(mine, theirs):
    """A day leaves LibreOffice as its CSVs have it in this locale, month first: so it was a day, and not text."""
    mine, day = ours(mine).replace("\r\n", "\n").replace("\r", "\n"), re.fullmatch(r"(\d\d)/(\d\d)/(\d{4})", theirs)
    if mine == theirs or (day and mine == f"{day[3]}-{day[1]}-{day[2]}"):
        return True
    try:
        return abs(float(mine) - float(theirs)) <= 1e-9 * max(1, abs(float(mine)))
    except ValueError:
        return False


def compare(what, mine, theirs):
    """The first row is names in one and titles in the other."""
    if len(mine) != len(theirs):
        return f"{what}: {len(mine) - 1} rows, in LibreOffice {len(theirs) - 1}"
    for number, (a, b) in enumerate(zip(mine[1:], theirs[1:]), 2):
        b = b + [""] * (len(a) - len(b))
        for name, x, y in zip(mine[0], a, b):
            if not same(x, y):
                return f"{what}, row {number}, {name}: {x!r}, in LibreOffice {y!r}"
    return None


def lines(*words):
    return [json.loads(line) for line in run(simae, *words, *DATA, "--json").splitlines()]


def books():
    """Name of each book, the words of its command, and our CSV of each of its sheets."""
    for form in lines("formularios", "listar"):
        words = ("tabla", form["ficha"])
        yield words[1], words, run(simae, *words, *DATA, "--salida", "nuestros/").splitlines()
    for board in lines("tablero"):
        words, ours = ("tablero", board["tablero"]), f"nuestros/tablero-{board['tablero']}.csv"
        if not subprocess.run([simae, *words, *DATA, "--salida", ours], capture_output=True).returncode:
            yield f"tablero-{words[1]}", words, [ours]  # others want to know of whom


def check(book, tables):
    sheets = list(dict.fromkeys(row[0] for row in read(f"{book}-Campos.csv")[1:]))
    if len(sheets) != len(tables):
        return [f"{book}: {len(sheets)} sheets, not {len(tables)}"]
    found = [compare(ours, read(ours), read(f"{book}-{sheet}.csv")) for sheet, ours in zip(sheets, tables)]
    return [fault for fault in found if fault]


DATA = ("--datos", os.path.join(out, "ugel"))
run(simae, "demo", "--preparar", "--dir", "ugel")
os.mkdir("nuestros")
todo = list(books())
for book, words, _ in todo:
    run(simae, *words, *DATA, "--formato", "xlsx", "--salida", f"{book}.xlsx")
run("soffice", f"-env:UserInstallation=file://{out}/perfil", "--headless", "--convert-to", FILTER,
    *[f"{book}.xlsx" for book, *_ in todo])
faults = [fault for book, _, tables in todo for fault in check(book, tables)]
for fault in faults:
    print(f"  FAIL    {fault}")
sheets = sum(len(tables) for *_, tables in todo)
print(f"  {'FAIL' if faults else 'PASS'}    sheet-check: {len(todo)} books, {sheets} sheets, {len(faults)} with differences")
sys.exit(bool(faults))
