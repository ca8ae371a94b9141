namespace TorchInit.Tests.Profiles;

public class TorchProfileTests
{
    [Theory]
    [InlineData("1.13", "1.13")]
    [InlineData("1.13.1", "1.13")]
    [InlineData("1.13.0a0", "1.13")]
    [InlineData("2.0.1+cu117", "2.0")]
    [InlineData("2.1", "2.1")]
    [InlineData("2.6.0+debian", "2.1")]
    [InlineData("2.10.0", "2.1")]
    [InlineData("2.11.0+cu130", "2.1")]
    [InlineData("2.12.1", "2.12")]
    [InlineData("2.13.0+cpu", "2.13")]
    [InlineData("2.14.0.dev20260901", "2.13")]
    [InlineData("2.15.0", "2.13")]
    public void Any_version_string_has_its_rules(string version, string since)
        => Assert.Equal(Version.Parse(since), TorchProfile.For(version).SameDrawsSince);

    [Theory]
    [InlineData("2.16")]
    [InlineData("3.0")]
    [InlineData("1.12.1")]
    [InlineData("1.14")]
    [InlineData("0.4")]
    [InlineData("two")]
    [InlineData("2")]
    [InlineData("")]
    public void What_was_not_proved_is_refused(string version)
        => Assert.Contains($"'{version}'", Assert.Throws<ArgumentException>(() => TorchProfile.For(version)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_newer_version_is_told_how_to_go_on()
        => Assert.Contains("torchinit parity", Assert.Throws<ArgumentException>(() => TorchProfile.For("2.16")).Message,
            StringComparison.Ordinal);

    [Fact]
    public void The_default_is_the_newest_proved_one_on_linux()
        => Assert.Equal(("torch 2.15 linux-x64 avx2", LapackImplementation.Vendor),
            (TorchProfile.Default.ToString(), TorchProfile.Default.Lapack));

    [Fact]
    public void Arm_has_one_capability()
        => Assert.Equal(TorchProfile.For("2.13", TorchPlatform.LinuxArm64, CpuCapability.Default),
            TorchProfile.For("2.13", TorchPlatform.LinuxArm64, CpuCapability.Avx2));

    // One value that each choice changes: uniform over a range that is no power of two, and a normal block.
    [Theory]
    [InlineData(TorchPlatform.LinuxX64, CpuCapability.Avx2, true)]
    [InlineData(TorchPlatform.LinuxX64, CpuCapability.Default, false)]
    [InlineData(TorchPlatform.WindowsX64, CpuCapability.Avx2, false)]
    [InlineData(TorchPlatform.WindowsX64, CpuCapability.Default, false)]
    [InlineData(TorchPlatform.LinuxArm64, CpuCapability.Default, true)]
    [InlineData(TorchPlatform.MacOSArm64, CpuCapability.Default, true)]
    public void The_platform_decides_whether_uniforms_are_fused(TorchPlatform platform, CpuCapability cpu, bool fused)
    {
        float[] values = new float[8];
        Init.Uniform(values.AsSpan(), new Generator(42, TorchProfile.For("2.13", platform, cpu)), -0.3371, 1.77);
        // Recorded: 3f6dd5ff 3e506891 fused, 3f6dd5fe 3e506892 not.
        Assert.Equal(fused ? 0x3f6dd5ffu : 0x3f6dd5feu, BitConverter.SingleToUInt32Bits(values[5]));
        Assert.Equal(fused ? 0x3e506891u : 0x3e506892u, BitConverter.SingleToUInt32Bits(values[6]));
    }

    // clang 13 did not fuse; Linear(2, 3) of seed 1 as files drawn on Macs have it.
    [Theory]
    [InlineData("1.13", 0xbe0c5ee8u)]
    [InlineData("2.0", 0xbe0c5ee8u)]
    [InlineData("2.1", 0xbe0c5ee8u)]
    [InlineData("2.2", 0xbe0c5ee7u)]
    [InlineData("2.15", 0xbe0c5ee7u)]
    public void Macs_did_not_fuse_up_to_2_1(string version, uint bits)
    {
        TorchProfile profile = TorchProfile.For(version, TorchPlatform.MacOSArm64);
        StateDict drawn = InitPlan.Of("Linear(2, 3)", profile).Materialize(new Generator(1, profile));
        Assert.Equal(bits, BitConverter.SingleToUInt32Bits(drawn["weight"].AsSpan<float>()[2]));
        Assert.False(profile.WasRun);
        Assert.True(TorchProfile.For(version).WasRun);
    }

    [Fact]
    public void Intel_Macs_are_refused_with_the_reason()
    {
        string message = Assert.Throws<ArgumentException>(() => TorchPlatform.Parse("macos-x64")).Message;
        Assert.Contains("no torch for Intel Macs was run or read", message, StringComparison.Ordinal);
        Assert.Contains("macos-arm64", message, StringComparison.Ordinal);
    }

    // 1.13.1 and 2.6.0 raise RuntimeError, 2.11.0 NotImplementedError; the change came with 2.8.
    [Theory]
    [InlineData("1.13", "RuntimeError")]
    [InlineData("2.6", "RuntimeError")]
    [InlineData("2.7", "RuntimeError")]
    [InlineData("2.8", "NotImplementedError")]
    [InlineData("2.11", "NotImplementedError")]
    [InlineData("2.15", "NotImplementedError")]
    public void What_a_dtype_has_not_got_is_refused_as_the_version_does(string version, string kind)
    {
        TorchProfile profile = TorchProfile.For(version);
        foreach ((DType dtype, string name) in new[] { (DType.Float16, "Half"), (DType.BFloat16, "BFloat16") })
        {
            InitPlan plan = InitPlan.Of("init.orthogonal_((17, 15))", profile);
            TorchArgumentException error = Assert.Throws<TorchArgumentException>(() => plan.Materialize(new Generator(1, profile), dtype));
            Assert.Equal((kind, $"\"geqrf_cpu\" not implemented for '{name}'"), (error.TorchKind, error.TorchMessage));
        }
        Assert.Equal(kind, Assert.Throws<TorchArgumentException>(() => UniformBounds.Check<long>(0, 1, profile)).TorchKind);
        Assert.Equal(kind, Assert.Throws<TorchArgumentException>(() => NormalFill.Check<long>(1, profile)).TorchKind);
    }

    [Fact]
    public void Names_read_back()
    {
        foreach (TorchPlatform platform in Enum.GetValues<TorchPlatform>())
        {
            Assert.Equal(platform, TorchPlatform.Parse(platform.Name()));
        }
        Assert.Throws<ArgumentException>(() => TorchPlatform.Parse("solaris"));
    }

    [Fact]
    public void There_and_back_nothing_is_lost()
    {
        TorchProfile debian = TorchProfile.For("1.13", TorchPlatform.WindowsX64, CpuCapability.Default) with
        {
            Erf = ErfImplementation.Glibc,
            Lapack = LapackImplementation.Reference311,
        };
        Assert.Equal(debian, debian.On("cuda").On("cpu"));
        Assert.Equal(debian, debian.On("cuda").On("cuda:h100").On("cpu"));
        Assert.Equal(LapackImplementation.Reference312,
            (debian.On("cuda") with { Lapack = LapackImplementation.Reference312 }).On("cpu").Lapack);
        // Where it was makes no difference to what it draws.
        Assert.Equal(TorchProfile.Cuda("1.13", Gpu.Any), debian.On("cuda"));
        Assert.Equal(TorchProfile.Cuda("1.13", Gpu.Any).GetHashCode(), debian.On("cuda").GetHashCode());
        TorchProfile gpu = TorchProfile.Cuda("2.11", Gpu.H100Sxm) with { IsDefaultDevice = true };
        Assert.Equal(TorchProfile.For("2.11"), gpu.On("cpu"));
        Assert.Equal(gpu, gpu.On("cpu").On("cuda:h100"));
        Assert.Equal(gpu, gpu.On("cuda").On("cuda:h100"));
    }
}
