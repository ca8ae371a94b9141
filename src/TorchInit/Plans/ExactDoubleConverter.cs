using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TorchInit;

/// <summary>Doubles as Python's repr, which reads back to the same bits: .NET's own shortest form loses 2 of the powers of two. inf and nan
/// are strings.</summary>
sealed class ExactDoubleConverter : JsonConverter<double>
{
    public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            // The same parser as for Python's literals, whatever the serializer's own does.
            string text = System.Text.Encoding.UTF8.GetString(reader.TokenType == JsonTokenType.Number ? reader.ValueSpan
                : throw new JsonException("a number is expected"));
            return double.Parse(text, CultureInfo.InvariantCulture);
        }
        return reader.GetString() switch
        {
            "NaN" => PythonFloat.NaN,
            "Infinity" => double.PositiveInfinity,
            "-Infinity" => double.NegativeInfinity,
            var other => throw new JsonException($"'{other}' is no number; allowed as text: \"NaN\", \"Infinity\", \"-Infinity\""),
        };
    }

    public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
    {
        if (double.IsFinite(value)) { writer.WriteRawValue(PythonFloat.Repr(value)); }
        else { writer.WriteStringValue(double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity"); }
    }
}
