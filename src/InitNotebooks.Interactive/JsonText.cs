using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.DotNet.Interactive.Formatting;
using TorchInit;

namespace InitNotebooks.Interactive;

/// <summary>Values as JSON: arrays of any rank as nested lists, NaN and infinities as "NaN", "Infinity", "-Infinity".</summary>
static class JsonText
{
    /// <summary>More would be a hundred megabytes of text, made whether or not anyone reads it.</summary>
    const int MostElements = 2_000_000;

    static readonly JsonSerializerOptions s_options = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    /// <summary>A value in the requested form; an array that is too large only says so.</summary>
    public static FormattedValue Form(object? value, string mimeType)
    {
        if (mimeType != JsonFormatter.MimeType) { return new(mimeType, value.ToDisplayString(mimeType)); }
        long count = Elements(value);
        if (count <= MostElements) { return new(mimeType, Of(value)); }
        string told = $"too large for JSON: {count:N0} elements; take it by reference, with #!share or #!set --byref";
        return new(PlainTextFormatter.MimeType, told);
    }

    /// <summary>Writes for .NET Interactive's formatters.</summary>
    public static void Write(Array value, TextWriter writer) => writer.Write(Form(value, JsonFormatter.MimeType).Value);

    static long Elements(object? value) => value switch
    {
        Array array => array.LongLength,
        StateDict state => state.Values.Sum(tensor => (long)tensor.Count),
        _ => 0,
    };

    static string Of(object? value) => value switch
    {
        Array { Rank: > 1 } array => Nested(array, 0, new int[array.Rank]),
        BFloat16[] numbers => JsonSerializer.Serialize(Array.ConvertAll(numbers, number => (float)number), s_options),
        Array array => JsonSerializer.Serialize(array, array.GetType(), s_options),
        BFloat16 number => JsonSerializer.Serialize((float)number, s_options),
        JsonDocument document => document.RootElement.GetRawText(),
        StateDict state => $"{{{string.Join(',', state.Select(Member))}}}",
        _ => JsonSerializer.Serialize(value, value?.GetType() ?? typeof(object), s_options),
    };

    static string Member(KeyValuePair<string, TensorBuffer> tensor)
        => $"{JsonSerializer.Serialize(tensor.Key)}:{Of(StateArrays.ToArray(tensor.Value))}";

    static string Nested(Array array, int axis, int[] index)
    {
        string[] parts = new string[array.GetLength(axis)];
        for (int at = 0; at < parts.Length; at++)
        {
            index[axis] = at;
            parts[at] = axis == array.Rank - 1 ? Of(array.GetValue(index)) : Nested(array, axis + 1, index);
        }
        return $"[{string.Join(',', parts)}]";
    }
}
