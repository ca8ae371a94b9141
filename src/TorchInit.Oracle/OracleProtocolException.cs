namespace TorchInit.Oracle;

/// <summary>What the worker sent is not a reply: it ends early, is too large, or contradicts itself. Nothing of it is used.</summary>
/// <param name="message">Which field, its value and what is allowed.</param>
/// <param name="inner">The parser's exception, or null.</param>
public sealed class OracleProtocolException(string message, Exception? inner = null) : Exception(message, inner);
