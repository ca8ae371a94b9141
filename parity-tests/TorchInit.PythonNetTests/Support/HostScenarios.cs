using System.Runtime.InteropServices;
using Python.Runtime;
using TorchInit.Oracle;
using TorchInit.Oracle.PythonNet;

namespace TorchInit.PythonNetTests.Support;

/// <summary>What a watched process does. Each prints what the test compares.</summary>
static class HostScenarios
{
    const string Linear = """{"call":"Linear","args":[3,4]}""";

    public static int Run(string scenario, string[] arguments)
    {
        switch (scenario)
        {
            case "draw": return Draw();
            case "start": return Start();
            case "replies": return Replies(arguments);
            case "surroundings": return Surroundings(arguments);
            case "python": return Python(arguments[0]);
            case "import-on-a-thread": return ImportOnAThread();
            case "exit-inside": return ExitInside();
            case "python-ends-process": return Exec("import os; os._exit(41)");
            case "loop": return LeaveThread("while True: pass");
            case "sleep": return LeaveThread("import time; time.sleep(1000)");
            case "keeps-lock": return LeaveThread("import ctypes; ctypes.PyDLL(None).sleep(1000)");
            case "at-exit": return Exec("import atexit; atexit.register(lambda: print('the last word')); print('the first word')");
            case "second-libtorch": return SecondLibtorch(arguments[0]);
            case "second-python": return SecondPython();
            case "shutdown": return AfterShutdown.Run();
            case "document": return Documents.BridgeTests.RunProgram(int.Parse(arguments[0]));
            default: throw new ArgumentOutOfRangeException(nameof(scenario), scenario, "no such scenario.");
        }
    }

    static int Exec(string code)
    {
        PythonHost.Start().Run(() => PythonEngine.Exec(code));
        return 0;
    }

    static int ExitInside() => PythonHost.Start().Run(() =>
    {
        PythonEngine.Exec("print('printed before')");
        Environment.Exit(7);
        return 0;
    });

    static int Draw()
    {
        using PythonNetOracle oracle = new();
        Console.WriteLine(Convert.ToHexString(oracle.Run(new() { CallJson = Linear, Seed = "0" }).Tensors[0].Data.AsSpan(0, 4)));
        return 0;
    }

    static int Start()
    {
        PythonHost host = PythonHost.Start();
        Console.WriteLine(host.Run(() => { using PyObject two = PythonEngine.Eval("1 + 1"); return two.As<int>(); }));
        return 0;
    }

    static int Replies(string[] arguments)
    {
        using DigestingOracle oracle = new(arguments[0] == "worker" ? new WorkerOracle() : new PythonNetOracle());
        Console.WriteLine($"{LiveCases.Ask(oracle, int.Parse(arguments[1]))} replies {oracle.Sha256()}");
        return 0;
    }

    static int Surroundings(string[] arguments)
    {
        using ITorchOracle oracle = arguments[0] == "worker" ? new WorkerOracle() : new PythonNetOracle();
        Console.WriteLine(Convert.ToHexString(oracle.Run(new() { CallJson = Linear, Seed = "0" }).Tensors[0].Data.AsSpan(0, 4)));
        return 0;
    }

    static int Python(string path)
    {
        PythonHost host = PythonHost.Start(new() { Python = path });
        host.Run(() => PythonEngine.Exec("""
            import sys, os, signal, torch
            print(sys.executable)
            print(sys.prefix)
            print([path for path in sys.path if path.startswith(sys.prefix) and path.endswith("site-packages")])
            print(sys.flags.isolated, sys.flags.ignore_environment, sys.flags.no_user_site, sys.flags.utf8_mode, "" in sys.path)
            print(signal.getsignal(signal.SIGINT) is signal.default_int_handler)
            """));
        return 0;
    }

    static int LeaveThread(string code)
    {
        PythonHost host = PythonHost.Start();
        using ManualResetEventSlim started = new();
        new Thread(() =>
        {
            host.WithLock(() =>
            {
                started.Set();
                PythonEngine.Exec(code);
            });
        })
        { IsBackground = true }.Start();
        started.Wait();
        Thread.Sleep(200);       // into the call; earlier it would only end sooner
        Console.WriteLine("ending");
        return 0;
    }

    static int SecondLibtorch(string library)
    {
        NativeLibrary.Load(library);
        return Refused();
    }

    static int SecondPython()
    {
        Runtime.PythonDLL = PythonLocator.FindLibrary(PythonLocator.Locate()).Path;
        PythonEngine.Initialize();
        PythonEngine.BeginAllowThreads();      // without it pythonnet hangs at the process's end
        return Refused();
    }

    static int Refused()
    {
        try
        {
            using PythonNetOracle oracle = new();
            return 1;
        }
        catch (OracleUnavailableException error)
        {
            Console.WriteLine(error.Message);
            return 0;
        }
    }

    /// <summary>Python forgets a thread between two calls; pybind11 does not.</summary>
    static int ImportOnAThread()
    {
        _ = PythonHost.Start();      // not on the thread that imports torch
        Thread thread = new(() =>
        {
            LiveTorch torch = LiveTorch.Start();
            for (int i = 0; i < 50; i++)
            {
                torch.Run(() =>
                {
                    using PyModule scope = global::Python.Runtime.Py.CreateScope();
                    scope.Exec("""
                        import torch
                        v = torch.ones(3, requires_grad=True)
                        text = ' '.join('%d' % n for n in (v + v.detach().reshape(3)).tolist())
                        """);
                    using PyObject text = scope.Get("text");
                    System.Console.WriteLine(text.As<string>());
                });
            }
        });
        thread.Start();
        thread.Join();
        return 0;
    }
}
