using System.Text;
using System.Text.Json.Nodes;
using NetMQ;
using NetMQ.Sockets;

namespace InitNotebooks.Kernel;

/// <summary>The five sockets. Only one thread touches them; others queue what they send.</summary>
sealed class KernelSockets : IDisposable
{
    readonly RouterSocket _shell = new();
    readonly RouterSocket _control = new();
    readonly RouterSocket _stdin = new();
    readonly PublisherSocket _iopub = new();
    readonly RouterSocket _heartbeat = new();             // not a ResponseSocket, which a request without an envelope confuses
    readonly NetMQQueue<(NetMQSocket Socket, NetMQMessage Message)> _outgoing = new();
    readonly NetMQPoller _poller;
    readonly Wire _wire;

    /// <exception cref="IOException">A port is not available.</exception>
    public KernelSockets(ConnectionFile connection)
    {
        _wire = new(connection.Key, "kernel");
        foreach (NetMQSocket socket in All)
        {
            socket.Options.Linger = TimeSpan.FromSeconds(1);
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
            while (ready.Queue.TryDequeue(out (NetMQSocket Socket, NetMQMessage Message) next, TimeSpan.Zero))
            {
                Safely(() => next.Socket.SendMultipartMessage(next.Message));
            }
        };
    }

    public event Action<JupyterMessage>? Shell;

    public event Action<JupyterMessage>? Control;

    public event Action<JupyterMessage>? Stdin;

    NetMQSocket[] All => [_shell, _iopub, _stdin, _control, _heartbeat];

    public void Start() => _poller.RunAsync("sockets", true);

    public void Publish(string type, JsonObject content, JupyterMessage? parent)
        => _outgoing.Enqueue((_iopub, _wire.Write(type, content, parent?.Header, [Encoding.UTF8.GetBytes($"kernel.{type}")])));

    public void ReplyShell(string type, JsonObject content, JupyterMessage request) => Reply(_shell, type, content, request);

    public void ReplyControl(string type, JsonObject content, JupyterMessage request) => Reply(_control, type, content, request);

    public void Ask(JsonObject content, JupyterMessage request) => Reply(_stdin, "input_request", content, request);

    public void Dispose()
    {
        Thread.Sleep(100);                             // lets queued messages reach the sockets
        _poller.Stop();
        _poller.Dispose();
        foreach (NetMQSocket socket in All) { socket.Dispose(); }
        _outgoing.Dispose();
        NetMQConfig.Cleanup(block: false);
    }

    void Reply(NetMQSocket socket, string type, JsonObject content, JupyterMessage request)
        => _outgoing.Enqueue((socket, _wire.Write(type, content, request.Header, request.Identities)));

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
