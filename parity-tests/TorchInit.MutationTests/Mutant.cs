using Microsoft.CodeAnalysis;

namespace TorchInit.MutationTests;

/// <summary>One change: where it stands, what stood there, what it is changed to, and what became of it.</summary>
sealed record Mutant(int Id, string File, FileLinePositionSpan Place, string Replacement)
{
    public string Status { get; set; } = "Pending";

    /// <summary>Its line and columns, from 1, as reports of dotnet-stryker give them.</summary>
    public object Location => new { start = Position(Place.StartLinePosition), end = Position(Place.EndLinePosition) };

    static object Position(Microsoft.CodeAnalysis.Text.LinePosition at) => new { line = at.Line + 1, column = at.Character + 1 };
}
