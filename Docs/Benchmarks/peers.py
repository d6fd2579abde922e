"""peers.py [--ot PATH] [--runs N] N [N ...]: times `ot` and Python's solvers on the same problems, in turn.

n + n uniform points in the unit square, equal masses, squared Euclidean cost. Needs NumPy and SciPy; POT is
timed if it is installed. Quoted are CPU seconds of the solve alone: for `ot` solver.cpuSeconds, for SciPy's
HiGHS `linprog` with its sparse matrix ready, for POT `emd2` with its cost matrix ready. Prints a Markdown table.
"""
import argparse, json, os, statistics, subprocess, tempfile, time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[name] = "1"
import numpy as np
from scipy.optimize import linprog
from scipy.sparse import coo_matrix

try:
    import ot as pot
except ImportError:
    pot = None


def cpu(solve):
    start = time.process_time()
    value = solve()
    return value, time.process_time() - start


def highs(cost):
    n = len(cost)
    rows = np.concatenate([np.repeat(np.arange(n), n), n + np.tile(np.arange(n), n)])
    columns = np.concatenate([np.arange(n * n)] * 2)
    keep = rows < 2 * n - 1
    matrix = coo_matrix((np.ones(keep.sum()), (rows[keep], columns[keep])), (2 * n - 1, n * n)).tocsr()
    masses = np.full(2 * n - 1, 1 / n)
    result, seconds = cpu(lambda: linprog(cost.ravel(), A_eq=matrix, b_eq=masses, method="highs"))
    return result.fun, seconds


def emd(cost):
    masses = np.full(len(cost), 1 / len(cost))
    return cpu(lambda: float(pot.emd2(masses, masses, cost, numItermax=10**9, numThreads=1)))


def tool(path, folder, solver):
    files = [os.path.join(folder, name) for name in ("source.npy", "target.npy")]
    arguments = ["--layout", "points", "--metric", "sqeuclidean", "--solver", solver, "--json"]
    report = json.loads(subprocess.check_output([path, "emd", *files, *arguments]))
    assert report["certificate"]["holds"]
    return report["cost"], report["solver"]["cpuSeconds"]


parser = argparse.ArgumentParser()
parser.add_argument("sizes", type=int, nargs="+")
parser.add_argument("--ot", default=".build/release/ot")
parser.add_argument("--runs", type=int, default=3)
parser.add_argument("--no-highs", action="store_true", help="HiGHS needs minutes beyond n = 400")
options = parser.parse_args()
print("| n | solver | CPU seconds, median | least to most | times ot's GLPK |")
print("| --- | --- | --- | --- | --- |")
for n in options.sizes:
    random = np.random.default_rng(0)
    source, target = random.random((n, 2)), random.random((n, 2))
    cost = ((source[:, None, :] - target[None, :, :]) ** 2).sum(2)
    with tempfile.TemporaryDirectory() as folder:
        np.save(os.path.join(folder, "source.npy"), source)
        np.save(os.path.join(folder, "target.npy"), target)
        solvers = {
            "ot, GLPK with column generation": lambda: tool(options.ot, folder, "glpk"),
            "ot, GLPK, dual with row generation": lambda: tool(options.ot, folder, "glpk-dual"),
            "ot, network simplex": lambda: tool(options.ot, folder, "network-simplex"),
        }
        if not options.no_highs:
            solvers["SciPy linprog, HiGHS"] = lambda: highs(cost)
        if pot:
            solvers["POT emd2"] = lambda: emd(cost)
        times, values = {name: [] for name in solvers}, {}
        for _ in range(options.runs):
            for name, solve in solvers.items():
                values[name], seconds = solve()
                times[name].append(seconds)
    reference = statistics.median(times["ot, GLPK with column generation"])
    for name, measured in times.items():
        assert abs(values[name] - values["ot, network simplex"]) < 1e-9 * max(1, abs(values[name])), name
        median = statistics.median(measured)
        print(f"| {n} | {name} | {median:.3g} | {min(measured):.3g} to {max(measured):.3g} | {median / reference:.2g} |")
