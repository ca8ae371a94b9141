using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;

namespace InitNotebooks.Engine;

/// <summary>
/// What a notebook keeps of the kernels that ran it, for a machine that lacks them: with the outputs, what made them, and the small
/// values that C# took, in a cell's metadata.
/// </summary>
sealed class Recordings
{
    /// <summary>The metadata key under which a cell keeps what was recorded, and an output is marked as standing for another.</summary>
    public const string Key = "initnotebooks";

    const string OriginKey = "recorded_with", SharedKey = "shared";
    const string Style = "color: #8a6d00; font-style: italic";
    const int MostCharacters = 1 << 16;

    readonly List<string> _notes = [];
    readonly List<string> _used = [];
    readonly JsonObject _kept = [];
    string _origin = "";
    NotebookCell? _cell;

    /// <summary>Whether the running cell asked for a missing kernel.</summary>
    public bool IsLacking { get; private set; }

    /// <summary>Notes that a cell begins.</summary>
    public void Begin(NotebookCell cell)
    {
        _cell = cell;
        _notes.Clear();
        _used.Clear();
        _kept.Clear();
        (_origin, IsLacking) = ("", false);
    }

    /// <summary>Notes that another kernel ran part of the cell.</summary>
    public void NoteRun(string origin) => _origin = origin;

    /// <summary>Notes that the cell asked for a kernel that this machine lacks.</summary>
    public void NoteMissing(string kernel, string why)
    {
        IsLacking = true;
        _notes.Add($"There is no #!{kernel} here; what it showed is shown as it was recorded. {why}");
    }

    /// <summary>Notes that C# took a value.</summary>
    public void Keep(string kernel, string name, object? value, string origin)
    {
        if (origin.Length == 0) { return; }
        _origin = origin;
        if (Write(value) is not { } json) { return; }
        kernel = kernel.ToLowerInvariant();
        if (_kept[kernel] is not JsonObject values) { _kept[kernel] = values = []; }
        values[name] = json;
    }

    /// <summary>Whether the cell has recorded a value; the cell itself checks that it is valid.</summary>
    public bool TryGet(string kernel, string name, out object? value)
    {
        value = null;
        if (!Has(_cell!, kernel, name)) { return false; }
        value = Read((JsonObject)Shared(_cell!, kernel)![name]!);
        _used.Add($"{name} of #!{kernel.ToLowerInvariant()}");
        return true;
    }

    /// <summary>Whether a cell has recorded a kernel's value.</summary>
    public static bool Has(NotebookCell cell, string kernel, string name) => Ipynb.Member(Shared(cell, kernel), name) is JsonObject;

    /// <summary>The cell succeeded: it keeps the new recording, or drops the old one.</summary>
    public void End()
    {
        NotebookCell cell = _cell!;
        if (_notes.Count + _used.Count > 0) { return; }        // nothing new, and the old may be useful
        cell.Metadata.Remove(Key);
        if (_origin.Length == 0) { return; }
        JsonObject recorded = new() { [OriginKey] = _origin };
        if (_kept.Count > 0) { recorded[SharedKey] = _kept.DeepClone(); }
        cell.Metadata[Key] = recorded;
    }

    /// <summary>Puts the notes about the cell above its outputs.</summary>
    public void Mark(NotebookCell cell)
    {
        if (_used.Count > 0) { _notes.Add($"{string.Join(", ", _used)}: {Origin(cell)}, not made here."); }
        for (int at = 0; at < _notes.Count; at++) { cell.Outputs.Insert(at, Marked(_notes[at])); }
    }

    /// <summary>Shows the recorded outputs of a cell that cannot run here.</summary>
    /// <returns>Why not; null if they can be shown.</returns>
    public static string? Replay(NotebookCell cell)
    {
        if (cell.ExecutionCount is null) { return "it cannot run here, and no run of it is recorded"; }
        JsonNode[] outputs = [.. Unmarked(cell)];
        if (outputs.Any(output => Ipynb.String(Ipynb.Member(output, "output_type")) == "error"))
        {
            return "it cannot run here, and what is recorded is an error";
        }
        string origin = Origin(cell);
        cell.Outputs = [Marked($"{char.ToUpperInvariant(origin[0])}{origin[1..]}; not run here."), .. outputs];
        return null;
    }

    /// <summary>Whether an output only notes that others are recorded.</summary>
    public static bool IsMark(JsonNode? output) => Ipynb.Member(Ipynb.Member(output, "metadata"), Key) is not null;

    /// <summary>The values that a cell recorded, for comparison.</summary>
    public static JsonNode? Values(NotebookCell cell) => Ipynb.Member(Ipynb.Member(cell.Metadata, Key), SharedKey);

    static string Origin(NotebookCell cell)
        => Ipynb.String(Ipynb.Member(Ipynb.Member(cell.Metadata, Key), OriginKey)) is { Length: > 0 } origin
            ? $"recorded with {origin}" : "recorded earlier";

    static JsonNode? Shared(NotebookCell cell, string kernel) => Ipynb.Member(Values(cell), kernel.ToLowerInvariant());

    static IEnumerable<JsonNode> Unmarked(NotebookCell cell)
        => cell.Outputs.Where(output => !IsMark(output)).Select(output => output!.DeepClone());

    static JsonObject Marked(string text) => new()
    {
        ["data"] = new JsonObject
        {
            ["text/html"] = $"<small style=\"{Style}\">{WebUtility.HtmlEncode(text).ReplaceLineEndings("<br>")}</small>",
            [MimeBundle.PlainText] = text,
        },
        ["metadata"] = new JsonObject { [Key] = new JsonObject { ["recorded"] = true } },
        ["output_type"] = "display_data",
    };

    /// <summary>Null if the value is large, or would not be read back unchanged.</summary>
    static JsonObject? Write(object? value)
    {
        try
        {
            JsonObject json = value is long whole ? new() { ["int64"] = whole.ToString(CultureInfo.InvariantCulture) }
                : new() { ["value"] = SharedValue.Write(value) };
            return json.ToJsonString().Length <= MostCharacters && Read(json)?.GetType() == value?.GetType() ? json : null;
        }
        catch (MagicException)
        {
            return null;
        }
    }

    static object? Read(JsonObject json)
    {
        if (Ipynb.String(json["int64"]) is { } whole) { return long.Parse(whole, CultureInfo.InvariantCulture); }
        try
        {
            return SharedValue.Read(json["value"]);
        }
        catch (Exception error) when (error is InvalidOperationException or FormatException or NullReferenceException or OverflowException)
        {
            throw new MagicException($"The notebook's record of a value cannot be read: {error.Message}");
        }
    }
}
