namespace TorchInit.Oracle;

/// <summary>A Python that was looked at.</summary>
/// <param name="Path">The program's absolute path; the name as given where no such program was found.</param>
/// <param name="Source">Why it was looked at, for example <c>VIRTUAL_ENV</c> or <c>PATH</c>.</param>
/// <param name="Version">Its version, or null when it did not say.</param>
/// <param name="Refusal">Why it cannot be used, for example <c>no torch</c>; null when it can.</param>
public sealed record PythonCandidate(string Path, string Source, string? Version, string? Refusal);
