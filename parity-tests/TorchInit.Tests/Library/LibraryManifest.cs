using System.Text.Json;

namespace TorchInit.Tests.Library;

/// <summary>plans/manifest.json: which torch gave which hashes.</summary>
sealed record LibraryManifest(IReadOnlyDictionary<string, RecordedTorch> Torch, IReadOnlyDictionary<string, RecordedModel> Models)
{
    /// <summary>Above this, a model is drawn only where TORCHINIT_ALL_PLANS=1 asks for all.</summary>
    const long MostParameters = 4_500_000;

    static readonly JsonSerializerOptions s_names = new(JsonSerializerDefaults.Web);

    public static LibraryManifest Read { get; }
        = JsonSerializer.Deserialize<LibraryManifest>(Repository.Read("plans/manifest.json"), s_names)!;

    public static bool IsAll => Environment.GetEnvironmentVariable("TORCHINIT_ALL_PLANS") == "1";

    /// <summary>What is drawn in this run.</summary>
    public bool IsDrawn(string name) => IsAll || Models[name].Parameters <= MostParameters;
}

/// <summary>A torch that recorded.</summary>
sealed record RecordedTorch(string Torchvision, string Platform, string Cpu, string Erf, string Lapack)
{
    public TorchProfile Profile(string version)
        => TorchProfile.For(version, TorchPlatform.Parse(Platform), Enum.Parse<CpuCapability>(Cpu, ignoreCase: true)) with
        {
            Erf = Enum.Parse<ErfImplementation>(Erf.Replace("_", "", StringComparison.Ordinal), ignoreCase: true),
            Lapack = Enum.Parse<LapackImplementation>(Lapack, ignoreCase: true),
        };
}

/// <summary>A model: its plan's hash, and for each torch and seed the hashes of weights and state.</summary>
sealed record RecordedModel(string Plan, string Model, string Class, long Parameters,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, RecordedHashes>> Hashes);

/// <summary>Hashes of a state dict's bytes, and of the generator's state after.</summary>
sealed record RecordedHashes(string Sha256, string State);
