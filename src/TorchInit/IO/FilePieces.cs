namespace TorchInit;

/// <summary>The data of a safetensors file cut into pieces, each of one or more runs of whole elements.</summary>
sealed class FilePieces
{
    /// <summary>The most pieces, since a table has an entry for each: a petabyte in pieces of 16 MB.</summary>
    const int Most = 1 << 26;

    readonly List<List<(ParameterSpec Tensor, long First, int Bytes)>> _pieces = [];
    readonly List<long> _starts = [];

    /// <param name="tensors">The tensors, in file order.</param>
    /// <param name="dtype">The dtype of tensors that have none of their own.</param>
    /// <param name="dataStart">The first byte after the header.</param>
    /// <param name="size">The most bytes of a piece; a multiple of 8.</param>
    /// <exception cref="ArgumentException">There are more than 2²⁶ pieces.</exception>
    public FilePieces(IEnumerable<ParameterSpec> tensors, DType dtype, long dataStart, int size)
    {
        long at = dataStart;
        int room = 0;
        foreach (ParameterSpec tensor in tensors)
        {
            int elementSize = tensor.TypeOr(dtype).ByteSize();
            long left = tensor.Count;
            while (left > 0)
            {
                if (room < elementSize)
                {
                    if (_pieces.Count == Most)
                    {
                        throw new ArgumentException($"The file has more than {(long)Most * size:N0} bytes; allowed: that many.",
                            nameof(tensors));
                    }
                    _pieces.Add([]);
                    _starts.Add(at);
                    room = size;
                }
                int count = (int)Math.Min(left, room / elementSize);
                _pieces[^1].Add((tensor, tensor.Count - left, count * elementSize));
                left -= count;
                room -= count * elementSize;
                at += (long)count * elementSize;
            }
        }
        Largest = _pieces.Select(runs => runs.Sum(run => run.Bytes)).DefaultIfEmpty(0).Max();
    }

    public int Count => _pieces.Count;

    public int Largest { get; }

    public int Bytes(int piece) => _pieces[piece].Sum(run => run.Bytes);

    public long Start(int piece) => _starts[piece];

    public long End(int piece) => Start(piece) + Bytes(piece);

    public void Draw(int piece, Span<byte> target, PlanStream stream)
    {
        StreamCursor cursor = new();
        foreach ((ParameterSpec tensor, long first, int bytes) in _pieces[piece])
        {
            stream.Draw(tensor.Name, first, target[..bytes], cursor);
            target = target[bytes..];
        }
    }
}
