using System.Text;

namespace InitNotebooks.Engine;

/// <summary>Console.Out or Console.Error for cells: text goes to the cell whose code writes it.</summary>
sealed class CellWriter(TextBatches batches, string stream) : TextWriter
{
    public override Encoding Encoding => Encoding.UTF8;

    [System.Diagnostics.CodeAnalysis.AllowNull]
    public override string NewLine { get => "\n"; set { } }

    public override void Write(char value) => batches.Write(CellScope.Current, stream, [value]);

    public override void Write(string? value) => batches.Write(CellScope.Current, stream, value);

    public override void Write(char[] buffer, int index, int count)
        => batches.Write(CellScope.Current, stream, buffer.AsSpan(index, count));

    public override void Write(ReadOnlySpan<char> buffer) => batches.Write(CellScope.Current, stream, buffer);

    public override void WriteLine(string? value) => batches.Write(CellScope.Current, stream, value + "\n");
}
