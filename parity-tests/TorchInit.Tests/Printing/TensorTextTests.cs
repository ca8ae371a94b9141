using System.Text.Json;

namespace TorchInit.Tests.Printing;

/// <summary>Tensors print as torch prints them: recorded from torch by parity-tests/golden/printing/record.py.</summary>
public class TensorTextTests
{
    [Theory]
    [InlineData("1.13.1")]
    [InlineData("2.6.0")]
    public void Prints_what_torch_prints(string version)
    {
        using JsonDocument recorded = JsonDocument.Parse(Repository.Read($"parity-tests/golden/printing/{version}.json"));
        JsonElement[] cases = [.. recorded.RootElement.GetProperty("cases").EnumerateArray()];
        Assert.True(cases.Length > 150, $"only {cases.Length} cases");
        Violations.None($"Tensors that torch {version} prints in another way",
            from item in cases
            let expected = item.GetProperty("text").GetString()
            let printed = TensorText.Of(Tensor(item), Options(item.GetProperty("options")))
            where printed != expected
            select $"{item.GetProperty("dtype")} {item.GetProperty("shape")} {item.GetProperty("options")}:\n{printed}\n  torch:\n{expected}");
    }

    [Fact]
    public void A_tensors_text_is_torchs() => Assert.Equal("tensor([0.0312, 0.5000])", $"{TensorBuffer.Of([0.03125f, 0.5f], [2])}");

    [Fact]
    public void Options_name_what_is_allowed()
    {
        Assert.Contains("0 to 40", Assert.Throws<ArgumentOutOfRangeException>(() => new PrintOptions { Precision = 41 }).Message, StringComparison.Ordinal);
        Assert.Contains("1 or more", Assert.Throws<ArgumentOutOfRangeException>(() => new PrintOptions { EdgeItems = 0 }).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => TensorText.Of(null!));
    }

    static TensorBuffer Tensor(JsonElement item)
    {
        TensorBuffer tensor = TensorBuffer.Zeros(DTypeExtensions.Parse(item.GetProperty("dtype").GetString()!),
            [.. item.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64())]);
        Convert.FromHexString(item.GetProperty("bytes").GetString()!).CopyTo(tensor.Bytes(0, tensor.Count));
        return tensor;
    }

    static PrintOptions Options(JsonElement json)
    {
        PrintOptions options = PrintOptions.Default;
        foreach (JsonProperty option in json.EnumerateObject())
        {
            options = option.Name switch
            {
                "precision" => options with { Precision = option.Value.GetInt32() },
                "threshold" => options with { Threshold = option.Value.GetInt64() },
                "edgeitems" => options with { EdgeItems = option.Value.GetInt32() },
                "linewidth" => options with { LineWidth = option.Value.GetInt32() },
                "sci_mode" => options with { SciMode = option.Value.GetBoolean() },
                _ => throw new FormatException($"an option {option.Name}"),
            };
        }
        return options;
    }
}
