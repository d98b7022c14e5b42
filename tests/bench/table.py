"""table.py - figures of many runs as one table, and what came of the laws.

A median stands over its spread, which is half of the interquartile range in
percent of it: half of the runs lie within. The ratio is ours to the floor, the
other way round where more is better.
"""

import re
import statistics

WIDTH = 114
OURS = ("ours", "record", "floor")
HEADS = OURS + ("ratio", "must", "aim")  # and then the peers


def figure(printed, metric):
    """What one run says of a metric, which may be told from many figures of
    it: a percentile, or how many sleeps ended early. None if nothing."""
    if metric is None:
        return None
    if printed.get(metric):
        return statistics.median(printed[metric])
    part = re.search(r"_p(\d+)_", metric)
    if part:
        many = sorted(printed.get(metric.replace(part[0], "_"), []))
        if many:
            return many[len(many) * int(part[1]) // 100]
    late = [value for name, values in printed.items()
            if name.startswith("late_") for value in values]
    if metric == "early" and late:
        return sum(value < 0 for value in late)
    return None


def spread(values):
    """Half of the interquartile range, in percent of the median."""
    if len(values) < 2 or not statistics.median(values):
        return None
    first, _, third = statistics.quantiles(values, n=4, method="inclusive")
    return abs((third - first) / 2 / statistics.median(values)) * 100


def limit(law, medians):
    """How far a law lets ours go; None if its columns are not there."""
    try:
        return eval(law, {"__builtins__": {}}, medians)  # of scenarios.py
    except NameError:
        return None


def held(metric, law, medians):
    """Does ours keep a law? None if that cannot be said."""
    end = limit(law, medians)
    if end is None or "ours" not in medians:
        return None
    return medians["ours"] >= end if metric.more else medians["ours"] <= end


def verdict(metric, laws, medians):
    """Laws together, in a word."""
    answers = [held(metric, law, medians) for law in laws]
    if False in answers:
        return "no"
    if None in answers:
        return "?"
    return "yes" if answers else ""


def short(value):
    """A figure in six characters at most."""
    if value is None:
        return "-"
    for least, one, unit in ((1e6, 1e6, "M"), (1e4, 1e3, "k")):
        if abs(value) >= least:
            return f"{value / one:.3g}{unit}"
    if abs(value) >= 100:
        return f"{value:.0f}"
    return f"{value:.3g}" if abs(value) >= 0.1 or not value else f"{value:.3f}"


def ratio(metric, medians):
    """How many times the floor ours is, or how many times less."""
    ours, floor = medians.get("ours"), medians.get("floor")
    if not ours or not floor:
        return None
    return floor / ours if metric.more else ours / floor


class Table:
    """The figures of all runs so far."""

    def __init__(self, scenarios):
        self.scenarios = scenarios
        # By scenario and column, a list of each run's round and figures.
        self.printed = {}

    def add(self, scenario, column, printed, number=0):
        """Takes what one run of a column's program printed in a round."""
        self.printed.setdefault((scenario.name, column), []).append(
            (number, printed))

    def values(self, scenario, column, metric, number=None):
        """A metric's figures in a column, one per run: of all rounds, or of
        one."""
        found = [figure(printed, metric.of(column)) for of, printed
                 in self.printed.get((scenario.name, column), [])
                 if number in (None, of)]
        return [value for value in found if value is not None]

    def medians(self, scenario, metric, number=None):
        """By column, as far as there are any."""
        values = {column: self.values(scenario, column, metric, number)
                  for column in scenario.columns()}
        return {column: statistics.median(some)
                for column, some in values.items() if some}

    def rounds(self, scenario):
        """The rounds in which ours has run."""
        return sorted({number for number, _
                       in self.printed.get((scenario.name, "ours"), [])})

    def held_in(self, scenario, metric, law):
        """In each round that can tell, does ours keep a law?"""
        answers = [held(metric, law, self.medians(scenario, metric, number))
                   for number in self.rounds(scenario)]
        return [answer for answer in answers if answer is not None]

    def row(self, scenario, metric):
        """Two lines: medians, and how they spread."""
        medians = self.medians(scenario, metric)
        cells = [short(medians.get(column)) for column in OURS]
        cells += [short(ratio(metric, medians)),
                  verdict(metric, metric.must, medians),
                  verdict(metric, metric.aim, medians)]
        cells += [short(medians.get(column)) for column in scenario.peers]
        spreads = []
        for column in OURS + (None,) * 3 + scenario.peers:
            percent = column and spread(self.values(scenario, column, metric))
            spreads.append("" if percent is None else f"±{percent:.0f}%")
        lines = [line(metric.name, cells)]
        return lines + [line("", spreads)] if any(spreads) else lines

    def text(self):
        """The table."""
        lines = []
        for scenario in self.scenarios:
            lines += ["", line(scenario.name.upper(), HEADS + scenario.peers)]
            for metric in scenario.metrics:
                lines += self.row(scenario, metric)
        return "\n".join(lines)

    def laws(self):
        """Each law: its scenario and metric, whether it must hold, itself."""
        for scenario in self.scenarios:
            for metric in scenario.metrics:
                for kind, laws in (("must", metric.must),
                                   ("aim", metric.aim)):
                    for law in laws:
                        yield scenario, metric, kind, law

    def steadiness(self):
        """A line for each law: in how many rounds it holds by itself."""
        for scenario, metric, kind, law in self.laws():
            answers = self.held_in(scenario, metric, law)
            if answers:
                yield (f"{kind:5}{scenario.name} {metric.name:22}".ljust(38)
                       + f"{'>=' if metric.more else '<='} {law:15}"
                       f"{sum(answers):>4} of {len(answers)}")

    def broken(self):
        """A sentence for each law that does not hold."""
        for scenario, metric, kind, law in self.laws():
            medians = self.medians(scenario, metric)
            if held(metric, law, medians) is False:
                yield complaint(scenario, metric, kind, law, medians)


def is_number(word):
    """Is it one, and finite?"""
    try:
        return abs(float(word)) < float("inf")
    except ValueError:
        return False


def complaint(scenario, metric, kind, law, medians):
    """What a law wanted, and what there was."""
    ours, end = medians["ours"], limit(law, medians)
    most = "least" if metric.more else "most"
    times = end / ours if metric.more else ours / end if end else 0
    off = f", {times:.2f} times off" if times > 0 else ""
    told = law if is_number(law) else f"{short(end)} ({law})"
    return (f"{kind}: {scenario.name} {metric.name} is {short(ours)}, not at "
            f"{most} {told}{off}")


def line(name, cells):
    """One line of the table, which no cell makes wider."""
    widths = (7, 7, 7, 6, 5, 4, 8) + (7,) * 7
    return (f"{name:21}" + "".join(
        f"{cell:>{width}}" for cell, width in zip(cells, widths))).rstrip()
