using System.Text.Json;

namespace TorchInit.Tests.Printing;

/// <summary>What parity-tests/golden/printing/record.py wrote: tensors, options, and torch's text.</summary>
static class PrintedCases
{
    /// <summary>Fails with every tensor that C# prints in another way.</summary>
    public static void Check(string json)
    {
        using JsonDocument recorded = JsonDocument.Parse(json);
        JsonElement[] cases = [.. recorded.RootElement.GetProperty("cases").EnumerateArray()];
        Assert.True(cases.Length > 150, $"only {cases.Length} cases");
        Violations.None($"Tensors that torch {recorded.RootElement.GetProperty("torch")} prints in another way",
            from item in cases
            let expected = item.GetProperty("text").GetString()
            let printed = TensorText.Of(Tensor(item), Options(item.GetProperty("options")))
            where printed != expected
            select $"{item.GetProperty("dtype")} {item.GetProperty("shape")} {item.GetProperty("options")}:\n{printed}\n  "
                + $"torch:\n{expected}");
    }

    static TensorBuffer Tensor(JsonElement item)
    {
        TensorBuffer tensor = TensorBuffer.Zeros(DType.Parse(item.GetProperty("dtype").GetString()!),
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
