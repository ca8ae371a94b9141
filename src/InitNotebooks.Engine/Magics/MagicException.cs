namespace InitNotebooks.Engine;

/// <summary>A <c>#!</c> line that cannot be carried out.</summary>
/// <param name="message">One sentence that names what is allowed.</param>
public sealed class MagicException(string message) : Exception(message);
