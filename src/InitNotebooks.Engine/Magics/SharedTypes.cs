using System.Text.Json.Nodes;

namespace InitNotebooks.Engine;

/// <summary>The C# type that a cell gives to a value of another language.</summary>
static class SharedTypes
{
    /// <summary>The type as C# writes it; <c>object</c> for a type that no cell can name.</summary>
    public static string NameOf(object? value) => value is JsonNode ? "System.Text.Json.Nodes.JsonNode" : Name(value?.GetType());

    static string Name(Type? type) => type switch
    {
        { IsArray: true } => ArrayName(type),
        { IsPrimitive: true } or { IsVisible: true, IsGenericType: false, IsNested: false, FullName: not null } => type.FullName!,
        _ => "object",
    };

    /// <summary>For an array of arrays, the outer brackets come first.</summary>
    static string ArrayName(Type type)
    {
        string brackets = "";
        for (; type.IsArray; type = type.GetElementType()!) { brackets += $"[{new string(',', type.GetArrayRank() - 1)}]"; }
        return Name(type) + brackets;
    }
}
