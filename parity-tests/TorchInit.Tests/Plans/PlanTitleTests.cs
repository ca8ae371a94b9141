namespace TorchInit.Tests.Plans;

/// <summary>A plan's title is Python: InitPlan.Of reads it again, and makes the same plan.</summary>
public class PlanTitleTests
{
    static InitPlan Linear => Modules.Linear(1, 2);

    public static TheoryData<string> Titles =>
    [
        Modules.Sequential().Title, Modules.Sequential(Linear, Linear).Title, Modules.Sequential(("0", Linear), ("1", Linear)).Title,
        Modules.Sequential(("a", Linear), ("it's", Linear)).Title, Modules.Sequential(("1", Linear)).Title,
        InitPlan.Of("ModuleList([Linear(1, 2)])").Title, InitPlan.Of("ModuleList()").Title,
        InitPlan.Of("ModuleDict({'a': Linear(1, 2)})").Title,
        InitPlan.Of("ModuleDict()").Title, Modules.WeightNorm(Linear).Title, Modules.SpectralNorm(Linear).Title,
        Modules.Sequential(("net", InitPlan.Of("ModuleList([ReLU(), Linear(1, 2)])"))).Title,
    ];

    [Theory, MemberData(nameof(Titles))]
    public void It_reads_back(string title)
    {
        InitPlan plan = InitPlan.Of(title);
        Assert.Equal(title, plan.Title);
    }

    [Fact]
    public void Names_of_children_are_in_it()
    {
        InitPlan plan = Modules.Sequential(("a", Linear), ("it's", Linear));
        Assert.Equal("Sequential(OrderedDict({'a': Linear(1, 2), \"it's\": Linear(1, 2)}))", plan.Title);
        Assert.Equal(PlanJson.Write(plan), PlanJson.Write(InitPlan.Of(plan.Title)));
        Assert.Equal("Sequential(Linear(1, 2), Linear(1, 2))", Modules.Sequential(Linear, Linear).Title);
        Assert.Equal("ModuleList([Linear(1, 2)])", InitPlan.Of("ModuleList([Linear(1, 2)])").Title);
    }
}
