using System.Reflection;
using Microsoft.CodeAnalysis.Scripting;

namespace InitNotebooks.Engine;

/// <summary>The <c>#!</c> lines within a cell.</summary>
sealed class Magics(NotebookSession session)
{
    /// <summary>The names of all <c>#!</c> lines, besides those of connected kernels.</summary>
    public static readonly string[] Names =
        ["csharp", "c#", "html", "markdown", "value", "connect", "share", "set", "who", "whos", "import", "time", "lsmagic", "about"];

    /// <summary>Carries out a part's <c>#!</c> lines and returns the rest, with empty lines in their place.</summary>
    /// <exception cref="MagicException">A line cannot be carried out.</exception>
    public string Take(CellPart part, ICellOutput output, CancellationToken interrupt)
    {
        string[] lines = part.Text.Split('\n');
        for (int at = 0; at < lines.Length; at++)
        {
            if (MagicLine.Parse(lines[at]) is not { } magic) { continue; }
            Run(magic, part.Language, output, interrupt);
            lines[at] = "";
        }
        return string.Join('\n', lines);
    }

    void Run(MagicLine magic, string language, ICellOutput output, CancellationToken interrupt)
    {
        switch (magic.Name)
        {
            case "connect": Connect(magic, output); break;
            case "share":
                Set(language, magic.Options.GetValueOrDefault("as", magic.Value("the name of a value")),
                Get(magic.Option("from"), magic.Value("the name of a value"))); break;
            case "set": Set(language, magic.Option("name"), FromOption(magic.Option("value"))); break;
            case "who": Show(output, string.Join('\t', session.CSharp.Variables.Select(variable => variable.Name))); break;
            case "whos": Show(output, string.Join('\n', session.CSharp.Variables.Select(Describe))); break;
            case "import": session.Import(magic.Value("a file"), output, interrupt); break;
            case "time": break;             // the session measures the whole cell
            case "lsmagic": Show(output, string.Join('\n', Names.Concat(session.Kernels).Select(name => $"#!{name}"))); break;
            case "about":
                Show(output,
                $"InitNotebooks {typeof(Magics).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0]}, C# on .NET {Environment.Version}"); break;
            default:
                if (session.Hint(magic.Name) is { } hint) { throw new MagicException(hint); }
                string allowed = string.Join(", ", Names.Concat(session.Kernels).Select(name => $"#!{name}"));
                throw new MagicException($"#!{magic.Name} is not supported here; allowed: {allowed}.");
        }
    }

    void Connect(MagicLine magic, ICellOutput output)
    {
        string kinds = string.Join("; ", session.Kinds.Select(each => each.Usage));
        if (kinds.Length == 0) { throw new MagicException("#!connect is not available here."); }
        string wanted = magic.Values.Count > 0 ? magic.Values[0] : throw new MagicException($"#!connect needs a kind; allowed: {kinds}.");
        KernelKind kind = session.Kinds.FirstOrDefault(each => each.Name == wanted)
            ?? throw new MagicException($"#!connect {wanted} is not supported here; allowed: {kinds}.");
        IReadOnlyDictionary<string, string> options = kind.Take(magic);
        if (session.Connect(kind, options)) { Show(output, $"Kernel added: #!{options[KernelKind.KernelName]}"); }
    }

    object? FromOption(string value) => value.StartsWith('@') && value.Split(':', 2) is [var kernel, var name] ? Get(kernel[1..], name)
        : value;

    object? Get(string kernel, string name) => kernel.ToLowerInvariant() is "csharp" or "c#" ? Variable(name) : session.Value(kernel, name);

    ScriptVariable Variable(string name) => session.CSharp.Variables.FirstOrDefault(each => each.Name == name)
        ?? throw new MagicException(
            $"Value '{name}' is not in C#; there are: {string.Join(", ", session.CSharp.Variables.Select(each => each.Name))}.");

    void Set(string kernel, string name, object? value)
    {
        if (kernel != "csharp") { session.Kernel(kernel).Set(name, value is ScriptVariable own ? own.Value : value); }
        else if (value is ScriptVariable same) { session.CSharp.CopyVariable(same.Name, name); }
        else { session.CSharp.SetVariable(name, SharedTypes.NameOf(value), value); }
    }

    static string Describe(ScriptVariable variable)
    {
        string text = variable.Value?.ToString() ?? "null";
        return $"{variable.Name}\t{variable.Type.Name}\t{(text.Length > 80 ? text[..79] + "…" : text)}";
    }

    static void Show(ICellOutput output, string text)
        => output.Display(new() { [MimeBundle.PlainText] = text }, Guid.NewGuid().ToString(), update: false);
}
