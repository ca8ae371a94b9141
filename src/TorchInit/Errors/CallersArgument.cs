namespace TorchInit;

/// <summary>Lets an error name the argument that the caller gave, not the shape or the inner module that was made from it.</summary>
static class CallersArgument
{
    /// <summary>What errors name that no caller of a composed module gave: no name at all, a shape, or an argument of a part.</summary>
    static readonly string?[] s_inner = [null, "shape", "tensor", "inFeatures", "outFeatures", "normalizedShape", "embedDim", "numHeads",
        "numLayers"];

    /// <summary>The result; an error about a size names one of <paramref name="sizes"/>.</summary>
    public static T Named<T>(Func<T> make, params IReadOnlyList<(string Name, long Size)> sizes)
    {
        try { return make(); }
        catch (ArgumentException error) when (Renamed(error, sizes) is { } renamed) { throw renamed; }
    }

    /// <summary>The error with the name of the first negative size, or else of the largest; null if it already names an argument of the
    /// caller.</summary>
    public static ArgumentException? Renamed(ArgumentException error, IReadOnlyList<(string Name, long Size)> sizes)
    {
        if (sizes.Count == 0 || !s_inner.Contains(error.ParamName) || sizes.Any(size => size.Name == error.ParamName)) { return null; }
        string? known = error.ParamName switch
        {
            "embedDim" => "dModel",
            "numHeads" => "nhead",
            _ => null,
        };
        (string name, long wrong) = sizes.FirstOrDefault(size => size.Name == known, sizes.FirstOrDefault(size => size.Size < 0,
            sizes.MaxBy(size => size.Size)));
        if (error is TorchArgumentException torch)
        {
            string allowed = wrong < 0 && (error.ParamName is "shape" or "tensor") ? "0 or more"
                : known is null ? torch.Allowed : torch.Allowed.Replace("num_heads", "nhead", StringComparison.Ordinal);
            return new TorchArgumentException(name, wrong, allowed, torch.TorchKind, torch.TorchMessage);
        }
        return new ArgumentException($"{name} is {wrong}: {error.Message.Split(" (Parameter '")[0]}", name, error);
    }
}
