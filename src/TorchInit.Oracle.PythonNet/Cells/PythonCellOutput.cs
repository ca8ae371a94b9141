namespace TorchInit.Oracle.PythonNet;

/// <summary>What a cell writes or displays, sent as it happens.</summary>
public abstract record PythonCellOutput
{
    private protected PythonCellOutput()
    {
    }
}

/// <summary>Text on standard output or standard error.</summary>
/// <param name="Text">The text; may be part of a line.</param>
/// <param name="IsError">Whether it is standard error.</param>
public sealed record PythonCellText(string Text, bool IsError) : PythonCellOutput;

/// <summary>A displayed value: the cell's last expression, an argument of <c>display</c>, or a matplotlib figure.</summary>
/// <param name="Data">The value by MIME type, always including <c>text/plain</c>; images as Base64.</param>
/// <param name="IsResult">Whether it is the value of the last expression.</param>
public sealed record PythonCellDisplay(IReadOnlyDictionary<string, string> Data, bool IsResult) : PythonCellOutput;
