using System.Text.RegularExpressions;

namespace TorchInit.Tests.Docs;

/// <summary>Code of notebooks is read on a page beside its text.</summary>
public partial class NotebookCodeTests
{
    const int MostColumns = 100;

    [Fact]
    public void Lines_fit_a_page()
        => Violations.None($"A line of a notebook's code has at most {MostColumns} columns, #r lines excepted",
            from path in Repository.Files("notebooks", ".ipynb")
            from line in Document.CodeLines(path)
            where line.Length > MostColumns && !line.StartsWith('#')
            select $"{path}: {line}");

    [Fact]
    public void Names_that_end_with_an_underscore_are_marked_as_code()
        => Violations.None("In plain text, nbconvert reads trunc_normal_ as truncnormal, half of it in italics",
            from document in Document.All
            where document.Path.EndsWith(".ipynb", StringComparison.Ordinal)
            from text in document.Prose
            from Match name in EndingWithUnderscore().Matches(text)
            select $"{document.Path}: {name.Value}");

    [GeneratedRegex(@"\w+_(?!\w)")]
    private static partial Regex EndingWithUnderscore();
}
