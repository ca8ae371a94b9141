namespace TorchInit.Parity;

/// <summary>The outcome of a random call.</summary>
enum FuzzOutcome
{
    /// <summary>Names, dtypes, shapes, warnings and the generator's state are the same; the bits too, or as close as promised.</summary>
    Equal,

    /// <summary>Both refuse with the same class of exception, and with the same text if ours is stated as torch's.</summary>
    RefusedAlike,

    /// <summary>Both refuse with the same class; our text is stated as torch's and differs.</summary>
    AnotherText,

    /// <summary>Both refuse, with exceptions of different classes.</summary>
    AnotherClass,

    /// <summary>C# refuses what torch constructs.</summary>
    ProductRefusesOnly,

    /// <summary>C# constructs what torch refuses.</summary>
    ProductConstructsOnly,

    /// <summary>Both construct, and something differs.</summary>
    Differs,

    /// <summary>C# ends in an exception that it does not document.</summary>
    Crashes,

    /// <summary>The oracle does not pass the call on: a size or a name outside its bounds.</summary>
    NotAsked,
}

/// <summary>One random call and its outcome.</summary>
/// <param name="Case">The call.</param>
/// <param name="Outcome">How it came out.</param>
/// <param name="Detail">The difference, or the exceptions.</param>
sealed record FuzzResult(FuzzCase Case, FuzzOutcome Outcome, string Detail)
{
    /// <summary>Whether it needs no attention.</summary>
    public bool IsAgreement => Outcome is FuzzOutcome.Equal or FuzzOutcome.RefusedAlike or FuzzOutcome.NotAsked;
}
