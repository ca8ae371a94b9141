namespace TorchInit;

/// <summary>A tensor of a file whose element type no initialiser fills, such as BOOL, U8 or F8_E4M3: kept byte for byte, and not
/// judged.</summary>
public sealed class OpaqueTensor
{
    readonly IReadOnlyList<byte[]> _runs;

    internal OpaqueTensor(string name, string dtype, long[] shape, IReadOnlyList<byte[]> runs)
        => (Name, DType, Shape, _runs) = (name, dtype, shape, runs);

    /// <summary>The name in the file.</summary>
    public string Name { get; }

    /// <summary>The element type's name in the safetensors format: <c>BOOL</c>, <c>I32</c>; NumPy's own spelling if that format has no such
    /// type: <c>&gt;f4</c>.</summary>
    public string DType { get; }

    /// <summary>The sizes; empty for a scalar.</summary>
    public IReadOnlyList<long> Shape { get; }

    /// <summary>The size of its elements in bytes.</summary>
    public long ByteCount => _runs.Sum(run => (long)run.Length);

    /// <summary>Whether torch holds its elements as floating-point or complex numbers: F8_E4M3, C64, &gt;f4.</summary>
    internal bool IsNumber => DType.TrimStart('<', '>', '=', '|') is ['F' or 'C' or 'f' or 'c', _, ..];

    /// <summary>The same bytes under another name.</summary>
    internal OpaqueTensor Renamed(string name) => new(name, DType, [.. Shape], _runs);

    /// <summary>Visits the bytes in runs, in order, as they are in the file (row-major for a .npy in Fortran order).</summary>
    /// <param name="visit">Called once per run; not called for a tensor without elements.</param>
    public void VisitBytes(TensorBuffer.ReadOnlySpanVisitor visit)
    {
        ArgumentNullException.ThrowIfNull(visit);
        foreach (byte[] run in _runs.Where(run => run.Length > 0)) { visit(run); }
    }

    /// <summary>For example <c>mask (3, 4), BOOL</c>.</summary>
    public override string ToString() => $"{Name} {TensorShape.Text([.. Shape])}, {DType}";
}
