using TorchInit.Oracle;

namespace TorchInit.Parity;

/// <summary>torch's answer to a case of one or more calls.</summary>
/// <param name="Reply">The last reply; with the tensors of all calls that were answered, even if the last one was refused.</param>
/// <param name="Answered">How many calls were answered; if torch refused one, its number.</param>
/// <param name="StateBefore">The generator's state before the call that was refused; null for the first, and if none was.</param>
sealed record TorchAnswer(OracleReply Reply, int Answered, byte[]? StateBefore);
