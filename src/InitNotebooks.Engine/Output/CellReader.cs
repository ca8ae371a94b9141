namespace InitNotebooks.Engine;

/// <summary>Console.In for cells: asks the front end.</summary>
sealed class CellReader : TextReader
{
    public override string? ReadLine() => CellScope.Current?.Output.Input("", password: false);

    public override int Read() => -1;
}
