using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace TorchInit.Oracle.PythonNet;

/// <summary>Writes values as JSON for Python's json module: nan and the infinities without quotes, integers of any size.</summary>
static class PythonJson
{
    static readonly JsonSerializerOptions s_options = new()
    {
        IncludeFields = true,
        Converters = { new Floats(), new Singles(), new Whole() },
    };

    const string Allowed = "numbers, strings, arrays, tensors, state dicts, and values with a JSON form";

    /// <exception cref="NotSupportedException">The value has no JSON form.</exception>
    public static string Write(object value)
    {
        if (value.GetType() == typeof(object))
        {
            throw new NotSupportedException("An instance of System.Object cannot be passed to Python.");
        }
        try
        {
            return value is JsonNode node ? node.ToJsonString() : JsonSerializer.Serialize(value, value.GetType(), s_options);
        }
        catch (Exception error)
        {
            // The value's own properties run and may throw anything.
            throw new NotSupportedException(
                $"A {value.GetType()} cannot be passed to Python: {error.Message} Allowed: {Allowed}.", error);
        }
    }

    /// <summary>An integral float keeps its decimal point, so that Python reads a float; a float is written as a double.</summary>
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
