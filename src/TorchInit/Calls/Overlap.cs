namespace TorchInit;

/// <summary>Whether a tensor that is written and one that is read share a part of their memory, which torch refuses.</summary>
static class Overlap
{
    const long Most = 1 << 16;

    /// <exception cref="TorchArgumentException">They do, and both lie densely.</exception>
    /// <exception cref="NotFollowedException">They do, or may, and the order of torch's loops decides.</exception>
    public static void Check(PlannedTensor written, PlannedTensor read)
    {
        if (written.Memory != read.Memory || written.Count == 0 || read.Count == 0) { return; }
        bool same = written.Offset == read.Offset && written.Shape.SequenceEqual(read.Shape) && written.Steps.SequenceEqual(read.Steps);
        if (same || End(written) <= read.Offset || End(read) <= written.Offset) { return; }
        if (written.IsDense && read.IsDense)
        {
            throw TorchArgumentException.RuntimeError("other", read.Shape, "memory of its own",
                "unsupported operation: some elements of the input tensor and the written-to tensor refer to a single memory location. "
                + "Please clone() the tensor before performing the operation.");
        }
        if (written.Count > Most || read.Count > Most || Places(written).Overlaps(Places(read)))
        {
            throw new NotFollowedException("a tensor that is written from a part of itself is not followed; allowed: from its clone().");
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
