namespace TorchInit.Syntax;

/// <summary>Python's <c>None</c>.</summary>
public sealed record TorchNone : TorchValue
{
    TorchNone() { }

    /// <summary>The only instance.</summary>
    public static TorchNone Instance { get; } = new();
}

/// <summary><c>True</c> or <c>False</c>.</summary>
/// <param name="Value">The truth value.</param>
public sealed record TorchBool(bool Value) : TorchValue;

/// <summary>A 64-bit integer; the parser refuses Python's larger ones.</summary>
/// <param name="Value">From −2⁶³ to 2⁶³ − 1.</param>
public sealed record TorchInt(long Value) : TorchValue;

/// <summary>A Python float: a double, including inf, -inf and nan.</summary>
/// <param name="Value">Any double.</param>
public sealed record TorchFloat(double Value) : TorchValue;

/// <summary>A string, for example <c>'relu'</c>.</summary>
public sealed record TorchString : TorchValue
{
    /// <summary>The string with these characters.</summary>
    /// <param name="value">Unicode text.</param>
    /// <exception cref="ArgumentException"><paramref name="value"/> has an unpaired surrogate, which neither UTF-8 nor JSON can
    /// encode.</exception>
    public TorchString(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        int at = UnicodeText.LoneSurrogate(value);
        Value = at < 0 ? value : throw new ArgumentException($"value has a lone surrogate at {at}; allowed: Unicode text.", nameof(value));
    }

    /// <summary>Its characters, without quotes.</summary>
    public string Value { get; }
}

/// <summary>A dtype among the arguments: <c>torch.float64</c>.</summary>
/// <param name="Value">One of torch's dtypes.</param>
public sealed record TorchDType(DType Value) : TorchValue;
