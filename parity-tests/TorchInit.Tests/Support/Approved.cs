namespace TorchInit.Tests;

/// <summary>
/// Text that is compared with a file of the repository, and written there when <c>APPROVE=1</c>. A test that calls this carries
/// <c>[Trait(Approved.Trait, "file")]</c>: scripts/approve.sh runs those.
/// </summary>
static class Approved
{
    public const string Trait = "Approved";

    public static bool Writes => Environment.GetEnvironmentVariable("APPROVE") == "1";

    /// <param name="file">From the root.</param>
    /// <param name="actual">What the code says now.</param>
    public static void Check(string file, string actual)
    {
        actual = actual.ReplaceLineEndings("\n").TrimEnd('\n') + "\n";
        if (Writes)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Repository.PathOf(file))!);
            File.WriteAllText(Repository.PathOf(file), actual);
        }
        string expected = File.Exists(Repository.PathOf(file)) ? Repository.Read(file) : "";
        if (FirstDifference(expected, actual) is { } difference)
        {
            Assert.Fail($"{file}, {difference}\nIf the change is meant: scripts/approve.sh, and read the diff.");
        }
    }

    /// <summary>The first line that differs, with both texts; null when there is none.</summary>
    public static string? FirstDifference(string expected, string actual)
    {
        string[] left = expected.Split('\n'), right = actual.Split('\n');
        for (int line = 0; line < Math.Max(left.Length, right.Length); line++)
        {
            string? was = left.ElementAtOrDefault(line), now = right.ElementAtOrDefault(line);
            if (was != now) { return $"line {line + 1}:\n  expected: {was ?? "(end)"}\n  actual:   {now ?? "(end)"}"; }
        }
        return null;
    }
}
