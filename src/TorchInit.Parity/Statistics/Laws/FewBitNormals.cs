using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace TorchInit.Parity;

/// <summary>
/// 16-bit normals up to torch 2.11, from 16 elements on: Box–Muller of two few-bit uniforms, rounded each step. Pairs are equally likely,
/// so the law is counted: 2¹⁶ pairs for bfloat16, 2²² for float16.
/// </summary>
static class FewBitNormals
{
    static readonly ConcurrentDictionary<(Type, bool, double, double), Lazy<GridLaw>> s_laws = new();

    public static GridLaw Of<T>(double mean, double std, TorchProfile profile)
        where T : unmanaged
        => s_laws.GetOrAdd((typeof(T), profile.HasHalfMath, mean, std), _ => new(() => Count<T>(mean, std, profile))).Value;

    static GridLaw Count<T>(double mean, double std, TorchProfile profile)
        where T : unmanaged
    {
        float[] units = [.. Law16.Units<T>()];
        // One count for each value of 16 bits.
        long[] counts = new long[1 << 16];
        Parallel.For(0, units.Length, () => new long[1 << 16], (first, _, own) =>
        {
            T[] block = new T[NormalFill.Block];
            const int Lanes = NormalFill.Block / 2;
            for (int second = 0; second < units.Length; second += Lanes)
            {
                block.AsSpan(0, Lanes).Fill(Elements.FromFloat<T>(units[first]));
                for (int lane = 0; lane < Lanes; lane++) { block[Lanes + lane] = Elements.FromFloat<T>(units[second + lane]); }
                Normal16.Transform<T>(block, mean, std, profile);
                foreach (ushort value in MemoryMarshal.Cast<T, ushort>(block)) { own[value]++; }
            }
            return own;
        }, own =>
        {
            lock (counts)
            {
                for (int value = 0; value < own.Length; value++) { counts[value] += own[value]; }
            }
        });
        return new($"N({mean:G4}, {std:G4}²)", counts.Index().Where(entry => entry.Item > 0).Select(entry
            => ((double)Elements.ToFloat(Value((ushort)entry.Index)), (double)entry.Item)));

        static T Value(ushort bits) => MemoryMarshal.Cast<ushort, T>([bits])[0];
    }
}
