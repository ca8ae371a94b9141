using System.IO.Compression;
using DynamicObj;
using Plotly.NET;

namespace InitNotebooks.Plots.Plotly;

/// <summary>The border between load contexts, which only base class library types cross.</summary>
public static class PlotlyBorder
{
    /// <summary>The figure in Plotly's JSON: {"data": […], "layout": {…}}.</summary>
    /// <param name="traces">For each trace, its type and its properties; a property is a value, an array, or a nested list of
    /// properties.</param>
    /// <param name="layout">The layout's properties.</param>
    public static string FigureJson(IReadOnlyList<(string Type, IReadOnlyList<(string Name, object Value)> Properties)> traces,
        IReadOnlyList<(string Name, object Value)> layout)
    {
        ArgumentNullException.ThrowIfNull(traces);
        ArgumentNullException.ThrowIfNull(layout);
        List<Trace> list = [];
        foreach ((string type, IReadOnlyList<(string, object)> properties) in traces)
        {
            Trace trace = new(type);
            Fill(trace, properties);
            list.Add(trace);
        }
        Layout look = new();
        Fill(look, layout);
        GenericChart chart = GenericChart.setLayout(look,
            GenericChart.ofTraceObjects(false, Microsoft.FSharp.Collections.ListModule.OfSeq(list)));
        return GenericChart.toFigureJson(chart);
    }

    /// <summary>plotly.js as shipped with Plotly.NET, gzip and base64: 1.5 MB instead of 3.6.</summary>
    public static string CompressedScript()
    {
        using Stream script = typeof(GenericChart).Assembly.GetManifestResourceStream("Plotly.NET.plotly-2.28.0.min.js")
            ?? throw new InvalidOperationException("This version of Plotly.NET contains no plotly.js.");
        using MemoryStream compressed = new();
        using (GZipStream gzip = new(compressed, CompressionLevel.SmallestSize)) { script.CopyTo(gzip); }
        return Convert.ToBase64String(compressed.ToArray());
    }

    static void Fill(DynamicObj.DynamicObj target, IReadOnlyList<(string Name, object Value)> properties)
    {
        foreach ((string name, object value) in properties) { target.SetProperty(name, Value(value)); }
    }

    static object Value(object value)
    {
        if (value is not IReadOnlyList<(string, object)> nested) { return value; }
        DynamicObj.DynamicObj inner = new();
        Fill(inner, nested);
        return inner;
    }
}
