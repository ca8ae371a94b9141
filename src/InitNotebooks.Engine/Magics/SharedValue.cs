using System.Collections;
using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace InitNotebooks.Engine;

/// <summary>
/// A value passed between languages, as JSON: arrays by their bytes (<see cref="SharedArray"/>), <c>{"list"}</c>, <c>{"map"}</c>,
/// <c>{"number"}</c> for numbers that JSON lacks (nan, inf), <c>{"json"}</c> for the rest.
/// </summary>
static class SharedValue
{
    static readonly JsonSerializerOptions s_named = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    /// <exception cref="MagicException">The value has no form that another language can read.</exception>
    public static JsonNode? Write(object? value)
    {
        switch (value)
        {
            case null: return null;
            case JsonNode node: return new JsonObject { ["json"] = node.DeepClone() };
            case BigInteger big: return JsonNode.Parse(big.ToString(CultureInfo.InvariantCulture));
            case string or bool or sbyte or byte or short or ushort or int or uint or long or ulong or char:
                return JsonSerializer.SerializeToNode(value);
            case Half half: return Number((double)half);
            case float or double: return Number(((IConvertible)value).ToDouble(CultureInfo.InvariantCulture));
            case Array array when SharedArray.Write(array) is { } bytes: return bytes;
            case IDictionary map: return new JsonObject { ["map"] = new JsonObject(Entries(map)) };
            case IList { Count: > 0 } list when list is not Array && OneType(list) is { } array: return SharedArray.Write(array);
            case Array { Rank: 1 } or IList: return new JsonObject { ["list"] = new JsonArray([.. Items((IEnumerable)value)]) };
        }
        try { return new JsonObject { ["json"] = JsonSerializer.SerializeToNode(value) }; }
        catch (Exception error) when (error is NotSupportedException or JsonException or ArgumentException)
        {
            throw new MagicException($"A value of type {value.GetType()} cannot be shared: {error.Message}");
        }
    }

    /// <summary>The C# value: a number is a double, a list of numbers long[] or double[], an array what it was.</summary>
    public static object? Read(JsonNode? json) => json switch
    {
        null => null,
        JsonObject { Count: 1 } number when number.ContainsKey("number") => Double(number),
        JsonObject { Count: 1 } list when list["list"] is JsonArray items => List(items),
        JsonObject array when array.ContainsKey("dtype") => SharedArray.Read(array),
        JsonObject => Plain(json),
        _ when json.GetValueKind() == JsonValueKind.String => json.GetValue<string>(),
        _ when json.GetValueKind() is JsonValueKind.True or JsonValueKind.False => json.GetValueKind() == JsonValueKind.True,
        _ => Double(json),
    };

    static IEnumerable<JsonNode?> Items(IEnumerable list) => list.Cast<object?>().Select(Write);

    static IEnumerable<KeyValuePair<string, JsonNode?>> Entries(IDictionary map)
        => map.Cast<DictionaryEntry>().Select(entry => KeyValuePair.Create($"{entry.Key}", Write(entry.Value)));

    static JsonNode Number(double value) => double.IsFinite(value) ? JsonValue.Create(value)
        : new JsonObject { ["number"] = double.IsNaN(value) ? "nan" : value > 0 ? "inf" : "-inf" };

    /// <summary>A List&lt;float&gt; is a float[] to other languages; null if the items are of several types.</summary>
    static Array? OneType(IList list)
    {
        Type[] types = [.. list.Cast<object?>().Select(item => item?.GetType() ?? typeof(object)).Distinct()];
        if (types.Length != 1 || !SharedArray.Holds(types[0])) { return null; }
        Array array = Array.CreateInstance(types[0], list.Count);
        list.CopyTo(array, 0);
        return array;
    }

    static object List(JsonArray items)
    {
        if (items.Count == 0) { return new JsonArray(); }
        if (items.All(item => item is JsonValue
            && long.TryParse(item.ToJsonString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)))
        {
            return items.Select(item => long.Parse(item!.ToJsonString(), CultureInfo.InvariantCulture)).ToArray();
        }
        object?[] values = [.. items.Select(Read)];
        if (values.All(value => value is double)) { return values.Cast<double>().ToArray(); }
        if (values.All(value => value is string)) { return values.Cast<string>().ToArray(); }
        if (values.All(value => value is bool)) { return values.Cast<bool>().ToArray(); }
        if (values.All(value => value is double[] or long[]))
        {
            return values.Select(row => row as double[] ?? Array.ConvertAll((long[])row!, item => (double)item)).ToArray();
        }
        return new JsonArray([.. items.Select(Plain)]);
    }

    static double Double(JsonNode json) => json is JsonObject named
        ? named["number"]!.GetValue<string>() switch
        {
            "inf" => double.PositiveInfinity,
            "-inf" => double.NegativeInfinity,
            _ => double.NaN
        }
        : double.Parse(json.ToJsonString(), CultureInfo.InvariantCulture);

    /// <summary>A collection of several kinds of values becomes plain JSON.</summary>
    static JsonNode? Plain(JsonNode? json) => json switch
    {
        JsonObject { Count: 1 } number when number["number"] is { } text => text.DeepClone(),
        JsonObject { Count: 1 } list when list["list"] is JsonArray items => new JsonArray([.. items.Select(Plain)]),
        JsonObject { Count: 1 } map when map["map"] is JsonObject entries
            => new JsonObject(entries.Select(entry => KeyValuePair.Create(entry.Key, Plain(entry.Value)))),
        JsonObject { Count: 1 } other when other.ContainsKey("json") => other["json"]?.DeepClone(),
        JsonObject array when array.ContainsKey("dtype") => JsonSerializer.SerializeToNode(SharedArray.Read(array).Cast<object>(), s_named),
        _ => json?.DeepClone(),
    };
}
