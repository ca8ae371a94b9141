using InitNotebooks;
using TorchInit.Parity;

namespace TorchInit.Tests.Docs;

/// <summary>docs/atlas is what the plans say now.</summary>
public class AtlasTests
{
    [Fact, Trait(Approved.Trait, "file")]
    public void Pages_are_as_computed()
    {
        (string Path, string Text)[] files = [.. Atlas.Files()];
        Assert.True(files.Length > 60, $"only {files.Length} files");
        if (Approved.Writes && Directory.Exists(Repository.PathOf("docs/atlas")))
        {
            Directory.Delete(Repository.PathOf("docs/atlas"), recursive: true);
        }
        foreach ((string path, string text) in files) { Approved.Check($"docs/atlas/{path}", text); }
        string[] known = [.. files.Select(file => $"docs/atlas/{file.Path}")];
        Violations.None("Pages that the atlas does not have any more", Repository.Files("docs/atlas", ".md", ".svg").Except(known));
    }

    [Fact]
    public void Every_example_is_in_the_case_table_and_so_compared_with_live_torch()
        => Violations.None("Examples that no live test asks",
            AtlasEntry.All.Select(entry => entry.Expression).Except(CaseTable.Groups.SelectMany(group => group.Expressions)));

    // InstanceNorm1d has no tensors by default, and containers have only their children's.
    [Fact]
    public void All_names_that_draw_have_a_page()
        => Violations.None("Names without a page",
            from name in CallTable.Names
            where !name.StartsWith("Lazy", StringComparison.Ordinal)
            where CaseTable.Groups.SelectMany(row => row.Expressions)
                .Any(expression => expression.StartsWith($"{name}(", StringComparison.Ordinal))
            where AtlasEntry.All.All(entry => entry.Name != name)
            where name is not ("InstanceNorm1d" or "Sequential" or "ModuleList" or "init.calculate_gain" or "init.xavier_uniform")
            select name);
}
