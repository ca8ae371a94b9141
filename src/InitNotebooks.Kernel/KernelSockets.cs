using System.Text;
using System.Text.Json.Nodes;
using NetMQ;
using NetMQ.Sockets;

namespace InitNotebooks.Kernel;

/// <summary>The five sockets. Only one thread touches them; others queue what they send.</summary>
sealed class KernelSockets : IDisposable
{
    // For a front end that takes nothing; a busy one takes seconds.
    static readonly TimeSpan s_linger = TimeSpan.FromSeconds(5);
    static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    readonly RouterSocket _shell = new();
    readonly RouterSocket _control = new();
    readonly RouterSocket _stdin = new();
    readonly PublisherSocket _iopub = new();
    readonly RouterSocket _heartbeat = new();             // not a ResponseSocket, which a request without an envelope confuses
    readonly NetMQQueue<(NetMQSocket? Socket, NetMQMessage Message)> _outgoing = new();
    readonly ManualResetEventSlim _flushed = new();
    int _isDisposed;
    readonly NetMQPoller _poller;
    readonly Wire _wire;

    /// <exception cref="IOException">A port is not available.</exception>
    public KernelSockets(ConnectionFile connection)
    {
        _wire = new(connection.Key, "kernel");
        foreach (NetMQSocket socket in All)
        {
            socket.Options.Linger = s_linger;
            socket.Options.MaxMsgSize = Wire.MostBytes;
            socket.Options.IPv4Only = !connection.IsVersion6;
        }
        _iopub.Options.SendHighWatermark = 0;          // otherwise a burst of output is silently dropped
        try
        {
            foreach ((NetMQSocket socket, (string name, int port)) in All.Zip(connection.Ports)) { Bind(socket, connection, name, port); }
        }
        catch
        {
            foreach (NetMQSocket socket in All) { socket.Dispose(); }
            NetMQConfig.Cleanup(block: false);
            throw;
        }
        _poller = new() { _shell, _control, _stdin, _heartbeat, _outgoing };
        Receive(_shell, message => Shell?.Invoke(message));
        Receive(_control, message => Control?.Invoke(message));
        Receive(_stdin, message => Stdin?.Invoke(message));
        Receive(_heartbeat, frames => _heartbeat.TrySendMultipartMessage(TimeSpan.Zero, frames));
        _outgoing.ReceiveReady += (_, ready) =>
        {
            while (ready.Queue.TryDequeue(out (NetMQSocket? Socket, NetMQMessage Message) next, TimeSpan.Zero))
            {
                if (next.Socket is { } socket) { Safely(() => socket.SendMultipartMessage(next.Message)); }
                else { _flushed.Set(); }
            }
        };
    }

    public event Action<JupyterMessage>? Shell;

    public event Action<JupyterMessage>? Control;

    public event Action<JupyterMessage>? Stdin;

    NetMQSocket[] All => [_shell, _iopub, _stdin, _control, _heartbeat];

    public void Start() => _poller.RunAsync("sockets", true);

    public void Publish(string type, JsonObject content, JupyterMessage? parent)
        => Queue(_iopub, _wire.Write(type, content, parent?.Header, [Encoding.UTF8.GetBytes($"kernel.{type}")]));

    public void ReplyShell(string type, JsonObject content, JupyterMessage request) => Reply(_shell, type, content, request);

    public void ReplyControl(string type, JsonObject content, JupyterMessage request) => Reply(_control, type, content, request);

    public void Ask(JsonObject content, JupyterMessage request) => Reply(_stdin, "input_request", content, request);

    /// <summary>Sends what is queued, and closes the sockets.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0) { return; }
        if (_poller.IsRunning)
        {
            _outgoing.Enqueue((null, new()));
            _flushed.Wait(s_patience);
            _poller.Stop();
        }
        _poller.Dispose();
        foreach (NetMQSocket socket in All) { socket.Dispose(); }
        _outgoing.Dispose();
        _flushed.Dispose();
        NetMQConfig.Cleanup(block: true);              // until the messages have left, or Linger has passed
    }

    void Reply(NetMQSocket socket, string type, JsonObject content, JupyterMessage request)
        => Queue(socket, _wire.Write(type, content, request.Header, request.Identities));

    /// <summary>Sends a message, unless the process ends: then it is too late for one.</summary>
    void Queue(NetMQSocket socket, NetMQMessage message)
    {
        if (Volatile.Read(ref _isDisposed) != 0) { return; }
        try { _outgoing.Enqueue((socket, message)); }
        catch (Exception error) when (error is ObjectDisposedException or TerminatingException)
        {
            // The sockets have just been closed.
        }
    }

    static void Bind(NetMQSocket socket, ConnectionFile connection, string name, int port)
    {
        try { socket.Bind(connection.Address(port)); }
        catch (AddressAlreadyInUseException error)
        {
            throw new IOException($"{name} {port} of {connection.Ip} is in use by another program.", error);
        }
        catch (NetMQException error) { throw new IOException($"{name} {port} of {connection.Ip} cannot be bound: {error.Message}", error); }
    }

    /// <summary>Keeps the sockets running, whatever a message does.</summary>
    static void Safely(Action handle)
    {
        try { handle(); }
        catch (Exception error) { Console.Error.WriteLine($"The kernel dropped a message: {error}"); }
    }

    void Receive(RouterSocket socket, Action<JupyterMessage> handle) => Receive(socket, frames =>
    {
        if (_wire.Read(frames) is { } message) { handle(message); }
    });

    static void Receive(RouterSocket socket, Action<NetMQMessage> handle) => socket.ReceiveReady += (_, _) =>
    {
        NetMQMessage? frames = null;
        // Takes turns with the other sockets: an interrupt must not wait behind a thousand cells.
        for (int taken = 0; taken < 100 && socket.TryReceiveMultipartMessage(ref frames); taken++, frames = null)
        {
            Safely(() => handle(frames!));
        }
    };
}
