using System.Text.Json.Nodes;
using Microsoft.DotNet.Interactive.Formatting;

namespace InitNotebooks.Engine;

/// <summary>A value in the forms that a front end may choose from.</summary>
public static class MimeBundle
{
    /// <summary>The form that is always present: consoles, GitHub and tests read it.</summary>
    public const string PlainText = "text/plain";

    static MimeBundle() => Formatter.DefaultMimeType = HtmlFormatter.MimeType;

    /// <summary>MIME type to content, from the registered formatters and the convention attributes of the value's type.</summary>
    /// <param name="value">Any value; strings, numbers and null are plain text.</param>
    /// <param name="mimeTypes">The MIME types wanted; empty for the type's preferred ones and plain text.</param>
    public static JsonObject Of(object? value, params IReadOnlyList<string> mimeTypes)
    {
        JsonObject bundle = [];
        foreach (string mime in mimeTypes.Count > 0 ? mimeTypes : Preferred(value))
        {
            string text = mime == PlainText && IsItsOwnText(value) ? value!.ToString()! : value.ToDisplayString(mime)
                .ReplaceLineEndings("\n");
            bundle[mime] = mime.EndsWith("json", StringComparison.Ordinal) ? JsonNode.Parse(text) : text;
        }
        return bundle;
    }

    static IReadOnlyList<string> Preferred(object? value)
        => value is null or decimal || value.GetType().IsPrimitive || IsItsOwnText(value) ? [PlainText]
            : [.. Formatter.GetPreferredMimeTypesFor(value.GetType()).Append(PlainText).Distinct()];

    /// <summary>
    /// Strings; and Newtonsoft's JSON, each part of which is again a sequence of such parts, so that the formatters never finish.
    /// </summary>
    static bool IsItsOwnText(object? value)
    {
        if (value is string) { return true; }
        for (Type? type = value?.GetType(); type is not null; type = type.BaseType)
        {
            if (type.FullName == "Newtonsoft.Json.Linq.JToken") { return true; }
        }
        return false;
    }
}
