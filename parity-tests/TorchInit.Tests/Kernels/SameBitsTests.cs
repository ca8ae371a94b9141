using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace TorchInit.Tests.Kernels;

/// <summary>The bits that every machine and every instruction set must give.</summary>
public class SameBitsTests
{
    const int MostElements = 1300;

    delegate void SpanFill<T>(Span<T> span, Generator generator);

    /// <summary>Of fills of 0 to 1300 elements, one after the other in one stream. The same on every machine.</summary>
    const string Digest = "C80F0A2B7E06CC493F298537BA9C2534";

    [Fact]
    public void Bits_are_those_of_every_machine() => Assert.Equal(Digest, DigestOfFills());

    static string DigestOfFills()
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string version in (string[])["2.10", "2.15"])
        {
            Generator generator = new(42L, TorchProfile.For(version));
            Add<float>(static (span, generator) => UniformFill.Fill(span, -0.3, 0.41, generator));
            Add<float>(static (span, generator) => NormalFill.Fill(span, 0.1, 0.37, generator, contiguous: true), least: NormalFill.Block);
            Add<double>(static (span, generator) => UniformFill.Fill(span, -0.3, 0.41, generator));
            Add<Half>(static (span, generator) => UniformFill.Fill(span, -0.3, 0.41, generator));
            Add<Half>(static (span, generator) => NormalFill.Fill(span, 0.1, 0.37, generator, contiguous: true), least: NormalFill.Block);
            Add<BFloat16>(static (span, generator)
                => NormalFill.Fill(span, 0.1, 0.37, generator, contiguous: true), least: NormalFill.Block);
            generator.Advance(7_000_000_000);
            hash.AppendData(generator.GetState());

            void Add<T>(SpanFill<T> fill, int least = 0)       // below, the C library's sine and cosine are asked
                where T : unmanaged
            {
                T[] elements = new T[MostElements];
                for (int length = least; length <= MostElements; length++)
                {
                    fill(elements.AsSpan(0, length), generator);
                    hash.AppendData(MemoryMarshal.AsBytes(elements.AsSpan(0, length)));
                }
            }
        }
        return Convert.ToHexString(hash.GetHashAndReset().AsSpan(0, 16));
    }
}
