namespace TorchInit;

/// <summary>Makes a part of one tensor of a plan without the rest, by jumping over the draws before it.</summary>
public static class Slicer
{
    /// <summary>Elements of one tensor as <see cref="Materializer"/> makes them, row-major from <paramref name="start"/> on.</summary>
    /// <param name="plan">The plan of the module; tensors may be larger than memory.</param>
    /// <param name="tensor">The name of a tensor of the plan.</param>
    /// <param name="start">The index of the first element, from 0.</param>
    /// <param name="count">The number of elements.</param>
    /// <param name="seed">A negative seed is taken as two's complement.</param>
    /// <param name="dtype">The floating type, as torch's default dtype during construction.</param>
    /// <returns>A tensor of one dimension.</returns>
    /// <exception cref="ArgumentException">The plan has no such tensor, or <paramref name="dtype"/> is not floating.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The elements are not all inside the tensor.</exception>
    public static TensorBuffer MaterializeSlice(this InitPlan plan, string tensor, long start, int count, long seed,
        DType dtype = DType.Float32)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return plan.MaterializeSlice(tensor, start, count, new Generator(seed, plan.Profile), dtype);
    }

    /// <inheritdoc cref="MaterializeSlice(InitPlan, string, long, int, long, DType)"/>
    /// <param name="plan">The plan of the module; tensors may be larger than memory.</param>
    /// <param name="tensor">The name of a tensor of the plan.</param>
    /// <param name="start">The index of the first element, from 0.</param>
    /// <param name="count">The number of elements.</param>
    /// <param name="seed">Any 64-bit value, as returned by <see cref="Generator.ParseSeed"/>.</param>
    /// <param name="dtype">The floating type, as torch's default dtype during construction.</param>
    public static TensorBuffer MaterializeSlice(this InitPlan plan, string tensor, long start, int count, ulong seed,
        DType dtype = DType.Float32)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return plan.MaterializeSlice(tensor, start, count, new Generator(seed, plan.Profile), dtype);
    }

    /// <summary>Elements of one tensor as <see cref="Materializer"/> makes them, row-major from <paramref name="start"/> on.</summary>
    /// <param name="plan">The plan of the module; tensors may be larger than memory.</param>
    /// <param name="tensor">The name of a tensor of the plan.</param>
    /// <param name="start">The index of the first element, from 0.</param>
    /// <param name="count">The number of elements.</param>
    /// <param name="generator">The generator for the plan's first draw; it does not advance.</param>
    /// <param name="dtype">The floating type, as torch's default dtype during construction.</param>
    /// <returns>A tensor of one dimension.</returns>
    /// <exception cref="ArgumentException">The generator and the plan follow different torches, the plan has no such tensor, or
    /// <paramref name="dtype"/> is not floating.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The elements are not all inside the tensor.</exception>
    /// <remarks>
    /// Uniforms, normals, constants and copies cost one jump each (under a millisecond) plus the elements asked for. A step that makes its
    /// elements together (orthogonal_, sparse_, trunc_normal_ since 2.12, …) runs whole if the slice is its own. A step whose number of
    /// draws depends on the values (<see cref="InitPlan.WordsOfSteps"/> gives null) runs whole wherever it precedes the slice, because only
    /// running it shows where the stream continues.
    /// </remarks>
    public static TensorBuffer MaterializeSlice(this InitPlan plan, string tensor, long start, int count, Generator generator,
        DType dtype = DType.Float32)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(tensor);
        ParameterSpec spec = plan.Tensor(tensor, nameof(tensor));
        Materializer.CheckProfile(plan, generator);
        Materializer.CheckFloating(dtype);
        if (start < 0 || start > spec.Count)
        {
            throw new ArgumentOutOfRangeException(nameof(start), start, $"allowed: 0 to {spec.Count}, the size of {tensor}.");
        }
        if (count < 0 || count > spec.Count - start)
        {
            throw new ArgumentOutOfRangeException(nameof(count), count,
                $"allowed: 0 to {spec.Count - start}, the elements of {tensor} from {start} on.");
        }
        SlicePlan slice = SlicePlan.Of(plan, tensor);
        plan.CheckWork(slice.Needed.Select(step => plan.Placed[step]), elements: 0);
        TensorBuffer elements = TensorBuffer.Zeros(spec.TypeOr(dtype), [count]);
        Draw(new(plan, generator, dtype, slice.Last), tensor, start, elements, TensorBuffer.Runs(count, elements.DType.ByteSize()));
        return elements;
    }

    /// <summary>Draws the runs one after the other; the bytes of all may not fit into one span.</summary>
    internal static void Draw(PlanStream stream, string tensor, long start, TensorBuffer elements, IEnumerable<(int Start, int Count)> runs)
    {
        StreamCursor cursor = new();
        foreach ((int at, int count) in runs) { stream.Draw(tensor, start + at, elements.Bytes(at, count), cursor); }
    }
}
