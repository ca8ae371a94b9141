using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using TorchInit.Oracle;

namespace TorchInit.Tests.Oracle;

/// <summary>What the reader of replies believes, fed with streams; no Python.</summary>
public sealed class OracleWireTests
{
    const string Good = """{"tensors":[{"name":"w","dtype":"float32","shape":[2,1]},{"name":"n","dtype":"int64","shape":[]}],"warnings":[{"category":"UserWarning","message":"m"}],"state":3}""";

    static MemoryStream Frame(string header, int payload, ulong? announced = null, uint? headerLength = null)
    {
        byte[] text = Encoding.UTF8.GetBytes(header);
        byte[] frame = new byte[12 + text.Length + payload];
        BinaryPrimitives.WriteUInt32LittleEndian(frame, headerLength ?? (uint)text.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(frame.AsSpan(4), announced ?? (ulong)payload);
        text.CopyTo(frame, 12);
        for (int i = 0; i < payload; i++) { frame[12 + text.Length + i] = (byte)(i + 1); }
        return new MemoryStream(frame);
    }

    [Fact]
    public void A_reply_is_read_as_sent()
    {
        OracleReply reply = OracleWire.ReadReply(Frame(Good, 19));
        Assert.Equal(["w", "n"], reply.Tensors.Select(tensor => tensor.Name));
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8], reply.Tensors[0].Data);
        Assert.Equal<long>([2, 1], reply.Tensors[0].Shape);
        Assert.Equal([9, 10, 11, 12, 13, 14, 15, 16], reply.Tensors[1].Data);
        Assert.Equal([17, 18, 19], reply.State);
        Assert.Equal([new OracleWarning("UserWarning", "m")], reply.Warnings);
        Assert.Null(reply.Error);
    }

    [Fact]
    public void An_error_is_a_reply()
    {
        OracleReply reply = OracleWire.ReadReply(Frame("""{"tensors":[],"warnings":[],"state":1,"error":{"kind":"ValueError","message":"no"}}""", 1));
        Assert.Equal(new OracleError("ValueError", "no"), reply.Error);
        Assert.Equal([1], reply.State);
    }

    [Fact]
    public void A_reply_cut_anywhere_is_an_end_of_stream()
    {
        byte[] whole = Frame(Good, 19).ToArray();
        for (int length = 0; length < whole.Length; length++)
        {
            using MemoryStream cut = new(whole, 0, length);
            Assert.Throws<EndOfStreamException>(() => OracleWire.ReadReply(cut));
        }
    }

    [Theory]
    [InlineData("""{"tensors":[{"name":"w","dtype":"float32","shape":[2]}],"warnings":[],"state":0}""", "payload of 19")]
    [InlineData("""{"tensors":[],"warnings":[],"state":18}""", "payload of 19")]
    [InlineData("""{"tensors":[],"warnings":[],"state":-1}""", "-1 for 'state'")]
    [InlineData("""{"tensors":[],"warnings":[],"state":1e3}""", "1e3 for 'state'")]
    [InlineData("""{"tensors":[],"warnings":[],"state":99999999999999999999}""", "for 'state'")]
    [InlineData("""{"tensors":[],"warnings":[]}""", "'state' is missing")]
    [InlineData("""{"tensors":{},"warnings":[],"state":19}""", "'tensors' is missing or not of kind Array")]
    [InlineData("""{"tensors":[7],"warnings":[],"state":19}""", "'name'")]
    [InlineData("""{"tensors":[{"name":"w","dtype":"float32","shape":[-1]}],"warnings":[],"state":23}""", "-1 for the shape of 'w'")]
    [InlineData("""{"tensors":[{"name":"w","dtype":"float32","shape":["2"]}],"warnings":[],"state":19}""", "the shape of 'w'")]
    [InlineData("""{"tensors":[{"name":"w","dtype":"complex64","shape":[1]}],"warnings":[],"state":19}""", "complex64")]
    [InlineData("""{"tensors":[{"name":"w","dtype":"float16","shape":[1]},{"name":"w","dtype":"float16","shape":[1]}],"warnings":[],"state":15}""", "Two tensors are called 'w'")]
    [InlineData("""{"tensors":[{"name":"w","dtype":"float32","shape":[4294967296,4294967296]}],"warnings":[],"state":19}""",
        "at most 1073741824 bytes")]
    [InlineData("""{"tensors":[{"name":"w","dtype":"float32","shape":[268435457]}],"warnings":[],"state":19}""",
        "at most 1073741824 bytes")]
    [InlineData("""{"tensors":[{"name":"a","dtype":"float32","shape":[268435456]},{"name":"b","dtype":"float16","shape":[1]}],"warnings":[],"state":19}""", "together")]
    [InlineData("""{"tensors":[{"name":"w","dtype":"float32","shape":[1]}],"warnings":[],"state":15,"error":{"kind":"E","message":""}}""",
        "both an error and tensors")]
    [InlineData("""{"tensors":[],"warnings":[],"state":19,"error":{"kind":"E"}}""", "'message'")]
    [InlineData("""{"tensors":[],"warnings":[{"category":3}],"state":19}""", "'category'")]
    [InlineData("""{"tensors":[],"warnings":[{"category":"\ud800","message":""}],"state":19}""", "surrogate")]
    [InlineData("[]", "not an object")]
    [InlineData("{\"tensors\":", "not JSON")]
    [InlineData("", "not JSON")]
    public void A_reply_that_contradicts_itself_is_refused(string header, string why)
    {
        OracleProtocolException error = Assert.Throws<OracleProtocolException>(() => OracleWire.ReadReply(Frame(header, 19)));
        Assert.Contains(why, error.Message);
    }

    [Fact]
    public void Sizes_are_judged_before_memory_is_taken()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<OracleProtocolException>(() => OracleWire.ReadReply(Frame("{}", 0, headerLength: uint.MaxValue)));
        Assert.Throws<OracleProtocolException>(() => OracleWire.ReadReply(Frame("{}", 0, headerLength: (1 << 20) + 1)));
        Assert.Throws<OracleProtocolException>(() => OracleWire.ReadReply(Frame("{}", 0, announced: ulong.MaxValue)));
        Assert.Throws<OracleProtocolException>(() => OracleWire.ReadReply(Frame("{}", 0, announced: 1UL << 62)));
        string huge = """{"tensors":[{"name":"w","dtype":"float32","shape":[268435456]}],"warnings":[],"state":0}""";
        Assert.Throws<OracleProtocolException>(() => OracleWire.ReadReply(Frame(huge, 19)));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void A_shape_with_a_zero_has_no_bytes_whatever_its_other_sizes()
    {
        OracleReply reply = OracleWire.ReadReply(Frame("""{"tensors":[{"name":"w","dtype":"float32","shape":[0,9223372036854775807]}],"warnings":[],"state":0}""", 0));
        Assert.Empty(reply.Tensors[0].Data);
    }

    [Fact]
    public void Random_damage_never_gives_another_exception()
    {
        byte[] whole = Frame(Good, 19).ToArray();
        Random random = new(20260801);
        for (int i = 0; i < 20_000; i++)
        {
            byte[] damaged = [.. whole];
            for (int k = random.Next(1, 4); k > 0; k--) { damaged[random.Next(damaged.Length)] = (byte)random.Next(256); }
            using MemoryStream stream = new(damaged);
            Exception? error = Record.Exception(() => OracleWire.ReadReply(stream));
            Assert.True(error is null or OracleProtocolException or EndOfStreamException, $"seed 20260801, round {i}: {error}");
        }
    }

    [Theory]
    [InlineData("""{"protocol":2,"info":{}}""", "protocol 2")]
    [InlineData("""{"protocol":1}""", "'info'")]
    [InlineData("""{"protocol":1,"info":{"torch":1}}""", "'torch'")]
    [InlineData("""{}""", "'protocol'")]
    public void A_hello_of_another_kind_is_refused(string header, string why)
        => Assert.Contains(why, Assert.Throws<OracleProtocolException>(() => OracleWire.ReadHello(Frame(header, 0))).Message);

    [Fact]
    public void Debians_release_is_the_packages()
    {
        const string hello = """{"protocol":1,"info":{"torch":"1.13.0a0","package":"1.13.1+dfsg-4","python":"3.11.2","platform":"linux-x64","cpu":"AVX2","libc":"glibc 2.36","blas":"generic","mkl":false,"lapack":"l"}}""";
        (OracleInfo? info, string _) = OracleWire.ReadHello(Frame(hello, 0));
        Assert.Equal("1.13.1", info!.Release);
        Assert.False(info.Mkl);
    }

    [Fact]
    public void A_request_is_one_frame()
    {
        using MemoryStream stream = new();
        OracleWire.WriteRequest(stream,
            new()
            {
                CallJson = """{"call":"Linear","args":[123456789012345678901234567890]}""",
                DType = "bfloat16",
                State = [7, 8],
                Reset = 3
            });
        byte[] frame = stream.ToArray();
        int length = (int)BinaryPrimitives.ReadUInt32LittleEndian(frame);
        Assert.Equal(2UL, BinaryPrimitives.ReadUInt64LittleEndian(frame.AsSpan(4)));
        Assert.Equal(
            """{"call":{"call":"Linear","args":[123456789012345678901234567890]},"dtype":"bfloat16","state":true,"reset":3}""",
            Encoding.UTF8.GetString(frame, 12, length));
        Assert.Equal([7, 8], frame[(12 + length)..]);
    }

    public static TheoryData<string, OracleRequest> Malformed { get; } = new()
    {
        { "no JSON", new() { CallJson = "Linear(3, 4)", Seed = "0" } },
        { "an array", new() { CallJson = "[]", Seed = "0" } },
        { "two values", new() { CallJson = "{} {}", Seed = "0" } },
        { "dtype", new() { CallJson = "{}", Seed = "0", DType = "int8" } },
        { "no start", new() { CallJson = "{}" } },
        { "two starts", new() { CallJson = "{}", Seed = "0", State = [] } },
        { "seed 1.5", new() { CallJson = "{}", Seed = "1.5" } },
        { "seed -", new() { CallJson = "{}", Seed = "-" } },
        { "seed ' 1'", new() { CallJson = "{}", Seed = " 1" } },
        { "reset", new() { CallJson = "{}", Seed = "0", Reset = -1 } },
        { "state", new() { CallJson = "{}", State = new byte[(1 << 20) + 1] } },
        { "header", new() { CallJson = $$"""{"call":{{JsonSerializer.Serialize(new string('x', 1 << 20))}}}""", Seed = "0" } },
    };

    [Theory, MemberData(nameof(Malformed))]
    public void A_malformed_request_is_not_sent(string what, OracleRequest request)
    {
        using MemoryStream stream = new();
        ArgumentException error = Assert.Throws<ArgumentException>(() => OracleWire.WriteRequest(stream, request));
        Assert.True(error.Message.Length > 10, what);
        Assert.Equal(0, stream.Length);
    }
}
