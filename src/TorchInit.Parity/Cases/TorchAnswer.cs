using TorchInit.Oracle;

namespace TorchInit.Parity;

/// <summary>What torch answered to a case of one call or several.</summary>
/// <param name="Reply">The last reply; with the tensors of all calls that were answered, also where the last one was refused.</param>
/// <param name="Answered">How many calls were answered; where torch refused one, the number of that one.</param>
/// <param name="StateBefore">The generator's state before the call that was refused; null for the first, and where none was.</param>
sealed record TorchAnswer(OracleReply Reply, int Answered, byte[]? StateBefore);
