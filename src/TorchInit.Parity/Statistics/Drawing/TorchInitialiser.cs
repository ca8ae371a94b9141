using System.Globalization;
using TorchInit.Oracle;

namespace TorchInit.Parity;

/// <summary>Real torch.</summary>
/// <param name="oracle">Where it answers.</param>
public sealed class TorchInitialiser(ITorchOracle oracle) : Initialiser
{
    /// <inheritdoc/>
    public override string Name => $"torch {LiveProfile.Of(oracle.Info).Version}";

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">Torch raised an error.</exception>
    public override Drawn Draw(DrawRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        OracleReply reply = new ParityCase(request.Expression, request.DType, request.Seed.ToString(CultureInfo.InvariantCulture)).Ask(oracle);
        if (reply.Error is { } error) { throw new InvalidOperationException($"{request.Expression}: torch raised {error.Kind}: {error.Message}"); }
        StateDict tensors = new();
        foreach (OracleTensor answer in reply.Tensors)
        {
            TensorBuffer tensor = TensorBuffer.Zeros(DTypeExtensions.Parse(answer.DType), [.. answer.Shape]);
            answer.Data.CopyTo(tensor.Bytes(0, tensor.Count));
            tensors.Add(answer.Name, tensor);
        }
        return new(request.Shard is { } shard ? Shards.Cut(tensors, shard) : tensors, reply.State);
    }
}
