namespace TorchInit;

/// <summary>Runs a random fill on a view as torch's TensorIterator does: in the order of memory, whatever the order of the indices.</summary>
static class MemoryOrderFill
{
    public delegate void Fill<TState, T>(TState state, Span<T> elements, Generator generator, bool contiguous)
        where T : unmanaged;

    public static void Run<TState, T>(TargetView<T> target, TState state, StepContext context, Fill<TState, T> fill)
        where T : unmanaged
    {
        if (target.IsContiguous)
        {
            fill(state, target.Contiguous, context.Generator, true);
            return;
        }
        T[] elements = new T[target.Count];
        fill(state, elements, context.Generator, false);
        target.WriteMemoryOrder(elements);
    }
}
