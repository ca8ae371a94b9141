namespace TorchInit.Parity;

/// <summary>
/// Inverts uniform_, normal_ and their relatives: which words can have produced an element. The ranges are wide enough for every torch
/// and platform (other roundings, another libm), and narrow enough that a dozen elements identify one stream.
/// </summary>
static class DrawInverse
{
    /// <summary>The most ranges of a step: even bfloat16's, which 1 word in 256 fits, then all fit by chance once in 2¹⁹².</summary>
    const int Most = 24;

    /// <summary>Ranges of words, counted from the step's first; empty if its values do not reveal them (orthogonal_, 16-bit normals up to
    /// torch 2.11, …).</summary>
    /// <param name="step">The step that drew.</param>
    /// <param name="layout">Where it wrote.</param>
    /// <param name="tensor">The elements now.</param>
    /// <param name="profile">Sets the bits per draw and the words per element.</param>
    /// <param name="cachedNormal">Whether the first normal of a pair was drawn before the step.</param>
    /// <param name="isKept">Whether a position still has what the step wrote.</param>
    public static IReadOnlyList<WordRange> Of(InitStep step, ViewLayout layout, TensorBuffer tensor, TorchProfile profile,
        bool cachedNormal, Predicate<long> isKept)
    {
        if (profile.Gpu is not null) { return []; }          // a counter has no sequence of words
        DrawnType type = DrawnType.Of(tensor.DType, profile);
        IEnumerable<WordRange> ranges = step switch
        {
            UniformStep uniform when uniform.To > uniform.From => Uniforms(uniform.From, uniform.To, type, Kept(layout.MemoryOrder())),
            NormalStep { Std: > 0 } normal when layout.IsContiguous && layout.Count >= NormalFill.Block => Blocks(normal.Mean, normal.Std),
            NormalStep { Std: > 0 } normal when !cachedNormal => Pairs(normal.Mean, normal.Std, type, [.. Kept(layout.MemoryOrder())]),
            TruncNormalStep cut when profile.TruncatesByRejection && layout.Count >= NormalFill.Block && NearlyWhole(cut)
                => Blocks(cut.Mean, cut.Std),
            ExponentialStep { Lambda: > 0 } exponential => Transformed(type, Kept(layout.MemoryOrder()),
                x => -DoubleMath.ExpM1(-exponential.Lambda * x)),
            CauchyStep { Sigma: > 0 } cauchy => Transformed(type, Kept(layout.MemoryOrder()),
                new CauchyLaw(cauchy.Median, cauchy.Sigma, 24).AtMost, Math.Abs(cauchy.Median)),
            RandomStep random => LowBits(new RandomRule(random.From, random.To).Range(tensor.DType, profile),
                Kept(layout.MemoryOrder())),
            TruncNormalStep cut when !profile.TruncatesByRejection => ByErfInv(cut, type, Kept(layout.MemoryOrder())),
            _ => [],
        };
        return [.. ranges.Where(range => range.Width < range.Mask / 2).Take(Most)];

        // The elements that can be inverted, with their place in draw order.
        IEnumerable<(int Draw, double Value)> Kept(IEnumerable<long> order) => order.Take(8 * Most).Index()
            .Where(entry => isKept(entry.Item)).Select(entry => (entry.Index, Elements64.At(tensor, entry.Item)));

        IEnumerable<WordRange> Blocks(double mean, double std)
        {
            if (type.FewBits) { return []; }
            // Whole blocks of 16 in front of the last 16 elements, which are drawn afresh where the count is no multiple of 16.
            long whole = layout.Count % NormalFill.Block == 0
                ? layout.Count : (layout.Count - NormalFill.Block) / NormalFill.Block * NormalFill.Block;
            (long element, long draw) = whole > 0 ? (0, 0) : (layout.Count - NormalFill.Block, type.Is16Bit
                ? layout.Count / NormalFill.Block * NormalFill.Block : layout.Count);
            double[] values = [.. Enumerable.Range(0, (int)Math.Min(Math.Max(whole, NormalFill.Block), 3 * NormalFill.Block)).Select(i
                => layout.Offset + element + i).Select(position => isKept(position) ? Elements64.At(tensor, position) : double.NaN)];
            return BlockPairs(mean, std, type, values, draw);
        }
    }

    static IEnumerable<WordRange> Uniforms(double from, double to, DrawnType type, IEnumerable<(int Draw, double Value)> elements)
    {
        double rounding = type.Rounding * 4 * Math.Max(Math.Abs(from), Math.Abs(to)) + type.Least;
        return elements.Select(element => type.Range(element.Draw, (element.Value - rounding - from) / (to - from),
            (element.Value + rounding - from) / (to - from)));
    }

    /// <summary>A 53-bit uniform that an increasing function turned into a value.</summary>
    static IEnumerable<WordRange> Transformed(DrawnType type, IEnumerable<(int Draw, double Value)> elements, Func<double, double> uniform,
        double shift = 0)
        => elements.Where(element => double.IsFinite(element.Value)).Select(element =>
        {
            double slack = (Math.Abs(element.Value) + shift) * type.Rounding * 4 + type.Least;
            return DrawnType.Double.Range(element.Draw, uniform(element.Value - slack), uniform(element.Value + slack));
        });

    /// <summary>word mod 2ᵏ is the word's low bits; of two words, the second one's.</summary>
    static IEnumerable<WordRange> LowBits((long First, ulong Count, bool IsWide) range, IEnumerable<(int Draw, double Value)> elements)
    {
        if (!ulong.IsPow2(range.Count)) { return []; }
        uint mask = (uint)Math.Min(range.Count - 1, uint.MaxValue);
        // A double holds whole numbers up to 2⁵³.
        return elements.Where(element => Math.Abs(element.Value) < Math.ScaleB(1, 53)).Select(element
            => new WordRange(range.IsWide ? 2L * element.Draw + 1 : element.Draw, mask,
                (uint)((long)element.Value - range.First) & mask, 0));
    }

    static IEnumerable<WordRange> ByErfInv(TruncNormalStep cut, DrawnType type, IEnumerable<(int Draw, double Value)> elements)
    {
        (double below, double upTo) = (NormalLaw.Cumulative((cut.A - cut.Mean) / cut.Std),
            NormalLaw.Cumulative((cut.B - cut.Mean) / cut.Std));
        double rounding = type.NormalSlack * (Math.Max(Math.Abs(cut.Mean), Math.Abs(cut.Std)) / cut.Std) + type.Least / cut.Std;
        // A clamped value says only that the draw was beyond the bound.
        return elements.Where(element => element.Value > cut.A && element.Value < cut.B).Select(element =>
        {
            double z = (element.Value - cut.Mean) / cut.Std;
            double slack = rounding * (1 + Math.Abs(z));
            return type.Range(element.Draw, Unit(z - slack) - type.Rounding * 4, Unit(z + slack) + type.Rounding * 4);
        });

        double Unit(double z) => (NormalLaw.Cumulative(z) - below) / (upTo - below);
    }

    /// <summary>Element j and j + 8 of a block are r·cos θ and r·sin θ, r = √(−2·ln(1 − u)) with the uniform of word j, θ = 2π times that
    /// of word j + 8.</summary>
    static IEnumerable<WordRange> BlockPairs(double mean, double std, DrawnType type, double[] values, long firstDraw)
    {
        for (int block = 0; block + NormalFill.Block <= values.Length; block += NormalFill.Block)
        {
            for (int j = block; j < block + NormalFill.Block / 2; j++)
            {
                if (double.IsNaN(values[j]) || double.IsNaN(values[j + 8])) { continue; }
                (double from, double to, double turn, double half) = Polar(values[j], values[j + 8], mean, std, type);
                yield return type.Range(firstDraw + j, from, to);
                yield return type.Range(firstDraw + j + 8, turn - half, turn + half);
            }
        }
    }

    /// <summary>Drawn one by one: first the angle, then the radius, both as doubles; together they give two elements.</summary>
    static IEnumerable<WordRange> Pairs(double mean, double std, DrawnType type, (int Draw, double Value)[] elements)
    {
        DrawnType doubles = DrawnType.Double;
        foreach (((int draw, double first), (int next, double second)) in elements.Zip(elements.Skip(1)))
        {
            if (draw % 2 == 1 || next != draw + 1) { continue; }
            (double from, double to, double turn, double half) = Polar(first, second, mean, std, type);
            yield return doubles.Range(draw, turn - half, turn + half);
            yield return doubles.Range(draw + 1, from, to);
        }
    }

    /// <summary>The bounds of the radius's uniform, and the angle's as its middle and slack, in turns.</summary>
    static (double From, double To, double Turn, double Half) Polar(double cosine, double sine, double mean, double std, DrawnType type)
    {
        (double x, double y) = ((cosine - mean) / std, (sine - mean) / std);
        double radius = Math.Sqrt(x * x + y * y);
        double slack = type.NormalSlack * (radius + Math.Abs(mean / std) + 1e-3) + 2 * type.Least / std;
        double turn = Math.Atan2(y, x) / (2 * Math.PI);
        return (Uniform(Math.Max(0, radius - slack)), Uniform(radius + slack), turn < 0 ? turn + 1 : turn, radius > 2 * slack
            ? slack / radius / (2 * Math.PI) + type.Rounding * 4 : 0.5);

        double Uniform(double r) => -Math.Exp(-r * r / 2) + 1;
    }

    /// <summary>Whether so few normals are rejected and drawn again that the first ones are where normal_ put them.</summary>
    static bool NearlyWhole(TruncNormalStep cut)
        => NormalLaw.Cumulative((cut.B - cut.Mean) / cut.Std) - NormalLaw.Cumulative((cut.A - cut.Mean) / cut.Std) > 1 - 1e-6;
}
