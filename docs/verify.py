#!/usr/bin/env python3
"""Verifies the log of a ledger without Reckoning's code: at its address, or an export (`reckon log export DIR`).

    python3 verify.py https://ledger.example       what it holds, and whether it agrees with itself
    python3 verify.py DIR --pin FILE               and whether it still holds what the checkpoint in FILE holds
    python3 verify.py DIR --key NAME+HASH+KEY      with a key that you were told by another way than the log
    python3 verify.py DIR --receipt FILE           and that the receipt of an entry is true of it

FILE is a signed checkpoint, a receipt, or a pin. Where it is not there yet, it is written if all agrees: the key and
the checkpoint of this visit, to compare with next time. Needs nothing but Python 3.8. Ends with 0 where all is well, with 1 where something is not, with 2 where it was asked
wrongly. The formats are those of https://c2sp.org: signed-note, tlog-checkpoint, tlog-tiles, tlog-proof; the hashes are
those of RFC 6962, the signatures those of RFC 8032.
"""
import argparse, base64, binascii, hashlib, json, os, sys, urllib.error, urllib.request

PIN = "reckoning pin v1\n"
WITHHELD = ("member.", "token.", "policy.")
found = []


def sha256(data):
    return hashlib.sha256(data).digest()


# Ed25519 (RFC 8032, section 5.1.7): only what it takes to verify.

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)


def add(a, b):
    """Two points in extended coordinates (x, y, z, xy/z)."""
    c, d = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    e, f = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    w, x, y, z = d - c, f - e, f + e, d + c
    return w * x % P, y * z % P, x * y % P, w * z % P


def times(n, point):
    sum_ = (0, 1, 1, 0)
    while n > 0:
        if n & 1:
            sum_ = add(sum_, point)
        point, n = add(point, point), n >> 1
    return sum_


def point_of(data):
    """The point that 32 bytes name, or None."""
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & ((1 << 255) - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P != 0:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P != 0 or (x == 0 and sign == 1):
        return None
    if x & 1 != sign:
        x = P - x
    return x, y, 1, x * y % P


BASE = point_of((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def is_signed(key, message, signature):
    if len(key) != 32 or len(signature) != 64:
        return False
    a, r, s = point_of(key), point_of(signature[:32]), int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= L:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % L
    left, right = times(s, BASE), add(r, times(h, a))
    return (left[0] * right[2] - right[0] * left[2]) % P == 0 and (left[1] * right[2] - right[1] * left[2]) % P == 0


# The signed note and the checkpoint in it.

class Wrong(Exception):
    pass


def decoded(text):
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error:
        raise Wrong("it holds something that is no base64")


def key_of(line):
    """`name+hash+base64(0x01 and 32 bytes)`: the name, the four bytes by which signatures name it, and the key."""
    parts = line.strip().split("+", 2)
    if len(parts) != 3:
        raise Wrong("the key is not of the form NAME+HASH+KEY")
    name, data = parts[0], decoded(parts[2])
    if len(data) != 33 or data[0] != 1:
        raise Wrong("the key is no Ed25519 key")
    id_ = sha256(name.encode() + b"\n" + data)[:4]
    if id_.hex() != parts[1]:
        raise Wrong("the hash in the key is not that of the key")
    return name, id_, data[1:]


def checkpoint_of(note, key):
    """Size and root of a checkpoint; Wrong where this key has not signed it."""
    name, id_, public = key
    text, gap, signatures = note.rpartition("\n\n")
    text += "\n"
    good = False
    for line in signatures.splitlines():
        parts = line.split(" ")
        if len(parts) == 3 and parts[0] == "\u2014" and parts[1] == name:
            signed = decoded(parts[2])
            good = good or (signed[:4] == id_ and is_signed(public, text.encode(), signed[4:]))
    lines = text.split("\n")
    if gap == "" or len(lines) < 4 or not lines[1].isdigit():
        raise Wrong("it is no checkpoint")
    if lines[0] != name:
        raise Wrong(f"it is of {lines[0]}, the key of {name}")
    if not good:
        raise Wrong("its signature is not that of the key")
    return int(lines[1]), decoded(lines[2])


# The tree (RFC 6962, section 2.1): 0x00 before what a leaf is the hash of, 0x01 before two hashes.

def leaf_hash(data):
    return sha256(b"\x00" + data)


def parent(left, right):
    return sha256(b"\x01" + left + right)


def levels_of(leaves):
    """All the whole subtrees, by height: level h holds the roots of 2**h leaves each."""
    levels = [leaves]
    while len(levels[-1]) > 1:
        below = levels[-1]
        levels.append([parent(below[i], below[i + 1]) for i in range(0, len(below) - 1, 2)])
    return levels


def root_of(levels, size):
    """The root of the first `size` leaves."""
    root, at = None, size
    for level in levels:
        if at & 1:
            root = level[at - 1] if root is None else parent(level[at - 1], root)
        at >>= 1
    return sha256(b"") if root is None else root


def root_by_proof(leaf, index, size, proof):
    """Where an inclusion proof leads to (RFC 9162, section 2.1.3.2)."""
    if index >= size:
        raise Wrong("it is about an entry that the checkpoint does not hold")
    at, last, root = index, size - 1, leaf
    for node in proof:
        if last == 0:
            raise Wrong("its proof is too long")
        if at & 1 or at == last:
            root = parent(node, root)
            while not at & 1 and at != 0:
                at, last = at >> 1, last >> 1
        else:
            root = parent(root, node)
        at, last = at >> 1, last >> 1
    if last != 0:
        raise Wrong("its proof is too short")
    return root


# What is published, at an address or in a folder.

MOST_BYTES = 40_000_000


def contents(place, path):
    """The bytes at a path of the log; OSError where there are none."""
    if not place.startswith(("http:", "https:")):
        with open(os.path.join(place, *path.split("/")), "rb") as file:
            return file.read(MOST_BYTES)
    base = place.split("/api/log")[0].rstrip("/")
    with urllib.request.urlopen(f"{base}/api/log/{path}", timeout=30) as answer:
        return answer.read(MOST_BYTES)


def tile_name(n):
    """`x001/x234/067`, as tlog-tiles writes a number."""
    name = f"{n % 1000:03d}"
    while n >= 1000:
        n //= 1000
        name = f"x{n % 1000:03d}/{name}"
    return name


def tiles(folder, size, kind):
    """The tiles of so many entries or hashes: each with how many it holds."""
    for n in range((size + 255) // 256):
        width = min(256, size - n * 256)
        path = f"{kind}/{tile_name(n)}" + ("" if width == 256 else f".p/{width}")
        try:
            data = contents(folder, path)
        except OSError as error:
            found.append(f"{path} is missing ({error})")
            return
        yield n, width, data


def entries_of(folder, size):
    entries = []
    for n, width, data in tiles(folder, size, "tile/entries"):
        at, before = 0, len(entries)
        while at + 2 <= len(data):
            length = int.from_bytes(data[at : at + 2], "big")
            entries.append(data[at + 2 : at + 2 + length])
            at += 2 + length
        if at != len(data) or len(entries) - before != width:
            found.append(f"the entries from {n * 256} on are not {width}, or cut off")
    return entries


def openings_of(folder, size):
    openings = []
    for n, width, data in tiles(folder, size, "openings"):
        lines = data.decode().split("\n")[:-1]
        if len(lines) != width:
            found.append(f"the openings from {n * 256} on are not {width}")
        openings += lines
    return openings


# The entries.

def payload_of(opening):
    text = base64.urlsafe_b64decode(opening + "=" * (-len(opening) % 4))
    salt, name, payload = json.loads(text)
    if name != "record":
        raise ValueError
    return payload


def check_entries(entries, openings):
    revs, before, redacted, closed, proposers, alone = {}, "", set(), [], {}, 0
    for seq, data in enumerate(entries):
        said = lambda what: found.append(f"entry {seq}: {what}")
        try:
            envelope = json.loads(data)
            canonical = json.dumps(envelope, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
            at, type_, stream, rev, sealed = (envelope[name] for name in ("at", "type", "stream", "rev", "sealed"))
        except (ValueError, KeyError, TypeError):
            said("it is no envelope")
            continue
        if canonical.encode() != data:
            said("it is not canonical JSON")
        if rev != revs.get(stream, 0):
            said(f"it should be at rev {revs.get(stream, 0)} of its stream, not {rev}")
        revs[stream] = rev + 1
        # A clock that ran ahead is corrected by an entry of its own; what comes after it may be earlier.
        if at < before and type_ != "clock.corrected":
            said("it is older than the one before it")
        before = at
        opening = openings[seq] if seq < len(openings) else ""
        if opening == "":
            closed.append((seq, type_))
            continue
        seal = base64.urlsafe_b64encode(sha256(opening.encode())).rstrip(b"=").decode()
        if seal != sealed:
            said("what is told of it is not what was sealed")
        try:
            payload = payload_of(opening)
        except (ValueError, TypeError):
            said("what is told of it cannot be read")
            continue
        if type_ == "redacted":
            redacted.add(payload["entry"])
        if type_ == "resolution.proposed":
            proposers[payload["question"], payload["id"]] = envelope["by"]
        if type_ == "resolution.confirmed":
            alone += proposers.get((payload["question"], payload["id"])) == envelope["by"]
    withheld = sum(type_.startswith(WITHHELD) for _, type_ in closed)
    for seq, type_ in closed:
        if seq not in redacted and not type_.startswith(WITHHELD):
            found.append(f"entry {seq}: what was recorded is missing, and no redaction names it")
    return withheld, sum(seq in redacted for seq, _ in closed), alone


def check_tiles(folder, levels, size):
    height = 0
    while size >> (8 * height) > 0:
        hashes = levels[8 * height]
        for n, width, data in tiles(folder, size >> (8 * height), f"tile/{height}"):
            if data != b"".join(hashes[n * 256 : n * 256 + width]):
                found.append(f"tile {height}/{n} is not what the entries hash to")
        height += 1


def check_pin(text, key, levels, size):
    """An older checkpoint, or anything that ends with one: a pin file, a receipt."""
    # Copied out of a page or a reader of feeds it may have lost its last line feed, or have got spaces.
    text = "\n".join(line.strip() for line in text.split("\n")).strip() + "\n"
    start = text.find(key[0] + "\n")
    old_size, old_root = checkpoint_of(text[max(start, 0) :], key)
    if old_size > size:
        found.append(f"the entries {size} to {old_size - 1} are gone: the older checkpoint holds {old_size}, this log {size}")
    elif root_of(levels, old_size) != old_root:
        found.append(f"the first {old_size} entries are not those that the older checkpoint holds: the past was changed")
    return old_size


def check_receipt(text, key, levels, size):
    head, gap, note = text.partition("\n\n")
    lines = head.split("\n")
    index = [int(line[6:]) for line in lines if line.startswith("index ")]
    if lines[0] != "c2sp.org/tlog-proof@v1" or gap == "" or len(index) != 1:
        raise Wrong("it is no receipt")
    proof = [decoded(line) for line in lines[lines.index(f"index {index[0]}") + 1 :]]
    of_size, root = checkpoint_of(note, key)
    if index[0] >= len(levels[0]):
        raise Wrong(f"it is about entry {index[0]}, which the export does not hold")
    if root_by_proof(levels[0][index[0]], index[0], of_size, proof) != root:
        raise Wrong("its proof does not lead from the entry to its checkpoint")
    check_pin(note, key, levels, size)
    return index[0]


def read(path):
    with open(path, encoding="utf-8", newline="") as file:
        return file.read()


def main():
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("folder", metavar="ADDRESS|DIR")
    asked.add_argument("--pin")
    asked.add_argument("--key")
    asked.add_argument("--receipt")
    given = asked.parse_args()
    try:
        told = (given.key or contents(given.folder, "key").decode()).split("\n")[0]
        note = contents(given.folder, "checkpoint").decode()
        first = given.pin is not None and not os.path.exists(given.pin)
        pin = None if given.pin is None or first else read(given.pin)
        receipt = given.receipt and read(given.receipt)
        if pin is not None and pin.startswith(PIN) and given.key is None:
            told = pin.split("\n")[1]
    except (OSError, UnicodeDecodeError, ValueError) as error:
        print(f"It cannot be read: {error}", file=sys.stderr)
        return 2
    try:
        key = key_of(told)
        size, root = checkpoint_of(note, key)
    except Wrong as wrong:
        print(f"The checkpoint does not hold: {wrong}.")
        return 1
    entries = entries_of(given.folder, size)
    levels = levels_of([leaf_hash(data) for data in entries])
    if len(entries) != size or root_of(levels, size) != root:
        found.append("the entries do not make the tree that was signed")
    else:
        check_tiles(given.folder, levels, size)
    withheld, redacted, alone = check_entries(entries, openings_of(given.folder, size))
    for name, work, text in (("pin", check_pin, pin), ("receipt", check_receipt, receipt)):
        try:
            if text is not None and len(entries) == size:
                about = work(text, key, levels, size)
                if name == "receipt":
                    print(f"The receipt is of entry {about}.")
        except (Wrong, ValueError) as wrong:
            found.append(f"the {name}: {wrong}")
    print(f"{key[0]}: {size} entries, signed by {key[0]}+{key[1].hex()}.")
    print(f"Sealed, about members, tokens and policy: {withheld}. Redacted: {redacted}.")
    print(f"Outcomes confirmed by whoever proposed them: {alone}.")
    if pin is None:
        print("No older checkpoint was given: this shows that the log agrees with itself, not that it is yesterday's.")
    for what in found[:100]:
        print(f"WRONG: {what}")
    if found:
        print(f"{len(found)} found.")
        return 1
    if first or (pin is not None and pin.startswith(PIN)):
        with open(given.pin + ".new", "w", encoding="utf-8", newline="") as file:
            file.write(f"{PIN}{told.strip()}\n\n{note}")
        os.replace(given.pin + ".new", given.pin)
        print(f"{given.pin} now keeps the key and the checkpoint of {size} entries.")
    print("All of it agrees." if pin is None else "All of it agrees, and with the older checkpoint.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
