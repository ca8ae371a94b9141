namespace TorchInit;

/// <summary>What a kernel of torch's makes of a draw.</summary>
/// <typeparam name="T">The element type.</typeparam>
interface ICudaOperator<T>
    where T : unmanaged
{
    /// <summary>Elements of one draw.</summary>
    static abstract int PerDraw { get; }

    /// <summary>One of them.</summary>
    T Invoke(PhiloxWords words, int component);
}
