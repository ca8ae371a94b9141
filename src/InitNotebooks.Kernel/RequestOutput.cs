using System.Text.Json.Nodes;
using InitNotebooks.Engine;

namespace InitNotebooks.Kernel;

/// <summary>The output of one request, as messages to every connected front end.</summary>
sealed class RequestOutput(JupyterKernel kernel, JupyterMessage request) : ICellOutput
{
    public void Text(string stream, string text) => kernel.Sockets.Publish("stream", new() { ["name"] = stream, ["text"] = text }, request);

    public void Display(JsonObject data, string id, bool update)
    {
        kernel.Console.Flush();
        kernel.Sockets.Publish(update ? "update_display_data" : "display_data", new()
        {
            ["data"] = data.DeepClone(),
            ["metadata"] = new JsonObject(),
            ["transient"] = new JsonObject { ["display_id"] = id },
        }, request);
    }

    public void Clear(bool wait)
    {
        kernel.Console.Flush();
        kernel.Sockets.Publish("clear_output", new() { ["wait"] = wait }, request);
    }

    public bool CanAsk => request.Flag("allow_stdin", otherwise: false);

    public string? Input(string prompt, bool password)
    {
        if (!CanAsk) { throw new NotSupportedException("This front end does not take input."); }
        return kernel.Ask(prompt, password, request);
    }
}
