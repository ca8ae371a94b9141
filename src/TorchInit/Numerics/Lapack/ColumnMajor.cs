namespace TorchInit;

/// <summary>A window of a matrix as Fortran stores it: element (i, j) is at i + j · stride, counted from 0.</summary>
/// <param name="elements">The storage, starting at element (0, 0) of the window.</param>
/// <param name="rows">Rows of the window.</param>
/// <param name="columns">Columns of the window.</param>
/// <param name="stride">The distance between columns: the number of rows of the whole matrix.</param>
readonly ref struct ColumnMajor<T>(Span<T> elements, int rows, int columns, int stride)
    where T : unmanaged
{
    readonly Span<T> _elements = elements;

    public int Rows { get; } = rows;

    public int Columns { get; } = columns;

    public ref T this[int i, int j] => ref _elements[i + (j * stride)];

    /// <summary>Column <paramref name="j"/> from row <paramref name="from"/> to the last: contiguous.</summary>
    public Span<T> Column(int j, int from = 0) => from >= Rows ? [] : _elements.Slice(from + (j * stride), Rows - from);

    /// <summary>The window of <paramref name="rows"/> × <paramref name="columns"/> whose first element is (i, j).</summary>
    public ColumnMajor<T> Window(int i, int j, int rows, int columns)
        => new(rows == 0 || columns == 0 ? [] : _elements[(i + (j * stride))..], rows, columns, stride);

    /// <summary>The window from element (i, j) to the last row and column.</summary>
    public ColumnMajor<T> From(int i, int j) => Window(i, j, Rows - i, Columns - j);
}
