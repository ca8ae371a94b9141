namespace TorchInit.Tests.Docs;

/// <summary>Code of notebooks is read on a page beside its text.</summary>
public class NotebookCodeTests
{
    const int MostColumns = 100;

    [Fact]
    public void Lines_fit_a_page()
        => Violations.None($"A line of a notebook's code has at most {MostColumns} columns, #r lines excepted",
            from path in Repository.Files("notebooks", ".ipynb")
            from line in Document.CodeLines(path)
            where line.Length > MostColumns && !line.StartsWith('#')
            select $"{path}: {line}");
}
