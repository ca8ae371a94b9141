using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using InitNotebooks.Kernel;
using NetMQ;
using NetMQ.Sockets;
using WireFormat = InitNotebooks.Kernel.Wire;

namespace InitNotebooks.Tests;

/// <summary>A kernel as a process, driven over the wire as a front end does; nothing in it knows which engine runs the cells.</summary>
sealed class KernelProcess : IDisposable
{
    static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);

    readonly Files _files = new();
    readonly ConnectionFile _connection;
    readonly WireFormat _wire;
    readonly DealerSocket _shell = new();
    readonly DealerSocket _control = new();
    readonly DealerSocket _stdin = new();
    readonly SubscriberSocket _iopub = new();
    readonly (string, string)[] _environment;
    readonly StringBuilder _error = new();
    Process _process;

    readonly string _program;

    public KernelProcess(params (string Name, string Value)[] environment) : this(Cli.Host, environment) { }

    public KernelProcess(string program, params (string Name, string Value)[] environment)
    {
        (_program, _environment) = (program, environment);
        int[] ports = FreePorts(5);
        _connection = new("127.0.0.1", "tcp", ports[0], ports[1], ports[2], ports[3], ports[4], "a key");
        ConnectionPath = _files.Write("connection.json", JsonSerializer.Serialize(_connection));
        _wire = new(_connection.Key, "test", int.MaxValue);
        _process = Start();
        byte[] identity = Encoding.ASCII.GetBytes(Guid.NewGuid().ToString("N"));
        foreach ((DealerSocket socket, int port) in new[] { (_shell, ports[0]), (_control, ports[3]), (_stdin, ports[2]) })
        {
            socket.Options.Identity = identity;
            socket.Options.Linger = TimeSpan.Zero;
            socket.Connect($"tcp://127.0.0.1:{port}");
        }
        _iopub.SubscribeToAnyTopic();
        _iopub.Connect($"tcp://127.0.0.1:{ports[1]}");
        WaitUntilReady();
    }

    public string ConnectionPath { get; }

    public IReadOnlyList<int> Ports
        => [_connection.ShellPort, _connection.IOPubPort, _connection.StdinPort, _connection.ControlPort, _connection.HeartbeatPort];

    public bool HasExited => _process.HasExited;

    public int Id => _process.Id;

    /// <summary>What came on the real stderr.</summary>
    public string Error
    {
        get
        {
            lock (_error) { return _error.ToString(); }
        }
    }

    public static int[] FreePorts(int count)
    {
        TcpListener[] listeners = [.. Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0))];
        foreach (TcpListener listener in listeners) { listener.Start(); }
        int[] ports = [.. listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        foreach (TcpListener listener in listeners) { listener.Stop(); }
        return ports;
    }

    /// <summary>Sends a request and gives its id.</summary>
    public string Send(string type, JsonObject content, bool control = false)
    {
        NetMQMessage message = _wire.Write(type, content, null, []);
        (control ? _control : _shell).SendMultipartMessage(message);
        return JsonNode.Parse(message[2].ToByteArray())!["msg_id"]!.GetValue<string>();
    }

    public string SendCell(string code, bool input = false)
        => Send("execute_request",
            new() { ["code"] = code, ["silent"] = false, ["store_history"] = true, ["allow_stdin"] = input, ["stop_on_error"] = true });

    /// <summary>Sends parts as they are, signed with the right key, or with a signature of one's own.</summary>
    public void SendParts(byte[][] parts, string? signature = null, bool control = false)
    {
        NetMQMessage frames = new();
        frames.Append("<IDS|MSG>");
        frames.Append(signature ?? _wire.Signature(parts));
        foreach (byte[] part in parts) { frames.Append(part); }
        SendFrames(frames, control);
    }

    public void SendFrames(NetMQMessage frames, bool control = false) => (control ? _control : _shell).SendMultipartMessage(frames);

    public void Interrupt() => Send("interrupt_request", [], control: true);

    public void Answer(string line)
    {
        Receive(_stdin, message => message.Type == "input_request");
        _stdin.SendMultipartMessage(_wire.Write("input_reply", new() { ["status"] = "ok", ["value"] = line }, null, []));
    }

    /// <summary>The reply to a request, and what was published about it until the kernel was idle again.</summary>
    public CellReply Reply(string id)
    {
        List<JupyterMessage> published = [];
        Receive(_iopub, message =>
        {
            if (JupyterMessage.Text(message.Parent, "msg_id") != id) { return false; }
            published.Add(message);
            return message.Type == "status" && message.Text("execution_state") == "idle";
        });
        return new(Receive(_shell, message => JupyterMessage.Text(message.Parent, "msg_id") == id).Content, published);
    }

    public CellReply Run(string code) => Reply(SendCell(code));

    /// <summary>Waits for the first thing that a cell publishes beyond its own text.</summary>
    public void WaitForOutput(string id, string type)
        => Receive(_iopub, message => JupyterMessage.Text(message.Parent, "msg_id") == id && message.Type == type);

    /// <summary>Waits until the process has ended, and its stderr is read.</summary>
    public int WaitForExit()
    {
        if (!_process.WaitForExit(s_patience)) { throw new TimeoutException($"The kernel's process did not end.\n{Error}"); }
        _process.WaitForExit();
        return _process.ExitCode;
    }

    public void Kill() => _process.Kill();

    /// <summary>Starts a kernel anew for the same front end, as Jupyter does when one has died.</summary>
    public void Restart()
    {
        WaitForExit();
        _process.Dispose();
        _process = Start();
        WaitUntilReady();
    }

    public void Dispose()
    {
        if (!_process.HasExited) { _process.Kill(entireProcessTree: true); }
        _process.WaitForExit();
        _process.Dispose();
        foreach (NetMQSocket socket in new NetMQSocket[] { _shell, _control, _stdin, _iopub }) { socket.Dispose(); }
        _files.Dispose();
    }

    Process Start()
    {
        ProcessStartInfo start = new("dotnet", [_program, "kernel", "run", "-f", ConnectionPath])
        {
            RedirectStandardError = true,
            WorkingDirectory = _files.Folder
        };
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        foreach ((string name, string value) in _environment) { start.Environment[name] = value; }
        Process process = Process.Start(start)!;
        process.ErrorDataReceived += (_, line) =>
        {
            lock (_error) { _error.Append(line.Data).Append('\n'); }
        };
        process.BeginErrorReadLine();
        return process;
    }

    void WaitUntilReady()
    {
        HashSet<string> asked = [];
        for (Stopwatch watch = Stopwatch.StartNew(); watch.Elapsed < s_patience && !_process.HasExited;)
        {
            asked.Add(Send("kernel_info_request", []));
            NetMQMessage? frames = null;
            while (_shell.TryReceiveMultipartMessage(TimeSpan.FromSeconds(1), ref frames))
            {
                bool replied = _wire.Read(frames!) is { } reply && asked.Contains(JupyterMessage.Text(reply.Parent, "msg_id"));
                if (replied && IsHeard(asked)) { return; }
            }
        }
        throw new TimeoutException($"The kernel is not ready.\n{Error}");
    }

    /// <summary>Whether iopub brings something about one of these requests: what a kernel before this one said may still come.</summary>
    bool IsHeard(HashSet<string> asked)
    {
        NetMQMessage? frames = null;
        while (_iopub.TryReceiveMultipartMessage(TimeSpan.FromMilliseconds(300), ref frames))
        {
            if (_wire.Read(frames!) is { } message && asked.Contains(JupyterMessage.Text(message.Parent, "msg_id")!)) { return true; }
        }
        return false;
    }

    JupyterMessage Receive(NetMQSocket socket, Predicate<JupyterMessage> wanted)
    {
        for (Stopwatch watch = Stopwatch.StartNew(); watch.Elapsed < s_patience;)
        {
            NetMQMessage? frames = null;
            bool hasExited = _process.HasExited;        // before it is asked once more: the last thing it does may be to answer
            if (socket.TryReceiveMultipartMessage(TimeSpan.FromMilliseconds(200), ref frames))
            {
                if (_wire.Read(frames!) is { } message && wanted(message)) { return message; }
            }
            else if (hasExited)
            {
                throw new InvalidOperationException($"The kernel's process ended with {_process.ExitCode}.\n{Error}");
            }
        }
        throw new TimeoutException($"The kernel did not answer.\n{Error}");
    }
}

/// <summary>What came of a request.</summary>
sealed record CellReply(JsonObject Content, IReadOnlyList<JupyterMessage> Published)
{
    public string Status => JupyterMessage.Text(Content, "status");

    public string ErrorName => JupyterMessage.Text(Content, "ename");

    public string ErrorMessage => JupyterMessage.Text(Content, "evalue");

    public string? Result
        => Published.FirstOrDefault(message => message.Type == "execute_result")?.Content["data"]?["text/plain"]?.GetValue<string>();

    public string Stream(string name)
        => string.Concat(Published.Where(message => message.Type == "stream" && message.Text("name") == name)
        .Select(message => message.Text("text")));
}
