namespace TorchInit.Parity;

/// <summary>
/// The defaults of other frameworks, as their source states them, drawn on torch's shapes with our generator: their formulas, not their
/// streams. A tensor's name and the module's class select the formula. What torch sets to a constant as a whole (the ones and zeros
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

    /// <summary>The documentation used.</summary>
    public string Source { get; }

    /// <inheritdoc/>
    /// <remarks>Only for the four families, and for classes that the framework has.</remarks>
    public override bool Answers(ScoreboardCase item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return ScoreboardCase.Families.Contains(item) && Has(item.Distribution.Plan.TorchClass);
    }

    /// <summary>Whether the framework has a layer like this class of torch.nn, with a default of its own for each tensor.</summary>
    /// <param name="torchClass">The class, as in <see cref="InitPlan.TorchClass"/>.</param>
    public bool Has(string torchClass) => _classes.Contains(torchClass);

    /// <inheritdoc/>
    public override Drawn Draw(DrawRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        InitPlan plan = PlanOf(request.Plan);
        return new(plan.Materialize(new Generator(request.Seed, plan.Profile), request.DType), []);
    }

    /// <summary>The framework's defaults for the tensors of a plan.</summary>
    /// <param name="plan">The plan of one torch module.</param>
    public InitPlan PlanOf(InitPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return new(Name, plan.Profile, plan.Tensors, [.. plan.Tensors.SelectMany(tensor => StepsOf(plan, tensor))]);
    }

    /// <summary>The framework's steps for a tensor, in place of torch's.</summary>
    internal IReadOnlyList<InitStep> StepsOf(InitPlan plan, ParameterSpec tensor)
    {
        InitStep? last = plan.Steps.LastOrDefault(step => step.Target.Tensor == tensor.Name);
        return last is FillStep { Target.Shape: null } constant ? [constant] : _steps(tensor, FormulaFan.Of(plan, tensor));
    }
}
