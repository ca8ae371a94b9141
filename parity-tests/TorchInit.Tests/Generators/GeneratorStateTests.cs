using System.Buffers.Binary;

namespace TorchInit.Tests.Generators;

public class GeneratorStateTests
{
    [Fact]
    public void A_fresh_state_has_torchs_fields()
    {
        byte[] state = new Generator(-1).GetState();
        Assert.Equal(5056, state.Length);
        Assert.Equal(ulong.MaxValue, BinaryPrimitives.ReadUInt64LittleEndian(state));
        Assert.Equal(1, BinaryPrimitives.ReadInt32LittleEndian(state.AsSpan(8)));     // left
        Assert.Equal(1, BinaryPrimitives.ReadInt32LittleEndian(state.AsSpan(12)));    // seeded
        Assert.Equal(0UL, BinaryPrimitives.ReadUInt64LittleEndian(state.AsSpan(16))); // next
        Assert.Equal(uint.MaxValue, BinaryPrimitives.ReadUInt64LittleEndian(state.AsSpan(24)));
        Assert.All(state[5016..], value => Assert.Equal(0, value));
    }

    [Theory]
    [InlineData(1, 624, 1)]
    [InlineData(624, 1, 624)]
    [InlineData(625, 624, 1)]
    public void The_counters_are_torchs(int words, int left, ulong next)
    {
        Generator generator = new(0);
        generator.Advance(words);
        byte[] state = generator.GetState();
        Assert.Equal(left, BinaryPrimitives.ReadInt32LittleEndian(state.AsSpan(8)));
        Assert.Equal(next, BinaryPrimitives.ReadUInt64LittleEndian(state.AsSpan(16)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(623)]
    [InlineData(624)]
    [InlineData(1000)]
    public void A_state_goes_on_where_it_was_taken(int words)
    {
        Generator first = new(11);
        first.Advance(words);
        Init.Normal(new double[5].AsSpan(), first);
        Generator second = new(99);
        second.SetState(first.GetState());
        Assert.Equal(11UL, second.InitialSeed);
        float[] a = new float[37], b = new float[37];
        Init.Normal(a.AsSpan(0, 3), first);
        Init.Normal(b.AsSpan(0, 3), second);
        Init.Uniform(a.AsSpan(3), first);
        Init.Uniform(b.AsSpan(3), second);
        AssertBits.Equal(a, b);
        Assert.Equal(first.GetState(), second.GetState());
    }

    [Fact]
    public void The_legacy_form_has_no_float_sample()
    {
        Generator generator = new(11);
        generator.Advance(3);
        Generator other = new(0);
        other.SetState(generator.GetState().AsSpan(0, 5048));
        Assert.Equal(generator.GetState(), other.GetState());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5047)]
    [InlineData(5049)]
    [InlineData(5055)]
    [InlineData(5057)]
    public void Another_length_is_refused(int length)
    {
        TorchArgumentException error = Assert.Throws<TorchArgumentException>(() => new Generator(0).SetState(new byte[length]));
        Assert.Equal(("RuntimeError",
            $"Expected either a CPUGeneratorImplStateLegacy of size 5048 or a CPUGeneratorImplState of size 5056 but found the input RNG "
                + $"state size to be {length}"), (error.TorchKind, error.TorchMessage));
        Assert.Contains($"{length} bytes", error.Message, StringComparison.Ordinal);
        Assert.Contains("5056 bytes, or 5048 in the legacy form", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(8, 0)]      // left
    [InlineData(8, 625)]
    [InlineData(8, -1)]
    [InlineData(12, 0)]     // seeded
    [InlineData(16, 625)]   // next
    public void Counters_out_of_range_are_refused_and_change_nothing(int offset, int value)
    {
        Generator generator = new(5);
        byte[] before = generator.GetState();
        byte[] state = new Generator(6).GetState();
        BinaryPrimitives.WriteInt32LittleEndian(state.AsSpan(offset), value);
        TorchArgumentException error = Assert.Throws<TorchArgumentException>(() => generator.SetState(state));
        Assert.Equal(("RuntimeError", "Invalid mt19937 state"), (error.TorchKind, error.TorchMessage));
        Assert.Contains($"{(offset == 8 ? "left" : offset == 12 ? "seeded" : "next")} {value}", error.Message, StringComparison.Ordinal);
        Assert.Contains("seeded not 0, left 1 to 624, next 0 to 624", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, generator.GetState());
    }

    /// <summary>Torch would read past its 624 words.</summary>
    [Theory, InlineData(2, 624), InlineData(624, 2), InlineData(300, 326)]
    public void Counters_that_lead_past_the_words_are_refused(int left, int next)
    {
        TorchArgumentException error = Assert.Throws<TorchArgumentException>(() => new Generator(0).SetState(With(left, next)));
        Assert.Equal(("RuntimeError", "Invalid mt19937 state"), (error.TorchKind, error.TorchMessage));
        Assert.Contains($"left {left}, next {next}", error.Message, StringComparison.Ordinal);
        Assert.Contains("left + next at most 625", error.Message, StringComparison.Ordinal);
    }

    [Theory, InlineData(1, 624), InlineData(1, 0), InlineData(2, 623), InlineData(624, 1), InlineData(300, 325)]
    public void Counters_that_end_with_the_words_are_taken(int left, int next)
    {
        Generator generator = new(0);
        generator.SetState(With(left, next));
        Assert.Equal(With(left, next), generator.GetState());
    }

    static byte[] With(int left, int next)
    {
        Generator generator = new(6);
        generator.Advance(1);
        byte[] state = generator.GetState();
        BinaryPrimitives.WriteInt32LittleEndian(state.AsSpan(8), left);
        BinaryPrimitives.WriteInt32LittleEndian(state.AsSpan(16), next);
        return state;
    }

    /// <summary>The legacy form stores the angle and the radius of a pair; the second normal is ρ sin 2πx.</summary>
    [Fact]
    public void The_legacy_form_has_a_pairs_angle_and_radius()
    {
        byte[] state = new Generator(11).GetState()[..5048];
        BinaryPrimitives.WriteDoubleLittleEndian(state.AsSpan(5016), 0.125);
        BinaryPrimitives.WriteDoubleLittleEndian(state.AsSpan(5032), 3);
        BinaryPrimitives.WriteInt32LittleEndian(state.AsSpan(5040), 1);
        Generator generator = new(0);
        generator.SetState(state);
        double[] drawn = new double[1];
        Init.Normal(drawn.AsSpan(), generator);
        Assert.Equal(3 * Math.Sin(Math.PI / 4), drawn[0]);
        BinaryPrimitives.WriteInt32LittleEndian(state.AsSpan(5040), 0);
        Assert.Equal(state, generator.GetState().AsSpan(0, 5016).ToArray().Concat(state[5016..]));
    }
}
