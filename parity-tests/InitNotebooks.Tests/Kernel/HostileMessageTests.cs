using System.Net;
using System.Net.Sockets;
using System.Text;
using NetMQ;

namespace InitNotebooks.Tests.Attacks;

/// <summary>Messages that no front end sends: they are dropped or refused, and the next cell runs.</summary>
public sealed class HostileMessageTests(HostileMessageTests.Shared shared, ITestOutputHelper output)
    : IClassFixture<HostileMessageTests.Shared>
{
    public sealed class Shared : IDisposable
    {
        /// <summary>On a heap of 800 MB: what is announced must not be allocated.</summary>
        internal KernelProcess Kernel { get; } = new(("DOTNET_GCHeapHardLimit", "0x30000000"));

        public void Dispose() => Kernel.Dispose();
    }

    static int s_next;

    public static TheoryData<string, string, string, string> Signed => new()
    {
        { "two msg_ids", """{"msg_id":"1","msg_id":"2","msg_type":"execute_request"}""", "{}", """{"code":"1"}""" },
        { "two msg_types", """{"msg_id":"1","msg_type":"execute_request","msg_type":"execute_request"}""", "{}", """{"code":"1"}""" },
        { "code twice", """{"msg_id":"1","msg_type":"execute_request"}""", "{}", """{"code":"1","code":"2"}""" },
        { "parent twice", """{"msg_id":"1","msg_type":"kernel_info_request"}""", """{"a":{"b":1,"b":2}}""", "{}" },
        { "wrong types", """{"msg_id":1,"msg_type":["execute_request"],"session":{}}""", "[]", "5" },
        { "wrong types of content", """{"msg_id":"1","msg_type":"execute_request"}""", "{}",
            """{"code":{"a":1},"silent":"yes","allow_stdin":7,"store_history":null}""" },
        { "numbers beyond int", """{"msg_id":"1","msg_type":"complete_request"}""", "{}", """{"code":"x","cursor_pos":1e400}""" },
        { "negative cursor", """{"msg_id":"1","msg_type":"complete_request"}""", "{}", """{"code":"Console.W","cursor_pos":-5}""" },
        { "cursor beyond", """{"msg_id":"1","msg_type":"inspect_request"}""", "{}", """{"code":"x","cursor_pos":999999}""" },
        { "history of -1", """{"msg_id":"1","msg_type":"history_request"}""", "{}", """{"n":-1}""" },
        { "null everywhere", "null", "null", "null" },
        { "no JSON", "{", "}", "{\"" },
        { "empty", "", "", "" },
        { "deep", Nested("""{"msg_id":"1","msg_type":"execute_request","x":""", 100_000), "{}", """{"code":"1"}""" },
        { "deep parent", """{"msg_id":"1","msg_type":"kernel_info_request"}""", Nested("{\"x\":", 60), "{}" },
        { "deep content", """{"msg_id":"1","msg_type":"execute_request"}""", "{}", Nested("""{"code":"1","x":""", 1_000_000) },
        { "a comm nobody knows", """{"msg_id":"1","msg_type":"comm_open"}""", "{}", """{"comm_id":{"x":1}}""" },
        { "an answer nobody asked for", """{"msg_id":"1","msg_type":"input_reply"}""", "{}", """{"value":"x"}""" },
        { "an unknown type", """{"msg_id":"1","msg_type":"self_destruct_request"}""", "{}", "{}" },
        { "interrupt on shell", """{"msg_id":"1","msg_type":"interrupt_request"}""", "{}", "{}" },
        { "deep code", """{"msg_id":"1","msg_type":"is_complete_request"}""", "{}", $$"""{"code":"{{new string('(', 100_000)}}"}""" },
        { "deep code to run", """{"msg_id":"1","msg_type":"execute_request"}""", "{}", $$"""{"code":"{{new string('(', 100_000)}}"}""" },
        { "deep types", """{"msg_id":"1","msg_type":"execute_request"}""", "{}",
            $$"""{"code":"{{string.Concat(Enumerable.Repeat("A<", 50_000))}}"}""" },
        { "deep strings", """{"msg_id":"1","msg_type":"execute_request"}""", "{}",
            $$"""{"code":"{{string.Concat(Enumerable.Repeat("$\\\"{", 50_000))}}"}""" },
        { "a long question", """{"msg_id":"1","msg_type":"is_complete_request"}""", "{}",
            $$"""{"code":"{{string.Concat(Enumerable.Repeat("not ", 50_000))}}"}""" },
        { "deep code to complete", """{"msg_id":"1","msg_type":"complete_request"}""", "{}",
            $$"""{"code":"{{new string('(', 20_000)}}","cursor_pos":20000}""" },
        { "a long sum", """{"msg_id":"1","msg_type":"execute_request"}""", "{}",
            $$"""{"code":"{{string.Concat(Enumerable.Repeat("1+", 10_000))}}1"}""" },
        { "control characters", """{"msg_id":"\u0000\u001b[31m","msg_type":"execute_request"}""", "{}", """{"code":"\u0000"}""" },
    };

    [Theory, MemberData(nameof(Signed))]
    public void Signed_ones_are_survived(string what, string header, string parent, string content)
    {
        foreach (bool control in new[] { false, true })
        {
            shared.Kernel.SendParts([Bytes(header), Bytes(parent), "{}"u8.ToArray(), Bytes($"{content}{Unique()}")], control: control);
        }
        AssertLives(what);
    }

    [Theory]
    [InlineData(@"\ud800", "\ufffd")]
    [InlineData(@"\uDBFF\n", "\ufffd\n")]
    [InlineData(@"a\udc00\ud83d\ude00", "a\ufffd😀")]
    [InlineData(@"\ud83d\ud83d\ude00", "\ufffd😀")]
    [InlineData(@"\\ud800", @"\ud800")]
    [InlineData(@"\\\ud800", "\\\ufffd")]
    public void Half_an_emoji_is_replaced(string escaped, string meant)
    {
        string id = $"half{Unique().Length}";
        shared.Kernel.SendParts([Bytes($$"""{"msg_id":"{{id}}","msg_type":"execute_request"}"""), Bytes("{}"), Bytes("{}"),
            Bytes($$"""{"code":"#!html\n<b>{{escaped}}</b>"}""")]);
        CellReply reply = shared.Kernel.Reply(id);
        Assert.Equal("ok", reply.Status);
        Assert.Equal($"<b>{meant}</b>",
            reply.Published.Single(message => message.Type == "display_data").Content["data"]!["text/html"]!.GetValue<string>());
    }

    [Fact]
    public void Bytes_that_are_no_text_are_replaced()
    {
        string id = $"bytes{Unique().Length}";
        shared.Kernel.SendParts([Bytes($$"""{"msg_id":"{{id}}","msg_type":"execute_request"}"""), Bytes("{}"), Bytes("{}"),
            [.. Bytes("{\"code\":\"\\\"x"), 0xff, 0xfe, 0xc3, .. Bytes("\\\"\"}")]]);
        Assert.StartsWith("x\ufffd", shared.Kernel.Reply(id).Result, StringComparison.Ordinal);
    }

    [Fact]
    public void Unsigned_ones_and_half_ones_are_dropped()
    {
        byte[][] parts = [Bytes("""{"msg_id":"1","msg_type":"execute_request"}"""), Bytes("{}"), Bytes("{}"),
            Bytes("""{"code":"Environment.Exit(9);"}""")];
        foreach (string signature in new[] { "", "zz", new string('0', 64), new string('0', 63), new string('é', 64),
            new string('0', 1 << 20) })
        {
            shared.Kernel.SendParts(parts, signature);
        }
        for (int frames = 1; frames < 8; frames++)
        {
            NetMQMessage message = new();
            for (int n = 0; n < frames; n++) { message.Append(n == frames / 2 ? "<IDS|MSG>" : ""); }
            shared.Kernel.SendFrames(message);
            shared.Kernel.SendFrames(new(message), control: true);
        }
        AssertLives("unsigned");
    }

    [Theory]
    [InlineData(3, 1L << 30)]
    [InlineData(3, (1L << 31) - 1)]
    [InlineData(3, long.MaxValue)]
    [InlineData(3, -1)]
    [InlineData(12, 7 << 20)]
    public void What_is_announced_is_not_allocated(int connections, long length)
    {
        List<TcpClient> clients = [];
        try
        {
            foreach (int port in shared.Kernel.Ports)
            {
                for (int n = 0; n < (port == shared.Kernel.Ports[0] ? connections : 1); n++)
                {
                    clients.Add(Announce(port, length));
                }
            }
            AssertLives($"{connections} × {length}");
        }
        finally { clients.ForEach(client => client.Dispose()); }
    }

    [Fact]
    public void A_code_too_large_is_dropped()
    {
        shared.Kernel.SendParts([Bytes("""{"msg_id":"1","msg_type":"execute_request"}"""), Bytes("{}"), Bytes("{}"), new byte[20 << 20]]);
        Thread.Sleep(500);       // that connection is closed, and made again
        AssertLives("20 MB");
    }

    [Fact]
    public void A_burst_of_cells_is_answered_in_order()
    {
        string[] ids = [.. Enumerable.Range(0, 200).Select(n => shared.Kernel.SendCell($"{n}"))];
        Assert.Equal(Enumerable.Range(0, 200).Select(n => $"{n}"), ids.Select(id => shared.Kernel.Reply(id).Result));
        output.WriteLine("200 cells");
    }

    /// <summary>A ZMTP 3 greeting and READY of a DEALER, then the head of a frame that never comes.</summary>
    internal static TcpClient Announce(int port, long length)
    {
        TcpClient client = new();
        client.Connect(IPAddress.Loopback, port);
        NetworkStream stream = client.GetStream();
        byte[] greeting = new byte[64];
        (greeting[0], greeting[9], greeting[10]) = (0xff, 0x7f, 3);
        Bytes("NULL").CopyTo(greeting, 12);
        stream.Write(greeting);
        stream.ReadExactly(new byte[64]);
        byte[] ready = [5, .. Bytes("READY"), 11, .. Bytes("Socket-Type"), 0, 0, 0, 6, .. Bytes("DEALER")];
        stream.Write([4, (byte)ready.Length, .. ready]);
        stream.Write([2, .. BitConverter.GetBytes(IPAddress.HostToNetworkOrder(length)), 1, 2, 3]);
        return client;
    }

    void AssertLives(string after)
    {
        int n = Interlocked.Increment(ref s_next);
        Assert.False(shared.Kernel.HasExited, $"{after}: {shared.Kernel.Error}");
        CellReply reply = shared.Kernel.Run($"{n} + 1");
        if (reply.Status == "aborted") { reply = shared.Kernel.Run($"{n} + 1"); }      // it was queued behind a cell that failed
        Assert.True(reply.Result == $"{n + 1}", $"{after}: {reply.Content}");
    }

    /// <summary>No two messages are equal: a replay would be dropped before it is read.</summary>
    static string Unique() => new(' ', Interlocked.Increment(ref s_next));

    static string Nested(string start, int depth)
        => start + string.Concat(Enumerable.Repeat("[", depth)) + string.Concat(Enumerable.Repeat("]", depth)) + "}";

    static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
