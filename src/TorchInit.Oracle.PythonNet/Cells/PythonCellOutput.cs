namespace TorchInit.Oracle.PythonNet;

/// <summary>What a cell writes or shows, as it comes.</summary>
public abstract record PythonCellOutput
{
    private protected PythonCellOutput()
    {
    }
}

/// <summary>Text on standard output or standard error.</summary>
/// <param name="Text">May be part of a line.</param>
/// <param name="IsError">Whether it is standard error.</param>
public sealed record PythonCellText(string Text, bool IsError) : PythonCellOutput;

/// <summary>A value shown: the cell's last expression, or what <c>display</c> was given, or a figure of matplotlib.</summary>
/// <param name="Data">By MIME type, <c>text/plain</c> always among them; images as Base64.</param>
/// <param name="IsResult">Whether it is the last expression's value.</param>
public sealed record PythonCellDisplay(IReadOnlyDictionary<string, string> Data, bool IsResult) : PythonCellOutput;
