using System.Globalization;
using System.Text;
using TorchInit;

namespace InitNotebooks;

/// <summary>A page for each layer and init function, an index, and a picture for each that is drawn from a density.</summary>
public static class Atlas
{
    /// <summary>All files: their paths from the atlas's folder, and texts.</summary>
    public static IEnumerable<(string Path, string Text)> Files()
    {
        yield return ("README.md", Index());
        foreach (AtlasEntry entry in AtlasEntry.All)
        {
            yield return (entry.File, AtlasPage.Of(entry));
            if (AtlasPage.PictureOf(entry) is { } picture) { yield return (entry.Picture, picture.Svg + "\n"); }
        }
    }

    static string Index()
    {
        StringBuilder text = new("""
            # Atlas of starting weights

            One page for each layer and init function: law, standard deviation, bounds and fans, order of draws, first values in bits, the versions in which the values
            changed, and the defaults of other frameworks. Every page is computed from a plan, and the tests compare every example with a live PyTorch, bit for bit.

            """);
        foreach (IGrouping<string, AtlasEntry> group in AtlasEntry.All.GroupBy(entry => entry.Group))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {group.Key}\n\n| | example | first step |\n|---|---|---|\n");
            foreach (AtlasEntry entry in group)
            {
                InitPlan plan = entry.Plan;
                text.Append(CultureInfo.InvariantCulture,
                    $"| [{entry.Name}]({entry.File}) | `{entry.Expression}` | "
                        + $"{(plan.Steps.Count > 0 ? $"`{AtlasPage.StepText(plan.Steps[0])}`" : "zeros")} |\n");
            }
        }
        return text.ToString();
    }
}
