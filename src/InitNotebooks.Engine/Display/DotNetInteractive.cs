using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using InitNotebooks.Engine;
using Microsoft.AspNetCore.Html;

// These are .NET Interactive's names, so that a notebook runs unchanged there and here.
namespace Microsoft.DotNet.Interactive;

/// <summary>A displayed value that can be updated.</summary>
/// <param name="id">The display's name.</param>
public sealed class DisplayedValue(string id)
{
    /// <summary>Replaces the displayed value.</summary>
    /// <param name="value">Any value.</param>
    public void Update(object? value) => CellScope.Current?.Output.Display(MimeBundle.Of(value), id, update: true);

    internal static DisplayedValue Show(JsonObject data)
    {
        string id = Guid.NewGuid().ToString();
        CellScope.Current?.Output.Display(data, id, update: false);
        return new(id);
    }
}

/// <summary><c>value.Display()</c> in a cell.</summary>
public static class DisplayExtensions
{
    /// <summary>Shows a value immediately, in the middle of a cell.</summary>
    /// <param name="value">Any value.</param>
    /// <param name="mimeTypes">The MIME types wanted; empty for the type's own.</param>
    public static DisplayedValue Display(this object? value, params string[] mimeTypes)
        => DisplayedValue.Show(MimeBundle.Of(value, mimeTypes));

    /// <summary>Shows text as content of a MIME type.</summary>
    /// <param name="value">The content.</param>
    /// <param name="mimeType">For example <c>text/html</c>.</param>
    public static DisplayedValue DisplayAs(this string value, string mimeType) => DisplayedValue.Show(new() { [mimeType] = value });
}

/// <summary>Functions that a cell can call without a prefix.</summary>
[SuppressMessage("Style", "IDE1006", Justification = "The names are .NET Interactive's.")]
[SuppressMessage("Naming", "CA1707", Justification = "The names are .NET Interactive's.")]
public static class Kernel
{
    /// <summary>Shows a value immediately.</summary>
    /// <param name="value">Any value.</param>
    /// <param name="mimeTypes">The MIME types wanted; empty for the type's own.</param>
    public static DisplayedValue display(object? value, params string[] mimeTypes) => value.Display(mimeTypes);

    /// <summary>Marks text as HTML.</summary>
    /// <param name="content">Markup.</param>
    public static IHtmlContent HTML(string content) => new HtmlString(content);

    /// <summary>Asks the user for a line.</summary>
    /// <param name="prompt">Shown before the field.</param>
    /// <param name="typeHint"><c>password</c> hides what is typed.</param>
    public static Task<string?> GetInputAsync(string prompt = "", string typeHint = "text")
        => Task.FromResult(CellScope.Current?.Output.Input(prompt, typeHint == "password"));

    /// <summary>Asks the user for a line.</summary>
    /// <param name="prompt">Shown before the field.</param>
    public static string? input(string prompt = "") => CellScope.Current?.Output.Input(prompt, password: false);

    /// <summary>Removes what the cell has shown so far.</summary>
    /// <param name="wait">Whether to wait until the next output comes.</param>
    public static void clear_output(bool wait = false) => CellScope.Current?.Output.Clear(wait);
}
