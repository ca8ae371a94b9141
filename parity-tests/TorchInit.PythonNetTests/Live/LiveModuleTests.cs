using Python.Runtime;
using TorchInit.Oracle;
using TorchInit.Oracle.PythonNet;
using TorchInit.PythonNetTests.Support;

namespace TorchInit.PythonNetTests.Live;

/// <summary>Real modules in this process, against what C# draws.</summary>
public class LiveModuleTests
{
    [Theory]
    [InlineData("Linear(784, 128)", DType.Float32)]
    [InlineData("Conv2d(3, 8, (3, 5), bias=False)", DType.Float64)]
    [InlineData("LSTM(3, 4, 2)", DType.Float16)]
    [InlineData("Embedding(7, 5, padding_idx=0)", DType.BFloat16)]
    [InlineData("BatchNorm2d(4)", DType.Float32)]
    [InlineData("Sequential(Linear(3, 4), ReLU(), Linear(4, 2))", DType.Float32)]
    public void A_module_is_constructed_with_Csharps_bits(string expression, DType dtype)
    {
        LiveTorch torch = InProcess.Torch;
        StateDict expected = InitPlan.Of(expression, InProcess.Profile).Materialize(42, dtype);
        using LiveModule module = torch.Run(() =>
        {
            torch.ManualSeed(42);
            return torch.Module(expression, dtype);
        });
        Assert.Equal(expected.Keys, module.Names);
        StateDict actual = module.ToStateDict();
        foreach ((string name, TensorBuffer tensor) in expected)
        {
            Assert.Equal(tensor.Shape, actual[name].Shape);
            Assert.Equal(tensor.Bytes(0, tensor.Count).ToArray(), actual[name].Bytes(0, tensor.Count).ToArray());
        }
    }

    [Theory]
    [InlineData("Linear(784, 128)")]
    [InlineData("MultiheadAttention(8, 2)")]
    [InlineData("Transformer(8, 2, 1, 1, 16)")]
    public void Its_own_reset_parameters_is_called(string expression)
    {
        LiveTorch torch = InProcess.Torch;
        (byte[] constructed, byte[] reset, byte[] state) = torch.Run(() =>
        {
            torch.ManualSeed(7);
            using LiveModule module = torch.Module(expression);
            byte[] constructed = Bytes(module);
            module.ResetParameters();
            return (constructed, Bytes(module), torch.GetState());
        });
        Assert.NotEqual(constructed, reset);
        using WorkerOracle worker = InProcess.Worker();
        OracleReply reply = worker.Run(new() { CallJson = TorchExpression.Parse(expression).ToJson(), Seed = "7", Reset = 1 });
        Assert.Equal(reply.Tensors.SelectMany(tensor => tensor.Data).ToArray(), reset);
        Assert.Equal(reply.State, state);
    }

    [Fact]
    public void A_module_without_reset_parameters_says_so_as_Python_does()
    {
        using LiveModule module = InProcess.Torch.Module("ReLU()");
        PythonRaisedException error = Assert.Throws<PythonRaisedException>(module.ResetParameters);
        Assert.Equal("AttributeError", error.Kind);
        Assert.Contains("reset_parameters", error.Text);
    }

    [Fact]
    public void What_Csharp_drew_is_loaded_into_it()
    {
        LiveTorch torch = InProcess.Torch;
        using LiveModule module = torch.Module("Linear(3, 2)");
        StateDict drawn = InitPlan.Of("Linear(3, 2)", InProcess.Profile).Materialize(5);
        module.Load(drawn);
        float sum = torch.Run(() =>
        {
            dynamic live = module.Python;
            return (float)live.weight.sum().item();
        });
        Assert.Equal(drawn["weight"].AsSpan<float>().ToArray().Sum(), sum, 1e-5f);
        StateDict wrong = new();
        wrong.Add("weight", TensorBuffer.Zeros(DType.Float32, [3, 2]));
        Assert.Contains("(2, 3)", Assert.Throws<ArgumentException>(() => module.Load(wrong)).Message);
        StateDict unknown = new();
        unknown.Add("gain", TensorBuffer.Zeros(DType.Float32, [3]));
        Assert.Contains("it has: weight, bias", Assert.Throws<PythonRaisedException>(() => module.Load(unknown)).Text);
    }

    [Fact]
    public void A_module_of_ones_own_in_Python_is_reset_and_filled()
    {
        LiveTorch torch = InProcess.Torch;
        using LiveModule module = torch.Run(() =>
        {
            using PyModule scope = Py.CreateScope();
            scope.Exec("""
                import torch
                class Scaled(torch.nn.Module):
                    def __init__(self):
                        super().__init__()
                        self.inner = torch.nn.Linear(2, 2)
                        self.scale = torch.nn.Parameter(torch.ones(3, dtype=torch.float64))
                        self.register_buffer("count", torch.tensor(4, dtype=torch.int32))
                    def reset_parameters(self):
                        self.inner.reset_parameters()
                        torch.nn.init.constant_(self.scale, 2.5)
                made = Scaled()
                """);
            using PyObject made = scope.Get("made");
            return torch.Module(made);
        });
        Assert.Equal(("Scaled", "scale, count, inner.weight, inner.bias"), (module.Expression, string.Join(", ", module.Names)));
        module.ResetParameters();
        using LiveTensor scale = module["scale"], count = module["count"];
        Assert.Equal([2.5, 2.5, 2.5], scale.ToArray<double>());
        Assert.Equal([4], count.ToArray<int>());
        Assert.Empty(count.Shape);
        Assert.Throws<ArgumentException>(() => torch.Module(scale.Python));
        Assert.Throws<ArgumentException>(() => torch.Tensor(module.Python));
    }

    [Theory]
    [InlineData("Linear(3, -4)", "RuntimeError")]
    [InlineData("Linear(3)", "TypeError")]
    [InlineData("Nothing(3)", OracleError.Refused)]
    [InlineData("Linear(1000000, 1000000)", OracleError.Refused)]
    public void What_torch_refuses_arrives_as_its_exception(string expression, string kind)
        => Assert.Equal(kind, Assert.Throws<PythonRaisedException>(() => InProcess.Torch.Module(expression)).Kind);

    [Fact]
    public void An_expression_is_read_and_not_evaluated()
    {
        Assert.Throws<TorchExpressionException>(() => InProcess.Torch.Module("__import__('os').system('true')"));
        Assert.Throws<ArgumentException>(() => InProcess.Torch.Module("init.zeros_((3, 4))"));
        Assert.Throws<ArgumentException>(() => InProcess.Torch.Tensor("Linear(3, 4)"));
    }

    [Fact]
    public void A_disposed_module_says_so_and_its_tensors_live_on()
    {
        LiveModule module = InProcess.Torch.Module("Linear(3, 4)");
        using LiveTensor bias = module["bias"];
        float[] before = bias.ToArray<float>();
        module.Dispose();
        module.Dispose();
        Assert.Throws<ObjectDisposedException>(module.ResetParameters);
        Assert.Throws<ObjectDisposedException>(() => module.Names);
        Assert.Equal(before, bias.ToArray<float>());
    }

    static byte[] Bytes(LiveModule module)
        => [.. module.ToStateDict().Values.SelectMany(tensor => tensor.Bytes(0, tensor.Count).ToArray())];
}
