namespace TorchInit.Parity;

/// <summary>A case that was to be put beside torch and was not.</summary>
/// <param name="Case">As a user would write it.</param>
/// <param name="Reason">What torch did instead of answering.</param>
public sealed record UnaskedCase(string Case, string Reason);
