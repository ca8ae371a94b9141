namespace TorchInit;

/// <summary>
/// multinomial. With replacement: one uniform (two words) per sample, looked up in the running sums of the weights. Without, or for a
/// single sample since 2.0: the indices of the largest weight / Exp(1), with one exponential (two words) per weight. Rows are drawn in
/// turn.
/// </summary>
static class MultinomialDraw
{
    public static void Fill<T>(Span<long> samples, ReadOnlySpan<T> weights, int rows, bool replacement, Generator generator)
        where T : unmanaged
    {
        int categories = weights.Length / Math.Max(rows, 1), count = samples.Length / Math.Max(rows, 1);
        CheckSizes<T>(categories, count, replacement, generator.Profile, nameof(samples));
        if (replacement && (count != 1 || !generator.Profile.DrawsSingleSampleByExponentials))
        {
            CudaFills.Refuse("multinomial with replacement", generator.Profile);
            WithReplacement(samples, weights, rows, generator);
        }
        else { Without(samples, weights, rows, generator); }
    }

    /// <param name="categories">The number of weights.</param>
    /// <param name="count">The number of samples.</param>
    /// <param name="replacement">Whether an index may repeat.</param>
    /// <param name="profile">The torch that is followed.</param>
    /// <param name="argument">What the caller calls the number of samples.</param>
    public static void CheckSizes<T>(int categories, int count, bool replacement, TorchProfile profile, string argument = "num_samples")
        where T : unmanaged
    {
        if (!DType.Of<T>().IsFloatingPoint())
        {
            throw TorchArgumentException.RuntimeError("dtype", DType.Of<T>().TorchName(), "float32, float64, float16, bfloat16",
                $"multinomial only supports floating-point dtypes for input, got: {Elements.ScalarTypeName<T>()}");
        }
        if (typeof(T) == typeof(Half) && !profile.HasHalfMath)
        {
            throw TorchArgumentException.RuntimeError("dtype", "float16", "float32, float64, bfloat16 (float16 since torch 2.1)",
                "multinomial is not implemented for half on CPU");
        }
        if (count <= 0)
        {
            throw TorchArgumentException.RuntimeError(argument, count, "1 or more", "cannot sample n_sample <= 0 samples");
        }
        if (!replacement && count > categories)
        {
            throw TorchArgumentException.RuntimeError(argument, count, $"up to {categories}, the number of weights",
                "cannot sample n_sample > prob_dist.size(-1) samples without replacement");
        }
    }

    static void WithReplacement<T>(Span<long> samples, ReadOnlySpan<T> weights, int rows, Generator generator)
        where T : unmanaged
    {
        int categories = weights.Length / rows, count = samples.Length / rows;
        double[] sums = new double[categories];
        Mt19937 words = generator.Words.Engine;
        for (int row = 0; row < rows; row++)
        {
            Cumulate(weights.Slice(row * categories, categories), sums);
            foreach (ref long sample in samples.Slice(row * count, count))
            {
                double u = Words.Unit53(words.NextUInt32(), words.NextUInt32());
                int left = 0;
                for (int right = categories; left < right;)
                {
                    int middle = left + (right - left) / 2;
                    if (sums[middle] < u) { left = middle + 1; }
                    else { right = middle; }
                }
                sample = left;
            }
        }
    }

    /// <summary>Running sums divided by the total, in the weights' type; 16-bit weights are added in float32.</summary>
    static void Cumulate<T>(ReadOnlySpan<T> weights, double[] sums)
        where T : unmanaged
    {
        double sum = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            double weight = Elements.ToDouble(weights[i]);
            if (!(weight >= 0)) { throw Invalid("encountering probability entry < 0", weight, "0 or more"); }
            if (!double.IsFinite(weight)) { throw Invalid("encountering probability entry = infinity or NaN", weight, "finite"); }
            sums[i] = sum = Round(sum + weight);
        }
        if (!(sum > 0)) { throw Invalid("sum of probabilities <= 0", sum, "a sum above 0"); }
        for (int i = 0; i < sums.Length; i++) { sums[i] = Round(sums[i] / sum); }
        sums[^1] = 1;

        static double Round(double value) => typeof(T) == typeof(double) ? value : (float)value;
    }

    static void Without<T>(Span<long> samples, ReadOnlySpan<T> weights, int rows, Generator generator)
        where T : unmanaged
    {
        int categories = weights.Length / rows, count = samples.Length / rows;
        CheckRows(weights, rows);
        T[] exponentials = new T[weights.Length];
        Draws.Exponential<T>(exponentials, generator);
        double[] keys = new double[categories];
        for (int row = 0; row < rows; row++)
        {
            for (int i = 0; i < categories; i++)
            {
                int at = row * categories + i;
                keys[i] = typeof(T) == typeof(double) ? Elements.ToDouble(weights[at]) / Elements.ToDouble(exponentials[at])
                    : Elements.Round<T>(Elements.ToFloat(weights[at]) / Elements.ToFloat(exponentials[at]));
            }
            TopPlaces.Of(keys, samples.Slice(row * count, count), generator.Profile);
        }
    }

    /// <summary>Checks all rows before anything is drawn.</summary>
    static void CheckRows<T>(ReadOnlySpan<T> weights, int rows)
        where T : unmanaged
    {
        foreach (T weight in weights)
        {
            if (Elements.ToDouble(weight) is var value && !(value >= 0 && value < double.PositiveInfinity))
            {
                throw TorchArgumentException.RuntimeError("weights", value, "finite and 0 or more",
                    "probability tensor contains either `inf`, `nan` or element < 0");
            }
        }
        int categories = weights.Length / rows;
        for (int row = 0; row < rows; row++)
        {
            if (AreZero(weights.Slice(row * categories, categories))) { throw Invalid("sum of probabilities <= 0", 0, "a sum above 0"); }
        }
    }

    static bool AreZero<T>(ReadOnlySpan<T> weights)
        where T : unmanaged
    {
        foreach (T weight in weights)
        {
            if (Elements.ToDouble(weight) != 0) { return false; }
        }
        return true;
    }

    static TorchArgumentException Invalid(string why, double value, string allowed)
        => TorchArgumentException.RuntimeError("weights", value, allowed, $"invalid multinomial distribution ({why})");
}
