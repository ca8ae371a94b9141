using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace TorchInit.Oracle.PythonNet;

/// <summary>What has a JSON form, as Python's json reads it: nan and the infinities without quotes, whole numbers of any size.</summary>
static class PythonJson
{
    static readonly JsonSerializerOptions s_options = new()
    {
        IncludeFields = true,
        Converters = { new Floats(), new Singles(), new Whole() },
    };

    const string Allowed = "numbers, texts, arrays, tensors, state dicts, and what has a JSON form";

    /// <exception cref="NotSupportedException">It has none.</exception>
    public static string Write(object value)
    {
        if (value.GetType() == typeof(object))
        {
            throw new NotSupportedException("An object without a type of its own does not go to Python.");
        }
        try
        {
            return value is JsonNode node ? node.ToJsonString() : JsonSerializer.Serialize(value, value.GetType(), s_options);
        }
        catch (Exception error)
        {
            // The value's own properties run, and may throw anything.
            throw new NotSupportedException(
                $"A {value.GetType()} does not go to Python: {error.Message} Allowed: {Allowed}.", error);
        }
    }

    /// <summary>A whole number keeps its point, by which Python knows a float; a float is written as the double that it is.</summary>
    static void Write(Utf8JsonWriter writer, double value)
    {
        string text = value switch
        {
            double.PositiveInfinity => "Infinity",
            double.NegativeInfinity => "-Infinity",
            _ => value.ToString("R", CultureInfo.InvariantCulture),
        };
        bool isWhole = double.IsFinite(value) && text.AsSpan().IndexOfAny('.', 'E') < 0;
        writer.WriteRawValue(isWhole ? $"{text}.0" : text, skipInputValidation: true);
    }

    sealed class Floats : JsonConverter<double>
    {
        public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
            => throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options) => PythonJson.Write(writer, value);
    }

    sealed class Singles : JsonConverter<float>
    {
        public override float Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
            => throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, float value, JsonSerializerOptions options) => PythonJson.Write(writer, value);
    }

    sealed class Whole : JsonConverter<BigInteger>
    {
        public override BigInteger Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
            => throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, BigInteger value, JsonSerializerOptions options)
            => writer.WriteRawValue(value.ToString(CultureInfo.InvariantCulture));
    }
}
