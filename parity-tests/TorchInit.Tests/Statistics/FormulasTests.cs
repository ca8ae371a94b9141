using TorchInit.Parity;

namespace TorchInit.Tests;

/// <summary>Other frameworks' defaults, by numbers worked out from their source by hand.</summary>
public sealed class FormulasTests
{
    [Theory]
    [InlineData("Keras 3", "Linear(512, 256)", "weight", "U(-0.08839, 0.08839)")]              // √(6 / 768)
    [InlineData("Keras 3", "LSTM(32, 64)", "bias_ih_l0", "0; 1")]                              // the forget gate
    [InlineData("Keras 3", "GRU(32, 64)", "bias_ih_l0", "0")]
    [InlineData("Keras 3", "RNN(32, 64)", "bias_ih_l0", "0")]
    [InlineData("Flax", "LSTM(32, 64)", "weight_hh_l0", "an entry of 1·Q, Q of 64 × 64")]      // a gate
    [InlineData("Keras 3", "LSTM(32, 64)", "weight_hh_l0", "an entry of 1·Q, Q of 256 × 256")] // all gates together
    [InlineData("Flax", "Conv2d(16, 32, 3)", "weight", "N(0, 0.09474²) in [-0.1895, 0.1895]")]           // 1/√(16·9), cut
    [InlineData("Flax", "ConvTranspose2d(16, 32, 3)", "weight", "N(0, 0.09474²) in [-0.1895, 0.1895]")]  // the same fan: its input
    [InlineData("candle", "Conv2d(16, 32, 3)", "bias", "U(-0.25, 0.25)")]                      // 1/√16, without the kernel
    [InlineData("candle", "ConvTranspose2d(16, 32, 3)", "weight", "U(-0.05893, 0.05893)")]     // 1/√(32·9)
    [InlineData("tinygrad", "Conv2d(16, 32, 3, groups=4)", "weight", "U(-0.08333, 0.08333)")]  // 1/√(16·9), of all groups
    [InlineData("tinygrad", "Embedding(200, 50)", "weight", "U(-0.1549, 0.1549)")]             // √(6 / 250)
    [InlineData("tinygrad", "LSTMCell(9, 16)", "weight_ih", "U(-0.25, 0.25)")]
    [InlineData("tinygrad", "LSTMCell(9, 16)", "bias_ih", "0")]
    [InlineData("candle", "RMSNorm((3, 4))", "weight", "1")]
    [InlineData("Keras 3", "BatchNorm1d(5)", "running_var", "1")]
    public void A_default_is_what_the_framework_says(string framework, string module, string tensor, string law)
    {
        Formulas formulas = Formulas.All.Single(known => known.Name == $"{framework} (formula)");
        IEnumerable<string> laws = PlanLaws.Of(formulas.PlanOf(InitPlan.Of(module))).Where(region => region.Tensor == tensor)
            .Select(region => region.Law!.ToString()!).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(law, string.Join("; ", laws));
    }

    [Theory]
    [InlineData("candle", "RNN", false)]
    [InlineData("tinygrad", "LSTM", false)]
    [InlineData("tinygrad", "LSTMCell", true)]
    [InlineData("Flax", "MultiheadAttention", false)]
    public void Nothing_is_said_of_a_layer_that_a_framework_lacks(string framework, string torchClass, bool has)
        => Assert.Equal(has, Formulas.All.Single(known => known.Name == $"{framework} (formula)").Has(torchClass));
}
