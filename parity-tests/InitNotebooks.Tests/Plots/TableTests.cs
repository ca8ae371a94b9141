using System.Xml.Linq;

namespace InitNotebooks.Tests.Plots;

public class TableTests
{
    static Table Sample => new Table("name", "count", "share").Add("a <b>", 1234567, 0.12345).Add("c", 8L, null);

    [Fact]
    public void Numbers_stand_to_the_right_and_in_groups()
        => Assert.Equal("name        count    share\na <b>   1,234,567   0.1235\nc               8", Sample.ToString());

    [Fact]
    public void Html_escapes_what_the_cells_hold()
    {
        XElement table = XElement.Parse(Sample.Html);
        Assert.Equal(["a <b>", "1,234,567", "0.1235", "c", "8", ""], table.Descendants("td").Select(cell => cell.Value));
        Assert.Equal(["left", "right", "right"], table.Descendants("th")
            .Select(cell => cell.Attribute("style")!.Value["text-align:".Length..]));
    }

    [Fact]
    public void A_row_has_a_cell_for_each_column()
        => Assert.Contains("cells has 1; allowed: one for each of the 2 columns",
        Assert.Throws<ArgumentException>(() => new Table("a", "b").Add(1)).Message, StringComparison.Ordinal);

    [Fact]
    public void Kernels_find_both_forms()
        => Assert.Equal(["text/html", "text/plain"], Engine.MimeBundle.Of(Sample).Select(form => form.Key).Order(StringComparer.Ordinal));
}
