namespace TorchInit.Tests.Plans;

/// <summary>Names inside the blocks of a plan, and the numbers in them: read, written, and refused with the whole text.</summary>
public class FoldedNameTests
{
    [Theory]
    [InlineData("i", "i"), InlineData("2i+3", "2i+3"), InlineData("16i+2j-1", "16i+2j-1"), InlineData("-i+5", "-i+5"), InlineData("3", "3")]
    [InlineData("0", "0"), InlineData("+3", "3"), InlineData("-7", "-7"), InlineData("j", "j"), InlineData("j+i+1", "i+j+1")]
    [InlineData("i-j", "i-j"), InlineData("1+2i", "2i+1"), InlineData("-3j", "-3j"), InlineData("0i+4", "4"), InlineData("i+0", "i")]
    [InlineData("9223372036854775807i", "9223372036854775807i")]
    [InlineData("", null), InlineData("ij", null), InlineData("i j", null), InlineData("i+i", null), InlineData("3+4", null)]
    [InlineData("k", null), InlineData("+", null), InlineData("-", null), InlineData("i3", null), InlineData("x", null)]
    [InlineData("2i+", null), InlineData("9223372036854775808", null), InlineData("3+-4", null), InlineData("I", null)]
    public void A_number_of_indices(string text, string? written)
    {
        IndexForm? form = IndexForm.Parse(text, depth: 2);
        Assert.Equal(written, form?.ToString());
        if (form is { } parsed && written is not null) { Assert.Equal(parsed.Factors, IndexForm.Parse(written, 2)!.Value.Factors); }
    }

    [Fact]
    public void Its_value()
    {
        IndexForm form = new(3, [2, -5]);
        Assert.Equal(((Int128)3, (Int128)(-2), (Int128)(2 * 7 - 5 * 11 + 3)), (form.At([0, 0]), form.At([0, 1]), form.At([7, 11])));
        Assert.Equal(2 * (Int128)long.MaxValue + 9, new IndexForm(9, [long.MaxValue]).At([2]));
        Assert.True(form.HasFactors([2, -5]));
        Assert.False(form.HasFactors([2, 5]));
        Assert.False(form.HasFactors([2]));
    }

    [Theory]
    [InlineData("h.12.weight", "h.|12|.weight"), InlineData("a007b", "a007b"), InlineData("a0", "a|0|"), InlineData("00", "00")]
    [InlineData("3x4", "|3|x|4|"), InlineData("", ""), InlineData("x", "x"), InlineData("0.0", "|0|.|0|"), InlineData("10", "|10|")]
    [InlineData("a123456789012345678b", "a|123456789012345678|b"), InlineData("a1234567890123456789b", "a1234567890123456789b")]
    [InlineData("a{1}", "a{|1|}"), InlineData("conv2d.1", "conv|2|d.|1|"), InlineData("01.1", "01.|1|"), InlineData("٣", "٣")]
    public void The_numbers_of_a_name(string name, string parts)
    {
        NamePattern pattern = NamePattern.OfName(name);
        Assert.Equal(pattern.Numbers.Length + 1, pattern.Texts.Length);
        Assert.Equal(parts, string.Join('|', pattern.Texts.SelectMany((text, at) => at == 0 ? (string[])[text]
            : [$"{pattern.Numbers[at - 1]}", text])));
        Assert.Equal(name, pattern.At([]));
    }

    [Theory]
    [InlineData("h.{i}.w", "h.4.w", "h.{i}.w"), InlineData("{2i+1}", "9", "{2i+1}"), InlineData("a{{i}}", "a{i}", "a{{i}}")]
    [InlineData("{i}{{{i}}}", "4{4}", "{i}{{{i}}}"), InlineData("a{3}b", "a3b", "a3b"), InlineData("plain", "plain", "plain")]
    [InlineData("", "", ""), InlineData("}}{{", "}{", "}}{{")]
    public void A_template(string template, string name, string written)
    {
        NamePattern pattern = NamePattern.Parse(template, depth: 1);
        Assert.Equal((name, written), (pattern.At([4]), pattern.ToString()));
    }

    [Theory]
    [InlineData("a{j}", 1, "i"), InlineData("a{", 1, "i"), InlineData("a}", 1, "i"), InlineData("a{i", 1, "i"), InlineData("{}", 1, "i")]
    [InlineData("{k}", 2, "i, j"), InlineData("{l}", 3, "i, j, k"), InlineData("{m}", 4, "i, j, k, l"), InlineData("{i}}", 1, "i")]
    public void A_template_that_is_none(string template, int depth, string indices)
        => Assert.Equal($"'{template}' is not a name inside a block; allowed: text, and sums of {indices} and numbers in braces, such as "
            + "{i} or {2i+1}; write a literal brace twice.",
            Assert.Throws<FormatException>(() => NamePattern.Parse(template, depth)).Message);

    [Fact]
    public void A_long_template_is_shortened()
    {
        string fits = new string('a', 79) + "{", longer = new string('a', 80) + "{";
        Assert.StartsWith($"'{fits}' is", Assert.Throws<FormatException>(() => NamePattern.Parse(fits, 1)).Message,
            StringComparison.Ordinal);
        Assert.StartsWith($"'{longer[..80]}…' is", Assert.Throws<FormatException>(() => NamePattern.Parse(longer, 1)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_number_that_no_name_has()
    {
        Assert.Equal("'a{-i}' has the number -1 in a repetition; allowed: 0 to 2^63 − 1.",
            Assert.Throws<FormatException>(() => NamePattern.Parse("a{-i}", 1).At([1])).Message);
        Assert.Equal("'{9223372036854775807i}' has the number 18446744073709551614 in a repetition; allowed: 0 to 2^63 − 1.",
            Assert.Throws<FormatException>(() => NamePattern.Parse("{9223372036854775807i}", 1).At([2])).Message);
        Assert.Equal("9223372036854775807", NamePattern.Parse("{9223372036854775807i}", 1).At([1]));
        Assert.Equal("0", NamePattern.Parse("{-i+3}", 1).At([3]));
    }
}
