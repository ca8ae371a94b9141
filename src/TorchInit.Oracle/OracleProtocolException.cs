namespace TorchInit.Oracle;

/// <summary>The worker did not send a valid reply: it ends early, is too large, or contradicts itself. None of it is used.</summary>
/// <param name="message">The field, its value and what is allowed.</param>
/// <param name="inner">The parser's exception, or null.</param>
public sealed class OracleProtocolException(string message, Exception? inner = null) : Exception(message, inner);
