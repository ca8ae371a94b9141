using System.Globalization;

namespace TorchInit;

/// <summary>The classes of torch.nn without parameters and buffers: they draw nothing, but take a number in a Sequential, and refuse what
/// torch's classes refuse.</summary>
static class ParameterlessCalls
{
    const string Pool = "kernel_size, stride=None, padding=0, dilation=1, return_indices=False, ceil_mode=False";
    const string Average = "kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True";
    const string LpPool = "norm_type, kernel_size, stride=None, ceil_mode=False";

    public static readonly CallRule[] Rules =
    [
        Rule("Identity", "*args, **kwargs"),
        .. Each(["ReLU", "ReLU6", "SELU", "SiLU", "Mish", "Hardswish", "Hardsigmoid"], "inplace=False"),
        Rule("LeakyReLU", "negative_slope=0.01, inplace=False"), Rule("ELU", "alpha=1.0, inplace=False"),
        Rule("CELU", "alpha=1.0, inplace=False"), Rule("GELU", "approximate='none'"),
        Rule("Hardtanh", "min_val=-1.0, max_val=1.0, inplace=False, min_value=None, max_value=None", check: CheckHardtanh),
        Rule("Hardshrink", "lambd=0.5"), Rule("Softshrink", "lambd=0.5"), Rule("Softplus", "beta=1.0, threshold=20.0"),
        Rule("Threshold", "threshold, value, inplace=False"),
        Rule("RReLU", "lower=0.125, upper=0.3333333333333333, inplace=False"), Rule("GLU", "dim=-1"),
        .. Each(["Softmax", "LogSoftmax", "Softmin"], "dim=None"),
        .. new[] { "Tanhshrink", "Softsign", "Sigmoid", "LogSigmoid", "Tanh", "Softmax2d" }.Select(Plain),
        .. Each(["Dropout", "Dropout1d", "Dropout2d", "Dropout3d", "AlphaDropout", "FeatureAlphaDropout"], "p=0.5, inplace=False",
            "_DropoutNd", (a, _) => CheckDropout(a.Argument("p"))),
        Rule("Flatten", "start_dim=1, end_dim=-1"), Rule("Unflatten", "dim, unflattened_size", check: CheckUnflatten),
        .. Each(["MaxPool1d", "MaxPool2d", "MaxPool3d"], Pool, "_MaxPoolNd"),
        Rule("AvgPool1d", Average), Rule("AvgPool2d", $"{Average}, divisor_override=None"),
        Rule("AvgPool3d", $"{Average}, divisor_override=None"),
        .. Each(["LPPool1d", "LPPool2d"], LpPool, "_LPPoolNd"),
        Rule("LPPool3d", LpPool, "_LPPoolNd") with { Since = (2, 3) },
        .. Each(["MaxUnpool1d", "MaxUnpool2d", "MaxUnpool3d"], "kernel_size, stride=None, padding=0"),
        Fractional("FractionalMaxPool2d", 2), Fractional("FractionalMaxPool3d", 3),
        .. Each(["AdaptiveAvgPool1d", "AdaptiveAvgPool2d", "AdaptiveAvgPool3d"], "output_size", "_AdaptiveAvgPoolNd"),
        .. Each(["AdaptiveMaxPool1d", "AdaptiveMaxPool2d", "AdaptiveMaxPool3d"], "output_size, return_indices=False", "_AdaptiveMaxPoolNd"),
        Rule("Upsample", "size=None, scale_factor=None, mode='nearest', align_corners=None, recompute_scale_factor=None",
        check: CheckUpsample),
        .. Each(["UpsamplingNearest2d", "UpsamplingBilinear2d"], "size=None, scale_factor=None", check: CheckUpsample),
        Rule("PixelShuffle", "upscale_factor"), Rule("PixelUnshuffle", "downscale_factor"), Rule("ChannelShuffle", "groups"),
        .. Each(["ConstantPad1d", "ConstantPad2d", "ConstantPad3d"], "padding, value"),
        .. Each(["ZeroPad2d", "ReflectionPad1d", "ReflectionPad2d", "ReflectionPad3d", "ReplicationPad1d", "ReplicationPad2d",
            "ReplicationPad3d"], "padding"),
        .. Each(["ZeroPad1d", "ZeroPad3d", "CircularPad1d", "CircularPad2d", "CircularPad3d"], "padding")
            .Select(rule => rule with { Since = (2, 1) }),
        Rule("CrossMapLRN2d", "size, alpha=0.0001, beta=0.75, k=1"),
        Rule("LocalResponseNorm", "size, alpha=0.0001, beta=0.75, k=1.0"), Rule("CosineSimilarity", "dim=1, eps=1e-8"),
        Rule("PairwiseDistance", "p=2.0, eps=1e-6, keepdim=False"),
        Rule("Fold", "output_size, kernel_size, dilation=1, padding=0, stride=1"),
        Rule("Unfold", "kernel_size, dilation=1, padding=0, stride=1"),
    ];

    /// <summary>A probability: 0 to 1, or NaN.</summary>
    public static void CheckDropout(PythonArgument p)
    {
        if (p.IsLess(0) || p.IsGreater(1))
        {
            throw p.ValueError("0 to 1", $"dropout probability has to be between 0 and 1, but got {p.Text}");
        }
    }

    static IEnumerable<CallRule> Each(string[] names, string signature, string? owner = null,
        Action<BoundArguments, TorchProfile>? check = null)
        => names.Select(name => Rule(name, signature, owner, check));

    static CallRule Rule(string name, string signature, string? owner = null, Action<BoundArguments, TorchProfile>? check = null)
        => new(name, signature, (a, profile) =>
        {
            check?.Invoke(a, profile);
            return Modules.Parameterless(a.Source.ToString(), profile);
        })
        {
            Function = PythonFunction.Constructor(owner ?? name),
        };

    /// <summary>A class without its own __init__: since 2.0 Module's __init__ counts the arguments, under the class's name.</summary>
    static CallRule Plain(string name) => Rule(name, "") with { FunctionBefore2_0 = PythonFunction.Constructor("Module") };

    static CallRule Fractional(string name, int rank)
        => Rule(name, "kernel_size, output_size=None, output_ratio=None, return_indices=False, _random_samples=None",
            check: (a, _) => CheckFractional(a, name, rank));

    static void CheckFractional(BoundArguments a, string name, int rank)
    {
        (PythonArgument size, PythonArgument ratio) = (a.Argument("output_size"), a.Argument("output_ratio"));
        if (size.IsNone && ratio.IsNone)
        {
            throw size.ValueError("a size, or an output_ratio", $"{name} requires specifying either an output size, or a pooling ratio");
        }
        if (!size.IsNone && !ratio.IsNone)
        {
            throw ratio.ValueError("None if output_size is given", "only one of output_size and output_ratio may be specified");
        }
        if (ratio.IsNone) { return; }
        PythonArgument[] ratios = ratio.Repeated(rank);
        for (int at = 0; at < rank; at++)
        {
            if (at >= ratios.Length)
            {
                throw new TorchArgumentException(ratio.Name, ratio.Value, $"a number, or {rank} of them", "IndexError",
                    "tuple index out of range");
            }
            if ((ratio with { Value = new TorchInt(0) }).IsLess(ratios[at]) && ratios[at].IsLess(1)) { continue; }
            throw ratio.ValueError("between 0 and 1", $"output_ratio must be between 0 and 1 (got {ratio.Text})");
        }
    }

    static void CheckHardtanh(BoundArguments a, TorchProfile profile)
    {
        PythonArgument low = Renamed("min_val", "min_value");
        PythonArgument high = Renamed("max_val", "max_value");
        if (!high.IsGreater(low))
        {
            throw new TorchArgumentException(high.Name, high.Value, $"above {low.Name} = {low.Value}", "AssertionError", "");
        }

        PythonArgument Renamed(string name, string old)
        {
            if (a.IsNone(old)) { return a.Argument(name); }
            // The category and the quotes changed after 2.1; 2.6 has the new ones.
            TorchWarning.Raise(profile.Has(2, 2) ? new("FutureWarning", $"keyword argument `{old}` is deprecated and rename to `{name}`")
                : new("UserWarning", $"keyword argument {old} is deprecated and rename to {name}"));
            return a.Argument(old);
        }
    }

    static void CheckUnflatten(BoundArguments a, TorchProfile profile)
    {
        (PythonArgument dim, PythonArgument sizes) = (a.Argument("dim"), a.Argument("unflattened_size"));
        bool named = dim.Value is TorchString;
        if (!named && dim.Integer is null) { throw dim.TypeError("an integer or a name", "invalid argument type for dim parameter"); }
        if (sizes.Value is not TorchTuple && (named || sizes.Value is not TorchList))
        {
            throw sizes.TypeError("a tuple",
                $"unflattened_size must be a tuple of {(named ? "tuples" : "ints")}, but found type {sizes.Type}");
        }
        foreach ((PythonArgument item, int at) in sizes.Repeated(0).Select((item, at) => (item, at)))
        {
            if (named ? item.Value is TorchTuple : item.Integer is not null) { continue; }
            throw item.TypeError("a tuple",
                $"unflattened_size must be tuple of {(named ? "tuples" : "ints")}, but found element of type {item.Type} at pos {at}");
        }
    }

    /// <summary>float(factor) of the factor or, in a tuple, of each.</summary>
    static void CheckUpsample(BoundArguments a, TorchProfile profile)
    {
        PythonArgument factor = a.Argument("scale_factor");
        foreach (PythonArgument each in factor.Value is TorchTuple ? factor.Repeated(0) : factor.IsTrue ? [factor] : [])
        {
            if (each.Value is TorchString)
            {
                if (!double.TryParse(each.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
                {
                    throw each.ValueError("a number", $"could not convert string to float: {each.Value}");
                }
            }
            else if (each.Number is null)
            {
                throw each.TypeError("a number", $"float() argument must be a string or a real number, not '{each.Type}'");
            }
        }
    }
}
