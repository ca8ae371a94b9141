namespace TorchInit.Parity;

/// <summary>
/// The defaults of other frameworks, as their source states them, drawn on torch's shapes with our generator: their formulas, not their
/// streams. A tensor's name and the module's class say which formula applies. What torch sets to a constant as a whole (the ones and zeros
/// of normalisation), they set to the same.
/// </summary>
public sealed partial class Formulas : Initialiser
{
    readonly string[] _classes;
    readonly Func<ParameterSpec, FormulaFan, IReadOnlyList<InitStep>> _steps;

    Formulas(string name, string source, string[] classes, Func<ParameterSpec, FormulaFan, IReadOnlyList<InitStep>> steps)
        => (Name, Source, _classes, _steps) = (name, source, classes, steps);

    /// <inheritdoc/>
    public override string Name { get; }

    /// <summary>Which documentation.</summary>
    public string Source { get; }

    /// <inheritdoc/>
    /// <remarks>Of the four families alone, and of classes that the framework has.</remarks>
    public override bool Answers(ScoreboardCase item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return ScoreboardCase.Families.Contains(item) && Has(item.Distribution.Plan.TorchClass);
    }

    /// <summary>Whether the framework has a layer like this class of torch.nn, with a default of its own for each tensor.</summary>
    /// <param name="torchClass">As <see cref="InitPlan.TorchClass"/> has it.</param>
    public bool Has(string torchClass) => _classes.Contains(torchClass);

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
        return new(Name, plan.Profile, plan.Tensors, [.. plan.Tensors.SelectMany(tensor => StepsOf(plan, tensor))]);
    }

    /// <summary>What the framework does to a tensor where torch does what the plan says.</summary>
    internal IReadOnlyList<InitStep> StepsOf(InitPlan plan, ParameterSpec tensor)
    {
        InitStep? last = plan.Steps.LastOrDefault(step => step.Target.Tensor == tensor.Name);
        return last is FillStep { Target.Shape: null } constant ? [constant] : _steps(tensor, FormulaFan.Of(plan, tensor));
    }
}
