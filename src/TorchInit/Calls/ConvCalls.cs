namespace TorchInit;

static class ConvCalls
{
    const string Tail = "kernel_size, stride=1, padding=0, dilation=1, groups=1, bias=True, padding_mode='zeros', device=None, dtype=None";
    const string TransposedTail = "kernel_size, stride=1, padding=0, output_padding=0, groups=1, bias=True, dilation=1, padding_mode='zeros', device=None, dtype=None";

    static readonly string[] s_paddingModes = ["zeros", "reflect", "replicate", "circular"];

    public static readonly CallRule[] Rules =
    [
        Eager("Conv1d", Tail, Modules.Conv1d), Eager("Conv2d", Tail, Modules.Conv2d), Eager("Conv3d", Tail, Modules.Conv3d),
        Eager("ConvTranspose1d", TransposedTail, Modules.ConvTranspose1d), Eager("ConvTranspose2d", TransposedTail, Modules.ConvTranspose2d),
        Eager("ConvTranspose3d", TransposedTail, Modules.ConvTranspose3d),
        Lazy("LazyConv1d", Tail, Modules.LazyConv1d), Lazy("LazyConv2d", Tail, Modules.LazyConv2d), Lazy("LazyConv3d", Tail, Modules.LazyConv3d),
        Lazy("LazyConvTranspose1d", TransposedTail, Modules.LazyConvTranspose1d), Lazy("LazyConvTranspose2d", TransposedTail, Modules.LazyConvTranspose2d),
        Lazy("LazyConvTranspose3d", TransposedTail, Modules.LazyConvTranspose3d),
    ];

    static CallRule Eager(string name, string tail, Func<long, long, Sizes, long, bool, TorchProfile?, InitPlan> module)
        => new(name, $"in_channels, out_channels, {tail}", (a, profile) =>
        {
            CheckTransposed(a, name);
            InitPlan plan = module(a.Long("in_channels"), a.Long("out_channels"), a.Sizes("kernel_size"), a.Long("groups"), a.Bool("bias"), profile);
            CheckPadding(a);
            return plan;
        });

    static CallRule Lazy(string name, string tail, Func<long, Sizes, long, bool, TorchProfile?, LazyModule> module)
        => CallRule.Lazy(name, $"out_channels, {tail}", (a, profile) =>
        {
            CheckTransposed(a, name);
            LazyModule lazy = module(a.Long("out_channels"), a.Sizes("kernel_size"), a.Long("groups"), a.Bool("bias"), profile);
            CheckPadding(a);
            return lazy;
        });

    /// <summary>The checks of a transposed convolution that come before all others.</summary>
    static void CheckTransposed(BoundArguments a, string name)
    {
        if (name.Contains("Transpose", StringComparison.Ordinal) && a.String("padding_mode") is not "zeros" and var mode)
        {
            throw TorchArgumentException.ValueError("padding_mode", mode, "'zeros'", $"Only \"zeros\" padding mode is supported for {name.Replace("Lazy", "", StringComparison.Ordinal)}");
        }
    }

    static void CheckPadding(BoundArguments a)
    {
        if (a["padding"] is TorchString)
        {
            string padding = a.String("padding");
            if (padding is not ("same" or "valid")) { throw TorchArgumentException.ValueError("padding", padding, "sizes, 'same' or 'valid'", $"Invalid padding string '{padding}', should be one of {{'same', 'valid'}}"); }
            if (padding == "same" && a.LongOrTuple("stride").Any(stride => stride != 1))
            {
                throw TorchArgumentException.ValueError("padding", padding, "'valid' or sizes, because stride is not 1", "padding='same' is not supported for strided convolutions");
            }
        }
        if (a.String("padding_mode") is var mode && !s_paddingModes.Contains(mode))
        {
            throw TorchArgumentException.ValueError("padding_mode", mode, string.Join(", ", s_paddingModes), $"padding_mode must be one of {{{string.Join(", ", s_paddingModes.Select(known => $"'{known}'"))}}}, but got padding_mode='{mode}'");
        }
    }
}
