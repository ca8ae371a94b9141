namespace InitNotebooks.Engine;

/// <summary>This machine has no such kernel, and no line in the notebook can change that.</summary>
/// <param name="message">What is missing, and what helps.</param>
public sealed class KernelUnavailableException(string message) : Exception(message);
