namespace TorchInit.Parity;

/// <summary>
/// The documented defaults of other frameworks, drawn on torch's shapes with our generator: their formulas, not their streams. A tensor's
/// name says
/// which formula applies; fans are torch's, of (out, in, *kernel).
/// </summary>
public sealed class Formulas : Initialiser
{
    const double TruncatedStd = 0.87962566103423978;    // of a standard normal cut at ±2

    readonly Func<ParameterSpec, Fan, InitStep> _default;

    Formulas(string name, string source, Func<ParameterSpec, Fan, InitStep> step) => (Name, Source, _default) = (name, source, step);

    /// <inheritdoc/>
    public override string Name { get; }

    /// <summary>Which documentation.</summary>
    public string Source { get; }

    /// <summary>Keras, Flax and candle.</summary>
    public static IReadOnlyList<Formulas> All { get; } =
    [
        new("Keras 3 (formula)", "keras.io: glorot_uniform kernels, orthogonal recurrent kernels, zero biases, Embedding U(±0.05)",
            (tensor, fan) => tensor switch
        {
            { Shape.Count: 1 } => new FillStep(tensor.Name, 0),
            _ when fan.IsTable => new UniformStep(tensor.Name, -0.05, 0.05),
            _ when tensor.Name.StartsWith("weight_hh", StringComparison.Ordinal) => new OrthogonalStep(tensor.Name, 1),
            _ => Uniform(tensor, Math.Sqrt(6.0 / (fan.In + fan.Out))),
        }),
        new("Flax (formula)",
            "flax.readthedocs.io: lecun_normal kernels (cut at 2 σ), orthogonal recurrent kernels, zero biases, Embed N(0, 1/features)",
            (tensor, fan) => tensor switch
        {
            { Shape.Count: 1 } => new FillStep(tensor.Name, 0),
            _ when fan.IsTable => new NormalStep(tensor.Name, 0, Math.Sqrt(1.0 / fan.Features)),
            _ when tensor.Name.StartsWith("weight_hh", StringComparison.Ordinal) => new OrthogonalStep(tensor.Name, 1),
            _ => Truncated(tensor, Math.Sqrt(1.0 / fan.In)),
        }),
        new("candle (formula)",
            "candle-nn: kaiming_normal with ReLU's gain for Linear and Conv weights, U(±1/√fan_in) biases, Embedding N(0, 1), RNN "
                + "kaiming_uniform and zero biases", (tensor, fan) => tensor switch
        {
            { Shape.Count: 1 } when fan.IsRecurrent => new FillStep(tensor.Name, 0),
            { Shape.Count: 1 } => Uniform(tensor, 1 / Math.Sqrt(fan.In)),
            _ when fan.IsTable => new NormalStep(tensor.Name, 0, 1),
            _ when fan.IsRecurrent => Uniform(tensor, Math.Sqrt(6.0 / fan.In)),
            _ => new NormalStep(tensor.Name, 0, Math.Sqrt(2.0 / fan.In)),
        }),
    ];

    /// <inheritdoc/>
    /// <remarks>The defaults of the families alone are documented in one formula a tensor.</remarks>
    public override bool Answers(ScoreboardCase item) => ScoreboardCase.Families.Contains(item);

    /// <inheritdoc/>
    public override Drawn Draw(DrawRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        InitPlan plan = PlanOf(request.Plan);
        return new(plan.Materialize(new Generator(request.Seed, plan.Profile), request.DType), []);
    }

    /// <summary>The framework's defaults for the tensors of a plan.</summary>
    /// <param name="plan">Of one torch module.</param>
    public InitPlan PlanOf(InitPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return new(Name, plan.Profile, plan.Tensors, [.. plan.Tensors.Select(tensor => StepOf(plan, tensor))]);
    }

    /// <summary>What the framework does to a tensor where torch does what the plan says.</summary>
    internal InitStep StepOf(InitPlan plan, ParameterSpec tensor) => _default(tensor, Fan.Of(plan, tensor));

    static UniformStep Uniform(ParameterSpec tensor, double bound) => new(tensor.Name, -bound, bound);

    static TruncNormalStep Truncated(ParameterSpec tensor, double std)
        => new(tensor.Name, 0, std / TruncatedStd, -2 * std / TruncatedStd, 2 * std / TruncatedStd);

    readonly record struct Fan(double In, double Out, double Features, bool IsTable, bool IsRecurrent)
    {
        public static Fan Of(InitPlan plan, ParameterSpec tensor)
        {
            string module = tensor.Name[..(tensor.Name.LastIndexOf('.') + 1)];
            ParameterSpec weight = tensor.Shape.Count > 1 ? tensor
                : plan.Tensors.FirstOrDefault(other => other.Shape.Count > 1
                && other.Name.StartsWith(module, StringComparison.Ordinal)) ?? tensor;
            double kernel = weight.Shape.Skip(2).Aggregate(1.0, (product, size) => product * size);
            double inputs = weight.Shape.Count > 1 ? weight.Shape[1] : 1;
            // Of torch's modules only tables are drawn from N(0, 1).
            bool isTable = plan.Steps.Any(step => step is NormalStep { Std: 1 } && step.Target.Tensor == weight.Name);
            return new(inputs * kernel, weight.Shape.FirstOrDefault(1) * kernel, inputs, isTable,
                weight.Name[module.Length..].StartsWith("weight_", StringComparison.Ordinal));
        }
    }
}
