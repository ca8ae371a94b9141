using System.Reflection;

namespace InitNotebooks.Engine;

/// <summary>
/// The assemblies of which the process should hold one build: values of their types pass between C# cells and connected kernels, and they
/// hold what a process can have once (its Python). If cells and kernel had two builds, a StateDict of one would be no StateDict of
/// the other.
/// </summary>
/// <param name="names">Their simple names.</param>
sealed class CommonAssemblies(IReadOnlyList<string> names)
{
    readonly SortedDictionary<string, string> _others = new(StringComparer.OrdinalIgnoreCase);
    readonly HashSet<string> _noted = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The program's own assembly of that name, for cells to use; null if it is not one of these.</summary>
    public Assembly? Named(string name) => names.Contains(name, StringComparer.OrdinalIgnoreCase) ? OwnAssemblies.Named(name) : null;

    /// <summary>The program's own assembly, instead of a file that a cell references; another build of it is noted.</summary>
    public Assembly? For(string path, AssemblyName name)
    {
        if (Named(name.Name!) is not { } own) { return null; }
        if (!OwnAssemblies.IsBuildOf(own, path) && _noted.Add(name.Name!)) { _others[name.Name!] = path; }
        return own;
    }

    /// <exception cref="ReferenceException">The file is of another version than the program's own.</exception>
    public void Refuse(string path, AssemblyName name)
    {
        if (Named(name.Name!) is not { } own) { return; }
        string ours = PackageVersion.Of(own.Location), theirs = PackageVersion.Of(path);
        if (PackageVersion.Same(ours, theirs)) { return; }
        throw new ReferenceException($"This kernel runs {name.Name} {ours} ({own.Location}), "
            + $"and this notebook references {theirs} ({path}): a process can hold one of them. Reference {ours}, or install the kernel in version {theirs}.");
    }

    /// <summary>What to tell the user about the files that were referenced since the last call; null if there is nothing.</summary>
    public string? TakeNote()
    {
        if (_others.Count == 0) { return null; }
        (string listed, string folder) = (string.Join(", ", _others.Keys), Path.GetDirectoryName(_others.First().Value)!);
        _others.Clear();
        return $"{Note} {listed}; the build that this notebook references ({folder}) is another one of the same version, and is not "
            + "used.\n";
    }

    /// <summary>How every note begins.</summary>
    public const string Note = "Note: cells use this kernel's own build of";
}
