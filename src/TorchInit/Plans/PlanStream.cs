using System.Runtime.InteropServices;

namespace TorchInit;

/// <summary>Any elements of any tensor of a plan, into memory of the caller's; several threads may ask at once.</summary>
sealed class PlanStream(InitPlan plan, Generator start, DType dtype)
{
    readonly StreamPosition[] _before = StreamPositions.Of(Checked(plan), start, dtype);
    readonly Dictionary<string, SlicePlan> _slices = new(StringComparer.Ordinal);
    readonly object _lock = new();
    (string Name, TensorBuffer? Tensor) _whole = ("", null);

    /// <summary>Draws the first element of each tensor that can be drawn in parts: what refuses its arguments does so here, and not behind
    /// a terabyte.</summary>
    public void Check(IEnumerable<ParameterSpec> tensors)
    {
        Span<byte> element = stackalloc byte[sizeof(double)];
        foreach (ParameterSpec tensor in tensors.Where(tensor => tensor.Count > 0 && SliceOf(tensor.Name).IsElementwise))
        {
            Draw(tensor.Name, 0, element[..(tensor.DType ?? dtype).ByteSize()]);
        }
    }

    /// <summary>Elements of a tensor from <paramref name="first"/> on.</summary>
    public void Draw(string tensor, long first, Span<byte> elements)
    {
        switch (plan[tensor].DType ?? dtype)
        {
            case DType.Float32: Draw(tensor, first, MemoryMarshal.Cast<byte, float>(elements)); break;
            case DType.Float64: Draw(tensor, first, MemoryMarshal.Cast<byte, double>(elements)); break;
            case DType.Float16: Draw(tensor, first, MemoryMarshal.Cast<byte, Half>(elements)); break;
            case DType.BFloat16: Draw(tensor, first, MemoryMarshal.Cast<byte, BFloat16>(elements)); break;
            default: Draw(tensor, first, MemoryMarshal.Cast<byte, long>(elements)); break;
        }
    }

    void Draw<T>(string tensor, long first, Span<T> elements)
        where T : unmanaged
    {
        SlicePlan slice = SliceOf(tensor);
        if (slice.IsElementwise)
        {
            elements.Clear();
            foreach (int i in slice.Needed.Order())
            {
                InitStep step = plan.Steps[i];
                ViewLayout view = ViewLayout.Of(step.Target, [.. plan[step.Target.Tensor].Shape]);
                if (view.Offset >= first + elements.Length || view.Offset + view.Count <= first) { continue; }
                _ = SliceRun.Part(step, view, elements, first, step is IDraw ? _before[i].Open() : start);
            }
            return;
        }
        lock (_lock)
        {
            // Its parts are asked for one after the other: one tensor is kept.
            if (_whole.Tensor is null || _whole.Name != tensor) { _whole = (tensor, Whole(tensor, slice)); }
            _whole.Tensor!.AsSpan<T>().Slice((int)first, elements.Length).CopyTo(elements);
        }
    }

    SlicePlan SliceOf(string tensor)
    {
        lock (_lock)
        {
            if (!_slices.TryGetValue(tensor, out SlicePlan? slice)) { _slices[tensor] = slice = SlicePlan.Of(plan, tensor); }
            return slice;
        }
    }

    static InitPlan Checked(InitPlan plan)
    {
        plan.CheckWork(plan.Steps, plan.ElementsOf(plan.Steps));
        return plan;
    }

    TensorBuffer Whole(string tensor, SlicePlan slice)
    {
        Dictionary<string, TensorBuffer> tensors = new(StringComparer.Ordinal);
        foreach (int i in slice.Needed.Order()) { new StepContext(_before[i].Open(), Tensor).Run(plan.Steps[i]); }
        return Tensor(tensor);

        TensorBuffer Tensor(string name)
            => tensors.TryGetValue(name, out TensorBuffer? buffer) ? buffer : tensors[name] = TensorBuffer.Zeros(plan[name].DType ?? dtype, [.. plan[name].Shape]);
    }
}
