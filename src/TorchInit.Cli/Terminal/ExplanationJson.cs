using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using TorchInit.Parity;

namespace TorchInit.Cli;

/// <summary>An explained plan as JSON.</summary>
static class ExplanationJson
{
    public static string Of(PlanExplanation explained)
    {
        using MemoryStream json = new();
        using (Utf8JsonWriter writer = new(json, new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            writer.WriteString("title", explained.Plan.Title);
            writer.WriteString("profile", explained.Plan.Profile.ToString());
            // What words and from count: 32-bit words of a CPU's stream, or the offset of a GPU's.
            writer.WriteString("unit", Name($"{explained.Unit}"));
            Number(writer, "words", explained.Words);
            Texts(writer, "same_on", explained.SameOn);
            Texts(writer, "elsewhere", explained.Elsewhere);
            writer.WriteStartArray("warnings");
            foreach (PlanWarning warning in explained.Warnings)
            {
                writer.WriteStartObject();
                writer.WriteString("kind", Name($"{warning.Kind}"));
                writer.WriteString("said", warning.Said);
                Texts(writer, "tensors", warning.Tensors);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
            writer.WriteStartArray("tensors");
            foreach (ExplainedTensor tensor in explained.Tensors) { Write(writer, tensor); }
            writer.WriteEndArray();
            writer.WriteStartArray("stream");
            foreach (StreamSpan span in explained.Stream.Where(span => span.Words != 0))
            {
                writer.WriteStartObject();
                writer.WriteString("tensor", span.Tensor);
                Number(writer, "from", span.From);
                Number(writer, "words", span.Words);
                writer.WriteString("fate", Name($"{span.Fate}"));
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
        return Encoding.UTF8.GetString(json.ToArray());
    }

    static void Write(Utf8JsonWriter writer, ExplainedTensor tensor)
    {
        writer.WriteStartObject();
        writer.WriteString("name", tensor.Tensor);
        writer.WriteStartArray("shape");
        foreach (long size in tensor.Shape) { writer.WriteNumberValue(size); }
        writer.WriteEndArray();
        writer.WriteString("step", tensor.Step);
        if (tensor.Law is { } law) { writer.WriteString("law", $"{law}"); } else { writer.WriteNull("law"); }
        Number(writer, "std", tensor.StandardDeviation);
        Number(writer, "bound", tensor.Bound);
        Number(writer, "fan_in", tensor.FanIn);
        Number(writer, "gain", tensor.Gain);
        Number(writer, "from", tensor.Place);
        writer.WriteNumber("draws", tensor.Draws);
        writer.WriteEndObject();
    }

    static void Texts(Utf8JsonWriter writer, string key, IEnumerable<string> texts)
    {
        writer.WriteStartArray(key);
        foreach (string text in texts) { writer.WriteStringValue(text); }
        writer.WriteEndArray();
    }

    static void Number(Utf8JsonWriter writer, string key, long? value)
    {
        if (value is { } number) { writer.WriteNumber(key, number); } else { writer.WriteNull(key); }
    }

    static void Number(Utf8JsonWriter writer, string key, double? value)
    {
        if (value is { } number && double.IsFinite(number)) { writer.WriteNumber(key, number); } else { writer.WriteNull(key); }
    }

    static string Name(string member) => JsonNamingPolicy.SnakeCaseLower.ConvertName(member);
}
