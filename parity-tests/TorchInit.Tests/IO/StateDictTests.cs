namespace TorchInit.Tests.IO;

/// <summary>What porting a model does to a state dict: rename, remove, replace, convert.</summary>
public class StateDictTests
{
    static StateDict Of(params string[] names)
    {
        StateDict state = new();
        foreach (string name in names)
        {
            if (name.EndsWith('!')) { state.Add(new OpaqueTensor(name, "U16", [1], [[1, 2]])); }
            else { state.Add(name, TensorBuffer.Zeros(DType.Float32, [1])); }
        }
        return state;
    }

    static string[] All(StateDict state) => [.. state.Saved.Select(saved => saved.Name)];

    [Fact]
    public void A_tensor_is_removed_and_the_others_keep_their_order()
    {
        StateDict state = Of("a", "b!", "c", "d");
        Assert.True(state.Remove("c"));
        Assert.True(state.Remove("b!"));
        Assert.False(state.Remove("c"));
        Assert.False(state.Remove("z"));
        Assert.Equal(["a", "d"], All(state));
        Assert.Equal((2, 0), (state.Count, state.Opaque.Count));
        state.Add("c", TensorBuffer.Zeros(DType.Float32, [1]));
        Assert.Equal(["a", "d", "c"], state.Keys);
    }

    [Fact]
    public void A_prefix_is_taken_off_once()
    {
        StateDict state = Of("module.module.a", "module.b!", "c", "the.module.d");
        TensorBuffer tensor = state["module.module.a"];
        Assert.Equal(2, state.RemovePrefix("module."));
        Assert.Equal(["module.a", "b!", "c", "the.module.d"], All(state));
        Assert.Same(tensor, state["module.a"]);
        Assert.Equal("b!", state.Opaque[0].Name);
        Assert.Equal(0, state.RemovePrefix("_orig_mod."));
        StateDict whole = Of("model.");
        Assert.Equal(1, whole.RemovePrefix("model."));
        Assert.Equal([""], whole.Keys);
    }

    [Fact]
    public void Two_names_that_would_be_one_are_refused_and_nothing_changes()
    {
        StateDict state = Of("a", "module.a", "b");
        ArgumentException error = Assert.Throws<ArgumentException>(() => state.RemovePrefix("module."));
        Assert.Equal("prefix is 'module.': without it, 'a' and 'module.a' would both be called 'a'; allowed: one tensor per name. "
            + "(Parameter 'prefix')", error.Message);
        Assert.Equal("rename: 'a' and 'module.a' would both be called 'x'; allowed: one tensor per name. (Parameter 'rename')",
            Assert.Throws<ArgumentException>(() => state.Rename(_ => "x")).Message);
        Assert.Equal("rename: 'a' becomes null; allowed: a name. (Parameter 'rename')",
            Assert.Throws<ArgumentException>(() => state.Rename(_ => null!)).Message);
        Assert.Equal("newName is 'b', which is already in use; allowed: an unused name. (Parameter 'newName')",
            Assert.Throws<ArgumentException>(() => state.Rename("a", "b")).Message);
        Assert.Equal("name is 'module.b', and no tensor is called so; nearest: module.a. (Parameter 'name')",
            Assert.Throws<ArgumentException>(() => state.Rename("module.b", "q")).Message);
        Assert.Equal(["a", "module.a", "b"], All(state));
    }

    [Fact]
    public void Names_are_mapped_in_place()
    {
        StateDict state = Of("gamma", "beta!", "x");
        state.Rename(name => name switch { "gamma" => "weight", "beta!" => "bias", _ => name });
        Assert.Equal(["weight", "bias", "x"], All(state));
        // Two names may change places.
        state.Rename(name => name == "weight" ? "x" : name == "x" ? "weight" : name);
        Assert.Equal(["x", "bias", "weight"], All(state));
        state.Rename("bias", "bias");
        state.Rename("bias", "y");
        Assert.Equal(["x", "y", "weight"], All(state));
    }

    [Fact]
    public void A_tensor_is_replaced_in_its_place()
    {
        StateDict state = Of("a", "b!", "c");
        TensorBuffer other = TensorBuffer.Zeros(DType.Int64, [2]);
        state["a"] = state["b!"] = state["d"] = other;
        Assert.Equal(["a", "b!", "c", "d"], All(state));
        Assert.Equal(["a", "b!", "c", "d"], state.Keys);
        Assert.Empty(state.Opaque);
        Assert.Same(other, state["b!"]);
    }

    [Fact]
    public void Floats_are_converted_and_counters_are_not()
    {
        TensorBuffer shared = TensorBuffer.Of([1.0009765625f, 1e6f, -0f], [3, 1]);
        StateDict state = new() { { "a", shared }, { "tied", shared }, { "count", TensorBuffer.Of([7L], []) } };
        state.Add(new OpaqueTensor("mask", "BOOL", [1], [[7]]));
        StateDict half = state.To(DType.Float16);
        Assert.Equal(["a", "tied", "count", "mask"], All(half));
        Assert.Equal([(Half)1.0009765625f, Half.PositiveInfinity, (Half)(-0f)], half["a"].AsSpan<Half>().ToArray());
        Assert.Equal([3, 1], half["a"].Shape);
        Assert.Same(half["a"], half["tied"]);
        Assert.Same(state["count"], half["count"]);
        Assert.Same(state.Opaque[0], half.Opaque[0]);
        Assert.Same(shared, state.To(DType.Float32)["a"]);
        Assert.Equal(DType.Float32, state["a"].DType);
    }

    [Theory]
    [InlineData("F8_E4M3")]
    [InlineData("C64")]
    [InlineData(">f4")]
    public void Floats_that_no_dtype_holds_are_not_left_behind_silently(string type)
    {
        StateDict state = Of("a");
        state.Add(new OpaqueTensor("q", type, [1], [[1, 2, 3, 4]]));
        Assert.Equal($"'q' has elements of type {type}, which no dtype here holds and To does not convert; remove it first.",
            Assert.Throws<NotSupportedException>(() => state.To(DType.Float16)).Message);
        Assert.True(state.Remove("q"));
        Assert.Equal(DType.Float16, state.To(DType.Float16)["a"].DType);
    }

    [Fact]
    public void A_module_goes_to_no_integer_type()
    {
        TorchArgumentException error = Assert.Throws<TorchArgumentException>(() => Of("a").To(DType.Int64));
        Assert.Equal(("dtype", "TypeError",
            "nn.Module.to only accepts floating point or complex dtypes, but got desired dtype=torch.int64"),
            (error.ParamName, error.TorchKind, error.TorchMessage));
        Assert.Equal("dtype", Assert.Throws<ArgumentOutOfRangeException>(() => Of("a").To((DType)77)).ParamName);
    }

    [Fact]
    public void Weights_that_stay_in_their_file_are_converted_too()
    {
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.safetensors");
        try
        {
            StateDict weights = Modules.Linear(3, 4).Materialize(5);
            Safetensors.Save(path, weights);
            StateDict stored = Safetensors.Open(path).To(DType.BFloat16);
            Assert.Equal(SafetensorsFiles.AllBytes(weights.To(DType.BFloat16)["weight"]), SafetensorsFiles.AllBytes(stored["weight"]));
            Safetensors.Save(path, stored);
            Assert.Equal(DType.BFloat16, Safetensors.Load(path)["weight"].DType);
        }
        finally { File.Delete(path); }
    }
}
