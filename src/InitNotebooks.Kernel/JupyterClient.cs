using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using InitNotebooks.Engine;
using NetMQ;
using NetMQ.Sockets;

namespace InitNotebooks.Kernel;

/// <summary>Another Jupyter kernel as a child process, for cells of another language: Python's ipykernel.</summary>
public sealed partial class JupyterClient : IOtherKernel
{
    static readonly TimeSpan s_startPatience = TimeSpan.FromSeconds(60);

    readonly Process _process;
    readonly Wire _wire;
    readonly DealerSocket _shell = new();
    readonly DealerSocket _control = new();
    readonly DealerSocket _stdin = new();
    readonly SubscriberSocket _iopub = new();
    readonly string _connectionFile;

    /// <summary>Starts the kernel of a kernelspec and waits until it answers.</summary>
    /// <param name="spec">The kernelspec's name, for example <c>python3</c>.</param>
    /// <exception cref="MagicException">There is no such kernelspec, or the kernel does not start.</exception>
    public JupyterClient(string spec)
    {
        string folder = KernelSpecs.Find(spec) ?? throw new MagicException($"There is no kernelspec '{spec}'; looked in "
            + $"{string.Join(", ", KernelSpecs.Folders())}. For Python: install ipykernel.");
        ConnectionFile connection = NewConnection();
        _connectionFile = Path.Combine(Directory.CreateTempSubdirectory("kernel-").FullName, "connection.json");
        File.WriteAllText(_connectionFile, JsonSerializer.Serialize(connection));
        _process = Start(folder);
        _wire = new(connection.Key, "client", int.MaxValue);
        byte[] identity = Encoding.ASCII.GetBytes(Guid.NewGuid().ToString("N"));
        foreach (DealerSocket socket in new[] { _shell, _control, _stdin })
        {
            socket.Options.Identity = identity;        // a question is addressed to the identity that sent the cell
            socket.Options.Linger = TimeSpan.Zero;
        }
        _shell.Connect(connection.Address(connection.ShellPort));
        _control.Connect(connection.Address(connection.ControlPort));
        _stdin.Connect(connection.Address(connection.StdinPort));
        _iopub.SubscribeToAnyTopic();
        _iopub.Connect(connection.Address(connection.IOPubPort));
        WaitUntilReady(spec);
    }

    /// <summary>The kind of kernel that <c>#!connect jupyter</c> connects.</summary>
    public static KernelKind Kind { get; } = new("jupyter", [new("kernel-spec", "SPEC", IsRequired: true, KernelSpecs.Names)],
        options => new JupyterClient(options["kernel-spec"]));

    /// <inheritdoc/>
    public CellResult Run(string code, ICellOutput output, CancellationToken interrupt)
        => Execute(code.Trim('\n'), output, expression: null, interrupt).Result;      // a %%magic must begin its cell

    /// <summary>Ends the kernel.</summary>
    public void Dispose()
    {
        try
        {
            Send(_control, "shutdown_request", new() { ["restart"] = false });
            if (!_process.WaitForExit(2000)) { _process.Kill(entireProcessTree: true); }
        }
        catch (InvalidOperationException)
        {
            // It has already ended.
        }
        _shell.Dispose();
        _control.Dispose();
        _stdin.Dispose();
        _iopub.Dispose();
        _process.Dispose();
        Directory.Delete(Path.GetDirectoryName(_connectionFile)!, recursive: true);
    }

    static ConnectionFile NewConnection()
    {
        TcpListener[] listeners = [.. Enumerable.Range(0, 5).Select(_ => new TcpListener(IPAddress.Loopback, 0))];
        foreach (TcpListener listener in listeners) { listener.Start(); }
        int[] ports = [.. listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        foreach (TcpListener listener in listeners) { listener.Stop(); }
        return new("127.0.0.1", "tcp", ports[0], ports[1], ports[2], ports[3], ports[4], Guid.NewGuid().ToString("N"));
    }

    Process Start(string folder)
    {
        JsonNode spec = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, KernelSpecs.FileName)))!;
        string[] command = [.. spec["argv"]!.AsArray()
            .Select(word => word!.GetValue<string>().Replace("{connection_file}", _connectionFile, StringComparison.Ordinal)
            .Replace("{resource_dir}", folder, StringComparison.Ordinal))];
        ProcessStartInfo start = new(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true
        };
        foreach ((string name, JsonNode? value) in spec["env"]?.AsObject() ?? []) { start.Environment[name] = value!.GetValue<string>(); }
        // it ends when this process does
        start.Environment["JPY_PARENT_PID"] = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        Process process = Process.Start(start) ?? throw new MagicException($"{command[0]} could not be started.");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    void WaitUntilReady(string spec)
    {
        for (Stopwatch watch = Stopwatch.StartNew(); ;)
        {
            string id = Send(_shell, "kernel_info_request", []);
            NetMQMessage? any = null;
            if (Reply(id, TimeSpan.FromSeconds(1)) is not null
                && _iopub.TryReceiveMultipartMessage(TimeSpan.FromMilliseconds(300), ref any))
            {
                return;
            }
            if (_process.HasExited || watch.Elapsed > s_startPatience)
            {
                throw new MagicException($"The kernel of '{spec}' did not start.");
            }
        }
    }

    string Send(DealerSocket socket, string type, JsonObject content)
    {
        NetMQMessage message = _wire.Write(type, content, null, []);
        string id = JupyterMessage.Text((JsonObject)JsonNode.Parse(message[2].ToByteArray())!, "msg_id");
        socket.SendMultipartMessage(message);
        return id;
    }

    JupyterMessage? Reply(string id, TimeSpan patience)
    {
        for (Stopwatch watch = Stopwatch.StartNew(); watch.Elapsed < patience;)
        {
            NetMQMessage? frames = null;
            if (_shell.TryReceiveMultipartMessage(TimeSpan.FromMilliseconds(20), ref frames) && _wire.Read(frames!) is { } message
                && JupyterMessage.Text(message.Parent, "msg_id") == id)
            {
                return message;
            }
        }
        return null;
    }

    (CellResult Result, JsonNode? Value) Execute(string code, ICellOutput output, string? expression, CancellationToken interrupt)
    {
        string id = Send(_shell, "execute_request", new()
        {
            ["code"] = code,
            ["silent"] = false,
            ["store_history"] = false,
            ["user_expressions"] = expression is null ? [] : new JsonObject { ["value"] = expression },
            ["allow_stdin"] = output.CanAsk,
            ["stop_on_error"] = true,
        });
        CellResult result = CellResult.Nothing;
        JupyterMessage? reply = null;
        bool interrupted = false;
        for (bool idle = false; !idle || reply is null;)
        {
            if (interrupt.IsCancellationRequested && !interrupted)
            {
                interrupted = true;
                using Process? signal = Process.Start("kill", ["-INT", _process.Id.ToString(CultureInfo.InvariantCulture)]);
            }
            if (_process.HasExited) { return (CellResult.Failed("KernelDied", "The connected kernel has ended."), null); }
            try
            {
                AnswerQuestion(output);
                reply ??= Reply(id, TimeSpan.FromMilliseconds(1));
                NetMQMessage? frames = null;
                if (!_iopub.TryReceiveMultipartMessage(TimeSpan.FromMilliseconds(20), ref frames) || _wire.Read(frames!) is not { } message
                    || JupyterMessage.Text(message.Parent, "msg_id") != id)
                {
                    continue;
                }
                if (message.Type == "status") { idle = message.Text("execution_state") == "idle"; }
                else { result = Show(message, output) ?? result; }
            }
            catch (Exception woken) when (woken is ThreadInterruptedException or OperationCanceledException)
            {
                // The interrupt woke this thread; the kernel is interrupted above.
            }
        }
        return (result, reply.Content["user_expressions"]?["value"]);
    }

    /// <summary>Python's input(): asks the user of this kernel.</summary>
    void AnswerQuestion(ICellOutput output)
    {
        NetMQMessage? frames = null;
        if (!_stdin.TryReceiveMultipartMessage(ref frames) || _wire.Read(frames!) is not { Type: "input_request" } question) { return; }
        string? answer = output.Input(question.Text("prompt"), question.Flag("password", otherwise: false));
        Send(_stdin, "input_reply", new() { ["status"] = "ok", ["value"] = answer ?? "" });
    }

    static CellResult? Show(JupyterMessage message, ICellOutput output)
    {
        JsonObject content = message.Content;
        switch (message.Type)
        {
            case "stream": output.Text(message.Text("name"), message.Text("text")); break;
            case "display_data" or "execute_result" or "update_display_data":
                string display = content["transient"]?["display_id"]?.GetValue<string>() ?? message.Id;
                output.Display((JsonObject)content["data"]!.DeepClone(), display, update: message.Type == "update_display_data");
                break;
            case "clear_output": output.Clear(message.Flag("wait", otherwise: false)); break;
            case "error":
                return CellResult.Failed(message.Text("ename"), message.Text("evalue"),
                [.. content["traceback"]!.AsArray().Select(line => line!.GetValue<string>())]);
        }
        return null;
    }

    sealed class NoOutput : ICellOutput
    {
        public static readonly NoOutput Instance = new();

        public void Text(string stream, string text) { }

        public void Display(JsonObject data, string id, bool update) { }

        public void Clear(bool wait) { }

        public bool CanAsk => false;

        public string? Input(string prompt, bool password) => null;
    }
}
