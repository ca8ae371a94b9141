namespace TorchInit.Oracle.PythonNet;

/// <summary>Which Python to run in this process, and how long one request may take.</summary>
public sealed record PythonNetOptions
{
    /// <summary>The Python to run, a path or a name on PATH; null for the order of <see cref="PythonLocator"/>, as for a worker.</summary>
    public string? Python { get; init; }

    /// <summary>Environment variables of Python and its libraries that override those of this process, for example
    /// <c>ATEN_CPU_CAPABILITY=default</c>; null removes one. They are set when Python starts, once per process.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>How long one request to a <see cref="PythonNetOracle"/> may take; afterwards Python's next step raises an exception. A
    /// torch kernel that is running is not interrupted.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromMinutes(2);
}
