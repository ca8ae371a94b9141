using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using NetMQ;

namespace InitNotebooks.Tests.Attacks;

/// <summary>
/// Random messages and random bytes, seeded: some seconds here, TORCHINIT_FUZZ_SECONDS of them where it is set, from seed
/// TORCHINIT_FUZZ_SEED.
/// </summary>
public class WireFuzzTests(ITestOutputHelper output)
{
    const int FewestMessages = 200;

    static readonly string[] s_types =
    [
        "kernel_info_request", "execute_request", "complete_request", "inspect_request", "is_complete_request", "history_request",
            "comm_info_request", "comm_open", "comm_msg",
        "interrupt_request", "input_reply", "debug_request", "status", "",
    ];

    static readonly string[] s_names = ["code", "cursor_pos", "silent", "store_history", "allow_stdin", "stop_on_error", "n", "comm_id",
        "value", "msg_id", "msg_type", "session", "restart", "detail_level"];

    static readonly string[] s_code =
    [
        "1 + 1", "int x = 5;", "throw new Exception();", "#!who", "#!share", "#!value --name", "#r \"nuget:", "#load \"",
            "#!set --name a --value @b:c", "Console.W", "await Task.Yield();", "// ", "\\\"", "{", "}", "\\u0000",
        "\\ud800", "é😀", "#!html\\n<b>", "#!", "#", "display(1)", "new { A = 1 }", "(1, 2)", "\\n\\n", "Guid.NewGuid().",
            "string s = $\\\"{", "/*", "#if X", "#line 5 \\\"a\\\"", "#pragma warning disable", "#error no",
    ];

    [Fact]
    public void The_kernel_lives()
    {
        int seed = Number("TORCHINIT_FUZZ_SEED", 1), seconds = Number("TORCHINIT_FUZZ_SECONDS", 8);
        Random random = new(seed);
        using KernelProcess kernel = new(("DOTNET_GCHeapHardLimit", "0x20000000"));
        (int messages, int connections) = (0, 0);
        Stopwatch watch = Stopwatch.StartNew();
        while (watch.Elapsed.TotalSeconds < seconds || messages < FewestMessages)
        {
            for (int n = 0; n < 40; n++, messages++) { SendOne(kernel, random); }
            SendRawBytes(kernel.Ports[random.Next(5)], random);
            connections++;
            Assert.False(kernel.HasExited, $"seed {seed}, message {messages}:\n{kernel.Error}");
            kernel.Run("1");       // the messages before it are through, whatever they were; one may have named x otherwise
            Assert.Equal("42", kernel.Run("6 * 7").Result);
        }
        output.WriteLine($"seed {seed}: {messages} messages, {connections} connections of random bytes, {watch.Elapsed.TotalSeconds:F0} s");
    }

    static void SendOne(KernelProcess kernel, Random random)
    {
        bool control = random.Next(4) == 0;
        if (random.Next(10) == 0)
        {
            NetMQMessage frames = new();
            for (int n = random.Next(1, 9); n > 0; n--)
            {
                frames.Append(random.Next(3) == 0 ? "<IDS|MSG>"u8.ToArray() : Noise(random, 40));
            }
            kernel.SendFrames(frames, control);
            return;
        }
        string type = s_types[random.Next(s_types.Length)];
        if (control && type == "interrupt_request") { type = "kernel_info_request"; }      // it may hit the cell that is asked afterwards
        byte[][] parts =
        [
            Part(random, $$"""{"msg_id":"{{random.NextInt64()}}","msg_type":"{{type}}"{{Members(random)}}}"""),
                Part(random, random.Next(3) == 0 ? Value(random, 0) : "{}"), "{}"u8.ToArray(),
                Part(random, $$"""{"x":1{{Members(random)}}}"""),
        ];
        kernel.SendParts(parts, random.Next(20) == 0 ? Encoding.Latin1.GetString(Noise(random, 70)) : null, control);
    }

    /// <summary>Mostly what was meant; sometimes a byte is another, or the end is missing.</summary>
    static byte[] Part(Random random, string json)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(json);
        switch (random.Next(8))
        {
            case 0: bytes[random.Next(bytes.Length)] = (byte)random.Next(256); break;
            case 1: return bytes[..random.Next(bytes.Length)];
        }
        return bytes;
    }

    static string Members(Random random)
        => string.Concat(Enumerable.Range(0,
        random.Next(5)).Select(_ => $",\"{s_names[random.Next(s_names.Length)]}\":{Value(random, 0)}"));

    static string Value(Random random, int depth) => random.Next(depth > 3 ? 6 : 9) switch
    {
        0 => "null",
        1 => random.Next(2) == 0 ? "true" : "false",
        2 => random.Next(-3, 100).ToString(CultureInfo.InvariantCulture),
        3 => "1e400",
        4 or 5 => $"\"{Code(random)}\"",
        6 => $"[{string.Join(',', Enumerable.Range(0, random.Next(4)).Select(_ => Value(random, depth + 1)))}]",
        7 => $$"""{"{{s_names[random.Next(s_names.Length)]}}":{{Value(random, depth + 1)}}}""",
        _ => $"\"{Code(random)}\"",
    };

    static string Code(Random random)
        => string.Concat(Enumerable.Range(0,
        random.Next(1, 4)).Select(_ => s_code[random.Next(s_code.Length)] + (random.Next(2) == 0 ? "\\n" : "")));

    static byte[] Noise(Random random, int most)
    {
        byte[] bytes = new byte[random.Next(most)];
        random.NextBytes(bytes);
        return bytes;
    }

    /// <summary>Sometimes a true greeting first, so that what follows is read as frames.</summary>
    static void SendRawBytes(int port, Random random)
    {
        try
        {
            using TcpClient client = random.Next(2) == 0
                ? HostileMessageTests.Announce(port, random.NextInt64(-5, 1L << random.Next(1, 40))) : new();
            if (!client.Connected) { client.Connect(IPAddress.Loopback, port); }
            client.GetStream().Write(Noise(random, 2000));
            client.GetStream().Write([0xff, 0, 0, 0, 0, 0, 0, 0, 1, 0x7f, (byte)random.Next(5), .. Noise(random, 200)]);
        }
        catch (IOException)
        {
            // The kernel has closed it already.
        }
    }

    static int Number(string variable, int otherwise)
        => int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out int number) ? number : otherwise;
}
