namespace InitNotebooks.Engine;

/// <summary>A kernel of another language, connected by <c>#!connect</c>.</summary>
public interface IOtherKernel : IDisposable
{
    /// <summary>
    /// What runs the cells, for example <c>Python 3.11.2, torch 1.13.1</c>: a notebook records it beside outputs that can be shown where
    /// there is no such kernel. Empty where nothing is to be recorded.
    /// </summary>
    string Origin => "";

    /// <summary>Runs a cell.</summary>
    /// <param name="code">In that language, with empty lines for those of the cell before it.</param>
    /// <param name="output">Receives what it writes and shows, and is asked for the user's input.</param>
    /// <param name="interrupt">Stops it.</param>
    CellResult Run(string code, ICellOutput output, CancellationToken interrupt);

    /// <summary>
    /// A variable: null, bool, a number, string, an array of numbers or truth values with its rank and element type, a <see
    /// cref="System.Text.Json.Nodes.JsonNode"/>, or a value of a type that C# cells see.
    /// </summary>
    /// <param name="name">An identifier.</param>
    /// <exception cref="MagicException">There is none of that name, or it cannot be shared.</exception>
    object? Get(string name);

    /// <summary>Gives a variable a value.</summary>
    /// <param name="name">An identifier.</param>
    /// <param name="value">As <see cref="Get"/> gives it; lists and what else has a JSON form, too.</param>
    /// <exception cref="MagicException">The name is no identifier, or the value cannot be shared.</exception>
    void Set(string name, object? value);

    /// <summary>Names that fit before a cursor; null where it does not say.</summary>
    /// <param name="code">In that language.</param>
    /// <param name="position">The cursor, in UTF-16 units.</param>
    /// <returns>The names, and where the word begins that they replace.</returns>
    (IReadOnlyList<string> Names, int Start)? Complete(string code, int position) => null;

    /// <summary>Signature and documentation of the name at a cursor; null where there is none.</summary>
    /// <param name="code">In that language.</param>
    /// <param name="position">The cursor, in UTF-16 units.</param>
    string? Inspect(string code, int position) => null;
}
