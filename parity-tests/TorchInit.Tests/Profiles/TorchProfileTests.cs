namespace TorchInit.Tests.Profiles;

public class TorchProfileTests
{
    [Theory]
    [InlineData("1.13", TorchEra.V1_13)]
    [InlineData("1.13.1", TorchEra.V1_13)]
    [InlineData("1.13.0a0", TorchEra.V1_13)]
    [InlineData("2.0.1+cu117", TorchEra.V2_0)]
    [InlineData("2.1", TorchEra.V2_1)]
    [InlineData("2.6.0+debian", TorchEra.V2_1)]
    [InlineData("2.10.0", TorchEra.V2_1)]
    [InlineData("2.11.0+cu130", TorchEra.V2_1)]
    [InlineData("2.12.1", TorchEra.V2_12)]
    [InlineData("2.13.0+cpu", TorchEra.V2_13)]
    [InlineData("2.14.0.dev20260901", TorchEra.V2_13)]
    [InlineData("2.15.0", TorchEra.V2_13)]
    public void Any_version_string_has_its_era(string version, TorchEra era) => Assert.Equal(era, TorchProfile.For(version).Era);

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
        => Assert.Contains($"'{version}'", Assert.Throws<ArgumentException>(() => TorchProfile.For(version)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_newer_version_is_told_how_to_go_on()
        => Assert.Contains("torchinit parity", Assert.Throws<ArgumentException>(() => TorchProfile.For("2.16")).Message, StringComparison.Ordinal);

    [Fact]
    public void The_default_is_the_newest_proved_one_on_linux()
        => Assert.Equal(("torch 2.15 linux-x64 avx2", LapackImplementation.Vendor), (TorchProfile.Default.ToString(), TorchProfile.Default.Lapack));

    [Fact]
    public void Arm_has_one_capability()
        => Assert.Equal(TorchProfile.For("2.13", TorchPlatform.LinuxArm64, CpuCapability.Default), TorchProfile.For("2.13", TorchPlatform.LinuxArm64, CpuCapability.Avx2));

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

    [Fact]
    public void Names_read_back()
    {
        foreach (TorchPlatform platform in Enum.GetValues<TorchPlatform>()) { Assert.Equal(platform, TorchPlatformExtensions.Parse(platform.Name())); }
        Assert.Throws<ArgumentException>(() => TorchPlatformExtensions.Parse("solaris"));
    }
}
