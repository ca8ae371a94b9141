namespace TorchInit.Parity;

/// <summary>The law of a·x + b, x being what stood in the tensor before arithmetic with a number: of a normal a normal, of a uniform a
/// uniform.</summary>
static class AffineLaw
{
    /// <summary>Null where the step is another, or what it changes has no such law.</summary>
    public static Law? Of<T>(MapStep step, InitPlan plan)
        where T : unmanaged
    {
        if (Coefficients(step) is not ({ } factor, { } term)) { return null; }
        PlacedStep? source = plan.Placed.TakeWhile(placed => !ReferenceEquals(placed.Step, step))
            .LastOrDefault(placed => placed.Storage == plan.StorageOf(step.Target.Tensor));
        if (source is null || !source.CoversTensor || step.Target.Shape is not null) { return null; }
        return StepLaw.Of(source.Step, source.Layout, DType.Of<T>(), plan) switch
        {
            NormalLaw normal when factor != 0
                => normal with { Expectation = factor * normal.Expectation + term, Std = Math.Abs(factor) * normal.Std },
            UniformLaw uniform when factor > 0 => uniform with { From = factor * uniform.From + term, To = factor * uniform.To + term },
            UniformLaw uniform when factor < 0 => uniform with { From = factor * uniform.To + term, To = factor * uniform.From + term },
            _ => null,
        };
    }

    static (double? Factor, double? Term) Coefficients(MapStep step) => step switch
    {
        ScalarStep { Operation: ScalarOperation.Mul } scalar => (scalar.Value, 0),
        ScalarStep { Operation: ScalarOperation.Div } scalar => (1 / scalar.Value, 0),
        ScalarStep { Operation: ScalarOperation.Add } scalar => (1, scalar.Value),
        ScalarStep { Operation: ScalarOperation.Sub } scalar => (1, -scalar.Value),
        ScalarStep { Operation: ScalarOperation.Rsub } scalar => (-1, scalar.Value),
        UnaryStep { Operation: UnaryOperation.Neg } => (-1, 0),
        _ => (null, null),
    };
}
