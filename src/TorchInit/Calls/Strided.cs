namespace TorchInit;

/// <summary>torch's stride arithmetic: which views exist, and the memory layout of results.</summary>
static class Strided
{
    public static bool IsRowMajor(ReadOnlySpan<long> shape, ReadOnlySpan<long> strides)
    {
        long expected = 1;
        if (shape.Contains(0)) { return true; }
        for (int i = shape.Length - 1; i >= 0; i--)
        {
            if (shape[i] != 1 && strides[i] != expected) { return false; }
            expected *= shape[i];
        }
        return true;
    }

    public static bool IsDense(long[] shape, long[] strides)
    {
        long expected = 1;
        foreach (int i in Enumerable.Range(0, shape.Length).Where(i => shape[i] != 1).OrderBy(i => strides[i]))
        {
            if (shape[i] != 0 && strides[i] != expected) { return false; }
            expected *= shape[i];
        }
        return true;
    }

    /// <summary>The broadcast shape: sizes of 1, and missing ones, are repeated.</summary>
    /// <exception cref="TorchArgumentException">The shapes do not broadcast.</exception>
    public static long[] Broadcast(params IReadOnlyList<long[]> shapes)
    {
        long[] shape = new long[shapes.Max(each => each.Length)];
        Array.Fill(shape, 1);
        foreach (long[] each in shapes)
        {
            for (int i = 1; i <= each.Length; i++)
            {
                ref long size = ref shape[^i];
                if (each[^i] == size || each[^i] == 1) { continue; }
                size = size == 1 ? each[^i] : throw TorchArgumentException.RuntimeError("other", each,
                    "sizes that are equal or 1, compared from the last dimension",
                    $"The size of tensor a ({size}) must match the size of tensor b ({each[^i]}) at non-singleton dimension "
                    + $"{shape.Length - i}");
            }
        }
        return shape;
    }

    /// <summary>The tensor broadcast to a shape; repeated dimensions have stride 0.</summary>
    public static PlannedTensor Expanded(PlannedTensor tensor, long[] shape)
    {
        if (tensor.Shape.SequenceEqual(shape)) { return tensor; }
        long[] strides = new long[shape.Length];
        (long[] own, int ahead) = (tensor.Steps, shape.Length - tensor.Shape.Length);
        for (int i = 0; i < own.Length; i++)
        {
            strides[i + ahead] = tensor.Shape[i] == 1 && shape[i + ahead] != 1 ? 0 : own[i];
        }
        // For the stride of an added dimension of size 1, torch assumes that it encloses the dimensions after it.
        for (int i = ahead - 1; i >= 0; i--) { strides[i] = shape[i] == 1 && i + 1 < shape.Length ? shape[i + 1] * strides[i + 1] : 0; }
        return tensor with { Shape = shape, Strides = strides };
    }

    /// <summary>The strides of an elementwise result, as torch's TensorIterator allocates it; null for row-major.</summary>
    public static long[]? OfResult(long[] shape, params IReadOnlyList<PlannedTensor> operands)
    {
        if (operands.All(operand => operand.Shape.SequenceEqual(shape)))
        {
            if (operands.All(operand => operand.IsContiguous)) { return null; }
            long[] first = operands[0].Steps;
            if (operands.All(operand => operand.IsDense && operand.Steps.SequenceEqual(first))) { return first; }
        }
        long[][] strides = [.. operands.Select(operand
            => new long[shape.Length - operand.Shape.Length].Concat(Expanded(operand, shape).Steps[^operand.Shape.Length..]).ToArray())];
        int[] order = [.. Enumerable.Range(0, shape.Length).Reverse()];
        for (int i = 1; i < order.Length; i++)
        {
            for (int upper = i, lower = i - 1; lower >= 0; lower--)
            {
                int comparison = Compare(order[lower], order[upper]);
                if (comparison < 0) { break; }
                if (comparison > 0) { (order[lower], order[upper], upper) = (order[upper], order[lower], lower); }
            }
        }
        long[] result = new long[shape.Length];
        long stride = 1;
        foreach (int dimension in order)
        {
            result[dimension] = stride;
            stride *= Math.Max(shape[dimension], 1);
        }
        return IsRowMajor(shape, result) ? null : result;

        int Compare(int a, int b)
        {
            foreach (long[] each in strides)
            {
                // A repeated dimension is ignored; dimensions of size 1 keep the strides they were given.
                if (each[a] == 0 || each[b] == 0) { continue; }
                if (each[a] != each[b]) { return each[a] < each[b] ? -1 : 1; }
                if (shape[a] > shape[b]) { return 1; }
            }
            return 0;
        }
    }

    /// <summary>The strides that view a tensor in another shape; null if only a copy has that shape.</summary>
    public static long[]? Reshaped(PlannedTensor tensor, long[] shape)
    {
        if (tensor.Count == 0 || tensor.IsContiguous) { return TensorShape.RowMajor(shape); }
        (long[] old, long[] strides) = (tensor.Shape, tensor.Steps);
        long[] result = new long[shape.Length];
        int view = shape.Length - 1;
        (long chunk, long seen, long @base) = (1, 1, strides[^1]);
        for (int at = old.Length - 1; at >= 0; at--)
        {
            chunk *= old[at];
            if (at != 0 && (old[at - 1] == 1 || strides[at - 1] == chunk * @base)) { continue; }
            while (view >= 0 && (seen < chunk || shape[view] == 1))
            {
                result[view] = seen * @base;
                seen *= shape[view--];
            }
            if (seen != chunk) { return null; }
            if (at > 0) { (@base, chunk, seen) = (strides[at - 1], 1, 1); }
        }
        return view < 0 ? result : null;
    }

    /// <summary>A dimension's index; a negative one counts from the end.</summary>
    public static int Dimension(long dimension, int count)
    {
        int most = Math.Max(count, 1);
        return dimension >= -most && dimension < most ? (int)(dimension < 0 ? dimension + most : dimension)
            : throw new TorchArgumentException("dim", dimension, $"{-most} to {most - 1}", "IndexError",
                $"Dimension out of range (expected to be in range of [{-most}, {most - 1}], but got {dimension})");
    }
}
