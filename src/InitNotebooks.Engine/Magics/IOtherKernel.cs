namespace InitNotebooks.Engine;

/// <summary>A kernel of another language, connected by <c>#!connect jupyter</c>.</summary>
public interface IOtherKernel : IDisposable
{
    /// <summary>Runs a cell.</summary>
    /// <param name="code">In that language.</param>
    /// <param name="output">Receives what it writes and shows, and is asked for the user's input.</param>
    /// <param name="interrupt">Stops it.</param>
    CellResult Run(string code, ICellOutput output, CancellationToken interrupt);

    /// <summary>
    /// A variable: null, bool, double, string, an array of numbers or truth values with its rank and element type, or a <see
    /// cref="System.Text.Json.Nodes.JsonNode"/>.
    /// </summary>
    /// <param name="name">An identifier.</param>
    /// <exception cref="MagicException">There is none of that name, or it cannot be shared.</exception>
    object? Get(string name);

    /// <summary>Gives a variable a value.</summary>
    /// <param name="name">An identifier.</param>
    /// <param name="value">As <see cref="Get"/> gives it; lists and what else has a JSON form, too.</param>
    /// <exception cref="MagicException">The name is no identifier, or the value cannot be shared.</exception>
    void Set(string name, object? value);
}
