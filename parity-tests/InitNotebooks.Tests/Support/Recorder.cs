using System.Text.Json.Nodes;
using InitNotebooks.Engine;

namespace InitNotebooks.Tests;

/// <summary>Keeps what a cell shows.</summary>
sealed class Recorder : ICellOutput
{
    public List<(JsonObject Data, string Id, bool Update)> Displays { get; } = [];

    public string Plain => string.Join('\n', Displays.Select(display => display.Data["text/plain"]?.GetValue<string>()));

    public void Text(string stream, string text) { }

    public void Display(JsonObject data, string id, bool update) => Displays.Add((data, id, update));

    public void Clear(bool wait) => Displays.Clear();

    public string? Input(string prompt, bool password) => $"answer to {prompt}";
}
