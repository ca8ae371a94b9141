namespace InitNotebooks.Engine;

/// <summary>A reference that cannot be resolved: the message says which, and what was tried.</summary>
/// <param name="message">One sentence.</param>
public sealed class ReferenceException(string message) : Exception(message);
