namespace TorchInit;

/// <summary>How numbers are printed: the arguments of <c>torch.set_printoptions</c>, with its defaults.</summary>
public sealed record PrintOptions
{
    readonly int _precision = 4;
    readonly int _edgeItems = 3;

    /// <summary>torch's defaults.</summary>
    public static PrintOptions Default { get; } = new();

    /// <summary>Digits after the decimal point, 0 to 40.</summary>
    public int Precision
    {
        get => _precision;
        init => _precision = value is >= 0 and <= 40 ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "Precision: allowed: 0 to 40.");
    }

    /// <summary>A tensor with more elements than this is summarised: only its edges are printed.</summary>
    public long Threshold { get; init; } = 1000;

    /// <summary>The number of items at each edge, 1 or more.</summary>
    public int EdgeItems
    {
        get => _edgeItems;
        init => _edgeItems = value >= 1 ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "EdgeItems: allowed: 1 or more.");
    }

    /// <summary>The most characters per line; a line has at least one number.</summary>
    public int LineWidth { get; init; } = 80;

    /// <summary>Whether numbers have an exponent; null lets the numbers decide, as in torch.</summary>
    public bool? SciMode { get; init; }

    /// <summary>Every option with its value.</summary>
    public override string ToString()
        => $"PrintOptions {{ Precision = {Precision}, Threshold = {Threshold}, EdgeItems = {EdgeItems}, LineWidth = {LineWidth}, "
            + $"SciMode = {SciMode} }}";
}
