namespace TorchInit.Tests.Cuda;

/// <summary>The generator of a GPU: seed and offset, 16 bytes in and out, and the CPU's beside it.</summary>
public class CudaGeneratorTests
{
    static TorchProfile Profile => CudaVector.Profile;

    [Fact]
    public void Philox_has_the_published_words()
    {
        Assert.Equal(new(0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8), Philox.Words(0, 0, 0));
        Assert.Equal(new(0x011bcc85, 0xfa37973c, 0x1574dc00, 0xcff59dc9), Philox.Words(0x123456789abcdef0, 5, 0x100000007));
    }

    [Theory, InlineData(540_673, 4, 8), InlineData(1_081_345, 8, 12), InlineData(3_000_001, 12, 24), InlineData(1, 4, 4)]
    public void A_fill_takes_what_its_threads_draw(long count, long float32, long float64)
    {
        bool none = false;
        Assert.Equal(float32, Profile.Fills.Uniform.Length(new(count), DType.Float32, Profile, ref none));
        Assert.Equal(float64, Profile.Fills.Normal.Length(new(count), DType.Float64, Profile, ref none));
        TorchProfile before = TorchProfile.Cuda("2.3", Gpu.H100Sxm);
        Assert.Equal(float32, before.Fills.Normal.Length(new(count), DType.Float64, before, ref none));
    }

    [Fact]
    public void A_fill_without_elements_takes_nothing()
    {
        Generator generator = new(3L, Profile);
        Init.Normal<float>([], generator);
        RandPerm.Fill([], generator);
        Assert.Equal(0UL, generator.Offset);
    }

    [Fact]
    public void A_state_is_seed_and_offset()
    {
        Generator generator = new(-1L, Profile);
        generator.Advance(0x123456788);
        Assert.Equal("FFFFFFFFFFFFFFFF8867452301000000", Convert.ToHexString(generator.GetState()));
        Generator other = new(Profile);
        other.SetState(generator.GetState());
        Assert.Equal((ulong.MaxValue, 0x123456788UL), (other.InitialSeed, other.Offset!.Value));
        other.SetState([7, 0, 0, 0, 0, 0, 0, 0]);
        Assert.Equal((7UL, 0UL), (other.InitialSeed, other.Offset!.Value));
    }

    [Fact]
    public void Up_to_2_0_a_state_had_816_bytes()
    {
        byte[] state = new Generator(5L, TorchProfile.Cuda("2.0", Gpu.T4)).GetState();
        Assert.Equal(816, state.Length);
        Assert.All(state[..800], filler => Assert.Equal(0xFF, filler));
        Assert.Equal("05000000000000000000000000000000", Convert.ToHexString(state[800..]));
        Generator other = new(Profile);
        Assert.Equal("RNG state is wrong size", Assert.Throws<TorchArgumentException>(() => other.SetState(state)).TorchMessage);
    }

    [Theory, InlineData("00", "RNG state is wrong size"), InlineData("", "RNG state is wrong size"),
        InlineData("00000000000000000200000000000000", "offset must be a multiple of 4")]
    public void Other_states_are_refused_and_change_nothing(string state, string message)
    {
        Generator generator = new(9L, Profile);
        generator.Advance(12);
        byte[] before = generator.GetState();
        TorchArgumentException error = Assert.Throws<TorchArgumentException>(() => generator.SetState(Convert.FromHexString(state)));
        Assert.Equal(("RuntimeError", message), (error.TorchKind, error.TorchMessage));
        Assert.Equal(before, generator.GetState());
    }

    [Fact]
    public void An_offset_is_a_multiple_of_4()
    {
        Generator generator = new(9L, Profile);
        Assert.Throws<ArgumentOutOfRangeException>(() => generator.Advance(6));
        Assert.Throws<ArgumentOutOfRangeException>(() => generator.Advance(-4));
        Assert.Equal(0UL, generator.Offset);
        Assert.Null(new Generator(9L).Offset);
    }

    [Fact]
    public void A_clone_goes_its_own_way()
    {
        Generator generator = new(11L, Profile);
        Init.Uniform<float>(new float[5], generator);
        generator.Host!.NextUInt32();
        Generator clone = generator.Clone();
        Assert.Equal(generator.GetState(), clone.GetState());
        Assert.Equal(generator.Host.GetState(), clone.Host!.GetState());
        Init.Uniform<float>(new float[5], clone);
        clone.Host.NextUInt32();
        Assert.Equal((4UL, 8UL), (generator.Offset!.Value, clone.Offset!.Value));
        Assert.NotEqual(generator.Host.GetState(), clone.Host.GetState());
    }

    [Fact]
    public void A_copy_has_the_CPUs_state_too()
    {
        Generator from = new(11L, Profile), to = new(12L, Profile);
        from.Host!.NextUInt32();
        to.Host!.NextUInt32();
        to.Stream.CopyFrom(from.Stream);
        Assert.Equal(from.Host.GetState(), to.Host.GetState());
        to.Host.NextUInt32();
        Assert.NotEqual(from.Host.GetState(), to.Host.GetState());
    }

    /// <summary>manual_seed seeds both generators.</summary>
    [Fact]
    public void The_CPUs_generator_stands_beside_it()
    {
        Generator generator = new(21L, Profile), cpu = new(21L, Profile.On("cpu"));
        Assert.Equal(cpu.GetState(), generator.Host!.GetState());
        generator.ManualSeed(22);
        cpu.ManualSeed(22);
        Assert.Equal(cpu.GetState(), generator.Host!.GetState());
        Assert.Null(cpu.Host);
        Assert.Equal(cpu.Profile, generator.Host.Profile);
    }

    [Fact]
    public void What_needs_words_in_a_row_is_refused()
    {
        Generator generator = new(1L, Profile);
        Action[] refused = [() => generator.NextUInt32(), () => generator.NextUInt64(), () => generator.NextWords(new uint[3])];
        foreach (Action action in refused)
        {
            Assert.Contains("draws from a counter", Assert.Throws<NotSupportedException>(action).Message, StringComparison.Ordinal);
        }
    }

    /// <summary>The zeros of sparse_ are the default device's: from the CPU's generator, from the GPU's, or not said.</summary>
    [Fact]
    public void Zeros_come_from_the_default_device()
    {
        float[] normals = new float[40 * 7], byCpu = new float[40 * 7], byGpu = new float[40 * 7];
        Generator onCpu = new(5L, Profile with { IsDefaultDevice = false }), onGpu = new(5L, Profile with { IsDefaultDevice = true });
        Generator plain = new(5L, Profile), cpu = new(5L);
        Init.Sparse<float>(byCpu, [40, 7], onCpu, 0.25);
        Init.Sparse<float>(byGpu, [40, 7], onGpu, 0.25);
        Init.Normal<float>(normals, plain, 0, 0.01);
        float[] expected = [.. normals];
        SparseFill.PunchZeros<float>(expected, 40, 7, 10, cpu);
        AssertBits.Equal(expected, byCpu);
        Assert.Equal(plain.GetState(), onCpu.GetState());
        Assert.Equal(cpu.GetState(), onCpu.Host!.GetState());
        expected = [.. normals];
        Generator behind = new(5L, onGpu.Profile);
        behind.Advance(4);
        SparseFill.PunchZeros<float>(expected, 40, 7, 10, behind);
        AssertBits.Equal(expected, byGpu);
        Assert.Equal(4UL + 7 * (4 + 40), onGpu.Offset);
        ArgumentException notSaid = Assert.Throws<ArgumentException>(() => Init.Sparse<float>(byGpu, [40, 7], plain, 0.25));
        Assert.Contains(nameof(TorchProfile.IsDefaultDevice), notSaid.Message, StringComparison.Ordinal);
    }
}
