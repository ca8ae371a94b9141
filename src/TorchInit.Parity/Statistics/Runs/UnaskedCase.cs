namespace TorchInit.Parity;

/// <summary>A case that should have been compared with torch and was not.</summary>
/// <param name="Case">The case, as a user would write it.</param>
/// <param name="Reason">What torch did instead of answering.</param>
public sealed record UnaskedCase(string Case, string Reason);
