using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace TorchInit.Oracle;

/// <summary>
/// Passes cases on and hashes every answer, so that two transports or two machines can be compared.
/// </summary>
/// <param name="inner">The oracle that answers; disposed with this one.</param>
public sealed partial class DigestingOracle(ITorchOracle inner) : ITorchOracle
{
    readonly Lock _gate = new();
    readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <inheritdoc/>
    public OracleInfo Info => inner.Info;

    /// <summary>
    /// SHA-256 of the replies so far, in order: names, dtypes, shapes, bytes, states, warnings, errors. The items of a Python set in a
    /// message are sorted first.
    /// </summary>
    public string Sha256()
    {
        lock (_gate) { return Convert.ToHexStringLower(_hash.GetCurrentHash()); }
    }

    /// <inheritdoc/>
    public OracleReply Run(OracleRequest request)
    {
        lock (_gate)
        {
            OracleReply reply = inner.Run(request);
            var header = new
            {
                Tensors = reply.Tensors.Select(tensor => new { tensor.Name, tensor.DType, tensor.Shape }),
                Warnings = reply.Warnings.Select(warning => new { warning.Category, Message = Sorted(warning.Message) }),
                Error = reply.Error is { } error ? new { error.Kind, Message = Sorted(error.Message) } : null,
                State = reply.State.Length,
            };
            _hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(header));
            foreach (OracleTensor tensor in reply.Tensors) { _hash.AppendData(tensor.Data); }
            _hash.AppendData(reply.State);
            return reply;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        inner.Dispose();
        _hash.Dispose();
    }

    static string Sorted(string message)
        => Set().Replace(message, set => $"{{{string.Join(", ", set.Groups[1].Value.Split(", ").Order(StringComparer.Ordinal))}}}");

    [GeneratedRegex(@"\{([^{}]*)\}")]
    private static partial Regex Set();
}
