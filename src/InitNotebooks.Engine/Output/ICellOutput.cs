using System.Text.Json.Nodes;

namespace InitNotebooks.Engine;

/// <summary>Where a cell's output goes: a front end, or a notebook file.</summary>
public interface ICellOutput
{
    /// <summary>Receives written text.</summary>
    /// <param name="stream"><c>stdout</c> or <c>stderr</c>.</param>
    /// <param name="text">One or more lines, in the order written.</param>
    void Text(string stream, string text);

    /// <summary>Shows a value in several forms.</summary>
    /// <param name="data">MIME type to content; <c>text/plain</c> is always present.</param>
    /// <param name="id">The display's name, by which it can be updated.</param>
    /// <param name="update">Whether to replace an earlier display with this id.</param>
    void Display(JsonObject data, string id, bool update);

    /// <summary>Removes what the cell has shown so far.</summary>
    /// <param name="wait">Whether to wait until the next output comes.</param>
    void Clear(bool wait);

    /// <summary>Whether there is a user to ask.</summary>
    bool CanAsk { get; }

    /// <summary>Asks the user for a line.</summary>
    /// <param name="prompt">Shown before the field.</param>
    /// <param name="password">Whether to hide what is typed.</param>
    /// <exception cref="NotSupportedException">There is no user to ask.</exception>
    string? Input(string prompt, bool password);
}
