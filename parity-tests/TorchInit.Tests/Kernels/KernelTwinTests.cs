using System.Runtime.InteropServices;

namespace TorchInit.Tests.Kernels;

/// <summary>Every vector width gives the bits and the generator state of the scalar twin, for every length and from every place of a
/// block.</summary>
public class KernelTwinTests
{
    const int MostElements = 1300;       // past the edges of two blocks of 624

    /// <summary>The widths that this process has; where it has none, the scalar twin stands for itself.</summary>
    public static TheoryData<int> Widths => [.. VectorWidths.All.Where(IsTried).Select(width => (int)width)];

    public static TheoryData<int, string> WidthsAndProfiles => new(
        from width in VectorWidths.All
        where IsTried(width)
        from profile in new[] { "2.15 LinuxX64 Avx2", "2.15 WindowsX64 Avx2", "2.10 LinuxX64 Avx2", "2.10 WindowsX64 Default",
            "2.15 LinuxArm64 Default" }
        select ((int)width, profile));

    static bool IsTried(VectorWidth width) => width != VectorWidth.Scalar || VectorWidths.Best == VectorWidth.Scalar;

    static TorchProfile Profile(string text)
        => text.Split(' ') is [var version, var platform, var cpu]
            ? TorchProfile.For(version, Enum.Parse<TorchPlatform>(platform), Enum.Parse<CpuCapability>(cpu))
            : throw new ArgumentException(text);

    [Theory, MemberData(nameof(Widths))]
    public void Words_of_every_length(int width)
        => Compare<uint>(width, TorchProfile.Default, static (span, generator) => generator.NextWords(span));

    [Theory, MemberData(nameof(WidthsAndProfiles))]
    public void Uniform_float32_of_every_length(int width, string profile)
    {
        // No power of two: with such a range a product is exact, and fused or not is the same.
        Compare<float>(width, Profile(profile), static (span, generator) => UniformFill.Fill(span, -0.3, 0.41, generator));
        Compare<float>(width, Profile(profile), static (span, generator)
            => UniformFill.Fill(span, 0.3f, 0.30000004f, generator));      // reaches its upper end
        Compare<float>(width, Profile(profile), static (span, generator)
            => UniformFill.Fill(span, 0, 1e-35f, generator));              // u's step is subnormal
        Compare<float>(width, Profile(profile), static (span, generator) => UniformFill.Fill(span, -0.0, 0.0, generator));
    }

    [Theory, MemberData(nameof(WidthsAndProfiles))]
    public void Normal_float32_of_every_length(int width, string profile)
        => Compare<float>(width, Profile(profile), static (span, generator)
            => NormalFill.Fill(span, 0.1, 0.37, generator, contiguous: true));

    [Theory, MemberData(nameof(WidthsAndProfiles))]
    public void Float64_of_every_length(int width, string profile)
    {
        Compare<double>(width, Profile(profile), static (span, generator) => UniformFill.Fill(span, -0.3, 0.41, generator));
        Compare<double>(width, Profile(profile), static (span, generator)
            => NormalFill.Fill(span, 0.1, 0.37, generator, contiguous: true), lengthStep: 5);
    }

    [Theory, MemberData(nameof(WidthsAndProfiles))]
    public void Sixteen_bits_of_every_length(int width, string profile)
    {
        Compare<Half>(width, Profile(profile), static (span, generator) => UniformFill.Fill(span, -0.3, 0.41, generator));
        Compare<Half>(width, Profile(profile), static (span, generator)
            => UniformFill.Fill(span, -1e-6, 1e-4, generator));             // subnormal in float16
        Compare<BFloat16>(width, Profile(profile), static (span, generator) => UniformFill.Fill(span, -0.3, 0.41, generator));
        Compare<Half>(width, Profile(profile), static (span, generator)
            => NormalFill.Fill(span, 0.1, 0.37, generator, contiguous: true), lengthStep: 7);
        Compare<Half>(width, Profile(profile), static (span, generator)
            => NormalFill.Fill(span, 0, 30000, generator, contiguous: true), lengthStep: 97);   // overflows
        Compare<BFloat16>(width, Profile(profile), static (span, generator)
            => NormalFill.Fill(span, 0.1, 0.37, generator, contiguous: true), lengthStep: 7);
    }

    delegate void FillOf<T>(Span<T> span, Generator generator);

    /// <summary>In a running stream, so that fills begin everywhere in a block; before a guard page, so that the spans have every
    /// alignment.</summary>
    static void Compare<T>(int width, TorchProfile profile, FillOf<T> fill, int lengthStep = 1)
        where T : unmanaged
    {
        using GuardedMemory buffer = new(MostElements * sizeof(double));
        Generator scalar = new(42L, profile) { Width = VectorWidth.Scalar };
        Generator vector = new(42L, profile) { Width = (VectorWidth)width };
        T[] expected = new T[MostElements];
        for (int length = 0; length <= MostElements; length += lengthStep)
        {
            fill(expected.AsSpan(0, length), scalar);
            fill(buffer.Last<T>(length), vector);
            if (!MemoryMarshal.AsBytes(expected.AsSpan(0, length)).SequenceEqual(MemoryMarshal.AsBytes(buffer.Last<T>(length))))
            {
                Assert.Fail($"{typeof(T).Name}, length {length}: {First(expected, buffer.Last<T>(length))}");
            }
        }
        Assert.Equal(scalar.GetState(), vector.GetState());
    }

    static string First<T>(ReadOnlySpan<T> expected, ReadOnlySpan<T> actual)
    {
        for (int i = 0; i < actual.Length; i++)
        {
            if (!expected[i]!.Equals(actual[i])) { return $"element {i} is {actual[i]}, the scalar twin gives {expected[i]}"; }
        }
        return "the bits of a zero or NaN differ";
    }
}
