using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace InitNotebooks.Engine;

/// <summary>Reads the files of <c>#load</c> like cells: their loops can be interrupted.</summary>
/// <param name="directory">Relative names start here.</param>
/// <param name="guard">How they are parsed; null for the original text.</param>
sealed class GuardedFiles(string directory, CSharpParseOptions? guard) : SourceFileResolver([], directory)
{
    public override Stream OpenRead(string resolvedPath)
    {
        string text = File.ReadAllText(resolvedPath);
        if (Nesting.IsTooDeep(text)) { throw new InvalidDataException(Nesting.Refusal); }
        return new MemoryStream(Encoding.UTF8.GetBytes(guard is null ? text : GuardRewriter.Rewrite(text, guard)));
    }

    public override bool Equals(object? obj) => ReferenceEquals(this, obj);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}
