namespace TorchInit.Oracle;

/// <summary>The shared library of a Python, which runs it inside another process.</summary>
/// <param name="Path">Its absolute path, for example <c>/usr/lib/x86_64-linux-gnu/libpython3.11.so.1.0</c>; null if it was not
/// found.</param>
/// <param name="Program">Python's <c>sys.executable</c>: the program itself if the candidate is a launcher; in a virtual environment, the
/// environment's program.</param>
/// <param name="FullVersion">Python's <c>sys.version</c>, which the library must report too; empty if Python did not answer.</param>
/// <param name="Refusal">Why it cannot be loaded, and what helps; null if it can.</param>
public sealed record PythonLibrary(string? Path, string Program, string FullVersion, string? Refusal);
