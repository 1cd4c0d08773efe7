#!/usr/bin/env python3
"""Makes the headline figures of a track record again, from its units alone and without Reckoning's code.

    python3 recompute.py https://ledger.example/api/analysts/ada/track-record/receipt
    python3 recompute.py receipt.json                  (several files where it has several pages)

Needs nothing but Python 3.8. Prints each figure as Reckoning gives it and as it comes out here; ends with 1 where they
differ by more than 1e-12. The formulas are those of docs/scoring.md; their sections stand beside the functions.
"""
import json, math, sys, urllib.parse, urllib.request

TOLERANCE = 1e-12


def load(places):
    pages, place = [], places[0]
    if not place.startswith(("http:", "https:")):
        pages = [json.load(open(path, encoding="utf-8")) for path in places]
    else:
        cursor = ""
        while cursor is not None:
            joint = "&" if "?" in place else "?"
            address = place + (joint + "cursor=" + urllib.parse.quote(cursor) if cursor else "")
            with urllib.request.urlopen(address) as answer:
                pages.append(json.load(answer))
            cursor = pages[-1]["next_cursor"]
    units = [unit for page in pages for unit in page["units"]]
    if len(units) != pages[0]["of_units"]:
        sys.exit(f"{len(units)} of {pages[0]['of_units']} units: give the address, or a file for each page.")
    return units, pages[0]["figures"], pages[0]["tests"]


# Groups (section 6): what is said in one source, or of one development, stands or falls together.

def partitions(units, whole=None):
    """The groups of some units, by source and, where any has a family, by development."""
    families = any(u["of_family"] for u in (units if whole is None else whole))
    return [[u[name] for u in units] for name in (["source_group", "family_group"] if families else ["source_group"])]

def members(labels):
    groups = {}
    for i, label in enumerate(labels):
        groups.setdefault(label, []).append(i)
    return list(groups.values())

def fewest(parts):
    return min(len(set(labels)) for labels in parts)


# How many happen, if the probabilities are right (sections 7 and 9).

def chances(ps, labels):
    """The chance of 0, 1, … n: of a group j or more happen with its j-th largest probability."""
    now = [1.0]
    for group in members(labels):
        at_least = [1.0] + sorted((ps[i] for i in group), reverse=True) + [0.0]
        then = [0.0] * (len(now) + len(group))
        for j in range(len(group) + 1):
            weight = at_least[j] - at_least[j + 1]
            for s, chance in enumerate(now):
                then[s + j] += weight * chance
        now = then
    return now

def count_test(low, high, count, parts, least=5):
    if len(low) > 20000 or fewest(parts) < least:
        return None
    def two_sided(labels):
        lower = math.fsum(chances(low, labels)[: count + 1])
        upper = math.fsum(chances(high, labels)[count:])
        return min(1.0, 2 * min(lower, upper))
    return max(two_sided(labels) for labels in parts)

def test_of(units, whole):
    happened = sum(u["outcome"] for u in units)
    return count_test([u["low"] for u in units], [u["high"] for u in units], happened, partitions(units, whole))

def holm(ps):
    adjusted, largest = [None] * len(ps), 0.0
    tested = sorted((p, i) for i, p in enumerate(ps) if p is not None)
    for place, (p, i) in enumerate(tested):
        largest = max(largest, (len(tested) - place) * p)
        adjusted[i] = min(1.0, largest)
    return adjusted


# The range of a mean (section 6).

def beta(x, a, b):
    """The regularised incomplete beta function, by its continued fraction (DLMF 8.17.22)."""
    if x > (a + 1) / (a + b + 2):
        return 1 - beta(1 - x, b, a)
    c, d, m = 1.0, 1 / (1 - (a + b) * x / (a + 1)), 1
    f = d
    while m < 100000:
        for k in (m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
                  -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))):
            d, c = 1 / (1 + k * d), 1 + k / c
            f *= d * c
        if abs(d * c - 1) < 2e-16:
            break
        m += 1
    log = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    return math.exp(log) * f / a

def t_975(df):
    """The .975 quantile of Student's t, by halving."""
    low, high = 0.0, 1e6
    while True:
        t = (low + high) / 2
        if t in (low, high):
            return t
        # Of the two forms the one whose argument is small: nothing is lost near 1.
        square = t * t
        tail = 1 - beta(square / (df + square), 0.5, df / 2) if square < df else beta(df / (df + square), df / 2, 0.5)
        low, high = (t, high) if tail > 0.05 else (low, t)

def score_range(scores, flipped, parts):
    spreads = []
    for labels in parts:
        groups = [(math.fsum(scores[i] for i in group), len(group)) for group in members(labels)]
        size = len(scores) / len(groups)
        groups.append((size * math.fsum(flipped) / len(flipped), size))
        n, k = math.fsum(s for _, s in groups), len(groups)
        center = math.fsum(total for total, _ in groups) / n
        squares = math.fsum(((total - s * center) / (n - s)) ** 2 for total, s in groups)
        effective = n * n / math.fsum(s * s for _, s in groups)
        spreads.append(((k - 1) / k * squares, center, min(k - 1, max(1, effective - 1))))
    variance, center, _ = max(spreads, key=lambda spread: spread[0])
    reach = t_975(min(df for _, _, df in spreads)) * math.sqrt(variance) if variance > 0 else 0.0
    return [max(0.0, center - reach), min(1.0, center + reach)]

def readings(units):
    """For each unit what its phrase would have to mean to look best and worst (section 9); one phrase means one thing."""
    names = [(u["phrase"], u["low"], u["mid"], u["high"]) if u["phrase"] else i for i, u in enumerate(units)]
    total = {}
    for name, u in zip(names, units):
        n, yes = total.get(name, (0, 0))
        total[name] = (n + 1, yes + u["outcome"])
    def ends(name, u):
        n, yes = total[name]
        candidates = [u["low"], u["high"], min(u["high"], max(u["low"], yes / n))]
        candidates.sort(key=lambda p: n * p * p - 2 * yes * p)
        return candidates[0], u["mid"], candidates[2]
    return list(zip(*(ends(name, u) for name, u in zip(names, units))))


# Evidence that may be looked at after every decision (section 13).

ALTERNATIVES = [(a, b) for a in (-1, -0.5, 0, 0.5, 1) for b in (0.25, 0.5, 1, 1.5, 2) if (a, b) != (0, 1)]

def against(u, a, b):
    low, mid, high = u["low"], u["mid"], u["high"]
    if low == high and low in (0, 1):
        return 1.0
    if low < high:
        mid = min(0.995, max(0.005, mid))
    z = a + b * math.log(mid / (1 - mid))
    q = 1 / (1 + math.exp(-z))
    if low <= q <= high:
        return 1.0
    r = low if q < low else high
    return q / r if u["outcome"] == 1 else 1 / (1 + math.exp(z)) / (1 - r)

def most_evidence(units):
    units = sorted(units, key=lambda u: u["id"])
    values = [[against(u, a, b) for a, b in ALTERNATIVES] for u in units]
    def most(labels):
        groups = sorted(members(labels), key=lambda group: max(units[i]["decided_on"] for i in group))
        logs, largest = [0.0] * len(ALTERNATIVES), 1.0
        for group in groups:
            for k in range(len(logs)):
                mean = math.fsum(values[i][k] for i in group) / len(group)
                logs[k] += math.log(mean) if mean > 0 else -math.inf
            top = max(logs)
            if top > -math.inf:
                log = top + math.log(math.fsum(math.exp(x - top) for x in logs) / len(logs))
                largest = max(largest, math.exp(min(log, 709.78)))
        return largest
    return min(most(labels) for labels in partitions(units))


# The sentence on top (section 12).

ROWS = [lambda p: p <= 0.1 + 1e-9, lambda p: p <= 0.3 + 1e-9, lambda p: p < 0.5 - 1e-9,
        lambda p: 0.5 + 1e-9 < p < 0.7 - 1e-9, lambda p: 0.7 - 1e-9 <= p < 0.9 - 1e-9, lambda p: p >= 0.9 - 1e-9]

def parts_of(yes_no, stated):
    phrases, rows = {}, {}
    for u in yes_no:
        if u["phrase"]:
            phrases.setdefault((u["phrase"], u["low"], u["mid"], u["high"]), []).append(u)
    for u in stated:
        row = next((r for r, holds in enumerate(ROWS) if holds(u["mid"])), None)
        if row is not None:
            rows.setdefault(row, []).append(u)
    of = sorted(phrases.values(), key=lambda group: (-len(group), group[0]["key"]))
    return ([(len(group), test_of(group, yes_no)) for group in of]
            + [(len(rows[r]), test_of(rows[r], stated)) for r in sorted(rows)])

def fits(claims, leaned, came_true, parts):
    if not claims or len(claims) > 20000 or fewest(parts) < 10:
        return False
    def tail(shift, pick):
        return max(math.fsum(pick(chances([min(1.0, max(0.0, mid + shift)) for _, mid, _ in leaned], labels)))
                   for labels in parts)
    return tail(-0.1, lambda c: c[came_true:]) < 0.05 and tail(0.1, lambda c: c[: came_true + 1]) < 0.05

def lead(units, groups, tests, adjusted, claims, fit):
    late = sum(u["logged"] == "afterwards" for u in units) / len(units) if units else 0
    if not units: return "nothing_decided", None, None
    if late > 0.5: return "hindsight", None, None
    if len(units) < 5 or groups < 3: return "too_few", None, None
    differ = [(p, -t["n"], t["label"], t["kind"]) for t, p in zip(tests, adjusted) if p is not None and p < 0.05]
    part = sorted(d for d in differ if d[3] in ("phrase", "row"))
    if part: return "part_differs", part[0][2], part[0][0]
    for kind in ("whole", "monitor", "tilt"):
        for p, _, label, of in differ:
            if of == kind: return kind + "_differs", label, p
    if not claims: return "no_claims", None, None
    calm = all(t["p"] is None or t["p"] >= 0.05 for t in tests)
    return ("fits" if fit and calm else "cannot_be_told"), None, None


def recompute(units, figures, tests):
    made = {}
    yes_no = [u for u in units if u["outcome"] is not None]
    stated = [u for u in yes_no if u["kind"] == "stated"]
    claims = [u for u in yes_no if u["mid"] != 0.5]
    leaned = [(u["low"], u["mid"], u["high"]) if u["mid"] > 0.5 else (1 - u["high"], 1 - u["mid"], 1 - u["low"])
              for u in claims]
    low, mid, high = ([band[k] for band in leaned] for k in range(3))
    came_true = sum((u["mid"] > 0.5) == (u["outcome"] == 1) for u in claims)
    parts = partitions(claims, yes_no)
    made["claims.n"], made["claims.came_true"] = len(claims), came_true
    made["claims.promised"], made["claims.usual"] = [math.fsum(low), math.fsum(high)], math.fsum(mid)
    made["claims.p_value"] = count_test(low, high, came_true, parts) if claims else None
    made["claims.p_usual"] = count_test(mid, mid, came_true, parts) if claims else None

    def scores(us, ps, flip=0):
        return [(p - (u["outcome"] ^ flip)) ** 2 for u, p in zip(us, ps)]
    if stated:
        own = [u["mid"] for u in stated]
        made["headline.n"] = len(stated)
        made["headline.brier"] = math.fsum(scores(stated, own)) / len(stated)
        made["headline.interval"] = score_range(scores(stated, own), scores(stated, own, 1), partitions(stated))
    if yes_no:
        read = readings(yes_no)
        for name, ps in zip(("best", "mid", "worst"), read):
            made["all." + name] = math.fsum(scores(yes_no, ps)) / len(yes_no)
        best, worst = (score_range(scores(yes_no, ps), scores(yes_no, ps, 1), partitions(yes_no))
                       for ps in (read[0], read[2]))
        made["all.interval"] = [best[0], worst[1]]

    # The tilt and the evidence are withheld of fewer than five claims, or three groups.
    own = parts_of(yes_no, stated)
    assert [n for n, _ in own] == [t["n"] for t in tests[:-3]], "the phrases and rows are others"
    tilt, monitor = (t["p"] for t in tests[-2:])
    ps = [p for _, p in own] + [made["claims.p_value"],
                                None if tilt is None else test_of(yes_no, yes_no),
                                None if monitor is None else 1 / most_evidence(yes_no)]
    adjusted = holm(ps)
    groups = fewest(partitions(units)) if units else 0
    rule = lead(units, groups, tests, adjusted, claims, fits(claims, leaned, came_true, parts))
    made["finding.rule"], made["finding.subject"], made["finding.p_holm"] = rule
    pairs = [(f["figure"], f["value"], made.get(f["figure"])) for f in figures]
    for t, p, p_holm in zip(tests, ps, adjusted):
        name = f"test of {t['kind']}: {t['label']}"
        pairs += [(name, t["p"], p), (name + ", after Holm", t["p_holm"], p_holm)]
    return pairs

def agree(ours, theirs):
    if isinstance(ours, list):
        return isinstance(theirs, list) and len(ours) == len(theirs) and all(map(agree, ours, theirs))
    if ours is None or isinstance(ours, str) or theirs is None:
        return ours == theirs
    return abs(ours - theirs) <= TOLERANCE * max(1.0, abs(ours))

def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    pairs = recompute(*load(sys.argv[1:]))
    wrong = 0
    for name, ours, theirs in pairs:
        # A mean of too few is not shown, though it could be made.
        is_withheld = ours is None and name.startswith(("headline.", "all."))
        is_same = is_withheld or agree(ours, theirs)
        wrong += not is_same
        said = "withheld" if is_withheld else "the same" if is_same else "DIFFERS"
        print(f"{name:48} {json.dumps(ours)} {json.dumps(theirs)}  {said}")
    print(f"{len(pairs)} figures, {wrong} differ by more than {TOLERANCE:g}.")
    sys.exit(1 if wrong else 0)

if __name__ == "__main__":
    main()
