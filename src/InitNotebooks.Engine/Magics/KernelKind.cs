namespace InitNotebooks.Engine;

/// <summary>A kind of kernel that <c>#!connect</c> offers.</summary>
/// <param name="Name">The word after <c>#!connect</c>.</param>
/// <param name="Options">The options besides <c>--kernel-name</c>.</param>
/// <param name="Connect">Starts a kernel, or returns the one that runs, from the values of the options given. It throws a
/// <see cref="MagicException"/> for what the user can fix in the cell, and a <see cref="KernelUnavailableException"/> if this
/// machine has no such kernel.
/// </param>
public sealed record KernelKind(string Name, IReadOnlyList<KernelOption> Options,
    Func<IReadOnlyDictionary<string, string>, IOtherKernel> Connect)
{
    internal const string KernelName = "kernel-name";

    /// <summary>The name that notebooks usually give it, for the error of a cell that comes before <c>#!connect</c>; null if there is
    /// none.</summary>
    public string? UsualName { get; init; }

    /// <summary>The names of the assemblies that this kernel has in common with C# cells: their types pass between the two, and a process
    /// can hold their state once. Cells get the host's own build of them, whatever file or package they reference.</summary>
    public IReadOnlyList<string> Common { get; init; } = [];

    /// <summary>The syntax of the whole line.</summary>
    internal string Usage => $"#!connect {Name} --{KernelName} NAME{string.Concat(Options.Select(option => option.Usage))}";

    /// <summary>Checks a line's options and returns them.</summary>
    /// <exception cref="MagicException">An option is missing, unknown or without a value.</exception>
    internal IReadOnlyDictionary<string, string> Take(MagicLine line)
    {
        string[] known = [KernelName, .. Options.Select(option => option.Name)];
        if (line.Options.Keys.FirstOrDefault(name => !known.Contains(name)) is { } unknown)
        {
            throw new MagicException($"#!connect {Name} has no option --{unknown}; allowed: {Usage}.");
        }
        foreach ((string name, string value) in line.Options)
        {
            if (value.Length == 0 || value.StartsWith("--", StringComparison.Ordinal))
            {
                string instead = value.Length > 0 ? $", not '{value}'" : "";
                throw new MagicException($"#!connect {Name}: --{name} needs a value{instead}; allowed: {Usage}.");
            }
        }
        if (line.Values.Count > 1) { throw new MagicException($"#!connect {Name} does not take '{line.Values[1]}'; allowed: {Usage}."); }
        foreach (string name in (string[])[KernelName, .. Options.Where(option => option.IsRequired).Select(option => option.Name)])
        {
            if (!line.Options.ContainsKey(name)) { throw new MagicException($"#!connect {Name} needs --{name}; allowed: {Usage}."); }
        }
        return line.Options;
    }
}

/// <summary>An option of a kind of kernel.</summary>
/// <param name="Name">The name, without the two dashes.</param>
/// <param name="Value">The word for its value, in capitals.</param>
/// <param name="IsRequired">Whether a line without it is refused.</param>
/// <param name="Values">The allowed values, for completion; null if any value is allowed.</param>
public sealed record KernelOption(string Name, string Value, bool IsRequired, Func<IEnumerable<string>>? Values = null)
{
    internal string Usage => IsRequired ? $" --{Name} {Value}" : $" [--{Name} {Value}]";
}
