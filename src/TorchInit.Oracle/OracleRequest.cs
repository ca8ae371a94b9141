using System.Text.Json;

namespace TorchInit.Oracle;

/// <summary>One case for torch.</summary>
/// <remarks>
/// <see cref="CallJson"/> is <c>{"call": name, "args": […], "kwargs": {…}, "forward": [sizes]}</c>; the last three are optional. A value is
/// null, true, false, an integer of any size, a string, an array (Python's list), <c>{"float": "0.1"}</c> (any text that Python's
/// <c>float()</c> reads, also inf and nan), <c>{"tuple": […]}</c>, or a nested call. An operation on a tensor takes its shape instead:
/// <c>{"tuple": [3, 5]}</c>, filled with zeros before the call, or <c>{"transpose": {"tuple": [3, 5]}}</c>, the (5, 3) view of a (3, 5)
/// tensor. <c>forward</c> runs the module on a batch of zeros of these sizes after construction; this is when a lazy module draws. Allowed
/// names: the classes of <c>torch.nn</c> with initial weights and the usual ones without, <c>init.*</c>, <c>utils.weight_norm</c>,
/// <c>utils.spectral_norm</c>, <c>parametrizations.*</c>, <c>uniform_</c>, <c>normal_</c>, <c>randperm</c>, and as arguments <c>ones</c>
/// and <c>zeros</c>.
/// </remarks>
public sealed record OracleRequest
{
    internal const int MaxStateBytes = 1 << 20;
    const int MaxSeedDigits = 4000;   // Python reads no more than 4300

    /// <summary>The torch call as JSON, for example <c>{"call":"Linear","args":[3,4],"kwargs":{"bias":false}}</c>.</summary>
    public required string CallJson { get; init; }

    /// <summary><c>float32</c>, <c>float64</c>, <c>float16</c> or <c>bfloat16</c>: the dtype of the tensor to fill, or torch's default
    /// dtype during construction.</summary>
    public string DType { get; init; } = "float32";

    /// <summary>The argument of <c>torch.manual_seed</c>: any Python integer in decimal. Null if <see cref="State"/> is given.</summary>
    public string? Seed { get; init; }

    /// <summary>The argument of <c>torch.set_rng_state</c>, instead of a seed: 5056 or 5048 bytes; torch itself refuses other
    /// lengths.</summary>
    public byte[]? State { get; init; }

    /// <summary>How often <c>reset_parameters()</c> (or <c>_reset_parameters()</c>) is called after construction, 0 or more.</summary>
    public int Reset { get; init; }

    /// <summary>Throws unless the request is well-formed; names and sizes are checked where torch runs.</summary>
    /// <exception cref="ArgumentException">CallJson is not JSON, both or neither of seed and state are given, or a value is out of
    /// range.</exception>
    internal void Validate()
    {
        if (DType is not ("float32" or "float64" or "float16" or "bfloat16"))
        {
            throw new ArgumentException($"DType is '{DType}'; allowed: float32, float64, float16, bfloat16.");
        }
        if (Seed is null == State is null) { throw new ArgumentException("Exactly one of Seed and State must be given."); }
        if (Seed is not null && !IsDecimal(Seed))
        {
            throw new ArgumentException($"Seed is '{Seed}'; allowed: a decimal integer of at most {MaxSeedDigits} digits.");
        }
        if (State?.Length > MaxStateBytes)
        {
            throw new ArgumentException($"State has {State.Length} bytes; allowed: at most {MaxStateBytes}.");
        }
        if (Reset < 0) { throw new ArgumentException($"Reset is {Reset}; allowed: 0 or more."); }
        try
        {
            using JsonDocument call = JsonDocument.Parse(CallJson);
            if (call.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw new ArgumentException($"CallJson is {call.RootElement.ValueKind}; allowed: an object with \"call\".");
            }
        }
        catch (JsonException error)
        {
            throw new ArgumentException($"CallJson is not JSON: {error.Message}", error);
        }
    }

    static bool IsDecimal(string text)
    {
        string digits = text.StartsWith('-') ? text[1..] : text;
        return digits.Length is > 0 and <= MaxSeedDigits && digits.All(char.IsAsciiDigit);
    }
}
