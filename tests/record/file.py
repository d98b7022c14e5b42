#!/usr/bin/env python3
"""Is every line of a record as the schema says? tests/record/file.py BUILD

BUILD is the folder of the looplab to try. Needs jsonschema (make deps-browser).
"""

import json
import pathlib
import subprocess
import sys
import tempfile

import jsonschema

HERE = pathlib.Path(__file__).resolve().parent
SCHEMA = json.loads((HERE / "file.schema.json").read_text())
VALID = jsonschema.Draft7Validator(SCHEMA)
# What each of these lines lacks, or has too much of, the schema must see.
WRONG = [
    {}, {"seq": 1, "ns": 0}, {"seq": 0, "ns": 0, "event": "run"},
    {"seq": 1, "ns": 0, "event": "jump"}, {"seq": 1, "ns": -1, "event": "run"},
    {"seq": 1, "ns": 0, "event": "run", "more": 1}, {"run": 1},
    {"looplab": "record", "version": 2, "demo": "d", "number": 1,
     "clock": "real", "params": []},
]


def main(build):
    counts = {True: 0, False: 0}
    lab = pathlib.Path(build, "looplab")
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder, "run.jsonl")
        for clock in ("virtual", "x100"):
            subprocess.run([lab, "run", "all", f"--clock={clock}",
                            f"--record={file}"], check=False,
                           stdout=subprocess.DEVNULL)
            wrong = [line for line in file.read_text().splitlines()
                     if not VALID.is_valid(json.loads(line))]
            counts[not wrong] += 1
            for line in wrong[:10]:
                print(f"not by the schema: {line}")
    for line in WRONG:
        counts[not VALID.is_valid(line)] += 1
        if VALID.is_valid(line):
            print(f"the schema lets pass: {json.dumps(line)}")
    print(f"{counts[True]} passed, {counts[False]} failed")
    return counts[False] > 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
