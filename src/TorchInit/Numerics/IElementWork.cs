namespace TorchInit;

/// <summary>Work on elements whose dtype is known only at run time.</summary>
/// <typeparam name="TResult">The type of the result.</typeparam>
interface IElementWork<out TResult>
{
    /// <typeparam name="T">The .NET type of the dtype.</typeparam>
    TResult Run<T>()
        where T : unmanaged;
}

/// <summary>Maps a <see cref="DType"/> to the type of its elements.</summary>
static class ElementWork
{
    /// <summary>Runs the work with the element type of a dtype.</summary>
    public static TResult Run<TResult>(this DType dtype, IElementWork<TResult> work) => dtype switch
    {
        DType.Float32 => work.Run<float>(),
        DType.Float64 => work.Run<double>(),
        DType.Float16 => work.Run<Half>(),
        DType.BFloat16 => work.Run<BFloat16>(),
        DType.Int64 => work.Run<long>(),
        DType.Int32 => work.Run<int>(),
        DType.Int16 => work.Run<short>(),
        DType.Int8 => work.Run<sbyte>(),
        DType.UInt8 => work.Run<byte>(),
        _ => work.Run<bool>(),
    };
}
