using System.Diagnostics.CodeAnalysis;

namespace InitNotebooks;

/// <summary>Tells notebook kernels the forms of a <see cref="Chart"/>, by the names of this class and its members and by the attribute,
/// without a reference to any kernel.</summary>
public sealed class ChartFormatters
{
    /// <summary>One per MIME type.</summary>
    [SuppressMessage("Performance", "CA1822", Justification = "The convention asks for an instance method.")]
    public IEnumerable<object> CreateTypeFormatters() =>
    [
        new FormFormatter<Chart>("application/vnd.plotly.v1+json", chart => chart.PlotlyJson),
        new FormFormatter<Chart>("text/html", chart => chart.Html),
        new FormFormatter<Chart>("image/svg+xml", chart => chart.Svg),
        new FormFormatter<Chart>("text/plain", chart => chart.ToString()),
    ];
}

[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
{
    public Type FormatterSourceType { get; } = formatterSourceType;

    public string[] PreferredMimeTypes { get; set; } = [];
}
