using TorchInit.Parity;

namespace TorchInit.StatisticsTests.Checks;

/// <summary>One rule broken at a time.</summary>
public class BehaviourTests
{
    sealed class Fake(Func<DrawRequest, Drawn> draw, Func<ulong, int, ulong>? seeds = null) : Initialiser
    {
        public override string Name => "fake";

        public override Drawn Draw(DrawRequest request) => draw(request);

        public override ulong SeedOf(ulong seed, int worker) => seeds is null ? base.SeedOf(seed, worker) : seeds(seed, worker);
    }

    static Drawn Right(DrawRequest request) => new PlanInitialiser().Draw(request);

    static string[] Broken(Func<DrawRequest, Drawn> draw, string expression = "Linear(4, 6)", Func<ulong, int, ulong>? seeds = null)
        => [.. Behaviour.Broken(new Fake(draw, seeds), new(expression, InitPlan.Of(expression), DType.Float32, 3))];

    [Fact]
    public void The_right_initialiser_breaks_none()
    {
        Assert.Equal("fake", new Fake(Right).ToString());
        Assert.Empty(Broken(Right));
        Assert.Empty(Broken(Right, "LayerNorm(3)"));
        Assert.Empty(Broken(Right, "PReLU()"));
        Assert.Empty(Broken(Right, "init.uniform_((1, 4))"));
        // One row has no shards.
        Assert.Empty(Broken(request => Right(request.Shard is null ? request : request with { Seed = 99 }), "init.uniform_((1, 4))"));
        // How many words a rejection takes is known afterwards only.
        Assert.Empty(Broken(Right, "init.trunc_normal_((6, 4))"));
    }

    [Fact]
    public void Each_rule_has_its_own_name()
    {
        Assert.Equal(["same seed, same bits", "other seed, other bits", "workers differ", "generator advances", "any number of threads",
            "shards of the whole"], Behaviour.Names);
        ulong calls = 0;
        Assert.Equal([Behaviour.Replay], Broken(request => calls++ == 1 ? Right(request with { Seed = 99 }) : Right(request)));
        // Constants that are asked for twice and differ break only the first rule.
        Assert.Equal([Behaviour.Replay],
            Broken(request => new(new() { { "weight", TensorBuffer.Of([(float)calls++], [1]) } }, []), "LayerNorm(1)"));
        Assert.Equal([Behaviour.Seeds],
            Broken(request => Right(request with { Seed = request.Seed == 4 ? 3 : request.Seed }), seeds: (seed, worker) => seed
            + 7 * (ulong)worker));
        Assert.Equal([Behaviour.Workers], Broken(Right, seeds: (seed, _) => seed));
        Assert.Equal([Behaviour.Advance], Broken(request => Right(request) with { State = new Generator(request.Seed).GetState() }));
        Assert.Equal([Behaviour.Threads],
            Broken(request => Right(request with { Seed = request.Seed + (request.Threads == 8 ? 1UL : 0) })));
        Assert.Equal([Behaviour.ShardsOfWhole],
            Broken(request => Right(request.Shard is { Index: 1 } ? request with { Shard = (0, 2) } : request)));
    }

    [Fact]
    public void An_initialiser_that_tells_no_state_is_not_blamed_for_it()
    {
        Assert.Empty(Broken(request => Right(request) with { State = [] }));
        Assert.Equal([Behaviour.Advance],
            Broken(request => Right(request) with { State = new Generator(request.Seed).GetState() }, "init.trunc_normal_((6, 4))"));
        Assert.Equal([Behaviour.Advance], Broken(request => Right(request) with { State = Advanced(request.Seed, 29) }));
        Assert.Empty(Broken(request => Right(request) with { State = Advanced(request.Seed, 30) }));

        static byte[] Advanced(ulong seed, long words)
        {
            Generator generator = new(seed);
            generator.Advance(words);
            return generator.GetState();
        }
    }

    [Fact]
    public void Tensors_are_the_same_by_name_dtype_size_and_bits()
    {
        StateDict one = new() { { "a", TensorBuffer.Of([0f, 1], [2]) } };
        Assert.True(Behaviour.Same(one, new() { { "a", TensorBuffer.Of([0f, 1], [2]) } }));
        Assert.False(Behaviour.Same(one, new() { { "b", TensorBuffer.Of([0f, 1], [2]) } }));
        Assert.False(Behaviour.Same(one, new() { { "a", TensorBuffer.Of([-0f, 1], [2]) } }));
        Assert.False(Behaviour.Same(one, new() { { "a", TensorBuffer.Of([0f, 1, 2], [3]) } }));
        Assert.False(Behaviour.Same(one, new() { { "a", TensorBuffer.Zeros(DType.Float64, [2]) } }));
        Assert.False(Behaviour.Same(one, []));
        Assert.False(Behaviour.Same(new() { { "a", TensorBuffer.Zeros(DType.Float16, [2]) } },
            new() { { "a", TensorBuffer.Zeros(DType.BFloat16, [2]) } }));
        Assert.False(Behaviour.Same(new() { { "a", TensorBuffer.Of([0f], [1]) }, { "b", TensorBuffer.Of([0f], [1]) } },
            new() { { "a", TensorBuffer.Of([0f], [1]) }, { "b", TensorBuffer.Of([1f], [1]) } }));
    }
}
