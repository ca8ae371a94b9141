namespace TorchInit;

static class ConvCalls
{
    const string Tail = "kernel_size, stride=1, padding=0, dilation=1, groups=1, bias=True, padding_mode='zeros', device=None, dtype=None";
    const string TransposedTail = "kernel_size, stride=1, padding=0, output_padding=0, groups=1, bias=True, dilation=1, "
        + "padding_mode='zeros', device=None, dtype=None";

    static readonly string[] s_paddingModes = ["zeros", "reflect", "replicate", "circular"];
    static readonly PythonArgument s_none = new("", new TorchInt(0));

    public static readonly CallRule[] Rules =
    [
        Eager("Conv1d", 1, Tail, Modules.Conv1d), Eager("Conv2d", 2, Tail, Modules.Conv2d), Eager("Conv3d", 3, Tail, Modules.Conv3d),
        Eager("ConvTranspose1d", 1, TransposedTail, Modules.ConvTranspose1d),
        Eager("ConvTranspose2d", 2, TransposedTail, Modules.ConvTranspose2d),
        Eager("ConvTranspose3d", 3, TransposedTail, Modules.ConvTranspose3d),
        Lazy("LazyConv1d", 1, Tail, Modules.LazyConv1d), Lazy("LazyConv2d", 2, Tail, Modules.LazyConv2d),
        Lazy("LazyConv3d", 3, Tail, Modules.LazyConv3d),
        Lazy("LazyConvTranspose1d", 1, TransposedTail, Modules.LazyConvTranspose1d),
        Lazy("LazyConvTranspose2d", 2, TransposedTail, Modules.LazyConvTranspose2d),
        Lazy("LazyConvTranspose3d", 3, TransposedTail, Modules.LazyConvTranspose3d),
    ];

    static CallRule Eager(string name, int rank, string tail, Func<long, long, Sizes, long, bool, TorchProfile?, InitPlan> module)
        => new(name, $"in_channels, out_channels, {tail}", (a, profile) =>
        {
            (PythonArgument inChannels, PythonArgument outChannels) = (a.Argument("in_channels"), a.Argument("out_channels"));
            Sizes kernel = Checked(a, name, rank, inChannels, outChannels);
            return module(inChannels.Integer!.Value, outChannels.Integer!.Value, kernel, a.Argument("groups").Integer!.Value,
                a.Bool("bias"), profile);
        });

    /// <summary>A lazy convolution is created with 0 channels and no bias; out_channels is not checked before the first input.</summary>
    static CallRule Lazy(string name, int rank, string tail, Func<long, Sizes, long, bool, TorchProfile?, LazyModule> module)
        => CallRule.Lazy(name, $"out_channels, {tail}", (a, profile) =>
        {
            Sizes kernel = Checked(a, name, rank, s_none, s_none);
            long groups = a.Argument("groups").Integer ?? 1;
            // torch checks the input first.
            if (a.Source.Forward is { } shape && a["out_channels"] is not TorchInt)
            {
                _ = module(0, kernel, groups, a.Bool("bias"), profile).Forward([.. shape]);
            }
            return module(a.LazySize("out_channels"), kernel, groups, a.Bool("bias"), profile);
        });

    /// <summary>Makes torch's checks in torch's order; returns the kernel sizes.</summary>
    static Sizes Checked(BoundArguments a, string name, int rank, PythonArgument inChannels, PythonArgument outChannels)
    {
        bool transposed = name.Contains("Transpose", StringComparison.Ordinal);
        PythonArgument mode = a.Argument("padding_mode");
        if (transposed && !mode.Equals("zeros"))
        {
            throw mode.ValueError("'zeros'", $"Only \"zeros\" padding mode is supported for {name}");
        }
        PythonArgument groups = a.Argument("groups");
        if (groups.IsAtMost(0)) { throw groups.ValueError("above 0", "groups must be a positive integer"); }
        if (!inChannels.Modulo(groups).Equals(0))
        {
            throw inChannels.ValueError($"a multiple of groups = {groups.Value}", "in_channels must be divisible by groups");
        }
        if (!outChannels.Modulo(groups).Equals(0))
        {
            throw outChannels.ValueError($"a multiple of groups = {groups.Value}", "out_channels must be divisible by groups");
        }
        PythonArgument[] kernel = a.Argument("kernel_size").Repeated(rank);
        if (!transposed) { CheckPadding(a, rank, kernel); }
        CheckPaddingMode(mode);
        // The error about a size that is not an integer names the channels.
        PythonArgument[] channels = transposed ? [inChannels, outChannels.FloorDivide(groups)]
            : [outChannels, inChannels.FloorDivide(groups)];
        long[] shape = TorchSizes.Of([.. channels, .. kernel]);
        if (a.Bool("bias")) { _ = TorchSizes.Of(outChannels); }
        return a.Argument("kernel_size").Items is null ? shape[2] : shape[2..];
    }

    static void CheckPadding(BoundArguments a, int rank, PythonArgument[] kernel)
    {
        PythonArgument padding = a.Argument("padding");
        if (padding.Value is not TorchString { Value: var text }) { return; }
        if (text is not ("same" or "valid"))
        {
            throw padding.ValueError("sizes, 'same' or 'valid'",
                $"Invalid padding string {padding.Value}, should be one of {{'same', 'valid'}}");
        }
        if (text == "valid") { return; }
        if (a.Argument("stride").Repeated(rank).Any(stride => !stride.Equals(1)))
        {
            throw padding.ValueError("'valid' or sizes, because stride is not 1",
                "padding='same' is not supported for strided convolutions");
        }
        foreach ((PythonArgument dilation, PythonArgument size) in a.Argument("dilation").Repeated(rank).Zip(kernel))
        {
            if (size.Number is null) { throw size.TypeError("an integer", $"unsupported operand type(s) for -: '{size.Type}' and 'int'"); }
            if (dilation.Number is null) { throw dilation.TypeError("an integer", null); }
        }
    }

    static void CheckPaddingMode(PythonArgument mode)
    {
        if (mode.Value is TorchString { Value: var text } && s_paddingModes.Contains(text)) { return; }
        // Python looks the mode up in a set, and a list cannot be hashed.
        if (mode.Value is TorchList || (mode.Value is TorchTuple tuple && tuple.Items.Any(item => item is TorchList)))
        {
            throw mode.TypeError(string.Join(", ", s_paddingModes), "unhashable type: 'list'");
        }
        throw mode.ValueError(string.Join(", ", s_paddingModes),
            $"padding_mode must be one of {{{string.Join(", ", s_paddingModes.Select(known => $"'{known}'"))}}}, but got "
                + $"padding_mode='{mode.Text}'");
    }
}
