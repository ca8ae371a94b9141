namespace TorchInit.Oracle;

/// <summary>What <see cref="PythonProvisioner"/> found and did.</summary>
/// <param name="Python">The Python that <see cref="PythonLocator"/> finds now; null if none has torch.</param>
/// <param name="Torch">Its <c>torch.__version__</c>.</param>
/// <param name="Library">The library that runs it in process, or why that is impossible.</param>
/// <param name="Steps">The steps, in order.</param>
/// <param name="Problem">What is missing, and what helps; null if everything that was requested is there, or would be after a dry
/// run.</param>
public sealed record SetupReport(
    PythonCandidate? Python, string? Torch, PythonLibrary? Library, IReadOnlyList<SetupStep> Steps, string? Problem);
