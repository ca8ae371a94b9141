using TorchInit;
using TorchInit.Parity;

namespace InitNotebooks;

/// <summary>Two torches side by side.</summary>
public static class Profiles
{
    /// <summary>The share of elements of a call's first tensor that have the same bits under two profiles.</summary>
    /// <param name="call">In torch's spelling.</param>
    /// <param name="dtype">Of the tensor.</param>
    /// <param name="seed">For both.</param>
    /// <param name="one">A profile.</param>
    /// <param name="other">Another.</param>
    public static double EqualShare(string call, DType dtype, long seed, TorchProfile one, TorchProfile other)
    {
        ReadOnlySpan<byte> ours = Bytes(call, dtype, seed, one), theirs = Bytes(call, dtype, seed, other);
        int size = dtype.ByteSize(), same = 0;
        for (int at = 0; at < ours.Length; at += size) { same += ours.Slice(at, size).SequenceEqual(theirs.Slice(at, size)) ? 1 : 0; }
        return same / (double)(ours.Length / size);
    }

    /// <summary>The recorded torches that a profile was compared with: of its platform, its kind of kernels and its era. None: its rules
    /// were read, not compared.</summary>
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
