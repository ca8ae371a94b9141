using TorchInit;
using TorchInit.Parity;

namespace InitNotebooks;

/// <summary>One tensor of a module in the report: drawn from seed 0, with the law that its plan gives it.</summary>
sealed record ReportFamily(string Expression, string Tensor)
{
    const int Bins = 32;

    readonly Lazy<InitPlan> _plan = new(() => InitPlan.Of(Expression));

    LawRegion Region => PlanLaws.Of(_plan.Value).Single(region => region.Tensor == Tensor);

    /// <summary>The step that writes it, as torch users write it.</summary>
    public string Step => Region.Step;

    /// <summary>The histogram, quantiles and transforms.</summary>
    public IEnumerable<Chart> Charts()
    {
        float[] values = _plan.Value.Materialize(seed: 0)[Tensor].AsSpan<float>().ToArray();
        Density density = Density.Of(_plan.Value, Tensor);
        yield return Plot.Histogram(values, 50, density, "values");
        yield return Plot.QQ(values, density, "quantiles");
        Sample sample = new([.. values.Select(value => (double)value)], Region.Law!);
        yield return ReportCharts.Shares("transforms", $"{Region.Law}", sample.Shares(Bins), sample.Count);
    }
}
