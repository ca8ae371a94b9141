using InitNotebooks.Engine;
using TorchInit;

namespace InitNotebooks.Tests.Plots;

/// <summary>What the library's own types show in a notebook.</summary>
[Collection("One session at a time")]
public class LibraryFormsTests
{
    [Theory]
    [InlineData("TensorBuffer.Of(new[] { 0.5f, 0.25f }, [2])", "float32 (2,)", "tensor([0.5000, 0.2500])", "<svg")]
    [InlineData("TensorBuffer.Of(new[] { double.NaN }, [1])", "float64 (1,)", "1 not finite", "tensor([nan]")]
    [InlineData("TensorBuffer.Zeros(DType.Int64, [0, 3])", "no elements", "size=(0, 3)", "int64")]
    [InlineData("Modules.Linear(784, 10).Materialize(seed: 42)", "2 tensors, 7,850 elements", "(10, 784)", "<svg")]
    [InlineData("InitPlan.Of(\"LSTM(3, 4)\")", "uniform_(weight_ih_l0, -0.5, 0.5)", "torch 2.15", "from word")]
    [InlineData("InitPlan.Of(\"init.trunc_normal_((300,))\")", "depends on the values", "trunc_normal_", "(300,)")]
    [InlineData("new Generator(seed: 5489)", "seed 5489", "next words: <code>d091bb5c 22ae9ef6", "torch 2.15")]
    public void A_type_of_the_library_shows_what_one_asks_of_it(string code, params string[] shown)
    {
        Recorder output = new();
        using NotebookSession session = new(AppContext.BaseDirectory);
        Assert.Null(session.Run($"#r \"{typeof(InitPlan).Assembly.Location}\"\nusing TorchInit;", output,
            TestContext.Current.CancellationToken).Error);
        CellResult result = session.Run(code, output, TestContext.Current.CancellationToken);
        Assert.Null(result.Error);
        string html = $"{result.Shown?["text/html"]}";
        Assert.All(shown, text => Assert.Contains(text, html, StringComparison.Ordinal));
        string still = HtmlFilter.Clean(html, out bool removed);
        Assert.False(removed, "a page without scripts shows the whole form");
        Assert.Equal(html.Split("<rect").Length, still.Split("</rect>").Length);
    }
}
