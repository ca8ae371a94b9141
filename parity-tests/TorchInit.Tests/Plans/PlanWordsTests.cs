using TorchInit.Parity;

namespace TorchInit.Tests.Plans;

/// <summary>A plan says how many words it takes before it runs: the truth, for every expression of the case table.</summary>
public class PlanWordsTests
{
    public static TheoryData<string> Profiles => [.. new[] { "1.13", "2.0", "2.6", "2.12", "2.15" }];

    [Theory, MemberData(nameof(Profiles))]
    public void The_words_are_those_drawn(string version)
    {
        TorchProfile profile = TorchProfile.For(version);
        foreach (string expression in CaseTable.Groups.Where(row => row.Name != "Large").SelectMany(row => row.Expressions)
            .Where(expression => !expression.Contains("; ", StringComparison.Ordinal)))
        {
            InitPlan plan;
            try { plan = InitPlan.Of(expression, profile); }
            catch (Exception error) when (error is NotInThisTorchException
                || error.Message.Contains("strided view", StringComparison.Ordinal))
            {
                continue;
            }
            foreach (DType dtype in CaseTable.DTypes)
            {
                foreach (bool cached in new[] { false, true }) { Check(plan, dtype, cached); }
            }
        }
    }

    static void Check(InitPlan plan, DType dtype, bool cached)
    {
        Generator generator = new(9, plan.Profile);
        if (cached) { Init.Normal(new double[1].AsSpan(), generator); }
        Generator counted = generator.Clone();
        try { plan.Materialize(generator, dtype); }
        catch (TorchArgumentException) { return; }      // this dtype is refused; RefusalTests holds that
        if (plan.Words(dtype, cached) is not { } words)
        {
            Assert.Contains(plan.Steps, step => step is TruncNormalStep);   // rejection sampling says that it cannot know
            return;
        }
        counted.Advance(words);
        Assert.True(counted.NextUInt32() == generator.NextUInt32(),
            $"{plan.Title} {dtype} {(cached ? "cached" : "")}: {words} words were announced, another number was drawn.");
        Assert.Equal(words, plan.WordsOfSteps(dtype, cached).Sum());
    }

    [Fact]
    public void Only_floating_types_take_words()
    {
        InitPlan plan = Modules.Linear(3, 4);
        Assert.Throws<ArgumentOutOfRangeException>(() => plan.Words((DType)99));
        Assert.Throws<ArgumentException>(() => plan.WordsOfSteps(DType.Int64));
    }
}
