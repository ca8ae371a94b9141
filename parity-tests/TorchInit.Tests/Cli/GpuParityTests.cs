using System.Buffers.Binary;
using System.Globalization;
using TorchInit.Tests.Cuda;
using TorchInit.Tests.Oracle;
using TorchInit.Tests.Readme;

namespace TorchInit.Tests.Cli;

/// <summary><c>parity --device cuda</c> without a GPU: a stand-in of a worker, not torch, says what the recorded one answered.</summary>
[Collection(Sandbox.Name)]
public sealed class GpuParityTests : IDisposable
{
    const string Hello = """
        {"protocol":1,"info":{"torch":"2.11.0+cu130","package":"2.11.0+cu130","python":"3.12.3","platform":"linux-x64","cpu":"AVX512",
        "libc":"glibc 2.39","blas":"mkl","mkl":true,"lapack":"MKL","gpu":{"name":"NVIDIA H200","multiprocessors":132,"threads":2048}}}
        """;
    const string NoGpu = """{"protocol":1,"unavailable":"OSError: torch 2.11.0 is built without CUDA, and a GPU's draws were asked for"}""";

    readonly StandInPython _python = new();

    public void Dispose() => _python.Dispose();

    /// <summary>A recorded draw of one element, whose bits are in the file whole, of each operation and dtype.</summary>
    public static TheoryData<string, DType> Recorded => [.. Vectors.Keys];

    static Dictionary<(string Op, DType DType), CudaVector> Vectors => CudaVector.All
        .Where(vector => vector is { Count: 1, Before: 0, Op: "uniform_" or "normal_" }).GroupBy(vector => (vector.Op, vector.DType))
        .ToDictionary(group => group.Key, group => group.Last());

    [Theory, MemberData(nameof(Recorded))]
    public void What_a_GPU_answered_is_compared_to_the_bit(string op, DType dtype)
    {
        (string expression, byte[] payload) = Answer(Vectors[(op, dtype)]);
        (int code, string printed) = Run(Gpu(dtype, payload), expression, Vectors[(op, dtype)], "cuda");
        Assert.Contains($"{expression} {dtype.TorchName()} seed {Vectors[(op, dtype)].Seed} torch 2.11 cuda:132x2048", printed,
            StringComparison.Ordinal);
        Assert.Contains("the same bits, and the same generator state after", printed, StringComparison.Ordinal);
        Assert.Equal(0, code);
    }

    [Theory]
    [InlineData(0, "1 of 1 differ, at most 1 ULP")]
    [InlineData(4, "generator state: byte 0 of 16 differs")]
    [InlineData(12, "generator state: byte 8 of 16 differs")]
    public void One_bit_of_a_value_of_the_seed_or_of_the_offset_is_broken(int at, string said)
    {
        CudaVector vector = Vectors[("normal_", DType.Float32)];
        (string expression, byte[] payload) = Answer(vector);
        payload[at] ^= 1;
        (int code, string printed) = Run(Gpu(vector.DType, payload), expression, vector, "cuda:h200");
        Assert.Contains(said, printed, StringComparison.Ordinal);
        Assert.Equal(1, code);
    }

    [Fact]
    public void The_report_says_which_device_drew()
    {
        CudaVector vector = Vectors[("uniform_", DType.Float32)];
        (string expression, byte[] payload) = Answer(vector);
        string json = "", markdown = "";
        string python = Gpu(vector.DType, payload);
        CliTests.Run(() => (json, markdown) = (File.ReadAllText("mine/parity.json"), File.ReadAllText("mine/parity.md")),
            "parity", "--python", python, "--device", "cuda", "--case", expression, "--seed", $"{vector.Seed}", "--output", "mine");
        Assert.Contains("\"device\": \"cuda:132x2048\"", json, StringComparison.Ordinal);
        Assert.Contains("## torch 2.11 cuda:132x2048, asked now\n\n2.11.0+cu130, NVIDIA H200\n", markdown, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_GPU_than_was_asked_for_is_not_asked()
    {
        CudaVector vector = Vectors[("uniform_", DType.Float32)];
        (string expression, byte[] payload) = Answer(vector);
        (int code, string printed) = Run(Gpu(vector.DType, payload), expression, vector, "cuda:a100");
        Assert.Contains("is NVIDIA H200, cuda:132x2048; --device asks for cuda:108x2048.", printed, StringComparison.Ordinal);
        Assert.Equal(2, code);
    }

    [Theory]
    [InlineData("2.14.0", "has torch 2.14.0: version '2.14.0' has no profile on a GPU")]
    [InlineData(null, "No torch that draws on a GPU was found; --python names one. Tried:")]
    [InlineData(null, "torch cannot draw on a GPU: OSError: torch 2.11.0 is built without CUDA, and a GPU's draws were asked for")]
    public void A_torch_that_is_not_followed_or_has_no_GPU_is_not_asked(string? version, string said)
    {
        CudaVector vector = Vectors[("uniform_", DType.Float32)];
        string python = _python.Worker("sleep 600",
            version is null ? NoGpu : Hello.Replace("2.11.0+cu130", version, StringComparison.Ordinal), "{}", []);
        (int code, string printed) = Run(python, Answer(vector).Expression, vector, "cuda");
        Assert.Contains(said, printed, StringComparison.Ordinal);
        Assert.DoesNotContain('✔', printed);
        Assert.Equal(2, code);
    }

    [Theory]
    [InlineData("device 'tpu' is unknown", "--device", "tpu")]
    [InlineData("multi_processor_count", "--device", "cuda:gtx1080")]
    [InlineData("--transport is pythonnet, and --device is cuda; allowed with a GPU", "--device", "cuda", "--transport", "pythonnet")]
    [InlineData("--case names a GPU: rand((3,), device='cuda')", "--case", "rand((3,), device='cuda')")]
    public void What_does_not_fit_is_refused_before_torch_is_asked(string said, params string[] arguments)
    {
        (int code, string printed, _) = CliTests.Run(() => { }, ["parity", "--python", "/nowhere", .. arguments]);
        Assert.Contains(said, OneLine(printed), StringComparison.Ordinal);
        Assert.Equal(4, code);
    }

    /// <summary>A worker that says it has a GPU if it is asked for one, and gives one answer.</summary>
    string Gpu(DType dtype, byte[] payload) => _python.Worker("[ \"$5\" = cuda ] || exit 43\ncat reply; sleep 600", Hello,
        $$"""{"tensors":[{"name":"","dtype":"{{dtype.TorchName()}}","shape":[1]}],"warnings":[],"state":16}""", payload);

    static (string Expression, byte[] Payload) Answer(CudaVector vector)
    {
        string arguments = string.Join(", ", vector.Arguments.Values);
        byte[] payload = new byte[vector.DType.ByteSize() + 16], bits = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bits, vector.Bits[0]);
        bits.AsSpan(0, vector.DType.ByteSize()).CopyTo(payload);
        BinaryPrimitives.WriteInt64LittleEndian(payload.AsSpan(payload.Length - 16), vector.Seed);
        BinaryPrimitives.WriteInt64LittleEndian(payload.AsSpan(payload.Length - 8), vector.Offset);
        return ($"{vector.Op}((1,), {arguments})", payload);
    }

    static (int Code, string Printed) Run(string python, string expression, CudaVector vector, string device)
    {
        (int code, string printed, _) = CliTests.Run(() => { }, "parity", "--python", python, "--device", device, "--case", expression,
            "--seed", vector.Seed.ToString(CultureInfo.InvariantCulture), "--dtype", vector.DType.TorchName());
        return (code, OneLine(printed));
    }

    static string OneLine(string printed) => string.Join(' ', printed.Split((char[])['\n', ' '], StringSplitOptions.RemoveEmptyEntries));
}
