namespace TorchInit.Parity;

/// <summary>The law of a·x + b: of a normal a normal, of a uniform a uniform.</summary>
static class AffineLaw
{
    /// <summary>Null if the law of x has no such form.</summary>
    public static Law? Of(Law law, double factor, double term) => law switch
    {
        NormalLaw normal when factor != 0
            => normal with { Expectation = factor * normal.Expectation + term, Std = Math.Abs(factor) * normal.Std },
        UniformLaw uniform when factor > 0 => uniform with { From = factor * uniform.From + term, To = factor * uniform.To + term },
        UniformLaw uniform when factor < 0 => uniform with { From = factor * uniform.To + term, To = factor * uniform.From + term },
        CauchyLaw cauchy when factor != 0
            => cauchy with { Median = factor * cauchy.Median + term, Sigma = Math.Abs(factor) * cauchy.Sigma },
        ExponentialLaw exponential when factor > 0 && term == 0 => exponential with { Lambda = exponential.Lambda / factor },
        LogNormalLaw logNormal when factor > 0 && term == 0 => logNormal with { Mu = logNormal.Mu + Math.Log(factor) },
        SparseLaw sparse when term == 0 && Of(sparse.Other, factor, term) is { } other => sparse with { Other = other },
        _ => null,
    };

    /// <summary>a and b of a step; null if it is another kind of step.</summary>
    public static (double Factor, double Term)? Coefficients(MapStep step) => step switch
    {
        ScalarStep { Operation: ScalarOperation.Mul } scalar => (scalar.Value, 0),
        ScalarStep { Operation: ScalarOperation.Div } scalar => (1 / scalar.Value, 0),
        ScalarStep { Operation: ScalarOperation.Add } scalar => (1, scalar.Value),
        ScalarStep { Operation: ScalarOperation.Sub } scalar => (1, -scalar.Value),
        ScalarStep { Operation: ScalarOperation.Rsub } scalar => (-1, scalar.Value),
        UnaryStep { Operation: UnaryOperation.Neg } => (-1, 0),
        _ => null,
    };
}
