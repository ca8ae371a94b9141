using TorchInit.Syntax;

namespace TorchInit;

/// <summary>Splits a tensor into views: <c>chunk</c>, <c>split</c>, <c>unbind</c>.</summary>
static class SplitCalls
{
    public static readonly TensorRule[] Rules =
    [
        new("chunk", "input, chunks, dim=0", (a, planner) => Chunks(a, planner.Tensor(a["input"], "input"))),
        new("split", "input, split_size_or_sections, dim=0", (a, planner) => Split(a, planner.Tensor(a["input"], "input"))),
        new("unbind", "input, dim=0", (a, planner) => Unbound(planner.Tensor(a["input"], "input"), a.Long("dim"))),
    ];

    static PlannedTensor[] Chunks(BoundArguments a, PlannedTensor tensor)
    {
        long chunks = a.Long("chunks");
        if (chunks <= 0)
        {
            throw TorchArgumentException.RuntimeError("chunks", chunks, "1 or more", $"chunk expects `chunks` to be greater than 0, got: "
                + $"{chunks}");
        }
        int dimension = DimensionOf(a.Long("dim"), tensor, "chunk");
        long size = tensor.Shape[dimension];
        long each = size == 0 ? 0 : ((size - 1) / chunks) + 1;
        if (each == 0) { CheckCount(chunks); }
        return each == 0 ? Sections(tensor, dimension, Enumerable.Repeat(0L, (int)chunks))
            : Sections(tensor, dimension, Pieces(size, each));
    }

    static PlannedTensor[] Split(BoundArguments a, PlannedTensor tensor)
    {
        PythonArgument sizes = a.Argument("split_size_or_sections");
        int dimension = DimensionOf(a.Long("dim"), tensor, "split");
        long size = tensor.Shape[dimension];
        if (sizes.Value is TorchList or TorchTuple)
        {
            long[] sections = [.. sizes.Items!.Select(item => (sizes with { Value = item }).Integer
                ?? throw sizes.TypeError("an integer, or a list of integers", null))];
            return sections.All(section => section >= 0) && sections.Sum() == size ? Sections(tensor, dimension, sections)
                : throw TorchArgumentException.RuntimeError("split_size_or_sections", sections, $"sizes that sum to {size}",
                    "split_with_sizes expects split_sizes to sum exactly to the size of the dimension");
        }
        long each = sizes.Integer ?? throw sizes.TypeError("an integer, or a list of integers", null);
        if (each < 0 || (each == 0 && size > 0))
        {
            throw TorchArgumentException.RuntimeError("split_size_or_sections", each, "1 or more",
                "split expects split_size be non-negative");
        }
        return Sections(tensor, dimension, size == 0 ? [0] : Pieces(size, each));
    }

    public static PlannedTensor[] Unbound(PlannedTensor tensor, long dim)
    {
        int dimension = DimensionOf(dim, tensor, "unbind");
        CheckCount(tensor.Shape[dimension]);
        return [.. Enumerable.Range(0, (int)tensor.Shape[dimension])
            .Select(at => IndexCalls.Selected(tensor, dimension, new("index", new TorchInt(at))))];
    }

    static IEnumerable<long> Pieces(long size, long each)
    {
        CheckCount(((size - 1) / each) + 1);
        for (long first = 0; first < size; first += each) { yield return Math.Min(each, size - first); }
    }

    static void CheckCount(long parts) => Limits.Check(parts, 0, "The expression");

    static PlannedTensor[] Sections(PlannedTensor tensor, int dimension, IEnumerable<long> lengths)
    {
        List<PlannedTensor> parts = [];
        long first = 0;
        foreach (long length in lengths)
        {
            parts.Add(IndexCalls.Part(tensor, dimension, first, length));
            first += length;
        }
        return [.. parts];
    }

    static int DimensionOf(long dim, PlannedTensor tensor, string name) => tensor.Shape.Length > 0
        ? Strided.Dimension(dim, tensor.Shape.Length)
        : throw TorchArgumentException.RuntimeError("input", tensor.Shape, "1 dimension or more",
            $"{name} expects at least a 1-dimensional tensor");
}
