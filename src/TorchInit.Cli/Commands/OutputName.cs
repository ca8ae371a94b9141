namespace TorchInit.Cli;

/// <summary>The name of a file to write, which must say what the file is: other programs, and <c>verify</c>, read it by its
/// ending.</summary>
static class OutputName
{
    /// <summary>Refuses names of another format than safetensors.</summary>
    /// <exception cref="ArgumentException">The name ends in something else, or is <c>-</c>.</exception>
    public static void CheckSafetensors(string option, string path)
    {
        if (path == "-")
        {
            throw new ArgumentException($"{option} is -, but weights are not written to standard output; allowed: the name of a file.");
        }
        string ending = Path.GetExtension(path);
        if (ending.Length > 0 && !ending.Equals(".safetensors", StringComparison.OrdinalIgnoreCase))
        {
            throw new ArgumentException($"{option} is {path}, but what is written is in the safetensors format; allowed: a name that "
                + "ends in .safetensors, or one without an ending.");
        }
    }

    /// <summary>Refuses names that are not of a plan; <c>-</c> is standard output.</summary>
    /// <exception cref="ArgumentException">The name does not end in <c>.json</c>.</exception>
    public static void CheckPlan(string option, string path)
    {
        if (path != "-" && !ProfileOptions.IsPlanFile(path))
        {
            throw new ArgumentException($"{option} is {path}, but what is written is a plan; allowed: a name that ends in .json, or - for "
                + "standard output.");
        }
    }
}
