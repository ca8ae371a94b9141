namespace TorchInit;

/// <summary>A part of one tensor of a plan, without the rest: what comes before in the stream is jumped over.</summary>
public static class Slicer
{
    /// <summary>Elements of one tensor as <see cref="Materializer"/> makes them, row-major from <paramref name="start"/> on.</summary>
    /// <param name="plan">What would be constructed; tensors may be larger than memory.</param>
    /// <param name="tensor">A name of the plan.</param>
    /// <param name="start">The first element, from 0.</param>
    /// <param name="count">How many.</param>
    /// <param name="seed">Negative seeds are two's complement.</param>
    /// <param name="dtype">The floating type, as torch's default dtype while constructing.</param>
    /// <returns>A tensor of one dimension.</returns>
    /// <exception cref="ArgumentException">The plan has no such tensor, or <paramref name="dtype"/> is not floating.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The elements are not inside the tensor.</exception>
    public static TensorBuffer MaterializeSlice(this InitPlan plan, string tensor, long start, int count, long seed,
        DType dtype = DType.Float32)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return plan.MaterializeSlice(tensor, start, count, new Generator(seed, plan.Profile), dtype);
    }

    /// <inheritdoc cref="MaterializeSlice(InitPlan, string, long, int, long, DType)"/>
    /// <param name="plan">What would be constructed; tensors may be larger than memory.</param>
    /// <param name="tensor">A name of the plan.</param>
    /// <param name="start">The first element, from 0.</param>
    /// <param name="count">How many.</param>
    /// <param name="seed">Any 64-bit value, as <see cref="Generator.ParseSeed"/> gives it.</param>
    /// <param name="dtype">The floating type, as torch's default dtype while constructing.</param>
    public static TensorBuffer MaterializeSlice(this InitPlan plan, string tensor, long start, int count, ulong seed,
        DType dtype = DType.Float32)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return plan.MaterializeSlice(tensor, start, count, new Generator(seed, plan.Profile), dtype);
    }

    /// <summary>Elements of one tensor as <see cref="Materializer"/> makes them, row-major from <paramref name="start"/> on.</summary>
    /// <param name="plan">What would be constructed; tensors may be larger than memory.</param>
    /// <param name="tensor">A name of the plan.</param>
    /// <param name="start">The first element, from 0.</param>
    /// <param name="count">How many.</param>
    /// <param name="generator">Where the plan's first draw would start; it stays there.</param>
    /// <param name="dtype">The floating type, as torch's default dtype while constructing.</param>
    /// <returns>A tensor of one dimension.</returns>
    /// <exception cref="ArgumentException">The generator follows another torch than the plan, the plan has no such tensor, or
    /// <paramref name="dtype"/> is not floating.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The elements are not inside the tensor.</exception>
    /// <remarks>
    /// Uniforms, normals, constants and copies cost a jump each (under a millisecond) and the elements asked for. A step that makes its
    /// elements together (orthogonal_, sparse_, trunc_normal_ since 2.12, …) is run whole when the slice is its own. One whose number of
    /// draws depends on the values (<see cref="InitPlan.WordsOfSteps"/> says null) is drawn in full wherever it stands before the slice:
    /// there is no other way to know where the stream goes on.
    /// </remarks>
    public static TensorBuffer MaterializeSlice(this InitPlan plan, string tensor, long start, int count, Generator generator,
        DType dtype = DType.Float32)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(tensor);
        ParameterSpec spec = plan[tensor];
        Materializer.CheckProfile(plan, generator);
        Materializer.CheckFloating(dtype);
        if (start < 0 || start > spec.Count)
        {
            throw new ArgumentOutOfRangeException(nameof(start), start, $"allowed: 0 to {spec.Count}, the size of {tensor}.");
        }
        if (count < 0 || count > spec.Count - start)
        {
            throw new ArgumentOutOfRangeException(nameof(count), count,
                $"allowed: 0 to {spec.Count - start}, what {tensor} has from element {start} on.");
        }
        SlicePlan slice = SlicePlan.Of(plan, tensor);
        plan.CheckWork(slice.Needed.Select(step => plan.Placed[step]), elements: 0);
        TensorBuffer elements = TensorBuffer.Zeros(spec.TypeOr(dtype), [count]);
        new PlanStream(plan, generator, dtype, slice.Last).Draw(tensor, start, elements.Bytes(0, count), new());
        return elements;
    }
}
