namespace TorchInit.Parity;

/// <summary>Golden files and their manifest in the repository.</summary>
static class GoldenFolder
{
    /// <summary>Writes a file and its line in the manifest; leaves other files alone.</summary>
    public static void Write(string folder, GoldenFile file, string text)
    {
        IEnumerable<GoldenFile> others = Manifest(folder).Where(other => other.File != file.File);
        GoldenFile[] all = [.. others.Append(file).OrderBy(each => each.Profile.Version).ThenBy(each => each.File, StringComparer.Ordinal)];
        AtomicFile.WriteText(Path.Combine(folder, file.File), text);
        AtomicFile.WriteText(Path.Combine(folder, "manifest.tsv"),
            string.Concat(all.Select(each => $"{each}\n").Prepend($"{GoldenFile.Header}\n")));
    }

    /// <summary>The first difference from the recording; null if there is none.</summary>
    public static string? Difference(string folder, GoldenFile file, string text)
    {
        if (Manifest(folder).FirstOrDefault(other => other.File == file.File) is not { } recorded)
        {
            return "the manifest has no such file: this torch was not recorded; `torchinit record` records it";
        }
        if (recorded.Profile != file.Profile) { return $"recorded with {recorded.Origin}; this one is {file.Origin}"; }
        string path = Path.Combine(folder, file.File);
        string[] expected = File.Exists(path) ? File.ReadAllLines(path) : [];
        string[] actual = text.Split('\n')[..^1];
        int at = Enumerable.Range(0, Math.Max(expected.Length, actual.Length))
            .FirstOrDefault(line => expected.ElementAtOrDefault(line) != actual.ElementAtOrDefault(line), -1);
        if (at >= 0)
        {
            return $"line {at + 1}\n  recorded: {expected.ElementAtOrDefault(at) ?? "(end)"}\n  torch:    "
                + $"{actual.ElementAtOrDefault(at) ?? "(end)"}";
        }
        return recorded.Sha256 == file.Sha256 ? null : $"the manifest has sha256 {recorded.Sha256}, the file {file.Sha256}";
    }

    /// <summary>The lines of the manifest.</summary>
    /// <exception cref="InvalidDataException">It is missing or damaged.</exception>
    public static IReadOnlyList<GoldenFile> Manifest(string folder)
    {
        string path = Path.Combine(folder, "manifest.tsv");
        return File.Exists(path)
            ? [.. GoldenSet.Lines(File.ReadAllText(path).ReplaceLineEndings("\n"), GoldenFile.Header).Select(GoldenFile.Parse)]
            : throw new InvalidDataException($"{path} is missing; allowed: the folder of the golden files, relative to the root of the "
                + $"repository.");
    }
}
