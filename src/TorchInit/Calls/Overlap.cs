namespace TorchInit;

/// <summary>Whether a tensor that is written overlaps one that is read, which torch refuses.</summary>
static class Overlap
{
    const long Most = 1 << 16;

    /// <exception cref="TorchArgumentException">They overlap, and both are dense.</exception>
    /// <exception cref="NotFollowedException">They overlap, or may, and the result depends on the order of torch's loops.</exception>
    public static void Check(PlannedTensor written, PlannedTensor read)
    {
        if (written.Memory != read.Memory || written.Count == 0 || read.Count == 0) { return; }
        bool same = written.Offset == read.Offset && written.Shape.SequenceEqual(read.Shape) && written.Steps.SequenceEqual(read.Steps);
        if (same || End(written) <= read.Offset || End(read) <= written.Offset) { return; }
        if (written.IsDense && read.IsDense)
        {
            throw TorchArgumentException.RuntimeError("other", read.Shape, "separate memory",
                "unsupported operation: some elements of the input tensor and the written-to tensor refer to a single memory location. "
                + "Please clone() the tensor before performing the operation.");
        }
        if (written.Count > Most || read.Count > Most || Places(written).Overlaps(Places(read)))
        {
            throw new NotFollowedException("writing a tensor from a part of itself is not followed; allowed: from that part's clone().");
        }
    }

    static long End(PlannedTensor tensor)
    {
        long end = tensor.Offset + 1;
        long[] strides = tensor.Steps;
        for (int i = 0; i < strides.Length; i++) { end += (tensor.Shape[i] - 1) * strides[i]; }
        return end;
    }

    static HashSet<long> Places(PlannedTensor tensor)
    {
        List<long> places = [tensor.Offset];
        long[] strides = tensor.Steps;
        for (int i = 0; i < strides.Length; i++)
        {
            int dimension = i;
            places = [.. places.SelectMany(place => Enumerable.Range(0, (int)tensor.Shape[dimension])
                .Select(at => place + (at * strides[dimension])))];
        }
        return [.. places];
    }
}
