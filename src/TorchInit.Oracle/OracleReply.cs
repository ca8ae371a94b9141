namespace TorchInit.Oracle;

/// <summary>What torch answered: tensors, or the exception that it raised.</summary>
/// <param name="Tensors">For a module, in <c>state_dict()</c> order, without lazy parameters that have no shape yet; for an operation, one
/// tensor named "" (after a <c>transpose</c>, the view in row-major order); empty if torch raised.</param>
/// <param name="State">The 5056 bytes of <c>torch.get_rng_state()</c> afterwards, also if torch raised; empty if the seed or state itself
/// was refused.</param>
/// <param name="Warnings">The warnings in order, at most 16.</param>
/// <param name="Error">The exception that torch raised, or null.</param>
public sealed record OracleReply(
    IReadOnlyList<OracleTensor> Tensors, byte[] State, IReadOnlyList<OracleWarning> Warnings, OracleError? Error = null);

/// <summary>A tensor as bytes.</summary>
/// <param name="Name">Its key in the state dict, or "".</param>
/// <param name="DType">torch's name: <c>float32</c>, <c>float64</c>, <c>float16</c>, <c>bfloat16</c>, <c>int64</c>, <c>int32</c>,
/// <c>int16</c>, <c>int8</c>, <c>uint8</c> or <c>bool</c>.</param>
/// <param name="Shape">The sizes; empty for a scalar.</param>
/// <param name="Data">The elements, row-major, little-endian; the length follows from shape and dtype.</param>
public sealed record OracleTensor(string Name, string DType, IReadOnlyList<long> Shape, byte[] Data);

/// <summary>A Python warning.</summary>
/// <param name="Category">Its class, for example <c>UserWarning</c>.</param>
/// <param name="Message">Its text.</param>
public sealed record OracleWarning(string Category, string Message);

/// <summary>A Python exception.</summary>
/// <param name="Kind">Its class, for example <c>ValueError</c>; <see cref="Refused"/> if torch was not asked.</param>
/// <param name="Message">Its text.</param>
public sealed record OracleError(string Kind, string Message)
{
    /// <summary>The kind of a request that the oracle does not pass on to torch: a name or size that is not allowed.</summary>
    public const string Refused = "OracleRefused";
}
