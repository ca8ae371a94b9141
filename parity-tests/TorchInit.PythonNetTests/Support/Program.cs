namespace TorchInit.PythonNetTests.Support;

/// <summary>The tests; or, after <c>--host</c>, a process with a Python of its own that a test watches.</summary>
static class Program
{
    static int Main(string[] args)
        => args is ["--host", string scenario, ..]
            ? HostScenarios.Run(scenario, args[2..])
            : Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args).GetAwaiter().GetResult();
}
