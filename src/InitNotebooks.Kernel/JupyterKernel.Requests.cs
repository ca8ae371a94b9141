using System.Text.Json.Nodes;
using InitNotebooks.Engine;

namespace InitNotebooks.Kernel;

public sealed partial class JupyterKernel
{
    void Handle(JupyterMessage request)
    {
        string code = request.Text("code");
        switch (request.Type)
        {
            case "kernel_info_request": Sockets.ReplyShell("kernel_info_reply", KernelInfo(), request); break;
            case "execute_request": Execute(request, code); break;
            case "complete_request": Complete(request, code); break;
            case "inspect_request": Inspect(request, code); break;
            case "is_complete_request":
                (string status, string indent) = Engine.Completeness(code);
                Sockets.ReplyShell("is_complete_reply", new() { ["status"] = status, ["indent"] = indent }, request);
                break;
            case "history_request":
                IEnumerable<JsonNode> history = _history.TakeLast(request.Number("n", 1000))
                    .Select(entry => new JsonArray(0, entry.Count, entry.Code));
                Sockets.ReplyShell("history_reply", new() { ["status"] = "ok", ["history"] = new JsonArray([.. history]) }, request);
                break;
            case "comm_info_request":
                Sockets.ReplyShell("comm_info_reply", new() { ["status"] = "ok", ["comms"] = new JsonObject() },
                request); break;
            case "comm_open":
                // This kernel has no widgets, and tells the front end so.
                Sockets.Publish("comm_close", new() { ["comm_id"] = request.Text("comm_id"), ["data"] = new JsonObject() }, request);
                break;
        }
    }

    static JsonObject KernelInfo() => new()
    {
        ["status"] = "ok",
        ["protocol_version"] = Wire.Version,
        ["implementation"] = "InitNotebooks",
        ["implementation_version"] = typeof(JupyterKernel).Assembly.GetName().Version?.ToString(3),
        ["banner"] = $"C# on .NET {Environment.Version}",
        ["language_info"] = new JsonObject
        {
            ["name"] = "C#",
            ["version"] = "14.0",
            ["mimetype"] = "text/x-csharp",
            ["file_extension"] = ".cs",
            ["pygments_lexer"] = "csharp",
            ["codemirror_mode"] = "text/x-csharp",
        },
        ["help_links"] = new JsonArray(),
    };

    void Complete(JupyterMessage request, string code)
    {
        Completions found = Engine.CompleteAsync(code, request.Number("cursor_pos", code.Length)).GetAwaiter().GetResult();
        IEnumerable<JsonNode> typed = found.Items.Select(item => new JsonObject
        {
            ["start"] = found.Start,
            ["end"] = found.End,
            ["text"] = item.Text,
            ["type"] = item.Kind
        });
        Sockets.ReplyShell("complete_reply", new()
        {
            ["status"] = "ok",
            ["matches"] = new JsonArray([.. found.Items.Select(item => JsonValue.Create(item.Text))]),
            ["cursor_start"] = found.Start,
            ["cursor_end"] = found.End,
            ["metadata"] = new JsonObject { ["_jupyter_types_experimental"] = new JsonArray([.. typed]) },
        }, request);
    }

    void Inspect(JupyterMessage request, string code)
    {
        string? text = Engine.InspectAsync(code, request.Number("cursor_pos", code.Length)).GetAwaiter().GetResult();
        JsonObject data = [];
        if (text is not null) { data[MimeBundle.PlainText] = text; }
        Sockets.ReplyShell("inspect_reply",
            new() { ["status"] = "ok", ["found"] = text is not null, ["data"] = data, ["metadata"] = new JsonObject() }, request);
    }
}
