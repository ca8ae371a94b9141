namespace TorchInit.Oracle.PythonNet;

/// <summary>Which Python runs in this process, and how long one request may take.</summary>
public sealed record PythonNetOptions
{
    /// <summary>The Python to run, a path or a name on PATH; null for <see cref="PythonLocator"/>'s order, which is the worker's.</summary>
    public string? Python { get; init; }

    /// <summary>Variables that Python and its libraries see over those of this process, for example <c>ATEN_CPU_CAPABILITY=default</c>;
    /// null removes one. They are set when Python starts; a process has one set.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>How long one request to a <see cref="PythonNetOracle"/> may take: Python's next step after it is an exception. A kernel of
    /// torch that is running is not interrupted.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromMinutes(2);
}
