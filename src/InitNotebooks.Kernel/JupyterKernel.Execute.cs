using System.Text.Json.Nodes;
using InitNotebooks.Engine;

namespace InitNotebooks.Kernel;

public sealed partial class JupyterKernel
{
    void Execute(JupyterMessage request, string code)
    {
        bool silent = request.Flag("silent", otherwise: false);
        if (!silent && request.Flag("store_history", otherwise: true)) { _history.Add((++_count, code)); }
        if (!silent) { Sockets.Publish("execute_input", new() { ["code"] = code, ["execution_count"] = _count }, request); }
        if (!silent && Interlocked.Exchange(ref _predecessor, null) is { } words)
        {
            Sockets.Publish("stream", new()
            {
                ["name"] = "stderr",
                ["text"] = words
            }, request);
        }
        long begin = Console.Begin();
        _words?.Begin(begin);
        _answered.Reset();
        RunningCell cell = new(interrupt => Engine.Run(code, new RequestOutput(this, request), interrupt));
        _running = cell;
        CellResult result;
        using (new PoolRelief()) { result = cell.Wait(); }
        _running = null;
        Console.Flush();
        Answer(request, result, silent);
        _answered.Set();
    }

    void Answer(JupyterMessage request, CellResult result, bool silent)
    {
        if (result.Error is { } error)
        {
            Fail(request, error, silent);
            return;
        }
        if (result.Shown is { } shown && !silent)
        {
            Sockets.Publish("execute_result",
                new() { ["execution_count"] = _count, ["data"] = shown.DeepClone(), ["metadata"] = new JsonObject() }, request);
        }
        Sockets.ReplyShell("execute_reply",
            new()
            {
                ["status"] = "ok",
                ["execution_count"] = _count,
                ["payload"] = new JsonArray(),
                ["user_expressions"] = new JsonObject()
            }, request);
    }

    void Fail(JupyterMessage request, CellError error, bool silent)
    {
        JsonObject content = new()
        {
            ["ename"] = error.Name,
            ["evalue"] = error.Message,
            ["traceback"] = new JsonArray([.. error.Traceback.Select(line => JsonValue.Create(line))])
        };
        if (!silent) { Sockets.Publish("error", (JsonObject)content.DeepClone(), request); }
        content["status"] = "error";
        content["execution_count"] = _count;
        // Requests sent before the user could see the error; those after the reply are new.
        if (request.Flag("stop_on_error", otherwise: true)) { TakeQueued(); }
        Sockets.ReplyShell("execute_reply", content, request);
    }

    void TakeQueued()
    {
        Thread.Sleep(20);         // requests already in the sockets
        while (_requests.TryTake(out JupyterMessage? request)) { _queuedBehindError.Add(request); }
    }

    /// <summary>Cells queued behind one that failed are not run; other requests are answered.</summary>
    void AnswerQueued()
    {
        foreach (JupyterMessage request in _queuedBehindError)
        {
            WithStatus(request, () =>
            {
                if (request.Type == "execute_request")
                {
                    Sockets.ReplyShell("execute_reply", new() { ["status"] = "aborted", ["execution_count"] = _count }, request);
                }
                else { Handle(request); }
            });
        }
        _queuedBehindError.Clear();
    }
}
