namespace TorchInit;

/// <summary>Runs the steps that a slice needs and jumps over the others.</summary>
sealed class SliceRun(InitPlan plan, SlicePlan slice, Generator generator, DType dtype)
{
    readonly Dictionary<string, TensorBuffer> _tensors = new(StringComparer.Ordinal);

    public T[] Elements<T>(string tensor, long start, int count)
        where T : unmanaged
    {
        T[] elements = new T[count];
        StepContext context = new(generator, Tensor);
        long skipped = 0;
        bool cachedNormal = generator.HasCachedNormal;
        for (int i = 0; i <= slice.Last; i++)
        {
            InitStep step = plan.Steps[i];
            ParameterSpec spec = plan[step.Target.Tensor];
            ViewLayout view = ViewLayout.Of(step.Target, [.. spec.Shape]);
            long? words = step.WordsOrThrow(view, spec.DType ?? dtype, plan.Profile, ref cachedNormal);
            bool needed = slice.Needed.Contains(i);
            if (!needed && !MayCacheNormal(step, view) && words is { } known)
            {
                skipped = checked(skipped + known);
                continue;
            }
            generator.Advance(skipped);
            skipped = 0;
            if (needed && slice.IsElementwise) { skipped = words!.Value - Part<T>(step, view, elements, start, generator); }
            else
            {
                context.Run(step);
                cachedNormal = generator.HasCachedNormal;
                if (slice.IsElementwise) { _tensors.Clear(); }      // drawn through; nobody reads it
            }
        }
        if (!slice.IsElementwise) { Tensor(tensor).AsSpan<T>().Slice((int)start, count).CopyTo(elements); }
        return elements;
    }

    /// <summary>The scalar path of normal_ leaves a sample that a later one takes, so such a step is drawn. It is short, or a view with strides.</summary>
    public static bool MayCacheNormal(InitStep step, ViewLayout view)
        => step is NormalStep or SparseStep or OrthogonalStep && (view.Count < Normal.Block || !view.IsContiguous);

    TensorBuffer Tensor(string name)
    {
        if (!_tensors.TryGetValue(name, out TensorBuffer? buffer)) { _tensors[name] = buffer = TensorBuffer.Zeros(plan[name].DType ?? dtype, [.. plan[name].Shape]); }
        return buffer;
    }

    /// <summary>The part of an elementwise step that falls into the elements from <paramref name="start"/> on; the generator stands at the step's first word.</summary>
    /// <returns>The words that the generator moved on.</returns>
    public static long Part<T>(InitStep step, ViewLayout view, Span<T> elements, long start, Generator generator)
        where T : unmanaged
    {
        long first = Math.Max(start, view.Offset);
        long end = Math.Min(start + elements.Length, view.Offset + view.Count);
        if (first >= end) { return 0; }
        Span<T> part = elements.Slice((int)(first - start), (int)(end - first));
        if (step is IDraw draw)
        {
            step.CheckDType<T>(generator.Profile);
            return draw.DrawSlice(part, first - view.Offset, view.Count, generator);
        }
        part.Fill(Constant.Of<T>(((FillStep)step).Value, generator.Profile));
        return 0;
    }
}
