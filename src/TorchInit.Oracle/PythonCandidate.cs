namespace TorchInit.Oracle;

/// <summary>A Python that was examined.</summary>
/// <param name="Path">The program's absolute path; the name as given if no such program was found.</param>
/// <param name="Source">Why it was examined, for example <c>VIRTUAL_ENV</c> or <c>PATH</c>.</param>
/// <param name="Version">Its version; null if it did not report one.</param>
/// <param name="Refusal">Why it cannot be used, for example <c>no torch</c>; null if it can.</param>
public sealed record PythonCandidate(string Path, string Source, string? Version, string? Refusal);
