using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace TorchInit.Cli;

/// <summary>Weights as JSON: every element as a number and as its bits, so that nothing is lost in decimal.</summary>
static class WeightsJson
{
    /// <summary>Larger weights belong in a file: JSON takes about 25 characters per element.</summary>
    public const int MostElements = 1 << 24;

    public static string Of(InitPlan plan, StateDict weights, Generator generator)
    {
        long elements = weights.Values.Sum(tensor => (long)tensor.Count);
        if (elements > MostElements)
        {
            throw new InvalidOperationException($"{plan.Title} has {elements} elements; --json prints at most {MostElements}. Use -o to "
                + $"write a file.");
        }
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream,
            new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("init", plan.Title);
            json.WriteString("profile", plan.Profile.ToString());
            json.WriteString("seed", generator.InitialSeed.ToString(CultureInfo.InvariantCulture));
            json.WriteStartArray("tensors");
            foreach ((string name, TensorBuffer tensor) in weights) { Write(json, name, tensor); }
            json.WriteEndArray();
            json.WriteString("generator_state", Convert.ToHexStringLower(generator.GetState()));
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    static void Write(Utf8JsonWriter json, string name, TensorBuffer tensor)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteString("dtype", tensor.DType.TorchName());
        json.WriteStartArray("shape");
        foreach (long size in tensor.Shape) { json.WriteNumberValue(size); }
        json.WriteEndArray();
        json.WriteStartArray("values");
        for (int at = 0; at < tensor.Count; at++) { WriteValue(json, tensor, at); }
        json.WriteEndArray();
        json.WriteString("words", string.Join(' ', HexWords.Of(tensor, 0, tensor.Count)));
        json.WriteEndObject();
    }

    /// <summary>A number; "NaN", "Infinity" or "-Infinity" where JSON has none.</summary>
    static void WriteValue(Utf8JsonWriter json, TensorBuffer tensor, int at)
    {
        switch (tensor.DType)
        {
            case DType.Bool: json.WriteBooleanValue(tensor.Integer(at) != 0); break;
            case DType.Float64: Write(tensor.AsSpan<double>()[at]); break;
            case DType.Float32: Write(tensor.AsSpan<float>()[at]); break;
            case DType.Float16: Write((float)tensor.AsSpan<Half>()[at]); break;
            case DType.BFloat16: Write((float)tensor.AsSpan<BFloat16>()[at]); break;
            default: json.WriteNumberValue(tensor.Integer(at)); break;
        }

        void Write<T>(T value)
            where T : IFloatingPointIeee754<T>
        {
            if (!T.IsFinite(value)) { json.WriteStringValue(value.ToString(null, CultureInfo.InvariantCulture)); }
            else if (value is double number) { json.WriteNumberValue(number); }
            else { json.WriteNumberValue(float.CreateChecked(value)); }
        }
    }
}
