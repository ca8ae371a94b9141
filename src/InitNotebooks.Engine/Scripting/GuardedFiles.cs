using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace InitNotebooks.Engine;

/// <summary>Reads the files of <c>#load</c> as a cell is read: their loops can be interrupted.</summary>
sealed class GuardedFiles(string directory, CSharpParseOptions options) : SourceFileResolver([], directory)
{
    public override Stream OpenRead(string resolvedPath) => new MemoryStream(Encoding.UTF8.GetBytes(GuardRewriter.Rewrite(File.ReadAllText(resolvedPath), options)));

    public override bool Equals(object? obj) => ReferenceEquals(this, obj);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}
