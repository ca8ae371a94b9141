using TorchInit.Oracle;

namespace InitNotebooks.Tests;

/// <summary>Whether Python cells can run here: a Python with torch, and its shared library.</summary>
static class PythonInProcess
{
    static readonly Lazy<string?> s_missing = new(Find);

    /// <summary>Skips the test where they cannot; with TORCHINIT_REQUIRE_LIVE=1 it fails.</summary>
    public static void Require()
    {
        if (s_missing.Value is not { } why) { return; }
        if (Environment.GetEnvironmentVariable("TORCHINIT_REQUIRE_LIVE") == "1") { Assert.Fail(why); }
        Assert.Skip(why);
    }

    /// <summary>The Python that answers.</summary>
    public static PythonCandidate Candidate => PythonLocator.Locate();

    static string? Find()
    {
        try
        {
            return PythonLocator.FindLibrary(PythonLocator.Locate()).Refusal;
        }
        catch (OracleUnavailableException error)
        {
            return error.Message;
        }
    }
}
