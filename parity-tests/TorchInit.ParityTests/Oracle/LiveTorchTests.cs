using System.Buffers.Binary;
using System.Security.Cryptography;
using TorchInit.Oracle;
using TorchInit.ParityTests.Support;

namespace TorchInit.ParityTests.Oracle;

/// <summary>What real torch answers through the worker.</summary>
public sealed class LiveTorchTests(LiveTorch torch)
{
    const string Linear = """{"call":"Linear","args":[3,4]}""";

    [Fact]
    public void Info_names_all_that_decides_bits()
    {
        OracleInfo info = torch.Oracle().Info;
        Assert.Matches(@"^[12]\.\d+\.\d", info.TorchVersion);
        Assert.Matches(@"^[12]\.\d+(\.\d+)*$", info.Release);
        Assert.NotEqual("1.13.0a0", info.PackageVersion);
        Assert.Matches(@"^3\.\d+\.\d+", info.PythonVersion);
        Assert.Matches("^(linux|windows|macos)-", info.Platform);
        Assert.Matches("^(AVX2|AVX512|DEFAULT|NO AVX|SVE.*)$", info.CpuCapability);
        Assert.NotEqual("", info.Libc);
        Assert.NotEqual("", info.Lapack);
        if (OperatingSystem.IsLinux()) { Assert.Matches(@"^glibc 2\.\d+$", info.Libc); }
    }

    [Fact]
    public void A_capability_is_what_the_worker_then_reports()
    {
        OracleInfo info = torch.Oracle(LiveTorch.Default).Info;
        Assert.Contains(info.CpuCapability, new[] { "DEFAULT", "NO AVX" });
    }

    [Fact]
    public void Linear_has_the_recorded_bits_and_state()
    {
        WorkerOracle oracle = torch.Oracle();
        Assert.SkipUnless(oracle.Info is { Platform: "linux-x64", CpuCapability: "AVX2" or "AVX512" }, "recorded on linux-x64 with AVX2");
        OracleReply reply = Ask.Of(oracle, Linear);
        Assert.Equal(["weight", "bias"], reply.Tensors.Select(tensor => tensor.Name));
        Assert.Equal<long>([4, 3], reply.Tensors[0].Shape);
        Assert.Equal("eb04ea547726737b610ebecd1d32fd293c3e0bf3590241059792ed8be338ab04", Ask.Sha256(reply));
        Assert.StartsWith("a8b88d53f5ea5faf", Convert.ToHexStringLower(SHA256.HashData(reply.State)));
        Assert.Empty(reply.Warnings);
        // The unfused kernels: other bits, the same draws.
        OracleReply plain = Ask.Of(torch.Oracle(LiveTorch.Default), Linear);
        Assert.StartsWith("d36721e91bfe04be39237f2fae9fbc2f", Ask.Sha256(plain));
        Assert.Equal(reply.State, plain.State);
    }

    [Theory]
    [InlineData("float32", 4), InlineData("float64", 8), InlineData("float16", 2), InlineData("bfloat16", 2)]
    public void A_dtype_is_the_parameters_dtype_for_one_request_only(string dtype, int size)
    {
        OracleReply reply = Ask.Of(torch.Oracle(), Linear, dtype);
        Assert.All(reply.Tensors, tensor => Assert.Equal(dtype, tensor.DType));
        Assert.Equal(12 * size, reply.Tensors[0].Data.Length);
        Assert.Equal("float32", Ask.Of(torch.Oracle(), """{"call":"PReLU"}""").Tensors[0].DType);
    }

    [Fact]
    public void State_in_continues_where_state_out_stopped()
    {
        WorkerOracle oracle = torch.Oracle();
        OracleReply both = Ask.Of(oracle,
            """{"call":"Sequential","args":[{"call":"Linear","args":[3,4]},{"call":"Linear","args":[4,5]}]}""");
        OracleReply first = Ask.Of(oracle, Linear);
        OracleReply second = oracle.Run(new() { CallJson = """{"call":"Linear","args":[4,5]}""", State = first.State });
        Assert.Equal(both.Tensors[2].Data, second.Tensors[0].Data);
        Assert.Equal(both.State, second.State);
        OracleReply refused = oracle.Run(new() { CallJson = Linear, State = new byte[7] });
        Assert.Equal("RuntimeError", refused.Error?.Kind);
        Assert.EndsWith("found the input RNG state size to be 7", refused.Error!.Message);
        Assert.Empty(refused.State);
    }

    [Fact]
    public void Any_integer_is_a_seed_and_torch_judges_it()
    {
        WorkerOracle oracle = torch.Oracle();
        Assert.Equal(Ask.Of(oracle, Linear, seed: "18446744073709551615").State, Ask.Of(oracle, Linear, seed: "-1").State);
        Assert.Equal(new OracleError("RuntimeError", "Overflow when unpacking long"),
            Ask.ErrorOf(oracle, Linear, seed: "18446744073709551616"));
    }

    [Fact]
    public void Reset_draws_again_from_where_the_stream_is()
    {
        WorkerOracle oracle = torch.Oracle();
        OracleReply twice = Ask.Of(oracle,
            """{"call":"Sequential","args":[{"call":"Linear","args":[3,4]},{"call":"Linear","args":[3,4]}]}""");
        OracleReply again = Ask.Of(oracle, Linear, reset: 1);
        Assert.Equal(twice.Tensors[2].Data, again.Tensors[0].Data);
        Assert.Equal(twice.State, again.State);
        Assert.Equal("AttributeError", Ask.ErrorOf(oracle, """{"call":"ReLU"}""", reset: 1).Kind);
    }

    [Fact]
    public void A_transposed_target_is_filled_in_memory_order_and_sent_row_major()
    {
        WorkerOracle oracle = torch.Oracle();
        byte[] plain = Ask.Of(oracle, """{"call":"uniform_","args":[{"tuple":[3,5]}]}""").Tensors[0].Data;
        OracleTensor view = Ask.Of(oracle, """{"call":"uniform_","args":[{"transpose":{"tuple":[3,5]}}]}""").Tensors[0];
        Assert.Equal<long>([5, 3], view.Shape);
        for (int row = 0; row < 5; row++)
        {
            for (int column = 0; column < 3; column++)
            {
                Assert.Equal(plain.AsSpan(((column * 5) + row) * 4, 4), view.Data.AsSpan(((row * 3) + column) * 4, 4));
            }
        }
    }

    [Fact]
    public void Values_of_every_kind_arrive()
    {
        WorkerOracle oracle = torch.Oracle();
        OracleTensor gain = Ask.Of(oracle, """{"call":"init.calculate_gain","args":["leaky_relu",{"float":"inf"}]}""").Tensors[0];
        Assert.Equal(("", "float64", 0), (gain.Name, gain.DType, gain.Shape.Count));
        Assert.Equal(0.0, BinaryPrimitives.ReadDoubleLittleEndian(gain.Data));
        OracleTensor constant = Ask.Of(oracle, """{"call":"init.constant_","args":[{"tuple":[2]},{"float":"-0.0"}]}""").Tensors[0];
        Assert.Equal([0, 0, 0, 0x80, 0, 0, 0, 0x80], constant.Data);
        OracleTensor named = Ask.Of(oracle, """{"call":"uniform_","args":[{"tuple":[1]}],"kwargs":{"from":2,"to":2}}""").Tensors[0];
        Assert.Equal(2f, BinaryPrimitives.ReadSingleLittleEndian(named.Data));
        OracleTensor permutation = Ask.Of(oracle, """{"call":"randperm","args":[10]}""").Tensors[0];
        Assert.Equal("int64", permutation.DType);
        Assert.Equal<long>([4, 1, 7, 5, 3, 9, 0, 8, 6, 2], Enumerable.Range(0, 10)
            .Select(i => BinaryPrimitives.ReadInt64LittleEndian(permutation.Data.AsSpan(i * 8))));
        Assert.Equal("TypeError", Ask.ErrorOf(oracle, """{"call":"Linear","args":[3,{"float":"4"}]}""").Kind);
        Assert.Equal(7 * 4, Ask.Of(oracle, """{"call":"init.constant_","args":[{"call":"ones","args":[7]},0]}""").Tensors[0].Data.Length);
    }

    [Fact]
    public void A_lazy_module_has_no_tensors_until_it_sees_an_input()
    {
        WorkerOracle oracle = torch.Oracle();
        OracleReply fresh = Ask.Of(oracle, """{"call":"LazyLinear","args":[4]}""");
        Assert.Empty(fresh.Tensors);
        OracleReply shown = Ask.Of(oracle, """{"call":"LazyLinear","args":[4],"forward":[2,3]}""");
        Assert.Equal(Ask.Sha256(Ask.Of(oracle, Linear)), Ask.Sha256(shown));
        // 1.13 says that lazy modules are new; 2.6 no longer does.
        Assert.Equal(oracle.Info.Release == "1.13.1" ? ["UserWarning"] : [], shown.Warnings.Select(warning => warning.Category));
        // Torch 1.13 cannot multiply float16 on the CPU; the parameters are drawn before it tries.
        Assert.Equal(2, Ask.Of(oracle, """{"call":"LazyLinear","args":[4],"forward":[2,3]}""", "float16").Tensors.Count);
    }

    [Fact]
    public void Ten_million_floats_arrive_whole()
    {
        OracleTensor tensor = Ask.Of(torch.Oracle(), """{"call":"uniform_","args":[{"tuple":[10000000]}]}""").Tensors[0];
        Assert.Equal(40_000_000, tensor.Data.Length);
        // The values differ from 0 but for one in 2^24: a hole of zeros, or a tail never read, would show.
        int zeros = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(tensor.Data).Count(0f);
        Assert.InRange(zeros, 0, 12);
    }

    [Fact]
    public void Torchs_errors_and_warnings_keep_their_class_and_text()
    {
        WorkerOracle oracle = torch.Oracle();
        Assert.Equal("ZeroDivisionError", Ask.ErrorOf(oracle, """{"call":"init.xavier_uniform_","args":[{"tuple":[0,0]}]}""").Kind);
        Assert.Equal(
            new OracleError("ValueError", "Fan in and fan out can not be computed for tensor with fewer than 2 dimensions"),
            Ask.ErrorOf(oracle, """{"call":"init.kaiming_uniform_","args":[{"tuple":[5]}]}"""));
        Assert.Equal("AssertionError", Ask.ErrorOf(oracle, """{"call":"MultiheadAttention","args":[7,2]}""").Kind);
        Assert.Equal("RuntimeError", Ask.ErrorOf(oracle, """{"call":"normal_","args":[{"tuple":[3]},0,-1]}""").Kind);
        OracleReply warned = Ask.Of(oracle, """{"call":"init.kaiming_uniform_","args":[{"tuple":[0,5]}]}""");
        Assert.Equal(new("UserWarning", "Initializing zero-element tensors is a no-op"), Assert.Single(warned.Warnings));
        // Half a surrogate pair comes back as a question mark, not as a broken reply.
        Assert.Equal(new OracleError("ValueError", "Unsupported nonlinearity ?"),
            Ask.ErrorOf(oracle, """{"call":"init.calculate_gain","args":["\ud800"]}"""));
        // The draws before an error moved the stream, and the reply says how far.
        OracleReply failed = oracle.Run(new()
        {
            CallJson = """{"call":"init.orthogonal_","args":[{"tuple":[4,4]}]}""",
            DType = "float16",
            Seed = "0"
        });
        Assert.Equal("RuntimeError", failed.Error?.Kind);
        Assert.NotEqual(Ask.Of(oracle, """{"call":"ReLU"}""").State, failed.State);
    }
}
