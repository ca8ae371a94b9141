using System.Runtime.InteropServices;
using Python.Runtime;
using TorchInit.Oracle.PythonNet;
using TorchInit.PythonNetTests.Support;

namespace TorchInit.PythonNetTests.Live;

/// <summary>torch's memory as spans: no copy, and nothing that dangles.</summary>
public class LiveTensorTests
{
    [Fact]
    public void A_span_is_torchs_own_memory()
    {
        LiveTorch torch = InProcess.Torch;
        using LiveTensor tensor = torch.Tensor("init.zeros_((1000, 1000))");
        long place = torch.Run(() => { dynamic live = tensor.Python; return (long)live.data_ptr(); });
        Assert.Equal(place, tensor.Read<float, long>(Place));
        tensor.Write<float>(span => Place(span));
        tensor.Write<float>(span => span[^1] = 3);
        Assert.Equal(3, torch.Run(() => { dynamic live = tensor.Python; return (float)live.sum().item(); }));
        torch.Run(() => { dynamic live = tensor.Python; live.fill_(0.5f); });
        Assert.True(tensor.Read<float, bool>(span => span.Length == 1_000_000 && span.IndexOfAnyExcept(0.5f) < 0));

        static unsafe long Place(ReadOnlySpan<float> span) { fixed (float* first = span) { return (long)first; } }
    }

    [Theory]
    [InlineData("float32"), InlineData("float64"), InlineData("float16"), InlineData("bfloat16")]
    [InlineData("int64"), InlineData("int32"), InlineData("int16"), InlineData("int8"), InlineData("uint8"), InlineData("bool")]
    public void Every_dtype_has_its_type(string dtype)
    {
        using LiveTensor tensor = Of($"torch.tensor([1, 0, 1]).to(torch.{dtype})");
        Assert.Equal((dtype, 3L), (tensor.DType, Assert.Single(tensor.Shape)));
        switch (dtype)
        {
            case "float32": Both<float>(tensor, [1, 0, 1], [2, 3, 4]); break;
            case "float64": Both<double>(tensor, [1, 0, 1], [2, 3, 4]); break;
            case "float16": Both<Half>(tensor, [(Half)1, (Half)0, (Half)1], [(Half)2, (Half)3, (Half)4]); break;
            case "bfloat16": Both(tensor, Halves([1, 0, 1]), Halves([2, 3, 4])); break;
            case "int64": Both<long>(tensor, [1, 0, 1], [2, 3, 4]); break;
            case "int32": Both<int>(tensor, [1, 0, 1], [2, 3, 4]); break;
            case "int16": Both<short>(tensor, [1, 0, 1], [2, 3, 4]); break;
            case "int8": Both<sbyte>(tensor, [1, 0, 1], [2, 3, 4]); break;
            case "uint8": Both<byte>(tensor, [1, 0, 1], [2, 3, 4]); break;
            default: Both<bool>(tensor, [true, false, true], [false, true, true]); break;
        }
        Assert.Throws<NotSupportedException>(() => tensor.ToArray<char>());
        Assert.Throws<NotSupportedException>(() => { if (dtype == "int64") { tensor.ToArray<int>(); } else { tensor.ToArray<long>(); } });
    }

    [Fact]
    public void A_transposed_view_is_copied_row_by_row_and_has_no_span()
    {
        using LiveTensor view = Of("torch.arange(6.0).reshape(2, 3).t()");
        Assert.Equal([3, 2], view.Shape);
        Assert.Equal([0, 3, 1, 4, 2, 5], view.ToArray<float>());
        float[] copy = new float[6];
        view.CopyTo<float>(copy);
        Assert.Equal([0, 3, 1, 4, 2, 5], copy);
        Assert.Contains("contiguous()", Assert.Throws<PythonRaisedException>(() => view.Read<float>(_ => { })).Text);
        Assert.Equal("ValueError", Assert.Throws<PythonRaisedException>(() => view.Write<float>(_ => { })).Kind);
    }

    [Theory, InlineData("torch.empty(3, device='meta')"), InlineData("torch.eye(3).to_sparse()")]
    public void Memory_that_is_none_is_refused(string code)
    {
        using LiveTensor tensor = Of(code);
        PythonRaisedException error = Assert.Throws<PythonRaisedException>(() => tensor.Read<float>(_ => { }));
        Assert.Equal("TypeError", error.Kind);
    }

    [Theory, InlineData("torch.empty(0)", 0), InlineData("torch.tensor(2.5)", 1), InlineData("torch.ones(2, 0, 3)", 0)]
    public void Empty_tensors_and_scalars_are_tensors(string code, int count)
    {
        using LiveTensor tensor = Of(code);
        Assert.Equal(count, tensor.Read<float, int>(span => span.Length));
        tensor.Write<float>(span => span.Clear());
        Assert.Equal(count, tensor.ToArray<float>().Length);
    }

    [Fact]
    public void Memory_stays_while_it_is_used()
    {
        LiveTorch torch = InProcess.Torch;
        LiveModule module = torch.Module("Linear(100, 1000)");
        LiveTensor weight = module["weight"];
        float expected = weight.ToArray<float>().Sum();
        float seen = weight.Read<float, float>(span =>
        {
            dynamic live = module.Python;
            live.weight = null;
            weight.Dispose();
            module.Dispose();
            PythonEngine.Exec("import gc, torch; gc.collect(); kept = [torch.full((100, 1000), 7.0) for _ in range(20)]");
            return span.ToArray().Sum();
        });
        Assert.Equal(expected, seen);
        Assert.Throws<ObjectDisposedException>(() => weight.ToArray<float>());
    }

    [Theory]
    [InlineData("resize_", "live.resize_(100000)")]
    [InlineData("storage", "live.storage().resize_(100000)")]
    public void Torch_refuses_to_move_memory_in_use(string what, string code)
    {
        using LiveTensor tensor = Of("torch.zeros(3)");
        PythonRaisedException error = Assert.Throws<PythonRaisedException>(() => tensor.Write<float>(span =>
        {
            using PyDict names = new();
            names["live"] = tensor.Python;
            PythonEngine.Exec(code, names);
        }));
        Assert.True(error.Text.Contains("resiz", StringComparison.Ordinal), $"{what}: {error.Text}");
    }

    [Fact]
    public void Memory_that_was_moved_all_the_same_is_said()
    {
        using LiveTensor tensor = Of("torch.zeros(3)");
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => tensor.Read<float>(_ =>
        {
            dynamic live = tensor.Python;
            live.share_memory_();
        }));
        Assert.Contains("was moved", error.Message);
    }

    [Fact]
    public void Autograd_hears_of_a_write()
    {
        using LiveTensor tensor = Of("torch.ones(3, requires_grad=True)");
        PythonRaisedException error = Assert.Throws<PythonRaisedException>(() => InProcess.Torch.Run(() =>
        {
            dynamic live = tensor.Python;
            dynamic loss = live.exp().prod();
            dynamic square = (live * live).sum();
            tensor.Write<float>(span => span[0] = 2);
            square.backward();
        }));
        Assert.Contains("modified by an inplace operation", error.Text);
    }

    [Fact]
    public void Another_length_is_refused_before_anything_is_written()
    {
        using LiveTensor tensor = Of("torch.ones(3)");
        Assert.Throws<ArgumentException>(() => tensor.CopyFrom<float>([2, 2]));
        Assert.Throws<ArgumentException>(() => tensor.CopyTo<float>(new float[4]));
        Assert.Equal([1, 1, 1], tensor.ToArray<float>());
    }

    static BFloat16[] Halves(float[] values) => [.. values.Select(value => (BFloat16)value)];

    static void Both<T>(LiveTensor tensor, T[] before, T[] after)
        where T : unmanaged
    {
        Assert.Equal(before, tensor.ToArray<T>());
        tensor.CopyFrom<T>(after);
        byte[] read = tensor.Read<T, byte[]>(span => MemoryMarshal.AsBytes(span).ToArray());
        Assert.Equal(MemoryMarshal.AsBytes(after.AsSpan()).ToArray(), read);
    }

    static LiveTensor Of(string code) => InProcess.Torch.Run(() =>
    {
        using PyDict names = new();
        PythonEngine.Exec($"import torch\nmade = {code}", names);
        using PyObject made = names["made"];
        return InProcess.Torch.Tensor(made);
    });
}
