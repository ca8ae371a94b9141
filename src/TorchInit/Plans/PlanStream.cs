using System.Runtime.InteropServices;

namespace TorchInit;

/// <summary>Draws any elements of any tensor of a plan into the caller's memory; several threads may call it at once, each with its own
/// cursor.</summary>
/// <param name="plan">The plan of the tensors.</param>
/// <param name="start">The generator for the plan's first draw; it does not advance.</param>
/// <param name="dtype">The floating type.</param>
/// <param name="last">The last step that is needed; −1 for none.</param>
sealed class PlanStream(InitPlan plan, Generator start, DType dtype, int last)
{
    readonly StreamPosition[] _before = StreamPositions.Of(plan, start, dtype, last);
    readonly Dictionary<string, SlicePlan> _slices = new(StringComparer.Ordinal);
    readonly object _lock = new();
    (string Name, TensorBuffer? Tensor) _whole = ("", null);

    /// <summary>Draws the first element of each tensor that can be drawn in parts, so that invalid arguments are refused here and not after
    /// a terabyte.</summary>
    public void Check(IEnumerable<ParameterSpec> tensors)
    {
        Span<byte> element = stackalloc byte[sizeof(double)];
        StreamCursor cursor = new();
        foreach (ParameterSpec tensor in tensors.Where(tensor => tensor.Count > 0 && SliceOf(tensor.Name).IsElementwise))
        {
            Draw(tensor.Name, 0, element[..tensor.TypeOr(dtype).ByteSize()], cursor);
        }
    }

    /// <summary>Elements of a tensor from <paramref name="first"/> on.</summary>
    public void Draw(string tensor, long first, Span<byte> elements, StreamCursor cursor)
    {
        switch (plan[tensor].TypeOr(dtype))
        {
            case DType.Float32: DrawElements(tensor, first, MemoryMarshal.Cast<byte, float>(elements), cursor); break;
            case DType.Float64: DrawElements(tensor, first, MemoryMarshal.Cast<byte, double>(elements), cursor); break;
            case DType.Float16: DrawElements(tensor, first, MemoryMarshal.Cast<byte, Half>(elements), cursor); break;
            case DType.BFloat16: DrawElements(tensor, first, MemoryMarshal.Cast<byte, BFloat16>(elements), cursor); break;
            case DType.Int64: DrawElements(tensor, first, MemoryMarshal.Cast<byte, long>(elements), cursor); break;
            case DType.Int32: DrawElements(tensor, first, MemoryMarshal.Cast<byte, int>(elements), cursor); break;
            case DType.Int16: DrawElements(tensor, first, MemoryMarshal.Cast<byte, short>(elements), cursor); break;
            case DType.Int8: DrawElements(tensor, first, MemoryMarshal.Cast<byte, sbyte>(elements), cursor); break;
            case DType.UInt8: DrawElements(tensor, first, MemoryMarshal.Cast<byte, byte>(elements), cursor); break;
            default: DrawElements(tensor, first, MemoryMarshal.Cast<byte, bool>(elements), cursor); break;
        }
    }

    void DrawElements<T>(string tensor, long first, Span<T> elements, StreamCursor cursor)
        where T : unmanaged
    {
        SlicePlan slice = SliceOf(tensor);
        if (slice.IsElementwise)
        {
            elements.Clear();
            foreach (int i in slice.Needed) { DrawPart(i, first, elements, cursor); }
            return;
        }
        lock (_lock)
        {
            // The parts of a tensor are requested one after the other, so it is enough to keep one tensor.
            if (_whole.Tensor is null || _whole.Name != tensor) { _whole = (tensor, Whole(tensor, slice)); }
            _whole.Tensor!.AsSpan<T>().Slice((int)first, elements.Length).CopyTo(elements);
        }
    }

    /// <summary>Applies a step to the elements from <paramref name="first"/> on.</summary>
    void DrawPart<T>(int step, long first, Span<T> elements, StreamCursor cursor)
        where T : unmanaged
    {
        ViewLayout view = plan.Placed[step].Layout;
        long from = Math.Max(first, view.Offset), end = Math.Min(first + elements.Length, view.Offset + view.Count);
        if (from >= end) { return; }
        if (plan.Steps[step] is MapStep map)
        {
            map.CheckDType<T>(plan.Profile);
            map.Apply(elements[(int)(from - first)..(int)(end - first)], plan.Profile);
            return;
        }
        ElementFill fill = plan.Steps[step].FillBy(plan.Profile.Fills)!.Value;
        fill.Check<T>(plan.Profile);
        Generator generator = fill.Rule.Draws ? cursor.MoveTo(_before[step]) : start;
        fill.Draw(elements[(int)(from - first)..(int)(end - first)], new(generator.Position, from - view.Offset, view.Extent), generator);
    }

    SlicePlan SliceOf(string tensor)
    {
        lock (_lock)
        {
            if (!_slices.TryGetValue(tensor, out SlicePlan? slice)) { _slices[tensor] = slice = SlicePlan.Of(plan, tensor); }
            return slice;
        }
    }

    TensorBuffer Whole(string tensor, SlicePlan slice)
    {
        PlanTensors tensors = plan.Allocate(dtype);
        StreamCursor cursor = new();
        foreach (int i in slice.Needed) { new StepContext(cursor.MoveTo(_before[i]), tensors).Run(plan.Placed[i]); }
        return tensors[tensor];
    }
}
