using System.Text.Json.Nodes;

namespace InitNotebooks.Engine;

/// <summary>A kernel of another language, connected by <c>#!connect jupyter</c>.</summary>
public interface IOtherKernel : IDisposable
{
    /// <summary>Runs a cell.</summary>
    /// <param name="code">In that language.</param>
    /// <param name="output">Receives what it writes and shows.</param>
    /// <param name="interrupt">Stops it.</param>
    CellResult Run(string code, ICellOutput output, CancellationToken interrupt);

    /// <summary>A variable as JSON; arrays and tensors become lists.</summary>
    /// <param name="name">An identifier.</param>
    /// <exception cref="MagicException">There is none of that name, or it has no JSON.</exception>
    JsonNode? Get(string name);

    /// <summary>Gives a variable a value.</summary>
    /// <param name="name">An identifier.</param>
    /// <param name="value">Any JSON.</param>
    /// <exception cref="MagicException">The name is no identifier.</exception>
    void Set(string name, JsonNode? value);
}
