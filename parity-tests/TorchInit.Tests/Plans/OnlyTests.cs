namespace TorchInit.Tests.Plans;

/// <summary>Plans of which only some tensors are kept.</summary>
public class OnlyTests
{
    /// <summary>Every pattern of up to five of these letters against every shorter name: what a recursive definition accepts.</summary>
    [Fact]
    public void Patterns_fit_what_their_definition_says()
    {
        string[] names = [.. Words("ab", 4)];
        InitPlan plan = new("x", TorchProfile.Default, [.. names.Select(name => new ParameterSpec(name, [1]))], []);
        int empty = 0;
        foreach (string pattern in Words("ab*?", 5))
        {
            string[] expected = [.. names.Where(name => Fits(pattern, name))];
            if (expected.Length == 0)
            {
                empty++;
                Assert.Throws<ArgumentException>(() => plan.Only(pattern));
            }
            else { Assert.Equal(expected, plan.Only(pattern).StateTensors.Select(tensor => tensor.Name)); }
        }
        Assert.Equal(3 * 3 * 3 * 3 * 3, empty);         // those of five letters without a star
    }

    [Fact]
    public void A_pattern_may_be_long()
    {
        string name = string.Concat(Enumerable.Repeat("ba", 3000)), pattern = string.Concat(Enumerable.Repeat("*a", 3000));
        InitPlan plan = new("x", TorchProfile.Default, [new(name, [1])], []);
        Assert.Single(plan.Only(pattern).StateTensors);
        Assert.Throws<ArgumentException>(() => plan.Only(pattern + "*b"));
        Assert.Throws<ArgumentException>(() => plan.Only(string.Concat(Enumerable.Repeat("*a", 20_000))));
    }

    [Fact]
    public void A_tied_tensor_is_learned_although_the_first_of_its_names_is_not_kept()
    {
        InitPlan tied = new PlanBuilder().Parameter("a", 2).Tie("b", "a").Tie("c", "b").Build("x");
        Assert.Equal(["a"], tied.Parameters.Select(tensor => tensor.Name));
        Assert.Equal(["b"], tied.Only("b").Parameters.Select(tensor => tensor.Name));
        Assert.Equal(["b"], tied.Only("b", "c").Parameters.Select(tensor => tensor.Name));
        Assert.Equal(["m.c"], new PlanBuilder().Child("m", tied.Only("c")).Parameters.Select(tensor => tensor.Name));
    }

    static IEnumerable<string> Words(string letters, int most)
    {
        IEnumerable<string> words = [""];
        for (int length = 1; length <= most; length++)
        {
            words = [.. words.SelectMany(word => letters.Select(letter => word + letter))];
            foreach (string word in words) { yield return word; }
        }
    }

    static bool Fits(ReadOnlySpan<char> pattern, ReadOnlySpan<char> name) => pattern switch
    {
        [] => name.IsEmpty,
        ['*', ..] => Fits(pattern[1..], name) || (!name.IsEmpty && Fits(pattern, name[1..])),
        _ => !name.IsEmpty && (pattern[0] == '?' || pattern[0] == name[0]) && Fits(pattern[1..], name[1..]),
    };
}
