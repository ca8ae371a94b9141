namespace TorchInit;

/// <summary>torch's rule for the common dtype of several operands. A null dtype is the floating-point type chosen when the plan
/// runs.</summary>
static class Promotion
{
    // Of a dtype that the plan leaves open, only this is known: it is a floating-point type.
    enum Category
    {
        Bool,
        Integer,
        Float,
    }

    /// <summary>The common dtype: within one category, tensors with dimensions take precedence over those without, and these over
    /// numbers.</summary>
    /// <param name="tensors">The tensor operands.</param>
    /// <param name="numbers">The number operands.</param>
    public static DType? Of(IReadOnlyList<PlannedTensor> tensors, IReadOnlyList<TorchValue>? numbers = null)
    {
        List<DType?> dimensioned = [.. tensors.Where(tensor => tensor.Shape.Length > 0).Select(tensor => tensor.DType)];
        List<DType?> single = [.. tensors.Where(tensor => tensor.Shape.Length == 0).Select(tensor => tensor.DType)];
        List<DType?> written = [.. (numbers ?? []).Select(OfNumber)];
        List<DType?> best = [];
        foreach (List<DType?> group in new[] { written, single, dimensioned })
        {
            if (group.Count == 0) { continue; }
            DType? own = group.Aggregate(Common);
            best = best is not [var lower] || CategoryOf(own) == Category.Float ? [own]
                : CategoryOf(own) == Category.Bool || CategoryOf(lower) == Category.Float ? [Common(own, lower)] : [own];
        }
        return best[0];
    }

    /// <summary>Whether a result of one dtype can be stored in a tensor of another.</summary>
    public static bool CanCast(DType? from, DType? to) => CategoryOf(from) <= CategoryOf(to);

    /// <summary>True for int64, bool, …; division and functions convert these to the default dtype.</summary>
    public static bool IsWhole(DType? dtype) => CategoryOf(dtype) != Category.Float;

    static DType? OfNumber(TorchValue number) => number switch { TorchInt => DType.Int64, TorchBool => DType.Bool, _ => null };

    static Category CategoryOf(DType? dtype) => dtype switch
    {
        null => Category.Float,
        DType.Bool => Category.Bool,
        { } known => known.IsFloatingPoint() ? Category.Float : Category.Integer,
    };

    static DType? Common(DType? a, DType? b)
    {
        if (a == b) { return a; }
        (Category left, Category right) = (CategoryOf(a), CategoryOf(b));
        if (left != right) { return left > right ? a : b; }
        if (left == Category.Float)
        {
            return a is DType.Float64 || b is DType.Float64 ? DType.Float64 : a is not null && b is not null ? DType.Float32
                : throw new NotFollowedException($"an operand of {(a ?? b)!.Value.TorchName()} with one whose dtype is chosen when "
                    + "the plan runs is not followed; allowed: a dtype for both, or for neither.");
        }
        (DType small, DType large) = a!.Value.ByteSize() < b!.Value.ByteSize() ? (a.Value, b.Value) : (b.Value, a.Value);
        return small.ByteSize() == large.ByteSize() ? DType.Int16 : large;         // uint8 and int8
    }
}
