using System.Diagnostics.CodeAnalysis;

namespace InitNotebooks;

/// <summary>How notebook kernels find the forms of a <see cref="Chart"/>: by the names of this class, its members and the attribute, with no reference to any kernel.</summary>
public sealed class ChartFormatters
{
    /// <summary>One a MIME type.</summary>
    [SuppressMessage("Performance", "CA1822", Justification = "The convention asks for an instance method.")]
    public IEnumerable<object> CreateTypeFormatters() =>
    [
        new ChartFormatter("application/vnd.plotly.v1+json", chart => chart.PlotlyJson),
        new ChartFormatter("text/html", chart => chart.Html),
        new ChartFormatter("image/svg+xml", chart => chart.Svg),
        new ChartFormatter("text/plain", chart => chart.ToString()),
    ];
}

/// <summary>Writes a chart in one form.</summary>
public sealed class ChartFormatter
{
    readonly Func<Chart, string> _form;

    internal ChartFormatter(string mimeType, Func<Chart, string> form) => (MimeType, _form) = (mimeType, form);

    /// <summary>The form.</summary>
    public string MimeType { get; }

    /// <summary>Writes it.</summary>
    /// <param name="instance">A chart.</param>
    /// <param name="writer">Receives the text.</param>
    /// <returns>Whether it was a chart.</returns>
    public bool Format(object instance, TextWriter writer)
    {
        if (instance is not Chart chart) { return false; }
        writer.Write(_form(chart));
        return true;
    }
}

[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
{
    public Type FormatterSourceType { get; } = formatterSourceType;

    public string[] PreferredMimeTypes { get; set; } = [];
}
