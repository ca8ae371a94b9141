using System.Text;

namespace InitNotebooks.Engine;

/// <summary>Console.Out or Console.Error of the cells: what is written goes to the cell of the code that writes.</summary>
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
