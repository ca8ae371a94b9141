using System.Diagnostics;
using Python.Runtime;
using TorchInit.Oracle;
using TorchInit.Oracle.PythonNet;

namespace TorchInit.Cli;

/// <summary>
/// <c>torchinit bench --transports</c>: what a start, a call and a hundred million numbers cost by each way to real torch.
/// </summary>
/// <remarks>
/// What runs in this process is measured in its processor time, but for the start: one thread does it, and what else the machine does is
/// left out. A worker is a process of its own, and gets the time on the clock.
/// </remarks>
sealed class TransportBench(int samples)
{
    const int Large = 100_000_000, Loops = 200;
    static readonly string s_zeros = $"init.zeros_(({Large},))";
    readonly List<(string What, TransportTimes? Worker, TransportTimes? InProcess, TransportTimes? Python)> _rows = [];

    /// <summary>The rows as a Markdown table.</summary>
    public string Table => string.Concat(_rows
        .Select(row => $"| {row.What} | {Cell(row.Worker)} | {Cell(row.InProcess)} | {Cell(row.Python)} |\n")
        .Prepend("| | worker | pythonnet | in Python itself |\n|---|--:|--:|--:|\n"));

    /// <summary>Measures everything.</summary>
    /// <returns>Which torch it was.</returns>
    public OracleInfo Run(string? python)
    {
        // The worker's starts first: they read torch's files into memory for both.
        TransportTimes started = Time(1, 3, () => new WorkerOracle(new() { Python = python }).Dispose());
        using WorkerOracle worker = new(new() { Python = python });
        LiveTorch? torch = null;
        TransportTimes here = Time(1, 1, () => torch = LiveTorch.Start(new() { Python = worker.Python.Path }));
        Add("start, torch imported", started, here);
        using PythonNetOracle oracle = new();
        Both("the smallest case, init.calculate_gain('relu')", Loops, worker, oracle, "init.calculate_gain('relu')");
        Both("Linear(784, 128) as a case, its 401,920 bytes included", Loops, worker, oracle, "Linear(784, 128)");
        Reset(torch!, "Linear(3, 4)");
        Reset(torch!, "Linear(784, 128)");
        Both("1e8 float32 as a case, torch's zeros_ included", 1, worker, oracle, s_zeros);
        Memory(torch!);
        return worker.Info;
    }

    void Reset(LiveTorch torch, string expression)
    {
        using LiveModule module = torch.Module(expression);
        PyModule scope = torch.Run(() =>
        {
            PyModule made = Py.CreateScope();
            made.Set("module", module.Python);
            made.Exec("""
                import time
                def run(times):
                    start = time.process_time()
                    for _ in range(times):
                        module.reset_parameters()
                    return time.process_time() - start
                """);
            return made;
        });
        List<double> own = [], python = [];
        for (int i = 0; i < 5 * samples; i++)
        {
            own.Add(ProcessorSeconds(Loops, module.ResetParameters));
            python.Add(torch.Run(() =>
            {
                using PyObject count = new PyInt(Loops), taken = scope.InvokeMethod("run", count);
                return taken.As<double>();
            }) / Loops);
        }
        torch.Run(scope.Dispose);
        _rows.Add(($"reset_parameters() of a live {expression}", null, new(own), new(python)));
    }

    void Memory(LiveTorch torch)
    {
        using LiveTensor tensor = torch.Tensor(s_zeros);
        float[] array = new float[Large];
        float first = 0;
        TransportTimes span = Time(Loops, samples, () => tensor.Read<float>(span => first = span[^1]), ProcessorSeconds);
        _rows.Add(("1e8 float32, torch to a C# span", null, span, null));
        _rows.Add(("1e8 float32, torch to a C# array", null, Time(1, 4 * samples, () => tensor.CopyTo<float>(array), ProcessorSeconds),
            null));
        _rows.Add(("1e8 float32, a C# array to torch", null, Time(1, 4 * samples, () => tensor.CopyFrom<float>(array), ProcessorSeconds),
            null));
    }

    void Both(string what, int loops, WorkerOracle worker, PythonNetOracle oracle, string expression)
    {
        OracleRequest request = new() { CallJson = TorchExpression.Parse(expression).ToJson(), Seed = "0" };
        Add(what, Time(loops, samples, () => worker.Run(request)), Time(loops, samples, () => oracle.Run(request), ProcessorSeconds));
    }

    void Add(string what, TransportTimes worker, TransportTimes inProcess) => _rows.Add((what, worker, inProcess, null));

    static TransportTimes Time(int loops, int samples, Action action, Func<int, Action, double>? clock = null)
    {
        if (samples > 1) { Seconds(Math.Max(1, loops / 4), action); }     // caches, JIT, memory's first touch
        return new(Enumerable.Range(0, samples).Select(_ => (clock ?? Seconds)(loops, action)).ToArray());
    }

    /// <summary>As <see cref="Seconds"/>, of the processor.</summary>
    static double ProcessorSeconds(int loops, Action action)
    {
        TimeSpan start = Environment.CpuUsage.TotalTime;
        for (int i = 0; i < loops; i++) { action(); }
        return (Environment.CpuUsage.TotalTime - start).TotalSeconds / loops;
    }

    static double Seconds(int loops, Action action)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < loops; i++) { action(); }
        return Stopwatch.GetElapsedTime(start).TotalSeconds / loops;
    }

    static string Cell(TransportTimes? times) => times?.ToString() ?? "–";
}
