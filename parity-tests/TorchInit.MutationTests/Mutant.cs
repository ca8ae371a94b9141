using Microsoft.CodeAnalysis;

namespace TorchInit.MutationTests;

/// <summary>What became of a change, in the words of dotnet-stryker's reports.</summary>
enum MutantStatus { Pending, CompileError, NoCoverage, Survived, Killed, Timeout }

static class MutantStatuses
{
    /// <summary>Whether a test failed or never ended.</summary>
    public static bool IsNoticed(this MutantStatus status) => status is MutantStatus.Killed or MutantStatus.Timeout;
}

/// <summary>One change: where it stands, what it is changed to, and what became of it.</summary>
sealed record Mutant(int Id, string File, FileLinePositionSpan Place, string Replacement)
{
    public MutantStatus Status { get; set; }

    /// <summary>Its line and columns, from 1, as reports of dotnet-stryker give them.</summary>
    public object Location => new { start = Position(Place.StartLinePosition), end = Position(Place.EndLinePosition) };

    static object Position(Microsoft.CodeAnalysis.Text.LinePosition at) => new { line = at.Line + 1, column = at.Character + 1 };
}
