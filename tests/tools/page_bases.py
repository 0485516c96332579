#!/usr/bin/env python3
"""page_bases.py PAGE.html INDICATORS.ndjson: every baseline of the indicators stands on the page of the Balance.

In the card of its indicator, as one passage: the value with its unit, the year if the documents say one, and the line of
the documents that it comes from.  INDICATORS.ndjson: one `simae indicadores CLAVE --json` a line.
"""
import html.parser, json, sys


class Cards(html.parser.HTMLParser):
    """The passages (dd) of each card, by the key of its indicator."""

    def __init__(self):
        super().__init__()
        self.key, self.inside, self.cards = None, False, {}

    def handle_starttag(self, tag, attrs):
        if tag == "article":
            self.key = dict(attrs)["id"].removeprefix("i-")
            self.cards[self.key] = []
        if tag == "dd":
            self.inside = True
            self.cards[self.key].append("")

    def handle_endtag(self, tag):
        self.inside = self.inside and tag != "dd"

    def handle_data(self, data):
        if self.inside:
            self.cards[self.key][-1] += data.replace("\u00a0", " ")


def written(value):
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def missing(cards, indicator):
    for base in indicator["baseline"]:
        year = f" ({base['year']})" if base.get("year") else ""
        wanted = (written(base["value"]), year, "Fuente: " + base["source"])
        if not any(all(part in passage for part in wanted) for passage in cards.get(indicator["key"], [])):
            yield f"{indicator['key']}: {wanted}"


page = Cards()
page.feed(open(sys.argv[1], encoding="utf-8").read())
indicators = [json.loads(line) for line in open(sys.argv[2], encoding="utf-8")]
faults = [fault for one in indicators for fault in missing(page.cards, one)]
bases = sum(len(one["baseline"]) for one in indicators)
print("\n".join(faults) or f"{bases} líneas base de {sum(bool(one['baseline']) for one in indicators)} indicadores")
sys.exit(bool(faults) or not bases)
