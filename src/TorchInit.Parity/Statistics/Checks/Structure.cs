using System.Globalization;

namespace TorchInit.Parity;

/// <summary>What must hold exactly, whatever was drawn: orthonormal rows or columns, the number of zeros, ones in their places, equal
/// copies. Cost: O(size · smaller side).</summary>
static class Structure
{
    const double Impossible = 1e-12;

    /// <summary>One sentence for each violation.</summary>
    public static IEnumerable<string> Violations(InitPlan plan, StateDict state)
    {
        foreach ((int at, InitStep step) in plan.Steps.Index())
        {
            if (state.TryGetValue(step.Target.Tensor, out TensorBuffer? drawn) && Succession(plan, at, drawn) is { } broken)
            {
                yield return $"{step.Target.Tensor} {broken}";
            }
            if (!state.TryGetValue(step.Target.Tensor, out TensorBuffer? tensor) || !tensor.DType.IsFloatingPoint() || tensor.Count == 0)
            {
                continue;
            }
            if (step.Target.Shape is not null)
            {
                if (OfPart(plan, at, tensor) is { } inPart) { yield return $"{step.Target.Tensor} {inPart}"; }
                continue;
            }
            if (plan.Steps.Skip(at + 1).Any(later => later.Target.Tensor == step.Target.Tensor)) { continue; }
            string? violation = step switch
            {
                OrthogonalStep orthogonal => Orthogonality(Elements64.Of(tensor), tensor.Shape[0], orthogonal.Gain, tensor.DType),
                SparseStep sparse => ZeroCount(Elements64.Of(tensor), tensor.Shape[0], SparseFill.ZerosInColumn(tensor.Shape[0],
                    sparse.Sparsity), Zero(plan, sparse, tensor.DType)),
                EyeStep or DiracStep => Pattern(plan, step, tensor),
                CopyStep { Source.Shape: null } copy when CopiedTensors.Original(plan, copy, copy.Target.Tensor) is { } original
                    && state.TryGetValue(original, out TensorBuffer? source)
                    && !Elements64.Of(source).SequenceEqual(Elements64.Of(tensor)) => $"is not a copy of {original}",
                _ => null,
            };
            if (violation is not null) { yield return $"{step.Target.Tensor} {violation}"; }
        }
    }

    /// <summary>max |QᵀQ/gain² − I| over the shorter side; QR keeps it at a few ε times the square root of the size.</summary>
    public static double FromOrthogonal(double[] values, long rows, double gain)
    {
        int n = (int)rows;
        int m = values.Length / n;
        int side = Math.Min(n, m);
        double most = 0;
        for (int i = 0; i < side; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double product = 0;
                for (int k = 0; k < Math.Max(n, m); k++)
                {
                    product += n <= m ? values[i * m + k] * values[j * m + k] : values[k * m + i] * values[k * m + j];
                }
                most = Math.Max(most, Math.Abs(product / (gain * gain) - (i == j ? 1 : 0)));
            }
        }
        return most;
    }

    /// <summary>Part of a tensor, such as a gate, that was made orthogonal and is still there.</summary>
    static string? OfPart(InitPlan plan, int at, TensorBuffer tensor)
    {
        ViewLayout layout = plan.Placed[at].Layout;
        if (plan.Steps[at] is not OrthogonalStep orthogonal || layout.Count == 0) { return null; }
        long[] elements = [.. layout.LogicalOrder()];
        Predicate<long> isKept = DrawnWords.Kept(plan, at, plan.Placed[at].Tensor);
        if (!Array.TrueForAll(elements, isKept)) { return null; }
        string? said = Orthogonality([.. elements.Select(element => Elements64.At(tensor, element))], layout.Shape[0], orthogonal.Gain,
            tensor.DType);
        return said is null ? null : $"{said} (elements {elements[0]} to {elements[^1]})";
    }

    static string? Orthogonality(double[] values, long rows, double gain, DType dtype)
    {
        if (rows == 0 || values.Length == 0) { return null; }
        double allowed = (dtype == DType.Float64 ? 2.3e-16 : 1.2e-7) * 16 * Math.Sqrt(values.Length);
        double distance = gain == 0 ? 0 : FromOrthogonal(values, rows, gain);
        return distance <= allowed ? null
            : string.Create(CultureInfo.InvariantCulture, $"is not orthogonal: max |QᵀQ − I| = {distance:G3}, allowed {allowed:G2}");
    }

    /// <summary>P(a draw that was not set to 0 is 0): a grid's own, else a radius of 0 from a uniform of 24 bits.</summary>
    static double Zero(InitPlan plan, SparseStep sparse, DType dtype)
        => StepLaw.Of(new NormalStep(sparse.Target, 0, sparse.Std), ViewLayout.Of(sparse.Target, [.. plan[sparse.Target.Tensor].Shape]),
            dtype, plan) is GridLaw grid ? Math.Max(grid.AtMost(0) - grid.Below(0), Math.Pow(2, -24)) : Math.Pow(2, -24);

    static string? ZeroCount(double[] values, long rows, int expected, double chance)
    {
        long columns = values.Length / rows;
        long more = 0;
        for (int column = 0; column < columns; column++)
        {
            int zeros = Enumerable.Range(0, (int)rows).Count(row => values[row * columns + column] == 0);
            if (zeros < expected) { return $"has {zeros} zeros in column {column}; there must be {expected}"; }
            more += zeros - expected;
        }
        return CountTails.PoissonAtLeast(more, chance * values.Length) > Impossible ? null : $"has {more} zeros too many";
    }

    /// <summary>Checks that no value is repeated.</summary>
    static string? Succession(InitPlan plan, int at, TensorBuffer tensor)
    {
        PlacedStep placed = plan.Placed[at];
        if (placed.Step is not (RandPermStep or SampleStep or MultinomialStep) || !placed.CoversTensor
            || StepLaw.Of(placed.Step, placed.Layout, tensor.DType, plan) is not SuccessiveLaw law)
        {
            return null;
        }
        double[] values = Elements64.Of(tensor);
        int wrong = Array.FindIndex(law.Places(values, values.Length), double.IsNaN);
        return wrong < 0 ? null : string.Create(CultureInfo.InvariantCulture,
            $"has {values[wrong]} at element {wrong}, which is repeated or impossible; allowed: {law}");
    }

    static string? Pattern(InitPlan plan, InitStep step, TensorBuffer tensor)
    {
        InitPlan alone = new(plan.Title, plan.Profile, [plan[step.Target.Tensor]], [step]);
        double[] expected = Elements64.Of(alone.Materialize(seed: 0, tensor.DType).Values.Single());
        double[] actual = Elements64.Of(tensor);
        int at = Enumerable.Range(0, expected.Length).FirstOrDefault(i => actual[i] != expected[i], -1);
        return at < 0 ? null
            : string.Create(CultureInfo.InvariantCulture, $"has {actual[at]} at element {at}; there must be {expected[at]}");
    }
}
