#!/usr/bin/env python3
"""All distances between the tiles of two photographs, computed by `ot batch` on Apache Spark.

Every pair of tiles is a line of JSON, and `rdd.pipe` sends the lines of each partition through an `ot batch`
of its own. With --kill an executor is killed in the middle of its work; Spark does that part again. The
answers are compared with those of a single `ot batch` without Spark.
"""

import argparse
import itertools
import json
import math
import os
import shutil
import signal
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
DATA = os.path.join(HERE, "..", "data")


def tiles(side):
    """The tiles of both photographs, each a matrix of grey levels that are not all zero."""
    for name in ("camera-32x32.csv", "astronaut-32x32.csv"):
        with open(os.path.join(DATA, name)) as file:
            rows = [[int(cell) for cell in line.split(",")] for line in file]
        for top in range(0, len(rows), side):
            for left in range(0, len(rows[0]), side):
                tile = [row[left : left + side] for row in rows[top : top + side]]
                if any(map(any, tile)):
                    yield tile


def problems(side, damaged_one_in):
    """A line for each pair; every so manieth is cut off in the middle, as a broken transfer leaves it."""
    grids = list(enumerate(tiles(side)))
    for number, ((i, p), (j, q)) in enumerate(itertools.combinations(grids, 2), 1):
        line = json.dumps({"id": f"{i}-{j}", "source": {"grid": p}, "target": {"grid": q}})
        yield line[: len(line) // 2] if damaged_one_in and number % damaged_one_in == 0 else line


def executor():
    """The process above the Python worker that this runs in: Spark's executor."""
    process = os.getppid()
    while process > 1:
        with open(f"/proc/{process}/cmdline") as file:
            if "CoarseGrainedExecutorBackend" in file.read():
                return process
        with open(f"/proc/{process}/stat") as file:
            process = int(file.read().rsplit(")", 1)[1].split()[1])
    raise RuntimeError("there is no executor above this process; --kill needs Linux and a cluster")


def killing(answers, victim, note):
    """Passes answers on, and once, in the middle of a partition, kills the executor that does so."""
    from pyspark import TaskContext

    context = TaskContext.get()
    for number, answer in enumerate(answers):
        if number == 20 and context.partitionId() == victim and context.attemptNumber() == 0:
            with open(note, "a") as file:
                print(executor(), file=file)
            os.kill(executor(), signal.SIGKILL)
        yield answer


def on_spark(lines, command, arguments, note):
    from pyspark import SparkConf, SparkContext

    # The workers read what the driver's Python wrote, and nothing listens beyond this machine.
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    os.environ["PYSPARK_PYTHON"] = sys.executable
    conf = SparkConf().setAppName("ot batch").setMaster(arguments.master)
    conf.set("spark.ui.enabled", "false").set("spark.log.level", "ERROR")
    conf.set("spark.ui.showConsoleProgress", "false")
    context = SparkContext(conf=conf)
    try:
        answers = context.parallelize(lines, arguments.partitions).pipe(command, checkCode=True)
        if arguments.kill:
            victim = arguments.partitions // 2
            answers = answers.mapPartitions(lambda part: killing(part, victim, note))
        return answers.collect()
    finally:
        context.stop()


def without_spark(lines, command):
    text = "".join(line + "\n" for line in lines)
    run = subprocess.run(command, shell=True, input=text, capture_output=True, text=True, check=True)
    return run.stdout.splitlines()


def summary(lines):
    answers = [json.loads(line) for line in lines]
    distances = [answer["distance"] for answer in answers if "error" not in answer]
    return f"{len(distances)} distances, sum {math.fsum(distances)!r}, {len(answers) - len(distances)} errors"


def without_place(line):
    """An answer without the number of its line, which is counted in each partition anew."""
    answer = json.loads(line)
    answer.pop("line", None)
    return answer


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--ot", default=shutil.which("ot") or os.path.join(HERE, "../../.build/release/ot"))
    parser.add_argument("--tile", type=int, default=8, help="pixels along a tile's side (default 8)")
    parser.add_argument("--lines", metavar="FILE", help="problems of your own, a line each, in place of the tiles")
    parser.add_argument("--master", default="local-cluster[2,1,1024]", help="where Spark runs")
    parser.add_argument("--partitions", type=int, default=8)
    parser.add_argument("--damage", type=int, default=0, metavar="N", help="cut off one line in N")
    parser.add_argument("--kill", action="store_true", help="kill an executor on the way")
    arguments = parser.parse_args()
    if not os.access(arguments.ot, os.X_OK):
        parser.error("there is no ot; build it with: swift build -c release --product ot")

    command = f"'{os.path.abspath(arguments.ot)}' batch --metric sqeuclidean --mass normalize"
    if arguments.lines:
        with open(arguments.lines) as file:
            lines = file.read().splitlines()
    else:
        lines = list(problems(arguments.tile, arguments.damage))
    print(f"{len(lines)} problems in {arguments.partitions} partitions")
    alone = without_spark(lines, command)
    print("without Spark:", summary(alone))
    with tempfile.TemporaryDirectory() as folder:
        note = os.path.join(folder, "killed")
        spark = on_spark(lines, command, arguments, note)
        killed = len(open(note).readlines()) if os.path.exists(note) else 0
    print("with Spark:   ", summary(spark) + (f", {killed} executor killed" if arguments.kill else ""))
    same = list(map(without_place, alone)) == list(map(without_place, spark))
    print("the answers are the same" if same else "THE ANSWERS DIFFER")
    sys.exit(0 if same and killed == int(arguments.kill) else 1)


if __name__ == "__main__":
    main()
