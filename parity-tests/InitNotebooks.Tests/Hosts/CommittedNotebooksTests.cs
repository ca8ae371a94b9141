using InitNotebooks.Engine;

namespace InitNotebooks.Tests.Hosts;

/// <summary>The notebooks of the repository on real .NET Interactive: no error, and what our kernel says.</summary>
public class CommittedNotebooksTests(DotNetInteractive host) : IClassFixture<DotNetInteractive>
{
    public static TheoryData<string> Notebooks => [.. NotebookChoice.Paths];

    [Theory, MemberData(nameof(Notebooks))]
    public void Dotnet_interactive_gives_the_stored_outputs(string path)
    {
        Notebook run = host.Run(Repository.PathOf(path));
        Assert.Null(OutputCheck.FirstDifference(Notebook.Load(Repository.PathOf(path)), run));
    }
}
