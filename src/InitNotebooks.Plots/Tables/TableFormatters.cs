using System.Diagnostics.CodeAnalysis;

namespace InitNotebooks;

/// <summary>Tells notebook kernels the forms of a <see cref="Table"/>, by the same convention as a chart's.</summary>
public sealed class TableFormatters
{
    /// <summary>One per MIME type.</summary>
    [SuppressMessage("Performance", "CA1822", Justification = "The convention asks for an instance method.")]
    public IEnumerable<object> CreateTypeFormatters()
        => [new FormFormatter<Table>("text/html", table => table.Html), new FormFormatter<Table>("text/plain", table => table.ToString())];
}
