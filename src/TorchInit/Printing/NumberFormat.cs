namespace TorchInit;

/// <summary>One width and one notation for all numbers of a tensor, chosen as by torch's <c>_Formatter</c>.</summary>
sealed class NumberFormat
{
    readonly bool _isIntegral;
    readonly bool _isScientific;
    readonly int _precision;

    /// <param name="values">The numbers to print; for a large tensor its edges.</param>
    /// <param name="options">The precision, and whether numbers have an exponent.</param>
    public NumberFormat(IReadOnlyList<double> values, PrintOptions options)
    {
        (_precision, Width) = (options.Precision, 1);
        double[] shown = [.. values.Where(value => double.IsFinite(value) && value != 0)];
        _isIntegral = shown.All(value => value == Math.Ceiling(value));
        if (shown.Length == 0) { return; }                    // as in torch: SciMode is then ignored
        double most = shown.Max(Math.Abs), least = shown.Min(Math.Abs);
        _isScientific = most / least > 1000 || most > 1e8 || !_isIntegral && least < 1e-4;
        Width = Math.Max(1, shown.Max(value => Plain(value).Length + (_isIntegral && !_isScientific ? 1 : 0)));
        _isScientific = options.SciMode ?? _isScientific;
    }

    /// <summary>The characters of each number.</summary>
    public int Width { get; }

    /// <summary>The number, right-aligned.</summary>
    public string Format(double value)
    {
        string text = Plain(value);
        return (_isIntegral && !_isScientific && double.IsFinite(value) ? text + "." : text).PadLeft(Width);
    }

    string Plain(double value) => _isScientific ? PythonNumberText.Scientific(value, _precision)
        : PythonNumberText.Fixed(value, _isIntegral ? 0 : _precision);
}
