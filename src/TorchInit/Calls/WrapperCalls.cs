namespace TorchInit;

static class WrapperCalls
{
    const string Weight = "module, name='weight', dim=0";
    const string Spectral = "module, name='weight', n_power_iterations=1, eps=1e-12, dim=None";

    public static readonly CallRule[] Rules =
    [
        new("utils.weight_norm", Weight, (a, profile) => Modules.WeightNorm(a.Module("module", profile), a.String("name"), Dimension(a))),
        new("parametrizations.weight_norm", Weight, ParametrizedWeightNorm),
        new("utils.spectral_norm", Spectral, (a, profile) => Modules.SpectralNorm(a.Module("module", profile), a.String("name"), Iterations(a), a.Double("eps"), Dimension(a))),
        new("parametrizations.spectral_norm", Spectral, (a, profile) => Modules.ParametrizedSpectralNorm(a.Module("module", profile), a.String("name"), Iterations(a), a.Double("eps"), Dimension(a))),
    ];

    /// <summary>Python looks the function up before it makes the module.</summary>
    static InitPlan ParametrizedWeightNorm(BoundArguments a, TorchProfile profile)
    {
        profile.Require("parametrizations.weight_norm", 2, 1);
        return Modules.ParametrizedWeightNorm(a.Module("module", profile), a.String("name"), Dimension(a));
    }

    static int? Dimension(BoundArguments a) => a.OptionalLong("dim") is { } dim ? (int)Math.Clamp(dim, int.MinValue, int.MaxValue) : null;

    static int Iterations(BoundArguments a) => (int)Math.Clamp(a.Long("n_power_iterations"), int.MinValue, int.MaxValue - 15);
}
