namespace InitNotebooks.Tests;

/// <summary>
/// Our own runner runs every notebook. The other front ends, and the runs without Python, take one of each kind (charts and Python cells,
/// live torch, a recording, a program, a GPU's draws), and all of them with TORCHINIT_ALL_NOTEBOOKS=1.
/// </summary>
static class NotebookChoice
{
    static readonly string[] s_kinds = ["01-", "13-", "14-", "15-", "16-"];

    public static IEnumerable<string> Paths => Repository.Files("notebooks", ".ipynb")
        .Where(path => Environment.GetEnvironmentVariable("TORCHINIT_ALL_NOTEBOOKS") == "1"
            || s_kinds.Any(kind => Path.GetFileName(path).StartsWith(kind, StringComparison.Ordinal)));
}
