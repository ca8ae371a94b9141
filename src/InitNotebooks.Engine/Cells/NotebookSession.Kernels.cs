using System.Text.RegularExpressions;

namespace InitNotebooks.Engine;

public sealed partial class NotebookSession
{
    readonly Dictionary<string, (KernelKind Kind, IOtherKernel Kernel)> _kernels = new(StringComparer.OrdinalIgnoreCase);
    const string ValueKernel = "value";

    readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    readonly Dictionary<string, string> _missing = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The kinds of kernel that <c>#!connect</c> offers.</summary>
    internal IReadOnlyList<KernelKind> Kinds { get; }

    /// <summary>The names of the connected kernels.</summary>
    internal IReadOnlyCollection<string> Kernels => _kernels.Keys;

    /// <summary>The names of kernels that this machine lacks, and why.</summary>
    internal IReadOnlyDictionary<string, string> Missing => _missing;

    /// <summary>What the notebook recorded, used where a kernel is missing; null if there is no notebook.</summary>
    internal Recordings? Recordings { get; init; }

    internal bool IsLanguage(string name)
        => name is "csharp" or "c#" or "html" or "markdown" or ValueKernel || _kernels.ContainsKey(name) || _missing.ContainsKey(name);

    /// <exception cref="MagicException">There is no kernel of that name.</exception>
    internal IOtherKernel Kernel(string name)
    {
        if (_kernels.TryGetValue(name, out (KernelKind, IOtherKernel Kernel) known)) { return known.Kernel; }
        string why = _missing.TryGetValue(name, out string? missing) ? $"There is no kernel #!{name.ToLowerInvariant()} here: {missing}"
            : Hint(name) ?? $"No kernel is called '{name}'; there are: {string.Join(", ", _kernels.Keys.Prepend("csharp"))}.";
        throw new MagicException(why);
    }

    /// <summary>What helps if a name is that of a kernel that is not connected yet; null if it is not.</summary>
    internal string? Hint(string name)
        => Kinds.FirstOrDefault(each => string.Equals(each.UsualName, name, StringComparison.OrdinalIgnoreCase)) is { } kind
            ? $"#!{kind.UsualName} is not connected yet; a cell before this one needs: "
                + $"#!connect {kind.Name} --{KernelKind.KernelName} {kind.UsualName}" : null;

    /// <summary>Keeps the text below <c>#!value</c>: for <c>#!share … --from value</c>, and as a variable of C#.</summary>
    void Keep(MagicLine line, string text)
    {
        string name = line.Option("name");
        if (line.Options.Keys.FirstOrDefault(each => each != "name") is { } other)
        {
            throw new MagicException($"#!value has no option --{other}; allowed: #!value --name NAME, with the text below it.");
        }
        CSharp.SetVariable(name, "string", text);
        _values[name] = text;
    }

    /// <summary>A value of another kernel; the recorded one if that kernel is missing.</summary>
    internal object? Value(string kernel, string name)
    {
        if (kernel.Equals(ValueKernel, StringComparison.OrdinalIgnoreCase))
        {
            string there = _values.Count == 0 ? "there are none" : $"there are: {string.Join(", ", _values.Keys)}";
            return _values.TryGetValue(name, out string? text) ? text
                : throw new MagicException($"#!value has kept no value '{name}'; {there}.");
        }
        if (_missing.ContainsKey(kernel) && Recordings is { } recordings && recordings.TryGet(kernel, name, out object? recorded))
        {
            return recorded;
        }
        IOtherKernel other = Kernel(kernel);
        object? value = other.Get(name);
        Recordings?.Keep(kernel, name, value, other.Origin);
        return value;
    }

    /// <returns>False if this machine has no such kernel, and the notebook continues with what it recorded.</returns>
    internal bool Connect(KernelKind kind, IReadOnlyDictionary<string, string> options)
    {
        string name = options[KernelKind.KernelName];
        if (!KernelName().IsMatch(name))
        {
            throw new MagicException($"--{KernelKind.KernelName} is '{name}'; allowed: letters, digits, _ and -, a letter first.");
        }
        bool connected = _kernels.TryGetValue(name, out (KernelKind Kind, IOtherKernel Kernel) old);
        if (Magics.Names.Contains(name, StringComparer.OrdinalIgnoreCase) || (connected && old.Kind.Name != kind.Name))
        {
            string by = connected ? $" by a kernel of #!connect {old.Kind.Name}" : "";
            throw new MagicException($"--{KernelKind.KernelName} {name} is taken{by}; allowed: another name.");
        }
        try
        {
            _kernels[name] = (kind, kind.Connect(options));
            _missing.Remove(name);
            old.Kernel?.Dispose();
            return true;
        }
        catch (KernelUnavailableException error)
        {
            if (!connected) { _missing[name] = error.Message; }
            if (Recordings is not { } recordings) { throw new MagicException($"#!connect {kind.Name}: {error.Message}"); }
            recordings.NoteMissing(name.ToLowerInvariant(), error.Message);
            return false;
        }
    }

    /// <summary>The part of a cell at a position, if another kernel runs it: the code, where it begins, and the kernel.</summary>
    internal (IOtherKernel? Kernel, string Code, int Start)? OtherPartAt(string code, int position)
    {
        string? language = null;
        (int start, int end) = (0, code.Length);
        for (int at = 0; at < code.Length;)
        {
            int next = code.IndexOf('\n', at) is var found and >= 0 ? found + 1 : code.Length;
            if (MagicLine.Parse(code[at..next].TrimEnd()) is { } magic && IsLanguage(magic.Name))
            {
                if (at > position)
                {
                    end = at;
                    break;
                }
                (language, start) = (magic.Name, next);
            }
            at = next;
        }
        if (language is null or "csharp" or "c#" || position < start) { return null; }
        return (_kernels.TryGetValue(language, out (KernelKind, IOtherKernel Kernel) known) ? known.Kernel : null, code[start..end], start);
    }

    CellResult RunOther(string language, string code, ICellOutput output, CancellationToken interrupt)
    {
        IOtherKernel kernel = Kernel(language);
        Recordings?.NoteRun(kernel.Origin);
        using OtherKernelOutput batched = new(output, interrupt);
        using InterruptScope scope = new(interrupt);
        return kernel.Run(code, batched, interrupt);
    }

    [GeneratedRegex(@"^[A-Za-z][\w-]*\z")]
    private static partial Regex KernelName();
}
