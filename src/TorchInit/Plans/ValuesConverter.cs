using System.Collections;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TorchInit;

/// <summary>Given values in JSON: a list of numbers, or the name of a tensor in the file beside the plan.</summary>
sealed class ValuesConverter : JsonConverter<IReadOnlyList<double>>
{
    static readonly ExactDoubleConverter s_number = new();

    public override IReadOnlyList<double> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String) { return new StoredValues(reader.GetString()!); }
        if (reader.TokenType != JsonTokenType.StartArray) { throw new JsonException("expected a list of numbers"); }
        List<double> values = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            values.Add(s_number.Read(ref reader, typeof(double), options));
        }
        return values;
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<double> value, JsonSerializerOptions options)
    {
        if (value is StoredValues stored)
        {
            writer.WriteStringValue(stored.Name);
            return;
        }
        writer.WriteStartArray();
        foreach (double number in value) { s_number.Write(writer, number, options); }
        writer.WriteEndArray();
    }
}

/// <summary>Values that are in a file and not loaded yet.</summary>
/// <param name="name">The name of the tensor in the file.</param>
sealed class StoredValues(string name) : IReadOnlyList<double>
{
    public string Name => name;

    public int Count => 0;

    public double this[int index] => throw new ArgumentOutOfRangeException(nameof(index), index, $"the values '{name}' are not loaded.");

    public IEnumerator<double> GetEnumerator() => Enumerable.Empty<double>().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
