namespace InitNotebooks.Engine;

/// <summary>This machine has no such kernel: no line of a notebook could put that right.</summary>
/// <param name="message">What is missing, and what helps.</param>
public sealed class KernelUnavailableException(string message) : Exception(message);
