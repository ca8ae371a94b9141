namespace InitNotebooks.Engine;

/// <summary>A kernel of another language, connected by <c>#!connect</c>.</summary>
public interface IOtherKernel : IDisposable
{
    /// <summary>
    /// What runs the cells, for example <c>Python 3.11.2, torch 1.13.1</c>: a notebook records it beside outputs, which can be shown where
    /// there is no such kernel. Empty if nothing is to be recorded.
    /// </summary>
    string Origin => "";

    /// <summary>Runs a cell.</summary>
    /// <param name="code">The code, in that language; earlier lines of the cell are empty.</param>
    /// <param name="output">Receives what the cell writes and shows, and asks for the user's input.</param>
    /// <param name="interrupt">Stops the cell.</param>
    CellResult Run(string code, ICellOutput output, CancellationToken interrupt);

    /// <summary>
    /// A variable's value: null, bool, a number, string, an array of numbers or truth values with its rank and element type, a <see
    /// cref="System.Text.Json.Nodes.JsonNode"/>, or a value of a type that C# cells know.
    /// </summary>
    /// <param name="name">An identifier.</param>
    /// <exception cref="MagicException">There is no variable of that name, or it cannot be shared.</exception>
    object? Get(string name);

    /// <summary>Gives a variable a value.</summary>
    /// <param name="name">An identifier.</param>
    /// <param name="value">As <see cref="Get"/> returns it; also lists and whatever else has a JSON form.</param>
    /// <exception cref="MagicException">The name is not an identifier, or the value cannot be shared.</exception>
    void Set(string name, object? value);

    /// <summary>Names that fit at a cursor; null if the kernel does not complete.</summary>
    /// <param name="code">The code, in that language.</param>
    /// <param name="position">The cursor, in UTF-16 units.</param>
    /// <returns>The names, and where the word they replace begins.</returns>
    (IReadOnlyList<string> Names, int Start)? Complete(string code, int position) => null;

    /// <summary>Signature and documentation of the name at a cursor; null if there is none.</summary>
    /// <param name="code">The code, in that language.</param>
    /// <param name="position">The cursor, in UTF-16 units.</param>
    string? Inspect(string code, int position) => null;
}
