using TorchInit;
using TorchInit.Parity;

namespace InitNotebooks;

/// <summary>Compares two torch profiles.</summary>
public static class Profiles
{
    /// <summary>The share of elements of a call's first tensor that have the same bits under two profiles.</summary>
    /// <param name="call">The call, in torch's spelling.</param>
    /// <param name="dtype">The tensor's dtype.</param>
    /// <param name="seed">The seed for both.</param>
    /// <param name="one">A profile.</param>
    /// <param name="other">Another profile.</param>
    public static double EqualShare(string call, DType dtype, long seed, TorchProfile one, TorchProfile other)
    {
        ReadOnlySpan<byte> ours = Bytes(call, dtype, seed, one), theirs = Bytes(call, dtype, seed, other);
        int size = dtype.ByteSize(), same = 0;
        for (int at = 0; at < ours.Length; at += size) { same += ours.Slice(at, size).SequenceEqual(theirs.Slice(at, size)) ? 1 : 0; }
        return same / (double)(ours.Length / size);
    }

    /// <summary>The recorded torches that a profile was compared with: of its platform, kernels and era. If there are none, its rules
    /// were read in the source, not compared.</summary>
    /// <param name="profile">The profile.</param>
    /// <returns>Their versions, oldest first.</returns>
    public static IReadOnlyList<string> ComparedWith(TorchProfile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        return [.. GoldenSet.Files.Where(file => Rules(file.Profile) == Rules(profile)).Select(file => file.Version).Distinct()];

        static (TorchPlatform, CpuCapability, Version) Rules(TorchProfile profile)
            => (profile.Platform, profile.Cpu, profile.SameDrawsSince);
    }

    static byte[] Bytes(string call, DType dtype, long seed, TorchProfile profile)
    {
        TensorBuffer tensor = InitPlan.Of(call, profile).Materialize(seed, dtype).Values.First();
        return [.. tensor.Bytes(0, tensor.Count)];
    }
}
