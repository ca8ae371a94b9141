using System.Text.RegularExpressions;

namespace TorchInit.Oracle;

/// <summary>What <see cref="PythonProvisioner"/> should provide, and how.</summary>
public sealed partial record SetupOptions
{
    /// <summary>The version of torch, installed by pip into <see cref="Venv"/>, for example <c>2.13.0</c>; null accepts any torch that is
    /// present, else Debian's if it can be installed, else the one pinned for the Python.</summary>
    public string? TorchVersion { get; init; }

    /// <summary>Whether to provide Debian's Jupyter and Chromium too.</summary>
    public bool Jupyter { get; init; }

    /// <summary>Whether to install nothing and only report what would be installed.</summary>
    public bool DryRun { get; init; }

    /// <summary>The folder of the virtual environment; one that was not made here is left alone.</summary>
    public string Venv { get; init; } = ".venv";

    /// <summary>A pip requirements file with a hash for each package; only these are installed into <see cref="Venv"/>. Null asks the index
    /// for the hashes and stores them in the environment's torchinit-requirements.txt.</summary>
    public string? Hashes { get; init; }

    /// <summary>The index that pip uses; null for the index of torch without CUDA on Linux, and pip's default elsewhere.</summary>
    public string? IndexUrl { get; init; }

    /// <summary>For a Windows without Python: installs one with the given torch release, and returns null, or what is missing.</summary>
    public Func<string, string?>? Embedded { get; init; }

    /// <summary>Throws unless all options are valid.</summary>
    /// <exception cref="ArgumentException">A version is invalid, torch is given twice, or the file of hashes does not exist.</exception>
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
            throw new ArgumentException($"the file of hashes is '{Hashes}'; allowed: an existing file.");
        }
        if (string.IsNullOrWhiteSpace(Venv)) { throw new ArgumentException("the virtual environment's folder is empty; allowed: a path."); }
    }

    [GeneratedRegex(@"^[0-9]{1,4}(\.[0-9]{1,4}){1,2}$", RegexOptions.ExplicitCapture)]
    private static partial Regex Release();
}
