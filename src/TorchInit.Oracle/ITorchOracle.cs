namespace TorchInit.Oracle;

/// <summary>Real torch, or its recorded answers: a request in, named tensors and the generator's state out.</summary>
/// <remarks>Calls may come from any thread; an oracle answers one at a time, because torch has one default generator per process.</remarks>
public interface ITorchOracle : IDisposable
{
    /// <summary>Which torch answers, and what else affects its bits.</summary>
    OracleInfo Info { get; }

    /// <summary>Runs one case. An exception in torch is a reply with <see cref="OracleReply.Error"/>, not a .NET exception.</summary>
    /// <param name="request">The call, the dtype and the start of the stream.</param>
    /// <exception cref="ArgumentException">The request is malformed; torch was not asked.</exception>
    /// <exception cref="OracleCrashedException">Torch crashed or did not answer in time; the next case is answered again.</exception>
    /// <exception cref="OracleProtocolException">The answer is not a reply of the protocol.</exception>
    /// <exception cref="OracleUnavailableException">Torch cannot be started.</exception>
    OracleReply Run(OracleRequest request);
}
