using TorchInit.Oracle;
using TorchInit.Oracle.PythonNet;

namespace TorchInit.PythonNetTests.Support;

/// <summary>Everything that may be done after the end of Python, and how it is answered.</summary>
static class AfterShutdown
{
    public static int Run()
    {
        LiveTorch torch = LiveTorch.Start();
        PythonNetOracle oracle = new();
        LiveModule module = torch.Module("Linear(3, 4)");
        LiveTensor weight = module["weight"];
        Say("inside", () => weight.Read<float>(_ => torch.Host.Shutdown()));
        torch.Host.Shutdown();
        Say("read", () => weight.ToArray<float>());
        Say("reset", module.ResetParameters);
        Say("names", () => module.Names.ToString());
        Say("seed", () => torch.ManualSeed(0));
        Say("ask", () => oracle.Run(new OracleRequest { CallJson = "{}", Seed = "0" }));
        Say("start", () => LiveTorch.Start());
        Say("dispose", weight.Dispose);
        Say("dispose", module.Dispose);
        Say("dispose", oracle.Dispose);
        Say("shutdown", torch.Host.Shutdown);
        (module, weight) = (null!, null!);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Console.WriteLine("the end");
        return 0;
    }

    static void Say(string what, Action action)
    {
        try
        {
            action();
            Console.WriteLine($"{what}: done");
        }
        catch (Exception error) when (error is InvalidOperationException)
        {
            Console.WriteLine($"{what}: {error.GetType().Name}");
        }
    }
}
