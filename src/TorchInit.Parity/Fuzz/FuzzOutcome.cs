namespace TorchInit.Parity;

/// <summary>How a random call came out.</summary>
enum FuzzOutcome
{
    /// <summary>Names, dtypes, shapes, warnings and the generator's state are the same; the bits too, or as near as is promised.</summary>
    Equal,

    /// <summary>Both refuse with the same class of exception, and with the same text where one is stated as torch's.</summary>
    RefusedAlike,

    /// <summary>Both refuse with the same class; the text that is stated as torch's is not torch's.</summary>
    AnotherText,

    /// <summary>Both refuse, with exceptions of two classes.</summary>
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
/// <param name="Detail">What differs, or the exceptions.</param>
sealed record FuzzResult(FuzzCase Case, FuzzOutcome Outcome, string Detail)
{
    /// <summary>Whether nobody needs to look at it.</summary>
    public bool IsAgreement => Outcome is FuzzOutcome.Equal or FuzzOutcome.RefusedAlike or FuzzOutcome.NotAsked;
}
