using System.Globalization;
using System.Text;

namespace TorchInit;

/// <summary>A tensor as torch's <c>print(tensor)</c> shows it.</summary>
public static class TensorText
{
    const string Prefix = "tensor(";

    /// <summary>The most dimensions whose numbers are shown: as many as NumPy allows.</summary>
    const int MostDimensions = 64;

    /// <summary>
    /// <c>tensor([[ 0.3823, 0.4150], …])</c>, followed by the dtype unless it is float32, or int64 or bool and seen in the elements; of a
    /// tensor with more than <see cref="PrintOptions.Threshold"/> elements only the edges, and of one with more than 64 dimensions only
    /// their number.
    /// </summary>
    /// <param name="tensor">A tensor of any dtype and shape.</param>
    /// <param name="options">The arguments of <c>torch.set_printoptions</c>; null for torch's defaults.</param>
    public static string Of(TensorBuffer tensor, PrintOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        bool isDeep = tensor.Shape.Count > MostDimensions;
        string text = Prefix + (isDeep ? "..." : tensor.Count == 0 ? "[]" : Numbers(tensor, options ?? PrintOptions.Default));
        List<string> suffixes = isDeep ? [$"ndim={tensor.Shape.Count}"] : [];
        if (!isDeep && tensor.Count == 0 && tensor.Shape.Count != 1) { suffixes.Add($"size={TensorShape.Text([.. tensor.Shape])}"); }
        if (tensor.DType != DType.Float32 && (tensor.Count == 0 || tensor.DType is not (DType.Int64 or DType.Bool)))
        {
            suffixes.Add($"dtype=torch.{tensor.DType.TorchName()}");
        }
        return WithSuffixes(text, suffixes, (options ?? PrintOptions.Default).LineWidth);
    }

    static string WithSuffixes(string text, List<string> suffixes, int lineWidth)
    {
        StringBuilder all = new(text);
        int last = text.Length - text.LastIndexOf('\n') + 1;              // two more than the length of the line, as in torch
        foreach (string suffix in suffixes)
        {
            bool fits = last + suffix.Length + 2 <= lineWidth;
            all.Append(fits ? ", " : ",\n" + new string(' ', Prefix.Length)).Append(suffix);
            last = fits ? last + suffix.Length + 2 : Prefix.Length + suffix.Length;
        }
        return all.Append(')').ToString();
    }

    static string Numbers(TensorBuffer tensor, PrintOptions options)
    {
        Walk walk = new(tensor.Shape, options, IsSummary: tensor.Count > options.Threshold);
        List<int> shown = [];
        walk.Collect(0, 0, shown);
        if (!tensor.DType.IsFloatingPoint())
        {
            int width = shown.Max(at => Whole(tensor, at).Length);
            return walk.Text(0, 0, Prefix.Length, width, at => Whole(tensor, at).PadLeft(width));
        }
        Func<int, double> element = Reader(tensor);
        NumberFormat format = new([.. shown.Select(element)], options);
        return walk.Text(0, 0, Prefix.Length, format.Width, at => format.Format(element(at)));
    }

    static string Whole(TensorBuffer tensor, int at) => tensor.DType == DType.Bool ? tensor.AsSpan<bool>()[at] ? "True" : "False"
        : tensor.Integer(at).ToString(CultureInfo.InvariantCulture);

    static Func<int, double> Reader(TensorBuffer tensor) => tensor.DType switch
    {
        DType.Float32 => at => tensor.AsSpan<float>()[at],
        DType.Float64 => at => tensor.AsSpan<double>()[at],
        DType.Float16 => at => (double)tensor.AsSpan<Half>()[at],
        _ => at => (float)tensor.AsSpan<BFloat16>()[at],
    };

    /// <summary>Recurses through the dimensions; <c>at</c> is the first element of the part.</summary>
    sealed record Walk(IReadOnlyList<long> Shape, PrintOptions Options, bool IsSummary)
    {
        public void Collect(int dimension, int at, List<int> shown)
        {
            if (dimension == Shape.Count)
            {
                shown.Add(at);
                return;
            }
            foreach (int item in Items(dimension).OfType<int>()) { Collect(dimension + 1, at + item * Stride(dimension), shown); }
        }

        public string Text(int dimension, int at, int indent, int width, Func<int, string> number)
        {
            int left = Shape.Count - dimension;
            if (left == 0) { return number(at); }
            string next = "," + new string('\n', Math.Max(1, left - 1)) + new string(' ', indent + 1);
            if (left > 1)
            {
                return $"[{string.Join(next, Items(dimension).Select(item => item is { } place
                    ? Text(dimension + 1, at + place * Stride(dimension), indent + 1, width, number) : "..."))}]";
            }
            int perLine = Math.Max(1, (Options.LineWidth - indent) / (width + 2));
            IEnumerable<string> numbers = Items(dimension).Select(item => item is { } place ? number(at + place) : " ...");
            return $"[{string.Join(next, numbers.Chunk(perLine).Select(line => string.Join(", ", line)))}]";
        }

        /// <summary>The items of a dimension that are shown; null stands for those that are omitted.</summary>
        IEnumerable<int?> Items(int dimension)
        {
            int size = (int)Shape[dimension], edge = Options.EdgeItems;
            return IsSummary && size > 2L * edge
                ? [.. Enumerable.Range(0, edge), null, .. Enumerable.Range(size - edge, edge)]
                : Enumerable.Range(0, size).Select(item => (int?)item);
        }

        int Stride(int dimension) => (int)Shape.Skip(dimension + 1).Aggregate(1L, (product, size) => product * size);
    }
}
