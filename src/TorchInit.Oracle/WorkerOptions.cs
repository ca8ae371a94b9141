namespace TorchInit.Oracle;

/// <summary>How a <see cref="WorkerOracle"/> starts and how long it waits.</summary>
public sealed record WorkerOptions
{
    /// <summary>The Python to use, a path or a name on PATH; null for the order of <see cref="PythonLocator"/>.</summary>
    public string? Python { get; init; }

    /// <summary>Environment variables of the worker that override those of this process, for example <c>ATEN_CPU_CAPABILITY=default</c>;
    /// null removes one.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>Whether torch draws on its first GPU, as under <c>torch.device("cuda")</c>; a torch that cannot is then
    /// unavailable.</summary>
    public bool OnGpu { get; init; }

    /// <summary>How long an import of torch may take; the first one from a slow disk takes most of a minute, on a loaded machine
    /// minutes.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long one case may take.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The worker's script; tests supply others.</summary>
    internal string Script { get; init; } = OracleScript.Path;
}
