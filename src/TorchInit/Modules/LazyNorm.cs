namespace TorchInit;

/// <summary>The checks of LazyBatchNorm* and LazyInstanceNorm* in the first forward, in evaluation mode, once the tensors have their
/// sizes.</summary>
/// <param name="isInstance">Whether each sample is normalised separately.</param>
/// <param name="dimensions">The number of spatial dimensions.</param>
/// <param name="affine">Whether the module has weight and bias.</param>
/// <param name="tracks">Whether the module has running statistics.</param>
/// <param name="profile">The torch version that is followed.</param>
sealed class LazyNorm(bool isInstance, int dimensions, bool affine, bool tracks, TorchProfile profile)
{
    /// <summary>Throws where torch refuses the shape; the tensors have <paramref name="features"/> elements.</summary>
    public void Check(ReadOnlySpan<long> shape, long features)
    {
        (int fewest, int most) = (isInstance || dimensions == 1 ? dimensions + 1 : dimensions + 2, dimensions + 2);
        if (shape.Length < fewest || shape.Length > most)
        {
            string expected = fewest == most ? $"{most}D" : $"{fewest}D or {most}D";
            throw TorchArgumentException.ValueError("input", shape.ToArray(), expected,
                $"expected {expected} input (got {shape.Length}D input)");
        }
        bool isBatched = !isInstance || shape.Length == most;
        if (isInstance) { CheckFeatures(shape, features, isBatched ? 1 : 0); }
        long[] batched = isBatched ? shape.ToArray() : [1, .. shape];
        if (!tracks) { CheckStatistics(batched); }
        // Both kernels read the first element of the weight; InstanceNorm's weight is repeated for each sample.
        if (affine && (features == 0 || (isInstance && batched[0] == 0)))
        {
            throw new TorchArgumentException("input", shape.ToArray(), "1 channel or more", "IndexError",
                "select(): index 0 out of range for tensor of size [0] at dimension 0");
        }
    }

    /// <summary>Without a sample, InstanceNorm on a CPU overwrites the running statistics with NaN, even in evaluation mode.</summary>
    public bool LosesStatistics(ReadOnlySpan<long> shape)
        => profile.Gpu is null && isInstance && tracks && shape.Length == dimensions + 2 && shape[0] == 0;

    /// <summary>Without a batch the second size is not the channels: torch checks this since 2.1; before, it fails later, after the tensors
    /// are made.</summary>
    void CheckFeatures(ReadOnlySpan<long> shape, long features, int at)
    {
        if (shape[at] == features || !profile.Has(2, 1)) { return; }
        if (affine)
        {
            throw TorchArgumentException.ValueError("input", shape.ToArray(), $"{features} channels",
                $"expected input's size at dim={at} to match num_features ({features}), but got: {shape[at]}.");
        }
        TorchWarning.User($"input's size at dim={at} does not match num_features. You can silence this warning by not"
            + " passing in num_features, which is not used because affine=False");
    }

    /// <summary>Without running statistics the input's own are used, which takes more than one value.</summary>
    void CheckStatistics(long[] shape)
    {
        long values = shape.Skip(2).Aggregate(isInstance ? 1 : shape[0], (count, size) => count * size);
        if (values != 1) { return; }
        string of = isInstance ? "spatial element" : "value per channel";
        throw TorchArgumentException.ValueError("input", shape, $"more than 1 {of}",
            $"Expected more than 1 {of} when training, got input size {LazyInput.Size(shape)}");
    }
}
