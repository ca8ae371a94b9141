using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace TorchInit.Oracle;

/// <summary>
/// Passes cases on, and takes one hash over everything that was answered: by it two transports or two machines are compared.
/// </summary>
/// <param name="inner">Who answers; disposed with this.</param>
public sealed partial class DigestingOracle(ITorchOracle inner) : ITorchOracle
{
    readonly Lock _gate = new();
    readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <inheritdoc/>
    public OracleInfo Info => inner.Info;

    /// <summary>
    /// SHA-256 over the replies so far, in order: names, dtypes, shapes, bytes, states, warnings, errors. A Python set in a text counts in
    /// sorted order.
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
