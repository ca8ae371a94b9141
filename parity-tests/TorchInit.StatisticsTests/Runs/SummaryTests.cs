using TorchInit.Parity;

namespace TorchInit.StatisticsTests.Runs;

public class SummaryTests
{
    static RegionFindings Findings(LawRegion region, Sample? sample, params Finding[] findings) => new(region, sample, findings);

    [Fact]
    public void A_region_keeps_its_law_findings_and_shares()
    {
        UniformLaw law = new(0, 1, 24);
        // Bins of 1/32: 0.01 in the first, 0.99 in the last, two in the second.
        RegionSummary summary = RegionSummary.Of(Findings(new("weight", law, "step"), new Sample([0.01, 0.99, 0.04, 0.05], law),
            Values.Finding("a", false, "sup |F − G|"), Values.Finding("b", true)));
        Assert.Equal(("weight", "U(0, 1)", 4L, 2), (summary.Tensor, summary.Law, summary.Count, summary.Findings.Count));
        Assert.Equal("a", summary.Distance!.Detector);
        Assert.Equal(32, summary.Histogram.Count);
        Assert.Equal([(0, 0.25), (1, 0.5), (31, 0.25)], summary.Histogram.Index().Where(bin => bin.Item > 0));
    }

    [Fact]
    public void A_transform_of_one_is_in_the_last_bin()
    {
        GridLaw law = new("grid", [(0, 1), (1, 1e-30)]);
        RegionSummary summary = RegionSummary.Of(Findings(new("weight", law, "step"), new Sample([1.0], law)));
        Assert.Equal(1, summary.Histogram[31]);
        Assert.Null(summary.Distance);
    }

    [Fact]
    public void Constants_copies_and_derived_values_have_no_histogram()
    {
        RegionSummary constant = RegionSummary.Of(Findings(new("bias", new ConstantLaw(0), "zeros"),
            new Sample([0, 0], new ConstantLaw(0))));
        Assert.Equal(("0", 2L, 0), (constant.Law, constant.Count, constant.Histogram.Count));
        RegionSummary copy = RegionSummary.Of(Findings(new("b", new UniformLaw(0, 1, 24), "copy", CopyOf: "a"), null));
        Assert.Equal(("a copy of a", 0L, 0), (copy.Law, copy.Count, copy.Histogram.Count));
        Assert.Equal("follows from other tensors: norm", RegionSummary.Of(Findings(new("g", null, "norm"), null)).Law);
    }

    [Fact]
    public void An_examination_keeps_all_but_its_values()
    {
        DistributionCase item = new("Linear(4, 3)", DType.Float64);
        Examination found = new(item, 5, [Findings(item.Regions[0], null, Values.Finding("mean", true)), Findings(item.Regions[1], null)],
            [], ["weight is wrong"]);
        ExaminationSummary summary = ExaminationSummary.Of(found);
        Assert.Equal(("Linear(4, 3)", DType.Float64, 5), (summary.Case, summary.DType, summary.Draws));
        Assert.Equal(["weight", "bias"], summary.Regions.Select(region => region.Tensor));
        Assert.Equal([$"{item.Regions[0]}: mean: 0.5 (threshold 0.25, p ≤ 0.12, n = 10)", "weight is wrong"], summary.Accusations);
    }
}
