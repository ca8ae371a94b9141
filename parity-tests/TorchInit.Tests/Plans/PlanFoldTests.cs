namespace TorchInit.Tests.Plans;

/// <summary>What becomes a block and what does not, on lists of bare names.</summary>
public class PlanFoldTests
{
    static IReadOnlyList<FoldedPart<string>> Fold(IReadOnlyList<string> names)
        => new PlanFold<string>(names, nameless => nameless, (item, name) => name(item)).Fold();

    static string Text(IReadOnlyList<FoldedPart<string>> parts)
        => string.Join(' ', parts.Select(part => part.Item ?? $"{part.Count}({Text(part.Parts)})"));

    static string Text(string names) => Text(Fold(names.Split(' ')));

    static string Layers(int first, int count, string layer)
        => string.Join(' ', Enumerable.Range(first, count).Select(at => layer.Replace("#", $"{at}", StringComparison.Ordinal)));

    [Theory]
    [InlineData("", "")]
    [InlineData("a", "a")]
    [InlineData("a0 a1", "a0 a1")]
    [InlineData("a0 a1 a2 a3", "a0 a1 a2 a3")]                              // a block of three lines would save three
    [InlineData("a0 a1 a2 a3 a4", "5(a{i})")]
    [InlineData("a0 b0 c0 a1 b1 c1", "a0 b0 c0 a1 b1 c1")]
    [InlineData("a0 b0 c0 d0 a1 b1 c1 d1", "2(a{i} b{i} c{i} d{i})")]
    [InlineData("a0 b0 a1 b1 a2 b2", "3(a{i} b{i})")]
    [InlineData("a3 a5 a7 a9 a11", "5(a{2i+3})")]
    [InlineData("a9 a7 a5 a3 a1", "5(a{-2i+9})")]
    [InlineData("a1 a1 a1 a1 a1", "5(a1)")]
    [InlineData("a0 a1 a2 a3 a5 a6", "a0 a1 a2 a3 a5 a6")]
    [InlineData("a0 a1 a2 a3 a4 a6", "5(a{i}) a6")]
    [InlineData("x a0 a1 a2 a3 a4 y", "x 5(a{i}) y")]
    [InlineData("a0.0 a1.2 a2.4 a3.6 a4.8", "5(a{i}.{2i})")]
    [InlineData("a0 b1 a1 b0 a2 b1", "a0 b1 a1 b0 a2 b1")]
    [InlineData("a0 b0 a1 b1 a2 c2 a3 b3", "a0 b0 a1 b1 a2 c2 a3 b3")]
    [InlineData("a a a a a", "5(a)")]
    [InlineData("a b a b a b", "3(a b)")]
    public void Short_lists(string names, string folded) => Assert.Equal(folded, Text(names));

    [Fact]
    public void Blocks_in_blocks()
    {
        Assert.Equal("3(a{i} 5(b{i}.{j}) c{i})",
            Text(string.Join(' ', Enumerable.Range(0, 3).Select(i => $"a{i} {Layers(0, 5, $"b{i}.#")} c{i}"))));
        Assert.Equal("5(5(a{i}.{j}))", Text(string.Join(' ', Enumerable.Range(0, 5).Select(i => Layers(0, 5, $"a{i}.#")))));
        Assert.Equal("5(a{5i} 5(b{i+j}))", Text(string.Join(' ', Enumerable.Range(0, 5).Select(i => $"a{5 * i} {Layers(i, 5, "b#")}"))));
        string deep = string.Join(' ', from i in Enumerable.Range(0, 2)
                                       from j in Enumerable.Range(0, 2)
                                       from k in Enumerable.Range(0, 2)
                                       from l in Enumerable.Range(0, 2)
                                       select Layers(0, 5, $"a{i}.{j}.{k}.{l}.#"));
        const string Innermost = "a{i}.{j}.{k}.{l}";
        Assert.Equal($"2(2(2(2({Layers(0, 5, Innermost + ".#")}))))", Text(deep));
    }

    [Fact]
    public void A_longer_repetition_that_begins_later_is_waited_for()
    {
        // The five x are a repetition, and the last of them begins a longer one.
        Assert.Equal("x0 x1 x2 x3 6(x{i+4} y{i})", Text($"{Layers(0, 4, "x#")} {string.Join(' ', Enumerable.Range(0, 6)
            .Select(i => $"x{i + 4} y{i}"))}"));
        Assert.Equal("5(x{i}) 3(a{i} b{i})", Text($"{Layers(0, 5, "x#")} {Layers(0, 3, "a# b#")}"));
        Assert.Equal("7(a{i} b{i}) a7", Text($"{Layers(0, 7, "a# b#")} a7"));
    }

    [Fact]
    public void Texts_do_not_run_into_each_other()
    {
        Assert.Equal("a1:b a1:b", Text("a1:b a1:b"));
        string[] alike = ["1#2", "1#3", "12#", "13#", "a{i}", "a{i}", "a{i}", "a{i}", "a{i}"];
        Assert.Equal("1#2 1#3 12# 13# 5(a{{i}})", Text(Fold(alike)));
    }

    [Fact]
    public void A_layer_of_more_than_4096_items_is_not_looked_for()
    {
        static string[] Twice(int period) => [.. Enumerable.Range(0, 2 * period).Select(at => $"{Letters(at % period)}.{at / period}")];
        Assert.Single(Fold(Twice(4096)));
        Assert.Equal(2 * 4097, Fold(Twice(4097)).Count);
        static string Letters(int number) => string.Concat($"{number}".Select(digit => (char)('a' + digit - '0')));
    }
}
