using TorchInit.PythonNetTests.Support;
using TorchInit.Tests;
using TorchInit.Tests.Readme;

namespace TorchInit.PythonNetTests.Documents;

/// <summary>The programs of docs/bridge.md are compiled, run with a live torch, and print what it says.</summary>
public class BridgeTests
{
    const string Document = "docs/bridge.md";

    static IEnumerable<ReadmeBlock> Blocks => ReadmeBlock.Parse(Document).Where(block => block.Language == "csharp");

    public static TheoryData<int> Programs => [.. Blocks.Select(block => block.Line)];

    [Theory, MemberData(nameof(Programs))]
    public void Program_compiles(int line) => Compile(line);

    [Theory, MemberData(nameof(Programs))]
    public void Program_prints_what_the_document_says(int line)
    {
        string? expected = Blocks.Single(block => block.Line == line).Output;
        Assert.NotNull(expected);
        Assert.Equal(expected.TrimEnd(), HostProcess.Lines("document", [$"{line}"]));
    }

    /// <summary>In a process of its own: a program starts Python for itself.</summary>
    internal static int RunProgram(int line) => CSharpProgram.Run(Compile(line));

    static System.Reflection.MethodInfo Compile(int line)
        => CSharpProgram.Compile(Blocks.Single(block => block.Line == line).Text, Document, line + 1);
}
