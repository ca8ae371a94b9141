namespace TorchInit.Parity;

/// <summary>A printed number, and the element it stands for.</summary>
/// <param name="Tensor">Its name.</param>
/// <param name="Index">Row-major.</param>
/// <param name="Number">What was printed.</param>
sealed record PrintedPlace(string Tensor, int Index, PrintedNumber Number)
{
    /// <summary>Whether the tensor has this number there.</summary>
    public bool Fits(TensorBuffer tensor) => Index < tensor.Count && Number.Fits(tensor.DType switch
    {
        DType.Float32 => tensor.AsSpan<float>()[Index],
        DType.Float64 => tensor.AsSpan<double>()[Index],
        DType.Float16 => (double)tensor.AsSpan<Half>()[Index],
        DType.BFloat16 => (float)tensor.AsSpan<BFloat16>()[Index],
        _ => tensor.Integer(Index),
    });
}
