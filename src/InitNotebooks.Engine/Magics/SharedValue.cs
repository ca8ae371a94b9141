using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace InitNotebooks.Engine;

/// <summary>A value that came as JSON, as the C# type that one expects: a number is a double, a list of numbers an array.</summary>
static class SharedValue
{
    public static (string Type, object? Value) Of(JsonNode? json) => json switch
    {
        null => ("object", null),
        JsonArray { Count: > 0 } array when array.All(IsNumber) => Numbers(array),
        JsonArray { Count: > 0 } array when array.All(item => item?.GetValueKind() == JsonValueKind.String) => ("string[]", array.Select(item => item!.GetValue<string>()).ToArray()),
        JsonArray { Count: > 0 } rows when rows.All(row => row is JsonArray items && items.All(IsNumber)) => ("double[][]", rows.Select(row => row!.AsArray().Select(Number).ToArray()).ToArray()),
        JsonValue value => value.GetValueKind() switch
        {
            JsonValueKind.String => ("string", value.GetValue<string>()),
            JsonValueKind.True or JsonValueKind.False => ("bool", value.GetValueKind() == JsonValueKind.True),
            _ => ("double", Number(value)),
        },
        _ => ("System.Text.Json.Nodes.JsonNode", json),
    };

    static (string, object) Numbers(JsonArray array) => array.All(item => long.TryParse(item!.ToJsonString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))
        ? ("long[]", array.Select(item => long.Parse(item!.ToJsonString(), CultureInfo.InvariantCulture)).ToArray())
        : ("double[]", array.Select(Number).ToArray());

    static bool IsNumber(JsonNode? node) => node?.GetValueKind() == JsonValueKind.Number;

    static double Number(JsonNode? node) => double.Parse(node!.ToJsonString(), CultureInfo.InvariantCulture);
}
