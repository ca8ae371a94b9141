using System.Runtime.InteropServices;
using TorchInit.Oracle;

namespace TorchInit.Tests.Oracle;

/// <summary>What kernels alone are asked, and what is said where they are not there; without libtorch.</summary>
public sealed class LibtorchTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("libtorch-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("uniform_((3, 5))", "aten::uniform_", 0.0, 1.0)]
    [InlineData("uniform_((3, 5).T, -0.3, 0.41)", "aten::uniform_", -0.3, 0.41)]
    [InlineData("init.uniform_((3, 5), b=2, a=-1)", "aten::uniform_", -1.0, 2.0)]
    [InlineData("normal_((3,), std=0.5)", "aten::normal_", 0.0, 0.5)]
    [InlineData("init.normal_((3,), 0.3, 1.7)", "aten::normal_", 0.3, 1.7)]
    public void A_fill_is_one_operation_with_two_numbers(string expression, string operation, double first, double second)
    {
        LibtorchCall call = LibtorchCall.Read(TorchExpression.Parse(expression).ToJson());
        Assert.Equal((operation, (first, second)), (call.Operation, call.Numbers(call.Tensor("float32"))));
    }

    [Theory]
    [InlineData("init.xavier_uniform_((30, 20, 3))")]
    [InlineData("init.xavier_normal_((30, 20), gain=1.6666666666666667)")]
    [InlineData("init.kaiming_uniform_((30, 20, 3, 3), a=2.23606797749979)")]
    [InlineData("init.kaiming_uniform_((30, 20), mode='fan_out', nonlinearity='tanh')")]
    [InlineData("init.kaiming_normal_((30, 20), mode='fan_out', nonlinearity='relu')")]
    [InlineData("init.kaiming_normal_((30, 20), nonlinearity='selu')")]
    public void The_arithmetic_round_a_draw_is_that_of_the_plan(string expression)
    {
        LibtorchCall call = LibtorchCall.Read(TorchExpression.Parse(expression).ToJson());
        (double, double) planned = InitPlan.Of(expression).Steps.Single() switch
        {
            UniformStep step => (step.From, step.To),
            NormalStep step => (step.Mean, step.Std),
            var other => throw new InvalidOperationException($"{other}"),
        };
        Assert.Equal(planned, call.Numbers(call.Tensor("float32")));
    }

    [Theory]
    [InlineData("Linear(3, 4)", "libtorch has only kernels, no Linear")]
    [InlineData("init.trunc_normal_((3, 4))", "no init.trunc_normal_")]
    [InlineData("uniform_((3, 4), 0.0, 1.0, None)", "an argument")]
    [InlineData("uniform_((3, 4), 1.0, 0.0)", "torch would refuse")]
    [InlineData("uniform_((3, 4), 0.0, 1e39)", "torch would refuse")]
    [InlineData("normal_((3, 4), 0.0, -1.0)", "torch would refuse")]
    [InlineData("init.kaiming_normal_((3,))", "torch refuses or warns")]
    [InlineData("init.kaiming_normal_((3, 0))", "torch refuses or warns")]
    [InlineData("init.kaiming_normal_((3, 4), nonlinearity='gelu')", "an unknown nonlinearity")]
    [InlineData("init.xavier_uniform_((3, 4), gain='x')", "gain is not a number")]
    [InlineData("normal_((-1,))", "a size is negative")]
    [InlineData("normal_((100000, 100000))", "more than")]
    [InlineData("normal_((3, 4, 5).T)", "two sizes")]
    public void Anything_else_is_not_asked(string expression, string why)
    {
        NotAskedException error = Assert.Throws<NotAskedException>(() =>
        {
            LibtorchCall call = LibtorchCall.Read(TorchExpression.Parse(expression).ToJson());
            call.Numbers(call.Tensor("float32"));
        });
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_view_is_read_row_major()
    {
        LibtorchTensor view = LibtorchTensor.Of("bfloat16", [3, 2], transposed: true);
        Assert.Equal([2, 3], view.Sizes);
        Assert.Equal([1, 2], view.Strides);
        byte[] memory = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
        Assert.Equal([0, 1, 4, 5, 8, 9, 2, 3, 6, 7, 10, 11], view.RowMajor(memory));
        Assert.Equal(memory, LibtorchTensor.Of("bfloat16", [3, 2], transposed: false).RowMajor(memory));
    }

    [Fact]
    public void A_state_that_would_end_the_process_is_told_from_one_that_torch_takes()
    {
        byte[] state = new Generator(seed: 3).GetState();
        Assert.True(LibtorchKernels.IsState(state));
        Assert.False(LibtorchKernels.IsState(state.AsSpan(1)));
        foreach ((int at, byte value) in new[] { (8, 0), (9, 3), (11, 255), (12, 0), (17, 3), (23, 128) }.Select(pair
            => (pair.Item1, (byte)pair.Item2)))
        {
            byte[] broken = [.. state];
            broken[at] = value;
            if (at == 8) { broken[9] = 0; }
            Assert.False(LibtorchKernels.IsState(broken), $"byte {at}");
        }
    }

    [Fact]
    public void Missing_libraries_are_said_with_their_size()
    {
        string message = Assert.Throws<OracleUnavailableException>(() => LibtorchFiles.Find(_folder)).Message;
        Assert.Contains(_folder, message, StringComparison.Ordinal);
        Assert.Contains("128 MB to download", message, StringComparison.Ordinal);
        foreach (string below in (string[])["lib", Path.Combine("runtimes", "linux-x64", "native")])
        {
            string place = Directory.CreateDirectory(Path.Combine(_folder, below)).FullName;
            File.WriteAllText(Path.Combine(place, "libtorch_cpu.so"), "");
            Assert.Equal(place, LibtorchFiles.Find(_folder));
            Assert.Equal(place, LibtorchFiles.Find(place));
            File.Delete(Path.Combine(place, "libtorch_cpu.so"));
        }
    }

    [Fact]
    public void A_file_that_is_no_libtorch_is_refused()
    {
        bool isLinuxX64 = OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64;
        Assert.SkipUnless(isLinuxX64, "libtorch-cpu-linux-x64 is for Linux x64");
        string path = Path.Combine(_folder, "libtorch_cpu.so");
        File.WriteAllText(path, "no library");
        Assert.Contains(_folder, Assert.Throws<OracleUnavailableException>(() => new LibtorchOracle(_folder)).Message,
            StringComparison.Ordinal);
        File.Delete(path);
        File.Copy(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "libSystem.Native.so"), path);
        Assert.Contains("it lacks a function of 2.10", Assert.Throws<OracleUnavailableException>(() => new LibtorchOracle(_folder))
            .Message, StringComparison.Ordinal);
    }
}
