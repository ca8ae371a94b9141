using TorchInit.Parity;

namespace TorchInit.StatisticsTests.Mutants;

/// <summary>Each faulty initialiser has the fault that its label says, and no other.</summary>
public class MuseumTests
{
    public static TheoryData<string> Numbers => [.. Museum.Shipped.Select(mutant => mutant.Number)];

    [Fact]
    public void Eighteen_bugs_some_in_two_variants()
        => Assert.Equal("1 2 3 4 5 6 7 8 9a 9b 10a 10b 11 12 13 14 15 16a 16b 17a 17b 18",
            string.Join(' ', Museum.Shipped.Select(mutant => mutant.Number)));

    [Theory, MemberData(nameof(Numbers))]
    public void A_label_is_complete(string number)
    {
        Mutant mutant = Exhibit.Of(number);
        Assert.All(new[] { mutant.Name, mutant.Origin, mutant.Fault }, Assert.NotEmpty);
        Assert.NotEmpty(mutant.Expressions);
        Assert.All(mutant.Expressions, expression => Assert.NotEmpty(InitPlan.Of(expression).Tensors));
        Assert.Equal(number == "13" ? DType.BFloat16 : DType.Float32, mutant.DType);
        Assert.Equal(number == "14", mutant.Seeds is not null);
        Assert.Equal(number == "12", mutant.DrawsShards);
    }

    // σ = √(2/(64 + 32)), and a uniform of this deviation ends at σ·√3.
    [Theory]
    [InlineData("1", "init.xavier_normal_((64, 32))", "init.uniform_((64, 32), -0.25, 0.25)")]
    [InlineData("2", "init.trunc_normal_((8, 4))", "init.ones_((8, 4))")]
    // The bound is √(6/96) = 0.25, its deviation 0.25/√3.
    [InlineData("5", "init.xavier_uniform_((64, 32))", "init.normal_((64, 32), 0.0, 0.14433756729740643)")]
    [InlineData("5", "init.uniform_((8, 4), 0.0, 1.0)", "init.normal_((8, 4), 0.5, 0.28867513459481287)")]
    // The bound is √(6/32); √3 times that is 0.75.
    [InlineData("6", "init.kaiming_uniform_((8, 32))", "init.uniform_((8, 32), -0.75, 0.75)")]
    // √(2/64 + 4) and √(2/4 + 64), where 2/68 belongs.
    [InlineData("7", "init.xavier_normal_((4, 64))", "init.normal_((4, 64), 0.0, 2.0077973005261263)")]
    [InlineData("7", "init.xavier_normal_((64, 4))", "init.normal_((64, 4), 0.0, 8.031189202104505)")]
    [InlineData("8", "init.normal_((8, 4), mean=0.5, std=0.02)", "init.normal_((8, 4), 0.5, 1.0)")]
    [InlineData("8", "init.normal_((8, 4), mean=0.5, std=2.0)", "init.normal_((8, 4), 0.5, 2.0)")]
    [InlineData("9a", "Embedding(6, 4)", "init.zeros_((6, 4))")]
    // Bounds 1/√(8·9) and, with 4 groups, 1/√(2·9): divided by √4 it is the former again.
    [InlineData("16a", "Conv2d(8, 16, 3, bias=False)", "init.uniform_((16, 8, 3, 3), -0.11785113019775793, 0.11785113019775793)")]
    [InlineData("16a", "Conv2d(8, 16, 3, groups=4, bias=False)", "init.uniform_((16, 2, 3, 3), -0.11785113019775793, 0.11785113019775793)")]
    // fan_in is the second size times 9: 1/√72 for 8, and for 32 1/√288, which the fault makes 1/√72.
    [InlineData("16b", "ConvTranspose2d(8, 8, 3, bias=False)", "init.uniform_((8, 8, 3, 3), -0.11785113019775793, 0.11785113019775793)")]
    [InlineData("16b", "ConvTranspose2d(8, 32, 3, bias=False)", "init.uniform_((8, 32, 3, 3), -0.11785113019775793, 0.11785113019775793)")]
    // √2·√3/√6 = 1; with a slope of 0.01 it is 1/√1.0001.
    [InlineData("17a", "init.kaiming_uniform_((5, 6))", "init.uniform_((5, 6), -0.9999500037496875, 0.9999500037496875)")]
    // The bound is 1/√64, the deviation that over √3.
    [InlineData("17b", "Linear(64, 4, bias=False)", "init.normal_((4, 64), 0.0, 0.07216878364870322)")]
    // 0.5² = 0.25.
    [InlineData("18", "init.trunc_normal_((8, 4), std=0.5)", "init.trunc_normal_((8, 4), std=0.25)")]
    public void A_fault_in_a_step_draws_another_step(string number, string expression, string drawn)
        => Exhibit.Near(Exhibit.Fill(drawn), Exhibit.Draw(number, expression).Tensors.Values.Single());

    [Fact]
    public void The_global_generator_moves_and_the_callers_does_not()
    {
        Drawn first = Exhibit.Draw("3", "init.uniform_((4, 8))"), second = Exhibit.Draw("3", "init.uniform_((4, 8))");
        Assert.False(Exhibit.SameBits(first.Tensors.Values.Single(), second.Tensors.Values.Single()));
        Assert.Equal(new Generator(Exhibit.Seed).GetState(), first.State);
    }

    [Fact]
    public void A_count_of_calls_is_where_a_seed_should_be()
    {
        Span<double> first = Exhibit.Draw("4", "Linear(4, 3)").Tensors["weight"].AsSpan<double>();
        Span<double> second = Exhibit.Draw("4", "Linear(4, 3)").Tensors["weight"].AsSpan<double>();
        long call = 1;
        while (!At(call).AsSpan().SequenceEqual(first)) { Assert.True(++call < 100_000); }
        Assert.Equal(At(call + 1), second.ToArray());

        static double[] At(long seed) => [.. InitPlan.Of("Linear(4, 3)").Materialize(seed, DType.Float64)["weight"].AsSpan<double>()];
    }

    [Fact]
    public void Only_the_bias_is_zero()
    {
        StateDict drawn = Exhibit.Draw("9b", "Linear(4, 3)").Tensors;
        Assert.True(Exhibit.SameBits(Exhibit.Right("Linear(4, 3)")["weight"], drawn["weight"]));
        Assert.Equal([0, 0, 0], drawn["bias"].AsSpan<double>().ToArray());
    }

    // 1,280 is five blocks, 512 is two, 256 is one.
    [Theory]
    [InlineData("init.normal_((32, 40))", "0 0 2 2 4")]
    [InlineData("init.normal_((32, 16))", "0 0")]
    [InlineData("init.normal_((32, 8))", "0")]
    public void Every_second_block_of_256_repeats_the_one_before(string expression, string blocks)
    {
        double[] right = Exhibit.Fill(expression);
        double[] expected = [.. blocks.Split(' ').SelectMany(block => right.Skip(int.Parse(block) * 256).Take(256))];
        Assert.Equal(expected, Exhibit.Draw("10a", expression).Tensors.Values.Single().AsSpan<double>().ToArray());
    }

    [Fact]
    public void One_thread_has_the_seed_and_three_have_two_more()
    {
        DrawRequest request = Exhibit.Request("init.normal_((8, 8))");
        Mutant mutant = Exhibit.Of("10b");
        Assert.True(Exhibit.SameBits(Exhibit.Right(request.Expression).Values.Single(), mutant.Draw(request).Tensors.Values.Single()));
        Assert.True(Exhibit.SameBits(request.Plan.Materialize(Exhibit.Seed + 2, DType.Float64).Values.Single(),
            mutant.Draw(request with { Threads = 3 }).Tensors.Values.Single()));
    }

    [Fact]
    public void Every_tensor_starts_where_the_first_did()
    {
        Drawn drawn = Exhibit.Draw("11", "Sequential(Linear(4, 4), Linear(4, 4))");
        Assert.Equal(["0.weight", "0.bias", "1.weight", "1.bias"], drawn.Tensors.Keys);
        Assert.True(Exhibit.SameBits(Exhibit.Right("Linear(4, 4)")["weight"], drawn.Tensors["0.weight"]));
        Assert.True(Exhibit.SameBits(drawn.Tensors["0.weight"], drawn.Tensors["1.weight"]));
        Exhibit.Near(drawn.Tensors["0.weight"].AsSpan<double>()[..4], drawn.Tensors["1.bias"]);
        Assert.Empty(drawn.State);
    }

    [Fact]
    public void Every_shard_is_the_first()
    {
        DrawRequest request = Exhibit.Request("init.normal_((6, 4))");
        double[] whole = Exhibit.Fill(request.Expression);
        foreach (int index in new[] { 0, 2 })
        {
            Exhibit.Near(whole.AsSpan(0, 8), Exhibit.Of("12").Draw(request with { Shard = (index, 3) }).Tensors.Values.Single());
        }
        Exhibit.Near(whole, Exhibit.Of("12").Draw(request).Tensors.Values.Single());
    }

    [Fact]
    public void A_shard_of_another_mutant_is_cut_from_its_whole()
    {
        DrawRequest request = Exhibit.Request("init.normal_((8, 4), mean=0.0, std=0.5)");
        Exhibit.Near(Exhibit.Fill("init.normal_((8, 4))").AsSpan(16), Exhibit.Of("8")
            .Draw(request with { Shard = (1, 2) }).Tensors.Values.Single());
    }

    [Fact]
    public void Outliers_are_those_of_2_11()
    {
        const string Expression = "init.trunc_normal_((64, 64), std=0.002)";
        StateDict old = InitPlan.Of(Expression, TorchProfile.For("2.11")).Materialize(Exhibit.Seed, DType.BFloat16);
        Drawn drawn = Exhibit.Of("13")
            .Draw(new(Expression, InitPlan.Of(Expression, TorchProfile.For("2.12")), DType.BFloat16, Exhibit.Seed));
        Assert.True(Exhibit.SameBits(old.Values.Single(), drawn.Tensors.Values.Single()));
    }

    [Fact]
    public void Workers_differ_above_bit_32_only()
    {
        Mutant mutant = Exhibit.Of("14");
        Assert.Equal([7UL, 7 + (1UL << 32), 7 + (3UL << 32)], new[] { 0, 1, 3 }.Select(worker => mutant.SeedOf(7, worker)));
        Assert.Equal([7UL, 8UL], new[] { 0, 1 }.Select(worker => Exhibit.Of("15").SeedOf(7, worker)));
        Assert.True(Exhibit.SameBits(Exhibit.Right("Linear(4, 3)")["weight"],
            mutant.Draw(Exhibit.Request("Linear(4, 3)")).Tensors["weight"]));
    }

    [Fact]
    public void One_element_of_65536_lacks_its_last_bit()
    {
        // The first is element 4,096, the next would be 69,632 = 17 · 4,096.
        float[] right = [.. Exhibit.Right("init.uniform_((17, 4096))", DType.Float32).Values.Single().AsSpan<float>()];
        float[] drawn = [.. Exhibit.Draw("15", "init.uniform_((17, 4096))", DType.Float32).Tensors.Values.Single().AsSpan<float>()];
        Assert.Equal([4096], Enumerable.Range(0, right.Length).Where(i => right[i] != drawn[i]));
        Assert.Equal(MathF.ScaleB(1, -24), right[4096] - drawn[4096]);
    }

    [Fact]
    public void Names_are_what_tables_show()
    {
        Assert.Equal("a std below 1 is ignored", Exhibit.Of("8").ToString());
        Assert.Throws<ArgumentNullException>(() => Exhibit.Of("8").Draw(null!));
    }
}
