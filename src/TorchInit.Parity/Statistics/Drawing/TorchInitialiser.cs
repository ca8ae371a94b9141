using System.Globalization;
using TorchInit.Oracle;

namespace TorchInit.Parity;

/// <summary>Real torch.</summary>
/// <param name="oracle">The oracle that runs torch.</param>
public sealed class TorchInitialiser(ITorchOracle oracle) : Initialiser
{
    /// <inheritdoc/>
    public override string Name => $"torch {LiveProfile.Of(oracle.Info).Version}";

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">Torch raised an error, or its tensors are not those of the plan.</exception>
    public override Drawn Draw(DrawRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        OracleReply reply = new ParityCase(request.Expression, request.DType, request.Seed.ToString(CultureInfo.InvariantCulture))
            .Ask(oracle).Reply;
        if (reply.Error is { } error)
        {
            throw new UnansweredException($"{request.Expression}: torch raised {error.Kind}: {error.Message}");
        }
        StateDict tensors = new();
        foreach (OracleTensor answer in reply.Tensors)
        {
            TensorBuffer tensor = TensorBuffer.Zeros(DType.Parse(answer.DType), [.. answer.Shape]);
            answer.Data.CopyTo(tensor.Bytes(0, tensor.Count));
            tensors.Add(answer.Name, tensor);
        }
        if (request.Plan.StateTensors.FirstOrDefault(tensor
            => !tensors.TryGetValue(tensor.Name, out TensorBuffer? given) || !given.Shape.SequenceEqual(tensor.Shape)) is { } missing)
        {
            throw new UnansweredException($"{request.Expression}: torch's answer has no {missing}");
        }
        return new(request.Shard is { } shard ? Shards.Cut(tensors, shard) : tensors, reply.State);
    }
}
