using System.Collections.Concurrent;

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
        ConcurrentDictionary<float, long> counts = new();
        Parallel.For(0, units.Length, first =>
        {
            Dictionary<float, long> own = [];
            T[] block = new T[NormalFill.Block];
            const int Lanes = NormalFill.Block / 2;
            for (int second = 0; second < units.Length; second += Lanes)
            {
                block.AsSpan(0, Lanes).Fill(Elements.FromFloat<T>(units[first]));
                for (int lane = 0; lane < Lanes; lane++) { block[Lanes + lane] = Elements.FromFloat<T>(units[second + lane]); }
                Normal16.Transform<T>(block, mean, std, profile);
                foreach (T value in block)
                {
                    float x = Elements.ToFloat(value);
                    own[x] = own.GetValueOrDefault(x) + 1;
                }
            }
            foreach ((float x, long count) in own) { counts.AddOrUpdate(x, count, (_, before) => before + count); }
        });
        return new($"N({mean:G4}, {std:G4}²)", counts.Select(pair => ((double)pair.Key, (double)pair.Value)));
    }
}
