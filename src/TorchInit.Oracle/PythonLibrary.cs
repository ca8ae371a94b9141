namespace TorchInit.Oracle;

/// <summary>The shared library of a Python: what runs it inside another process.</summary>
/// <param name="Path">Its absolute path, for example <c>/usr/lib/x86_64-linux-gnu/libpython3.11.so.1.0</c>; null where it was not
/// found.</param>
/// <param name="Program">Python's <c>sys.executable</c>: the program itself where the candidate is a launcher, a virtual environment's
/// where it is one.</param>
/// <param name="FullVersion">Python's <c>sys.version</c>, which the library must repeat; empty where Python did not answer.</param>
/// <param name="Refusal">Why it cannot be loaded, and what helps; null when it can.</param>
public sealed record PythonLibrary(string? Path, string Program, string FullVersion, string? Refusal);
