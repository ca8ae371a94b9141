using System.Diagnostics;
using System.Runtime.InteropServices;

namespace TorchInit.Tests.Kernels;

/// <summary>Every instruction set gives the same bits: processes in which the runtime switches some off run the kernels' tests
/// again.</summary>
public class InstructionSetTests
{
    public static TheoryData<string> Switches => RuntimeInformation.ProcessArchitecture == Architecture.X64
        ? ["EnableAVX512", "EnableAVX2", "EnableHWIntrinsic"]
        : ["EnableHWIntrinsic"];

    /// <summary>VectorWidthTests, run in the same process, asserts that the switch did what it says.</summary>
    [Theory, MemberData(nameof(Switches))]
    public void With_an_instruction_set_off(string name)
    {
        string[] classes = ["VectorWidthTests", "KernelTwinTests", "Rounding16KernelTests", "JumpAheadTests", "SameBitsTests",
            "SeededWordKernelTests"];
        ProcessStartInfo start = new(Environment.ProcessPath!,
            [typeof(InstructionSetTests).Assembly.Location, "-noLogo", "-noColor",
                .. classes.SelectMany(type => (string[])["-class", $"{typeof(InstructionSetTests).Namespace}.{type}"])])
        {
            RedirectStandardOutput = true,
        };
        if (Path.GetFileNameWithoutExtension(start.FileName) != "dotnet") { start.ArgumentList.RemoveAt(0); }     // started by its own name
        start.Environment["DOTNET_" + name] = "0";
        using Process process = Process.Start(start)!;
        string printed = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, printed);
        Assert.Contains("Failed: 0", printed, StringComparison.Ordinal);
        Assert.DoesNotContain("Total: 0", printed, StringComparison.Ordinal);
    }
}
