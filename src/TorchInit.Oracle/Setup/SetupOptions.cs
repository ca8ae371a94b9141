using System.Text.RegularExpressions;

namespace TorchInit.Oracle;

/// <summary>What <see cref="PythonProvisioner"/> is to provide, and how.</summary>
public sealed partial record SetupOptions
{
    /// <summary>This torch, by pip into <see cref="Venv"/>, for example <c>2.13.0</c>; null takes any torch that is there, else Debian's
    /// where it can be installed, else the one that is pinned for the Python.</summary>
    public string? TorchVersion { get; init; }

    /// <summary>Whether Debian's Jupyter and Chromium are provided too.</summary>
    public bool Jupyter { get; init; }

    /// <summary>Whether nothing is installed: the report says what would be.</summary>
    public bool DryRun { get; init; }

    /// <summary>The folder of the virtual environment; one that was not made here is left alone.</summary>
    public string Venv { get; init; } = ".venv";

    /// <summary>A requirements file of pip with a hash for each package, which are installed into <see cref="Venv"/> and nothing else;
    /// null asks the index for the hashes and keeps them in the environment's torchinit-requirements.txt.</summary>
    public string? Hashes { get; init; }

    /// <summary>The index that pip asks; null for the one that has torch without CUDA on Linux, and pip's own elsewhere.</summary>
    public string? IndexUrl { get; init; }

    /// <summary>Where Windows has no Python: installs one with the torch of a release, and gives null, or what is missing.</summary>
    public Func<string, string?>? Embedded { get; init; }

    /// <summary>Throws unless everything can be meant.</summary>
    /// <exception cref="ArgumentException">A version is none, two say which torch, or the file of hashes is not there.</exception>
    internal void Validate()
    {
        if (TorchVersion is not null && !Release().IsMatch(TorchVersion))
        {
            throw new ArgumentException($"the version of torch is '{TorchVersion}'; allowed: a release such as 2.13.0.");
        }
        if (TorchVersion is not null && Hashes is not null)
        {
            throw new ArgumentException($"the version of torch is '{TorchVersion}' and the file of hashes is '{Hashes}'; allowed: "
                + $"one of them, since the file names its torch.");
        }
        if (Hashes is not null && !File.Exists(Hashes))
        {
            throw new ArgumentException($"the file of hashes is '{Hashes}'; allowed: a file that is there.");
        }
        if (string.IsNullOrWhiteSpace(Venv)) { throw new ArgumentException("the virtual environment's folder is empty; allowed: a path."); }
    }

    [GeneratedRegex(@"^[0-9]{1,4}(\.[0-9]{1,4}){1,2}$", RegexOptions.ExplicitCapture)]
    private static partial Regex Release();
}
