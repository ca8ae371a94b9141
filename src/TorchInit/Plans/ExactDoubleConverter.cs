using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TorchInit;

/// <summary>Writes doubles as Python's repr, which reads back to the same bits; .NET's shortest form gets 2 of the powers of two wrong. inf
/// and nan are strings: "NaN" is Python's nan, any other is "NaN:" and its 16 hexadecimal digits.</summary>
sealed class ExactDoubleConverter : JsonConverter<double>
{
    const string OtherNaN = "NaN:";

    public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            // The parser of Python's literals, not the serializer's own.
            string text = System.Text.Encoding.UTF8.GetString(reader.TokenType == JsonTokenType.Number ? reader.ValueSpan
                : throw new JsonException("expected a number"));
            return double.Parse(text, CultureInfo.InvariantCulture);
        }
        return reader.GetString() switch
        {
            "NaN" => PythonFloat.NaN,
            "Infinity" => double.PositiveInfinity,
            "-Infinity" => double.NegativeInfinity,
            var other when NaNOf(other) is { } payload => payload,
            var other => throw new JsonException($"'{other}' is not a number; allowed as a string: \"NaN\", \"NaN:\" with 16 hexadecimal "
                + "digits, \"Infinity\", \"-Infinity\""),
        };
    }

    public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
    {
        if (double.IsFinite(value)) { writer.WriteRawValue(PythonFloat.Repr(value)); }
        else { writer.WriteStringValue(double.IsNaN(value) ? Text(value) : value > 0 ? "Infinity" : "-Infinity"); }
    }

    static string Text(double nan)
    {
        ulong bits = BitConverter.DoubleToUInt64Bits(nan);
        return bits == BitConverter.DoubleToUInt64Bits(PythonFloat.NaN) ? "NaN"
            : string.Create(CultureInfo.InvariantCulture, $"{OtherNaN}{bits:x16}");
    }

    static double? NaNOf(string? text)
        => text is { Length: 20 } && text.StartsWith(OtherNaN, StringComparison.Ordinal)
            && ulong.TryParse(text.AsSpan(OtherNaN.Length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong bits)
            && BitConverter.UInt64BitsToDouble(bits) is var nan && double.IsNaN(nan) ? nan : null;
}
