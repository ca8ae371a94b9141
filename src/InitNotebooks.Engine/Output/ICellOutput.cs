using System.Text.Json.Nodes;

namespace InitNotebooks.Engine;

/// <summary>Where a cell's output goes: a front end, or a notebook file.</summary>
public interface ICellOutput
{
    /// <summary>Text that was written.</summary>
    /// <param name="stream"><c>stdout</c> or <c>stderr</c>.</param>
    /// <param name="text">One or more lines, in the order written.</param>
    void Text(string stream, string text);

    /// <summary>A value in several forms.</summary>
    /// <param name="data">MIME type to content; <c>text/plain</c> is always there.</param>
    /// <param name="id">Names the display, so that it can be updated.</param>
    /// <param name="update">Whether an earlier display of this id is replaced.</param>
    void Display(JsonObject data, string id, bool update);

    /// <summary>Removes what the cell has shown so far.</summary>
    /// <param name="wait">Only when the next output comes.</param>
    void Clear(bool wait);

    /// <summary>Whether somebody is there to be asked.</summary>
    bool CanAsk { get; }

    /// <summary>Asks the user for a line.</summary>
    /// <param name="prompt">Shown before the field.</param>
    /// <param name="password">Whether what is typed is hidden.</param>
    /// <exception cref="NotSupportedException">Nobody is there to be asked.</exception>
    string? Input(string prompt, bool password);
}
