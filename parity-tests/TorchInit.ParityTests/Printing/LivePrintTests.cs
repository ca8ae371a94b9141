using System.Diagnostics;
using TorchInit.ParityTests.Support;
using TorchInit.Tests;
using TorchInit.Tests.Printing;

namespace TorchInit.ParityTests.Printing;

/// <summary>How the torch that is here prints tensors, asked now.</summary>
public sealed class LivePrintTests(LiveTorch torch)
{
    [Fact]
    public async Task Prints_what_live_torch_prints()
    {
        string script = Path.Combine(Repository.Root, "parity-tests", "golden", "printing", "record.py");
        ProcessStartInfo start = new(torch.Oracle().Python.Path, ["-I", script])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string printed = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, await errors);
        PrintedCases.Check(printed);
    }
}
