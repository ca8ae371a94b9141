using TorchInit.Parity;

namespace TorchInit.StatisticsTests.Checks;

public class StructureTests
{
    static string[] Violations(string expression, Action<Span<float>>? change = null, DType dtype = DType.Float32)
    {
        InitPlan plan = InitPlan.Of(expression);
        StateDict state = plan.Materialize(0, dtype);
        if (change is not null) { change(state.Values.First().AsSpan<float>()); }
        return [.. TorchInit.Parity.Structure.Violations(plan, state)];
    }

    static string Name(string expression) => InitPlan.Of(expression).Tensors[0].Name;

    [Theory]
    [InlineData("init.orthogonal_((4, 6))", DType.Float32)]
    [InlineData("init.orthogonal_((6, 4), gain=3.0)", DType.Float64)]
    [InlineData("init.orthogonal_((4, 4), gain=0.0)", DType.Float32)]
    [InlineData("init.sparse_((10, 6), 0.25)", DType.Float32)]
    [InlineData("init.sparse_((10, 6), 0.25)", DType.BFloat16)]
    [InlineData("init.eye_((3, 4))", DType.Float16)]
    [InlineData("init.dirac_((4, 2, 3), groups=2)", DType.Float32)]
    [InlineData("TransformerEncoder(TransformerEncoderLayer(4, 2, 4), 2)", DType.Float32)]
    public void Right_draws_hold_their_structure(string expression, DType dtype) => Assert.Empty(Violations(expression, null, dtype));

    [Fact]
    public void The_distance_from_orthogonal_is_the_worst_product()
    {
        // Rows (1, 0, 0) and (0.6, 0.8, 0): their product is 0.6.
        Assert.Equal(0.6, TorchInit.Parity.Structure.FromOrthogonal([1, 0, 0, 0.6, 0.8, 0], 2, 1), 1e-15);
        Assert.Equal(0.6, TorchInit.Parity.Structure.FromOrthogonal([1, 0.6, 0, 0.8, 0, 0], 3, 1), 1e-15);
        Assert.Equal(0, TorchInit.Parity.Structure.FromOrthogonal([2, 0, 0, 2], 2, 2), 1e-15);
        Assert.Equal(3, TorchInit.Parity.Structure.FromOrthogonal([2, 0, 0, 2], 2, 1), 1e-15);
        Assert.Equal(0.75, TorchInit.Parity.Structure.FromOrthogonal([1, 0, 0, 1], 2, 2), 1e-15);
    }

    [Fact]
    public void What_is_not_orthogonal_says_by_how_much()
    {
        string violation = Violations("init.orthogonal_((4, 4))", values => values.Fill(0.5f)).Single();
        // Rows of four halves: every product is 1. Allowed: 16 roundings of float32 times √16.
        Assert.Equal($"{Name("init.orthogonal_((4, 4))")} is not orthogonal: max |QᵀQ − I| = 1, allowed 7.7E-06", violation);
        Assert.Empty(Violations("init.orthogonal_((4, 4))", values => values[0] += 1e-6f));
        Assert.NotEmpty(Violations("init.orthogonal_((4, 4))", values => { foreach (ref float value in values) { value *= 1.00001f; } }));
        InitPlan plan = InitPlan.Of("init.orthogonal_((4, 4))");
        StateDict state = plan.Materialize(0, DType.Float64);
        foreach (ref double value in state.Values.Single().AsSpan<double>()) { value *= 1 + 1e-12; }
        Assert.NotEmpty(TorchInit.Parity.Structure.Violations(plan, state));
    }

    [Fact]
    public void Zeros_of_a_column_are_counted()
    {
        const string Sparse = "init.sparse_((10, 6), 0.25)";
        string name = Name(Sparse);
        // ⌈2.5⌉ = 3 zeros a column.
        Assert.Equal([$"{name} has 2 zeros in column 4; there must be 3"], Violations(Sparse, values =>
        {
            for (int row = 0; row < 10; row++) { if (values[row * 6 + 4] == 0) { values[row * 6 + 4] = 1; break; } }
        }));
        Assert.Equal([$"{name} has 3 zeros too many"], Violations(Sparse, values =>
        {
            for (int row = 0, left = 3; left > 0; row++) { if (values[row * 6] != 0) { (values[row * 6], left) = (0, left - 1); } }
        }));
        // One draw in 2²⁴ is 0 by itself: one zero too many happens once in 280,000, three not once in 10¹⁶.
        Assert.Empty(Violations(Sparse,
            values => values[new int[] { 0, 6, 12,
            18 }[Array.FindIndex([values[0], values[6], values[12], values[18]], value => value != 0)]] = 0));
    }

    [Theory]
    [InlineData(3, false)]
    [InlineData(12, true)]
    public void Few_bits_are_zero_by_themselves(int more, bool accused)
    {
        // In float16 a draw of N(0, 10⁻¹⁰) is 0 once in 420: 0.14 of 60 are expected, three happen, twelve not once in 10¹².
        InitPlan plan = InitPlan.Of("init.sparse_((10, 6), 0.25, std=1e-5)");
        StateDict state = plan.Materialize(0, DType.Float16);
        foreach (ref Half value in state.Values.Single().AsSpan<Half>())
        {
            if (more > 0 && value != (Half)0) { (value, more) = ((Half)0, more - 1); }
        }
        Assert.Equal(accused, TorchInit.Parity.Structure.Violations(plan, state).Any());
    }

    [Fact]
    public void Patterns_name_the_first_wrong_element()
    {
        Assert.Equal([$"{Name("init.eye_((3, 4))")} has 2 at element 5; there must be 1"],
            Violations("init.eye_((3, 4))", values => values[5] = 2));
        Assert.Equal([$"{Name("init.dirac_((2, 2, 3))")} has 0.5 at element 0; there must be 0"],
            Violations("init.dirac_((2, 2, 3))", values => (values[0], values[1]) = (0.5f, 7)));
    }

    [Fact]
    public void Copies_are_equal()
    {
        InitPlan plan = new("made", TorchProfile.Default, [new("a", [4]), new("b", [4])],
            [new UniformStep("a", 0, 1), new CopyStep("b", "a")]);
        StateDict state = plan.Materialize(0);
        Assert.Empty(TorchInit.Parity.Structure.Violations(plan, state));
        state["b"].AsSpan<float>()[3] = 5;
        Assert.Equal(["b is not a copy of a"], TorchInit.Parity.Structure.Violations(plan, state));
        StateDict lonely = new() { { "b", state["b"] } };
        Assert.Empty(TorchInit.Parity.Structure.Violations(plan, lonely));
    }

    [Fact]
    public void What_a_later_step_overwrote_is_not_judged()
    {
        InitPlan plan = new("made", TorchProfile.Default, [new("a", [2, 2]), new("b", [1])],
            [new EyeStep("a"), new FillStep("a", 3), new FillStep("b", 0)]);
        Assert.Empty(TorchInit.Parity.Structure.Violations(plan, plan.Materialize(0)));
        InitPlan last = new("made", TorchProfile.Default, [new("a", [2, 2]), new("b", [1])],
            [new FillStep("a", 3), new EyeStep("a"), new FillStep("b", 0)]);
        StateDict state = last.Materialize(0);
        state["a"].AsSpan<float>()[0] = 9;
        Assert.Equal(["a has 9 at element 0; there must be 1"], TorchInit.Parity.Structure.Violations(last, state));
        Assert.Empty(TorchInit.Parity.Structure.Violations(last, new StateDict { { "b", state["b"] } }));
    }
}
