namespace TorchInit.Tests.Plans;

/// <summary>A view contains the positions that it lists, and no other.</summary>
public class ViewLayoutTests
{
    static readonly long[] s_tensor = [6, 8];

    public static TheoryData<StepTarget> Views =>
    [
        new StepTarget("t"),
        new StepTarget("t", 8, [8]),
        new StepTarget("t", 3, [5]),
        new StepTarget("t", 2, [4, 3], [8, 2]),
        new StepTarget("t", 0, [8, 6], [1, 8]),
        new StepTarget("t", 1, [3, 1, 2], [16, 5, 3]),
        new StepTarget("t", 47, [1]),
        new StepTarget("t", 0, [0, 3]),
        new StepTarget("t", 5, []),
    ];

    [Theory, MemberData(nameof(Views))]
    public void It_contains_what_it_lists(StepTarget target)
    {
        ViewLayout view = ViewLayout.Of(target, s_tensor);
        Assert.Equal(view.LogicalOrder().Order(), Enumerable.Range(-2, 60).Select(position => (long)position).Where(view.Contains));
    }
}
