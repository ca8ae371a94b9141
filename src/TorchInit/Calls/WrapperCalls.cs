namespace TorchInit;

static class WrapperCalls
{
    const string Weight = "module, name='weight', dim=0";
    const string Spectral = "module, name='weight', n_power_iterations=1, eps=1e-12, dim=None";

    public static readonly CallRule[] Rules =
    [
        new("utils.weight_norm", Weight, (a, profile) => Modules.WeightNorm(a.Module("module", profile), a.String("name"), Dimension(a))),
        new("parametrizations.weight_norm", Weight, (a, profile) => Modules.ParametrizedWeightNorm(a.Module("module", profile), a.String("name"), Dimension(a))),
        new("utils.spectral_norm", Spectral, (a, profile) => Modules.SpectralNorm(a.Module("module", profile), a.String("name"), Checked(a).Double("eps"), Dimension(a))),
        new("parametrizations.spectral_norm", Spectral, (a, profile) => Modules.ParametrizedSpectralNorm(a.Module("module", profile), a.String("name"), Iterations(a), a.Double("eps"), Dimension(a))),
    ];

    static int? Dimension(BoundArguments a) => a.OptionalLong("dim") is { } dim ? (int)Math.Clamp(dim, int.MinValue, int.MaxValue) : null;

    /// <summary>The older form runs none at construction, but looks at the number.</summary>
    static BoundArguments Checked(BoundArguments a) => Iterations(a) > 0 ? a : throw TorchArgumentException.ValueError(
        "n_power_iterations", a["n_power_iterations"], "above 0", $"Expected n_power_iterations to be positive, but got n_power_iterations={a["n_power_iterations"]}");

    static int Iterations(BoundArguments a) => (int)Math.Clamp(a.Long("n_power_iterations"), int.MinValue, int.MaxValue - 15);
}
