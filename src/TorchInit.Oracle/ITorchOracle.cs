namespace TorchInit.Oracle;

/// <summary>Real torch, or what it once answered: a request in, named tensors and the generator's state out.</summary>
/// <remarks>Calls may come from any thread; an oracle answers one at a time, since torch's generator is one for a process.</remarks>
public interface ITorchOracle : IDisposable
{
    /// <summary>Which torch answers, and what else decides its bits.</summary>
    OracleInfo Info { get; }

    /// <summary>Asks one case. What torch raises is a reply with <see cref="OracleReply.Error"/>, not an exception.</summary>
    /// <param name="request">The call, the dtype and where the stream starts.</param>
    /// <exception cref="ArgumentException">The request is malformed; torch was not asked.</exception>
    /// <exception cref="OracleCrashedException">Torch died or gave no answer in time; the next case is answered again.</exception>
    /// <exception cref="OracleProtocolException">The answer is not a reply of the protocol.</exception>
    /// <exception cref="OracleUnavailableException">Torch cannot be started.</exception>
    OracleReply Run(OracleRequest request);
}
