using System.Globalization;
using InitNotebooks.Engine;

namespace InitNotebooks.Tests;

/// <summary>A kernel whose cells are lines "name = number" and "say text"; it can be missing, as Python can.</summary>
sealed class FakeKernel : IOtherKernel
{
    readonly Dictionary<string, object?> _values = [];

    /// <summary>Why it cannot be had; null where it can.</summary>
    public string? Missing { get; set; }

    public KernelKind Kind => new("fake", [], _ => Missing is { } why ? throw new KernelUnavailableException(why) : this);

    public string Origin => "Fake 1.0";

    public CellResult Run(string code, ICellOutput output, CancellationToken interrupt)
    {
        foreach (string line in code.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Split(" = ") is [var name, var number]) { _values[name] = float.Parse(number, CultureInfo.InvariantCulture); }
            else { output.Text("stdout", $"{line}\n"); }
        }
        return CellResult.Nothing;
    }

    /// <summary>"many" is larger than what is recorded, "few" is an array.</summary>
    public object? Get(string name) => name switch
    {
        "many" => new float[100_000],
        "few" => new float[,] { { _values.GetValueOrDefault("x") is float x ? x : 0, 2 }, { 3, 4 } },
        "whole" => 5L,
        _ => _values.TryGetValue(name, out object? value) ? new[] { (float)value! } : throw new MagicException($"There is no {name}."),
    };

    public void Set(string name, object? value) => _values[name] = value;

    public void Dispose()
    {
    }
}
