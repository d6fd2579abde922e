"""peers.py [options]: times `ot` and Python's solvers on the same problems in turn, and prints Markdown.

Quoted are CPU seconds of the solve alone: for `ot` solver.cpuSeconds of its JSON, for a peer its call with the cost
matrix ready; medians of several runs in turn, peers that take long once. Every answer of `ot` must be certified and
equal to the peers'. Needs NumPy and SciPy; POT and `wasserstein` are timed where they are found.

  --ot PATH, --benchmark PATH    the programs, .build/release/ot and .build/release/ot-benchmark
  --runs N                       runs of each, 3
  --only NAME,NAME               of: uniform2d gauss10d field-l1 field-l2 field-sq dotmark bins64 line growth programs digits
  --quick                        the smallest size of each, to see that everything works
  --wasserstein-python PATH      a Python that has `wasserstein`, if this one has not
  --dotmark SOURCE.csv,TARGET.csv  a pair of DOTmark images
  --figure PATH                  where the plot of growth goes, Docs/Benchmarks/growth.svg
"""
import argparse, gzip, json, math, os, platform, resource, statistics, subprocess, sys, tempfile, time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"
import numpy as np

METRICS = {"uniform2d": "sqeuclidean", "gauss10d": "euclidean", "field-l1": "cityblock", "field-l2": "euclidean",
           "field-sq": "sqeuclidean"}
SIZES = {"uniform2d": [1000, 4000, 12000, 100000], "gauss10d": [1000, 4000], "field-l1": [64, 128, 256],
         "field-l2": [32, 64, 128], "field-sq": [32, 64, 128]}
QUICK = {"uniform2d": [200], "gauss10d": [200], "field-l1": [16], "field-l2": [16], "field-sq": [16]}
LARGEST_MATRIX = 1.5e8  # entries that a peer's matrix may have
LONG = 5.0  # seconds after which a peer is not asked again


# ---- data ----

def image(random, n):
    """A smooth positive image: the exponential of a blurred field of Gaussian noise."""
    k = np.fft.fftfreq(n)
    blur = np.exp(-2 * (np.pi * n / 16) ** 2 * (k[:, None] ** 2 + k[None, :] ** 2))
    field = np.real(np.fft.ifft2(np.fft.fft2(random.standard_normal((n, n))) * blur))
    pixels = np.exp((field - field.mean()) / field.std())
    return pixels / pixels.sum()


def data(kind, n):
    random = np.random.default_rng(0)
    if kind == "uniform2d":
        return random.random((n, 2)), random.random((n, 2))
    if kind == "gauss10d":
        return random.standard_normal((n, 10)), random.standard_normal((n, 10))
    if kind == "bins64":
        rows = [random.random((n, 64)) for _ in range(2)]
        return tuple(row / row.sum(1, keepdims=True) for row in rows)
    if kind == "line":
        return random.standard_normal(n), random.standard_normal(n)
    return image(random, n), image(random, n)


def matrix(x, y, metric):
    costs = np.zeros((len(x), len(y)))
    for axis in range(x.shape[1]):
        step = x[:, axis][:, None] - y[:, axis][None, :]
        if metric == "chebyshev":
            np.maximum(costs, np.abs(step), out=costs)
        else:
            costs += np.abs(step) if metric == "cityblock" else step * step
    return np.sqrt(costs, out=costs) if metric == "euclidean" else costs


def places(shape):
    return np.stack([axis.ravel() for axis in np.meshgrid(*map(np.arange, shape), indexing="ij")], 1).astype(float)


# ---- peers, each in a process of its own: peers.py --solve NAME FOLDER METRIC ----

def peer_solver(name):
    if name == "POT":
        import ot
        return lambda a, b, c: float(ot.emd2(a, b, c, numItermax=10**9, numThreads=1))
    if name == "wasserstein":
        import wasserstein
        emd = wasserstein.EMD(norm=True, n_iter_max=10**9)
        return lambda a, b, c: float(emd(a, b, c))
    if name == "SciPy assignment":
        from scipy.optimize import linear_sum_assignment

        def assignment(a, b, c):
            rows, columns = linear_sum_assignment(c)
            return float(c[rows, columns].mean())

        return assignment
    raise SystemExit("unknown peer " + name)


def solve_as_peer(name, folder, metric):
    source, target = (np.load(os.path.join(folder, f + ".npy")) for f in ("source", "target"))
    if metric == "line":
        if name == "POT":
            import ot
            solve = lambda: float(ot.wasserstein_1d(source, target, p=1))
        else:
            from scipy.stats import wasserstein_distance
            solve = lambda: float(wasserstein_distance(source, target))
        problems = 1
    elif metric in ("digits", "digits-packed"):
        pixels = places((8, 8))
        costs, call = matrix(pixels, pixels, "sqeuclidean"), peer_solver(name)
        bins = [np.flatnonzero(masses) for masses in source]

        def one(pair):
            a, b = pair
            if metric == "digits":
                return call(source[a], source[b], costs)
            rows, columns = bins[a], bins[b]
            return call(source[a][rows], source[b][columns], np.ascontiguousarray(costs[np.ix_(rows, columns)]))

        solve = lambda: float(np.sum([one(pair) for pair in target]))
        problems = len(target)
    elif metric == "bins":
        position = np.arange(source.shape[1], dtype=float)
        costs = matrix(position[:, None], position[:, None], "cityblock")
        if name == "SciPy on the line":
            from scipy.stats import wasserstein_distance
            one = lambda a, b: wasserstein_distance(position, position, a, b)
        else:
            call = peer_solver(name)
            one = lambda a, b: call(a, b, costs)
        solve = lambda: float(np.mean([one(a, b) for a, b in zip(source, target)]))
        problems = len(source)
    else:
        if os.path.exists(os.path.join(folder, "grid")):
            pixels = places(source.shape)
            a, b, x, y = source.ravel(), target.ravel(), pixels, pixels
        else:
            a, b, x, y = np.full(len(source), 1 / len(source)), np.full(len(target), 1 / len(target)), source, target
        call, costs = peer_solver(name), matrix(x, y, metric)
        solve, problems = (lambda: call(a, b, costs)), 1
    start = time.process_time()
    value = solve()
    print(json.dumps({"value": value, "seconds": (time.process_time() - start) / problems}))


def peer(options, name, folder, metric):
    python = options.wasserstein_python if name == "wasserstein" else sys.executable
    run = subprocess.run([python, __file__, "--solve", name, folder, metric], capture_output=True, text=True)
    if run.returncode:
        print(f"  {name} failed: {run.stderr.strip().splitlines()[-1:]}", file=sys.stderr)
        return None
    report = json.loads(run.stdout)
    return report["value"], report["seconds"]


def has(python, module):
    return python and subprocess.run([python, "-c", "import " + module], capture_output=True).returncode == 0


# ---- ours ----

# A process counts the memory of the one that started it as its own peak, so a small one starts `ot`.
WATCH = """import os, sys, time
start = time.monotonic()
pid = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ)
_, status, usage = os.wait4(pid, 0)
sys.stderr.write("%d %f %d" % (status, time.monotonic() - start, usage.ru_maxrss))"""


def tool(options, files, *arguments):
    """The report of `ot emd`, wall-clock seconds and peak MB of its whole process."""
    command = [options.ot, "emd", *files, *arguments, "--json"]
    run = subprocess.run([sys.executable, "-S", "-c", WATCH, *command], capture_output=True, text=True)
    status, wall, peak = run.stderr.split()[-3:]
    assert status == "0", (command, run.stderr)
    report = json.loads(run.stdout)
    assert report["certificate"]["holds"], command
    return report, float(wall), float(peak) / (1 << 20 if platform.system() == "Darwin" else 1 << 10)


def swift(options, workload):
    """Lines of ot-benchmark for one workload, as dictionaries."""
    command = [options.benchmark, "--workload", workload, "--runs", str(options.runs)]
    lines = subprocess.check_output(command + (["--quick"] if options.quick else []), text=True).splitlines()
    return [dict(zip(lines[0].split(","), line.split(","))) for line in lines[1:]] if lines else []


# ---- tables ----

def text(seconds):
    return "" if seconds is None else f"{seconds:.3g}"


def row(*cells):
    print("| " + " | ".join(str(cell) for cell in cells) + " |", flush=True)


def head(*cells):
    row(*cells)
    row(*["---"] * len(cells))


def median(times):
    return statistics.median(times) if times else None


def in_turn(options, ours, peers):
    """Medians of our and the peers' seconds, run in turn; slow peers run once."""
    mine, theirs, last = [], {name: [] for name in peers}, None
    for number in range(options.runs):
        last = ours()
        mine.append(last[0]["solver"]["cpuSeconds"])
        for name, solve in peers.items():
            if number and (not theirs[name] or theirs[name][0] > LONG):
                continue
            found = solve()
            if found is None:
                continue
            value, seconds = found
            assert abs(value - last[0]["cost"]) <= 1e-6 * abs(value), (name, value, last[0]["cost"])
            theirs[name].append(seconds)
    return median(mine), {name: median(times) for name, times in theirs.items()}, last


def compare(options, kind):
    for n in (QUICK if options.quick else SIZES)[kind]:
        source, target = data(kind, n)
        is_grid = kind.startswith("field-")
        metric, layout = METRICS[kind], "grid" if is_grid else "points"
        with tempfile.TemporaryDirectory() as folder:
            np.save(folder + "/source.npy", source), np.save(folder + "/target.npy", target)
            if is_grid:
                open(folder + "/grid", "w").close()
            names = ["POT", "wasserstein"] + ([] if is_grid else ["SciPy assignment"])
            size = (n * n if is_grid else n) ** 2
            peers = {name: (lambda name=name: peer(options, name, folder, metric)) for name in names
                     if options.available[name] and size <= LARGEST_MATRIX}
            files = [folder + "/source.npy", folder + "/target.npy"]
            ours = lambda: tool(options, files, "--layout", layout, "--metric", metric)
            mine, theirs, (report, wall, peak) = in_turn(options, ours, peers)
        report_row(kind, f"{n:,}", report["solver"]["name"], mine, theirs, wall, peak)


def report_row(kind, n, solver, mine, theirs, wall, peak):
    known = {name: seconds for name, seconds in theirs.items() if seconds is not None}
    best = min(known.values()) if known else None
    row(kind, n, solver, text(mine), *(text(theirs.get(name)) for name in ("POT", "wasserstein", "SciPy assignment")),
        f"{best / mine:.1f}" if best else "", f"{wall:.2g}", f"{peak:.0f}")


def problems(options):
    print("## Against the peers\n")
    head("workload", "n", "our solver", "ours", "POT", "`wasserstein`", "SciPy assignment", "best peer ÷ ours",
         "whole process, s", "peak MB")
    for kind in SIZES:
        if kind in options.only:
            compare(options, kind)
    if "dotmark" in options.only and options.dotmark:
        dotmark(options)
    print()


def dotmark(options):
    files = options.dotmark.split(",")
    source, target = (np.loadtxt(name, delimiter=",") for name in files)
    for metric in ("cityblock", "euclidean", "chebyshev", "sqeuclidean"):
        with tempfile.TemporaryDirectory() as folder:
            # wasserstein normalises; POT does not.
            np.save(folder + "/source.npy", source), np.save(folder + "/target.npy", target)
            open(folder + "/grid", "w").close()
            peers = {"POT": lambda: peer(options, "POT", folder, metric)} if options.available["POT"] else {}
            ours = lambda: tool(options, files, "--layout", "grid", "--metric", metric)
            mine, theirs, (report, wall, peak) = in_turn(options, ours, peers)
        report_row("DOTmark, " + metric, f"{len(source)}", report["solver"]["name"], mine, theirs, wall, peak)


def bins(options):
    print("## Many small problems\n\nHistograms of 64 bins, problems a second.\n")
    source, target = data("bins64", 200 if options.quick else 2000)
    with tempfile.TemporaryDirectory() as folder:
        np.save(folder + "/source.npy", source), np.save(folder + "/target.npy", target)
        names = [name for name in ("POT", "wasserstein") if options.available[name]] + ["SciPy on the line"]
        times = {name: [] for name in names}
        for _ in range(options.runs):
            for name in names:
                found = peer(options, name, folder, "bins")
                if found:
                    times[name].append(found[1])
    head("solver", "problems a second")
    for workload, title in (("bins64", "general matrix, one by one"), ("series", "general matrix, as a series"),
                            ("line-histograms", "on the line, one by one"), ("line-series", "on the line, as a series"),
                            ("line-series-built", "on the line, as a series, histograms made each time")):
        for line in swift(options, workload):
            row(f"ours, {line['n']} bins, {title}", f"{1 / float(line['median_cpu_seconds']):,.0f}")
    for name, seconds in times.items():
        if seconds:
            row(name, f"{1 / median(seconds):,.0f}")
    print()


def line(options):
    print("## Two samples on the line\n\nFrom two unsorted arrays to the distance.\n")
    head("n", "ours", "POT", "SciPy")
    for measured in swift(options, "samples"):
        n = int(measured["n"])
        source, target = data("line", n)
        times = {"POT": [], "SciPy": []}
        with tempfile.TemporaryDirectory() as folder:
            np.save(folder + "/source.npy", source), np.save(folder + "/target.npy", target)
            for _ in range(options.runs):
                for name in times:
                    found = options.available.get(name, True) and peer(options, name, folder, "line")
                    if found:
                        times[name].append(found[1])
        row(f"{n:,}", text(float(measured["median_cpu_seconds"])), *(text(median(t)) for t in times.values()))
    print()


def growth(options):
    sizes = [500, 1000, 2000] if options.quick else [4000, 8000, 16000, 32000, 64000, 100000]
    times = []
    print("## Growth\n\nPoints in the plane, squared Euclidean cost.\n")
    head("n", "CPU seconds", "pivots")
    for n in sizes:
        source, target = data("uniform2d", n)
        with tempfile.TemporaryDirectory() as folder:
            files = [folder + "/source.npy", folder + "/target.npy"]
            np.save(files[0], source), np.save(files[1], target)
            runs = [tool(options, files, "--layout", "points", "--metric", "sqeuclidean")[0]["solver"]
                    for _ in range(options.runs if n <= 32000 else 1)]
        times.append(statistics.median(run["cpuSeconds"] for run in runs))
        row(f"{n:,}", text(times[-1]), f"{runs[0]['iterations']:,}")
    exponent, constant = np.polyfit(np.log(sizes), np.log(times), 1)
    print(f"\nTime grows with n to the power {exponent:.2f} (least squares in logarithms).\n")
    with open(options.figure, "w") as file:
        file.write(plot(sizes, times, exponent, constant))
    print(f"![Time against n on logarithmic axes]({os.path.basename(options.figure)})\n")


def plot(sizes, times, exponent, constant):
    """Measured times and the fitted line on logarithmic axes, and a line of slope 2 for comparison."""
    width, height, left, bottom = 640, 420, 70, 50
    low_n, high_n = math.log10(sizes[0]) - 0.1, math.log10(sizes[-1]) + 0.1
    low_t = math.floor(math.log10(min(times)) * 2) / 2 - 0.25
    high_t = math.ceil(math.log10(max(times)) * 2) / 2 + 0.25
    x = lambda n: left + (math.log10(n) - low_n) / (high_n - low_n) * (width - left - 20)
    y = lambda t: height - bottom - (math.log10(t) - low_t) / (high_t - low_t) * (height - bottom - 20)
    fit = lambda n: math.exp(constant + exponent * math.log(n))
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
             'font-family="sans-serif" font-size="13">',
             f'<title>CPU seconds of the network simplex against n; fitted power {exponent:.2f}</title>',
             f'<rect width="{width}" height="{height}" fill="white"/>']
    for power in range(math.ceil(low_t), math.floor(high_t) + 1):
        parts.append(f'<line x1="{left}" x2="{width - 20}" y1="{y(10.0**power):.1f}" y2="{y(10.0**power):.1f}" stroke="#ddd"/>')
        parts.append(f'<text x="{left - 8}" y="{y(10.0**power) + 4:.1f}" text-anchor="end">{10.0**power:g} s</text>')
    for n in sizes:
        parts.append(f'<line x1="{x(n):.1f}" x2="{x(n):.1f}" y1="20" y2="{height - bottom}" stroke="#eee"/>')
        parts.append(f'<text x="{x(n):.1f}" y="{height - bottom + 18}" text-anchor="middle">{n:,}</text>')
    parts.append(f'<text x="{(left + width) / 2:.0f}" y="{height - 10}" text-anchor="middle">points on each side, n</text>')
    ends = (sizes[0], sizes[-1])
    square = [fit(ends[0]) * (n / ends[0]) ** 2 for n in ends]
    for values, style in ((square, 'stroke="#999" stroke-dasharray="5 4"'), ([fit(n) for n in ends], 'stroke="#2166ac" stroke-width="2"')):
        points = " ".join(f"{x(n):.1f},{y(max(t, 10**low_t)):.1f}" for n, t in zip(ends, values))
        parts.append(f'<polyline points="{points}" fill="none" {style}/>')
    parts += [f'<circle cx="{x(n):.1f}" cy="{y(t):.1f}" r="4" fill="#b2182b"/>' for n, t in zip(sizes, times)]
    parts.append(f'<text x="{left + 20}" y="40" fill="#2166ac">fitted: n to the power {exponent:.2f}</text>')
    parts.append(f'<text x="{left + 20}" y="58" fill="#777">dashed: n squared</text>')
    return "\n".join(parts + ["</svg>", ""])


def programs(options):
    """GLPK's linear programs against HiGHS, on uniform2d."""
    from scipy.optimize import linprog
    from scipy.sparse import coo_matrix

    print("## Linear programs\n\nuniform2d, whole or generated linear programs.\n")
    head("n", "GLPK, generated columns", "GLPK, dual, generated rows", "SciPy linprog, HiGHS")
    for n in [100] if options.quick else [200, 400, 1000]:
        source, target = data("uniform2d", n)
        times = {"glpk": [], "glpk-dual": [], "HiGHS": []}
        with tempfile.TemporaryDirectory() as folder:
            files = [folder + "/source.npy", folder + "/target.npy"]
            np.save(files[0], source), np.save(files[1], target)
            for _ in range(options.runs):
                for solver in ("glpk", "glpk-dual"):
                    report, _, _ = tool(options, files, "--layout", "points", "--metric", "sqeuclidean", "--solver", solver)
                    times[solver].append(report["solver"]["cpuSeconds"])
                if n > 400:  # minutes
                    continue
                rows = np.concatenate([np.repeat(np.arange(n), n), n + np.tile(np.arange(n), n)])
                columns, keep = np.concatenate([np.arange(n * n)] * 2), rows < 2 * n - 1
                left = coo_matrix((np.ones(keep.sum()), (rows[keep], columns[keep])), (2 * n - 1, n * n)).tocsr()
                start = time.process_time()
                result = linprog(matrix(source, target, "sqeuclidean").ravel(), A_eq=left,
                                 b_eq=np.full(2 * n - 1, 1 / n), method="highs")
                times["HiGHS"].append(time.process_time() - start)
                assert abs(result.fun - report["cost"]) <= 1e-7 * result.fun
        row(f"{n:,}", *(text(median(t)) for t in times.values()))
    print()


def digits(options):
    """All pairs of images of digits by `ot pairwise`, whole process, against loops over the same pairs."""
    with gzip.open("Examples/data/digits-images-idx3-ubyte.gz") as file:
        images = np.frombuffer(file.read()[16:], dtype=np.uint8).reshape(-1, 64).astype(float)
    images = images[:40 if options.quick else 400]
    pairs = np.random.default_rng(0).integers(0, len(images), (2000, 2))
    pairs = pairs[pairs[:, 0] != pairs[:, 1]]
    names = [name for name in ("POT", "wasserstein") if options.available[name]]
    times, sums, count = {}, {}, len(images) * (len(images) - 1) // 2
    with tempfile.TemporaryDirectory() as folder:
        collection, matrix_file = folder + "/digits.npy", folder + "/distances.npy"
        np.save(collection, images)
        np.save(folder + "/source.npy", images / images.sum(1, keepdims=True)), np.save(folder + "/target.npy", pairs)
        for _ in range(options.runs):
            before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
            subprocess.run([options.ot, "pairwise", "--collection", collection, "--shape", "8x8", "--metric", "sqeuclidean",
                            "--mass", "normalize", "--threads", "1", "--output", matrix_file], check=True,
                           stdout=subprocess.DEVNULL)
            used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before
            times.setdefault("ot pairwise", []).append(used / count)
            distances = np.load(matrix_file)
            os.remove(matrix_file)
            for name in names:
                for kind, title in (("digits", name), ("digits-packed", name + ", empty bins left out")):
                    found = peer(options, name, folder, kind)
                    if found:
                        times.setdefault(title, []).append(found[1])
                        total = float(distances[pairs[:, 0], pairs[:, 1]].sum())
                        assert abs(found[0] - total) <= 1e-9 * total, (title, found[0], total)
    print("## All pairs of digits\n\n8 × 8 pixels, squared Euclidean distance.\n")
    head("who", "microseconds a pair", "÷ ours")
    ours = median(times["ot pairwise"])
    for name, seconds in times.items():
        row(name, f"{1e6 * median(seconds):.1f}", f"{median(seconds) / ours:.1f}")
    print()


def machine():
    import scipy

    versions = [f"NumPy {np.__version__}", f"SciPy {scipy.__version__}"]
    try:
        import ot
        versions.append(f"POT {ot.__version__}")
    except ImportError:
        pass
    model = ""
    if os.path.exists("/proc/cpuinfo"):
        model = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), "")
    return f"{model or platform.machine()}, {os.cpu_count()} processors, one used. " + ", ".join(versions) + "."


def main():
    if sys.argv[1:2] == ["--solve"]:
        return solve_as_peer(*sys.argv[2:5])
    everything = [*SIZES, "dotmark", "bins64", "line", "growth", "programs", "digits"]
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("--ot", default=".build/release/ot")
    parser.add_argument("--benchmark", default=".build/release/ot-benchmark")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--only", type=lambda names: names.split(","), default=everything)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--wasserstein-python", default=sys.executable)
    parser.add_argument("--dotmark")
    parser.add_argument("--figure", default="Docs/Benchmarks/growth.svg")
    options = parser.parse_args()
    unknown = set(options.only) - set(everything)
    if unknown:
        parser.error(f"--only does not know {', '.join(sorted(unknown))}")
    options.available = {"POT": has(sys.executable, "ot"), "SciPy assignment": has(sys.executable, "scipy"),
                         "wasserstein": has(options.wasserstein_python, "wasserstein")}
    print(machine() + "\n")
    if set(options.only) & {*SIZES, "dotmark"}:
        problems(options)
    for name, table in (("bins64", bins), ("line", line), ("growth", growth), ("programs", programs),
                        ("digits", digits)):
        if name in options.only:
            table(options)


main()
