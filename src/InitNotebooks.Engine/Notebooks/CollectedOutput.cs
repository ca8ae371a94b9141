using System.Text;
using System.Text.Json.Nodes;

namespace InitNotebooks.Engine;

/// <summary>A cell's output as nbformat keeps it. Text written before a display precedes it: <paramref name="flush"/> passes it
/// on.</summary>
sealed class CollectedOutput(Dictionary<string, List<JsonObject>> displays, Action flush) : ICellOutput
{
    readonly Lock _gate = new();
    readonly List<JsonObject> _outputs = [];

    // One per stream: a cell may write a million times.
    readonly Dictionary<JsonObject, StringBuilder> _texts = [];
    bool _clearNext;

    public void Text(string stream, string text)
    {
        lock (_gate)
        {
            ClearIfDue();
            if (_outputs.Count == 0 || !_texts.TryGetValue(_outputs[^1], out StringBuilder? written)
                || _outputs[^1]["name"]!.GetValue<string>() != stream)
            {
                _outputs.Add(new() { ["output_type"] = "stream", ["name"] = stream });
                _texts.Add(_outputs[^1], written = new());
            }
            written.Append(text);
        }
    }

    public void Display(JsonObject data, string id, bool update)
    {
        flush();
        lock (_gate)
        {
            if (update)
            {
                foreach (JsonObject shown in displays.GetValueOrDefault(id, [])) { shown["data"] = data.DeepClone(); }
                return;
            }
            ClearIfDue();
            JsonObject output = new() { ["output_type"] = "display_data", ["data"] = data.DeepClone(), ["metadata"] = new JsonObject() };
            _outputs.Add(output);
            (displays.TryGetValue(id, out List<JsonObject>? same) ? same : displays[id] = []).Add(output);
        }
    }

    public void Clear(bool wait)
    {
        flush();
        lock (_gate)
        {
            if (wait) { _clearNext = true; }
            else { _outputs.Clear(); }
        }
    }

    public bool CanAsk => false;

    public string? Input(string prompt, bool password)
        => throw new NotSupportedException("There is no user to ask: the notebook runs without a front end.");

    /// <summary>All outputs, with the cell's result.</summary>
    public JsonArray Finish(CellResult result, int count)
    {
        lock (_gate)
        {
            if (result.Error is { } error)
            {
                _outputs.Add(new()
                {
                    ["output_type"] = "error",
                    ["ename"] = error.Name,
                    ["evalue"] = error.Message,
                    ["traceback"] = new JsonArray([.. error.Traceback.Select(line => JsonValue.Create(line))])
                });
            }
            else if (result.Shown is { } shown)
            {
                _outputs.Add(new()
                {
                    ["output_type"] = "execute_result",
                    ["data"] = shown.DeepClone(),
                    ["execution_count"] = count,
                    ["metadata"] = new JsonObject()
                });
            }
            foreach (JsonObject output in _outputs)
            {
                if (_texts.TryGetValue(output, out StringBuilder? written)) { output["text"] = Ipynb.Lines(written.ToString()); }
            }
            return [.. _outputs];
        }
    }

    void ClearIfDue()
    {
        if (_clearNext) { _outputs.Clear(); }
        _clearNext = false;
    }
}
