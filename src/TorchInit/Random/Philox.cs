namespace TorchInit;

/// <summary>Philox 4×32-10 (Salmon et al. 2011) as CUDA's generator uses it: the seed is the key, and the counter and subsequence determine
/// each draw.</summary>
static class Philox
{
    public const uint Multiplier0 = 0xD2511F53;
    public const uint Multiplier1 = 0xCD9E8D57;
    public const uint Weyl0 = 0x9E3779B9;
    public const uint Weyl1 = 0xBB67AE85;
    public const int Rounds = 10;

    public static PhiloxWords Words(ulong seed, ulong counter, ulong subsequence)
    {
        (uint k0, uint k1) = ((uint)seed, (uint)(seed >> 32));
        (uint c0, uint c1, uint c2, uint c3) = ((uint)counter, (uint)(counter >> 32), (uint)subsequence, (uint)(subsequence >> 32));
        for (int round = 0; round < Rounds; round++)
        {
            ulong a = (ulong)Multiplier0 * c0, b = (ulong)Multiplier1 * c2;
            (c0, c1, c2, c3) = ((uint)(b >> 32) ^ c1 ^ k0, (uint)b, (uint)(a >> 32) ^ c3 ^ k1, (uint)a);
            k0 += Weyl0;
            k1 += Weyl1;
        }
        return new(c0, c1, c2, c3);
    }
}
