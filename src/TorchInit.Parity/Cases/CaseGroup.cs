namespace TorchInit.Parity;

/// <summary>Expressions that belong together: one row of the summary.</summary>
/// <param name="Name">The name a reader looks for: Linear, Embedding, Convolution, …</param>
/// <param name="Expressions">In torch's own spelling.</param>
/// <param name="Resets">Whether <c>reset_parameters()</c> on the constructed module is compared too.</param>
public sealed record CaseGroup(string Name, IReadOnlyList<string> Expressions, bool Resets = false);
