using System.Text.RegularExpressions;

namespace TorchInit.Tests.Calls;

/// <summary>weight_norm and spectral_norm as torch 2.6.0 answered; 1.13.1 says the same where it has the name.</summary>
public partial class WrapperTests
{
    static readonly TorchProfile s_profile = TorchProfile.For("2.6");

    // An expression, and on the lines below it what torch has.
    const string Names = """
        utils.weight_norm(Linear(3, 4), dim=-1)
            bias(4) weight_g() weight_v(4,3)
        utils.weight_norm(Linear(3, 4), dim=-2)
            bias(4) weight_g(4,1) weight_v(4,3)
        utils.weight_norm(Conv1d(2, 4, 3), dim=-2)
            bias(4) weight_g(1,2,1) weight_v(4,2,3)
        utils.weight_norm(PReLU(0), dim=None)
            weight_g() weight_v(0)
        utils.weight_norm(Linear(0, 4))
            bias(4) weight_g(4,1) weight_v(4,0)
        utils.weight_norm(Linear(3, 0), dim=1)
            bias(0) weight_g(1,3) weight_v(0,3)
        utils.weight_norm(BatchNorm1d(3))
            bias(3) weight_g(3) weight_v(3) running_mean(3) running_var(3) num_batches_tracked()
        utils.spectral_norm(BatchNorm1d(3))
            bias(3) weight_orig(3) running_mean(3) running_var(3) num_batches_tracked() weight_u(3) weight_v(1)
        parametrizations.spectral_norm(BatchNorm1d(3))
            bias(3) running_mean(3) running_var(3) num_batches_tracked() parametrizations.weight.original(3)
        parametrizations.spectral_norm(BatchNorm1d(3), name='running_mean')
            weight(3) bias(3) running_var(3) num_batches_tracked() parametrizations.running_mean.original(3)
        utils.weight_norm(MultiheadAttention(8, 2), name='in_proj_weight')
            in_proj_bias(24) in_proj_weight_g(24,1) in_proj_weight_v(24,8) out_proj.weight(8,8) out_proj.bias(8)
        utils.spectral_norm(MultiheadAttention(8, 2), name='in_proj_weight')
            in_proj_bias(24) in_proj_weight_orig(24,8) in_proj_weight_u(24) in_proj_weight_v(8) out_proj.weight(8,8)
            out_proj.bias(8)
        parametrizations.spectral_norm(MultiheadAttention(8, 2), name='in_proj_weight')
            in_proj_bias(24) out_proj.weight(8,8) out_proj.bias(8) parametrizations.in_proj_weight.original(24,8)
            parametrizations.in_proj_weight.0._u(24) parametrizations.in_proj_weight.0._v(8)
        utils.weight_norm(utils.weight_norm(LSTM(3, 4), name='weight_hh_l0'), name='weight_ih_l0')
            bias_ih_l0(16) bias_hh_l0(16) weight_hh_l0_g(16,1) weight_hh_l0_v(16,4) weight_ih_l0_g(16,1)
            weight_ih_l0_v(16,3)
        utils.spectral_norm(utils.weight_norm(Linear(3, 4)), name='weight_v')
            bias(4) weight_g(4,1) weight_v_orig(4,3) weight_v_u(4) weight_v_v(3)
        utils.weight_norm(utils.spectral_norm(Linear(3, 4)), name='weight_orig')
            bias(4) weight_orig_g(4,1) weight_orig_v(4,3) weight_u(4) weight_v(3)
        parametrizations.spectral_norm(parametrizations.spectral_norm(Linear(3, 4)))
            bias(4) parametrizations.weight.original(4,3) parametrizations.weight.0._u(4) parametrizations.weight.0._v(3)
            parametrizations.weight.1._u(4) parametrizations.weight.1._v(3)
        parametrizations.spectral_norm(parametrizations.spectral_norm(parametrizations.spectral_norm(Linear(3, 4)), name='bias'))
            parametrizations.weight.original(4,3) parametrizations.weight.0._u(4) parametrizations.weight.0._v(3)
            parametrizations.weight.1._u(4) parametrizations.weight.1._v(3) parametrizations.bias.original(4)
        parametrizations.spectral_norm(utils.weight_norm(ConvTranspose2d(2, 3, 2)), name='weight_v')
            bias(3) weight_g(2,1,1,1) parametrizations.weight_v.original(2,3,2,2) parametrizations.weight_v.0._u(3)
            parametrizations.weight_v.0._v(8)
        utils.spectral_norm(utils.weight_norm(ConvTranspose1d(2, 3, 4)), name='weight_v')
            bias(3) weight_g(2,1,1) weight_v_orig(2,3,4) weight_v_u(3) weight_v_v(8)
        parametrizations.spectral_norm(Linear(3, 4), dim=-1)
            bias(4) parametrizations.weight.original(4,3) parametrizations.weight.0._u(3) parametrizations.weight.0._v(4)
        parametrizations.spectral_norm(Linear(3, 0))
            bias(0) parametrizations.weight.original(0,3) parametrizations.weight.0._u(0) parametrizations.weight.0._v(3)
        utils.spectral_norm(Linear(3, 0), dim=1)
            bias(0) weight_orig(0,3) weight_u(3) weight_v(0)
        Sequential(Linear(2, 2), utils.spectral_norm(Embedding(5, 3, padding_idx=1)), BatchNorm1d(2))
            0.weight(2,2) 0.bias(2) 1.weight_orig(5,3) 1.weight_u(5) 1.weight_v(3) 2.weight(2) 2.bias(2) 2.running_mean(2)
            2.running_var(2) 2.num_batches_tracked()
        parametrizations.weight_norm(BatchNorm1d(3), name='running_var')
            weight(3) bias(3) running_mean(3) num_batches_tracked() parametrizations.running_var.original0(3)
            parametrizations.running_var.original1(3)
        parametrizations.weight_norm(parametrizations.weight_norm(Linear(3, 4)))
            bias(4) parametrizations.weight.original0(4,1) parametrizations.weight.original1(4,3)
        parametrizations.weight_norm(parametrizations.spectral_norm(Linear(3, 4)))
            bias(4) parametrizations.weight.original(4,3) parametrizations.weight.0._u(4) parametrizations.weight.0._v(3)
        parametrizations.spectral_norm(parametrizations.weight_norm(Linear(3, 4)))
            bias(4) parametrizations.weight.original0(4,1) parametrizations.weight.original1(4,3)
            parametrizations.weight.1._u(4) parametrizations.weight.1._v(3)
        parametrizations.weight_norm(parametrizations.weight_norm(Linear(3, 4)), name='bias')
            parametrizations.weight.original0(4,1) parametrizations.weight.original1(4,3) parametrizations.bias.original0(4)
            parametrizations.bias.original1(4)
        parametrizations.weight_norm(LayerNorm(()), dim=-1)
            bias() parametrizations.weight.original0() parametrizations.weight.original1()
        """;

    // torch shows the module, all of it: … here.
    const string Refusals = """
        utils.weight_norm(utils.weight_norm(Linear(3, 4)))
            RuntimeError: Cannot register two weight_norm hooks on the same parameter weight
        utils.spectral_norm(utils.spectral_norm(Linear(3, 4)), n_power_iterations=0)
            RuntimeError: Cannot register two spectral_norm hooks on the same parameter weight
        utils.spectral_norm(utils.weight_norm(Linear(3, 4)))
            KeyError: 'weight'
        utils.weight_norm(utils.spectral_norm(Linear(3, 4)))
            KeyError: 'weight'
        utils.weight_norm(parametrizations.spectral_norm(Linear(3, 4)))
            KeyError: 'weight'
        utils.weight_norm(BatchNorm1d(3), name='running_mean')
            KeyError: 'running_mean'
        utils.spectral_norm(BatchNorm1d(3), name='running_mean')
            KeyError: 'running_mean'
        utils.weight_norm(Sequential(Linear(3, 4)), name='0.weight')
            AttributeError: 'Sequential' object has no attribute '0.weight'
        utils.weight_norm(Sequential(Linear(3, 4)), name='0')
            KeyError: '0'
        utils.weight_norm(LSTM(3, 4), name='bias')
            KeyError: 'bias'
        utils.weight_norm(Linear(3, 4), name='in_features')
            KeyError: 'in_features'
        utils.weight_norm(Linear(3, 4), name='forward')
            KeyError: 'forward'
        utils.weight_norm(Linear(3, 4, bias=False), name='bias')
            TypeError: norm_except_dim(): argument 'v' (position 1) must be Tensor, not NoneType
        utils.spectral_norm(Linear(3, 4, bias=False), name='bias')
            ValueError: `SpectralNorm` cannot be applied as parameter `bias` is None
        utils.weight_norm(LazyLinear(4))
            ValueError: The module passed to `WeightNorm` can't have uninitialized parameters. Make sure to run the dummy
            forward before applying weight normalization
        utils.spectral_norm(LazyLinear(4))
            ValueError: The module passed to `SpectralNorm` can't have uninitialized parameters. Make sure to run the dummy
            forward before applying spectral normalization
        utils.weight_norm(LazyBatchNorm1d(), name='running_mean')
            KeyError: 'running_mean'
        parametrizations.spectral_norm(LazyLinear(4))
            RuntimeError: Can't access the shape of an uninitialized parameter or buffer. This error usually happens in
            `load_state_dict` when trying to load an uninitialized parameter into an initialized one. Call `forward` to
            initialize the parameters before accessing their attributes.
        parametrizations.spectral_norm(LazyLinear(4), dim=1)
            IndexError: Dimension out of range (expected to be in range of [-1, 0] but got 1)
        utils.weight_norm(parametrizations.spectral_norm(Linear(3, 4)), name='nope')
            AttributeError: 'ParametrizedLinear' object has no attribute 'nope'
        utils.weight_norm(utils.weight_norm(Linear(3, 4)), name='nope')
            AttributeError: 'Linear' object has no attribute 'nope'
        utils.weight_norm(Linear(3, 0))
            RuntimeError: cannot reshape tensor of 0 elements into shape [0, -1] because the unspecified dimension size -1
            can be any value and is ambiguous
        utils.weight_norm(Linear(0, 4), dim=1)
            RuntimeError: cannot reshape tensor of 0 elements into shape [-1, 0] because the unspecified dimension size -1
            can be any value and is ambiguous
        utils.weight_norm(Linear(3, 4), dim=2)
            IndexError: Dimension out of range (expected to be in range of [-2, 1], but got 2)
        utils.weight_norm(Linear(3, 4), dim=-3)
            IndexError: Dimension out of range (expected to be in range of [-2, 1], but got -3)
        utils.weight_norm(LayerNorm(()))
            IndexError: Dimension specified as 0 but tensor has no dimensions
        utils.weight_norm(LayerNorm(()), dim=-1)
            IndexError: Dimension specified as -1 but tensor has no dimensions
        utils.weight_norm(LayerNorm(()), dim=1)
            IndexError: Dimension out of range (expected to be in range of [-1, 0], but got 1)
        utils.spectral_norm(Linear(3, 4), dim=-1)
            RuntimeError: permute(sparse_coo): number of dimensions in the tensor input does not match the length of the
            desired ordering of dimensions i.e. input.dim() = 2 is not equal to len(dims) = 3
        utils.spectral_norm(Linear(3, 0))
            RuntimeError: cannot reshape tensor of 0 elements into shape [0, -1] because the unspecified dimension size -1
            can be any value and is ambiguous
        utils.spectral_norm(LayerNorm(()))
            IndexError: Dimension specified as 0 but tensor has no dimensions
        parametrizations.spectral_norm(Linear(3, 4), dim=2)
            IndexError: Dimension out of range (expected to be in range of [-2, 1] but got 2)
        parametrizations.spectral_norm(LayerNorm(()))
            IndexError: Dimension out of range (expected to be in range of [-0, -1] but got 0)
        parametrizations.spectral_norm(Linear(3, 4), n_power_iterations=0)
            ValueError: Expected n_power_iterations to be positive, but got n_power_iterations=0
        parametrizations.weight_norm(Linear(3, 4, bias=False), name='bias')
            AttributeError: 'NoneType' object has no attribute 'shape'
        parametrizations.weight_norm(LazyBatchNorm1d(), name='running_var')
            RuntimeError: Can't access the shape of an uninitialized parameter or buffer. This error usually happens in
            `load_state_dict` when trying to load an uninitialized parameter into an initialized one. Call `forward` to
            initialize the parameters before accessing their attributes.
        parametrizations.weight_norm(BatchNorm1d(3), name='num_batches_tracked', dim=None)
            RuntimeError: norm(): input dtype should be either floating point or complex. Got Long instead.
        parametrizations.weight_norm(Linear(3, 0))
            RuntimeError: cannot reshape tensor of 0 elements into shape [0, -1] because the unspecified dimension size -1
            can be any value and is ambiguous
        utils.weight_norm(parametrizations.weight_norm(parametrizations.spectral_norm(Linear(3, 4))))
            TypeError: _WeightNorm.forward() missing 1 required positional argument: 'weight_v'
        parametrizations.spectral_norm(parametrizations.weight_norm(parametrizations.weight_norm(Linear(3, 4))))
            TypeError: _WeightNorm.forward() missing 1 required positional argument: 'weight_v'
        """;

    public static TheoryData<string, string> NamesInOrder => Table(Names);

    public static TheoryData<string, string> Refused => Table(Refusals);

    static TheoryData<string, string> Table(string text)
        => new(text.Split("\n")
            .Aggregate(new List<(string Expression, string Answer)>(), (rows, line) =>
            {
                if (!line.StartsWith(' ')) { rows.Add((line, "")); }
                else { rows[^1] = (rows[^1].Expression, $"{rows[^1].Answer} {line.Trim()}".Trim()); }
                return rows;
            }));

    [Theory, MemberData(nameof(NamesInOrder))]
    public void Names_in_order(string expression, string tensors)
        => Assert.Equal(tensors, string.Join(' ', InitPlan.Of(expression, s_profile).StateTensors.Select(Text)));

    static string Text(ParameterSpec tensor) => $"{tensor.Name}({string.Join(',', tensor.Shape)})";

    [Theory, MemberData(nameof(Refused))]
    public void Torch_refuses_it_too(string expression, string answer)
    {
        TorchArgumentException error = Assert.Throws<TorchArgumentException>(() => InitPlan.Of(expression, s_profile));
        Assert.Equal(answer, $"{error.TorchKind}: {Module().Replace(error.TorchMessage ?? "", "…")}");
    }

    [GeneratedRegex("^Module '.*'(?= (has|does))")]
    private static partial Regex Module();

    public static TheoryData<string> Nested =>
    [
        "utils.spectral_norm(utils.weight_norm(Linear(7, 5)), name='weight_v')",
        "utils.weight_norm(utils.spectral_norm(Conv1d(2, 4, 3)), name='weight_orig', dim=None)",
        "utils.weight_norm(utils.weight_norm(utils.weight_norm(Linear(7, 5)), name='weight_v'), name='weight_v_v', dim=1)",
        "parametrizations.spectral_norm(parametrizations.spectral_norm(Conv2d(2, 4, 3)))",
        "parametrizations.spectral_norm(parametrizations.weight_norm(Linear(7, 5), dim=-2))",
        "parametrizations.spectral_norm(utils.weight_norm(MultiheadAttention(8, 2), name='in_proj_weight'), name='in_proj_weight_v')",
    ];

    /// <summary>Inside a parent every name has a prefix, of what is read too; as JSON it reads back.</summary>
    [Theory, MemberData(nameof(Nested))]
    public void Inside_a_parent_and_as_JSON(string expression)
    {
        InitPlan plan = InitPlan.Of(expression, s_profile);
        InitPlan parent = InitPlan.Of($"Sequential(Linear(2, 3), Sequential({expression}))", s_profile);
        Generator generator = new(4L, s_profile);
        _ = InitPlan.Of("Linear(2, 3)", s_profile).Materialize(generator);
        StateDict alone = plan.Materialize(generator), inside = parent.Materialize(4);
        StateDict read = PlanJson.Read(PlanJson.Write(parent)).Materialize(4);
        Assert.Equal(alone.Keys.Select(name => $"1.0.{name}"), inside.Keys.Skip(2));
        foreach (string name in alone.Keys)
        {
            AssertBits.Equal(alone[name].AsSpan<float>(), inside[$"1.0.{name}"].AsSpan<float>());
            AssertBits.Equal(alone[name].AsSpan<float>(), read[$"1.0.{name}"].AsSpan<float>());
        }
    }

    /// <summary>u and v of the second are of the first's W/σ: the same singular vectors, from other draws.</summary>
    [Fact]
    public void The_second_spectral_norm_finds_the_same_vectors()
    {
        const string Once = "parametrizations.spectral_norm(Linear(3, 4), n_power_iterations=200)";
        const string Twice = $"parametrizations.spectral_norm({Once}, n_power_iterations=200)";
        StateDict state = InitPlan.Of(Twice, s_profile).Materialize(1, DType.Float64);
        foreach (string vector in (string[])["_u", "_v"])
        {
            double[] first = state[$"parametrizations.weight.0.{vector}"].AsSpan<double>().ToArray();
            double[] second = state[$"parametrizations.weight.1.{vector}"].AsSpan<double>().ToArray();
            Assert.Equal(1, Math.Abs(first.Zip(second, (x, y) => x * y).Sum()), 1e-12);
        }
    }

    /// <summary>A row of zeros has no direction: weight_norm computes NaN of it, and every later vector is NaN, as in torch.</summary>
    [Fact]
    public void A_row_of_zeros_under_weight_norm()
    {
        const string Padded = "parametrizations.spectral_norm(parametrizations.weight_norm(Embedding(5, 3, padding_idx=1)))";
        StateDict state = InitPlan.Of(Padded, s_profile).Materialize(1);
        Assert.All(state["parametrizations.weight.1._v"].AsSpan<float>().ToArray(), x => Assert.True(float.IsNaN(x)));
        Assert.DoesNotContain(float.NaN, state["parametrizations.weight.original1"].AsSpan<float>().ToArray());
    }

    /// <summary>The title makes the same plan again.</summary>
    [Theory]
    [InlineData("parametrizations.spectral_norm(Linear(3, 4), n_power_iterations=5, eps=0.5, dim=1)")]
    [InlineData("utils.spectral_norm(Linear(3, 4), n_power_iterations=5)")]
    [InlineData("parametrizations.spectral_norm(BatchNorm1d(3), name='bias')")]
    [InlineData("utils.weight_norm(Linear(3, 4), name='bias', dim=None)")]
    public void Titles(string expression)
    {
        InitPlan plan = InitPlan.Of(expression, s_profile);
        Assert.Equal(plan.ToString(), InitPlan.Of(plan.Title, s_profile).ToString());
    }

    /// <summary>A plan from JSON knows its class by its title: a transposed convolution's rows are its second dimension.</summary>
    [Fact]
    public void A_plan_read_back_is_wrapped_by_its_class()
    {
        InitPlan read = PlanJson.Read(PlanJson.Write(InitPlan.Of("utils.weight_norm(ConvTranspose1d(2, 3, 4))", s_profile)));
        Assert.Equal([3], Modules.SpectralNorm(read, "weight_v")["weight_v_u"].Shape);
    }
}
