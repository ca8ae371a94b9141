using System.Text.Json.Nodes;
using InitNotebooks.Engine;

namespace InitNotebooks.Tests;

/// <summary>Keeps what a cell shows.</summary>
sealed class Recorder : ICellOutput
{
    readonly System.Collections.Concurrent.ConcurrentQueue<string> _texts = new();

    public List<(JsonObject Data, string Id, bool Update)> Displays { get; } = [];

    public string Plain => string.Join('\n', Displays.Select(display => display.Data["text/plain"]?.GetValue<string>()));

    public string Written => string.Concat(_texts);

    public void Text(string stream, string text) => _texts.Enqueue(text);

    public void Display(JsonObject data, string id, bool update) => Displays.Add((data, id, update));

    public void Clear(bool wait) => Displays.Clear();

    public bool CanAsk => true;

    public string? Input(string prompt, bool password) => $"answer to {prompt}";
}
