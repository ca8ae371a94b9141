using System.CommandLine;

namespace TorchInit.Cli;

/// <summary>--torch, --platform, --cpu and --device: which torch is followed, and where it draws.</summary>
sealed class ProfileOptions
{
    readonly Option<string> _torch = new("--torch")
    {
        Description = "The torch to follow, for example 2.10 or 1.13.1.",
        DefaultValueFactory = _ => TorchProfile.Default.Version.ToString()
    };
    readonly Option<string> _platform = new("--platform")
    {
        Description = "Where that torch runs: linux-x64, windows-x64, linux-arm64, "
        + "macos-arm64.",
        DefaultValueFactory = _ => "linux-x64"
    };
    readonly Option<string> _cpu = new("--cpu")
    {
        Description = "Its kernels: avx2 (and better), or default for "
        + "ATEN_CPU_CAPABILITY=default.",
        DefaultValueFactory = _ => "avx2"
    };
    readonly Option<string> _device = new("--device")
    {
        Description = "Where it draws: cpu, or a GPU by name or by its multiprocessors and their threads, "
        + "as cuda:h100 or cuda:132x2048.",
        DefaultValueFactory = _ => "cpu"
    };
    readonly Option<string?> _defaultDevice = new("--default-device")
    {
        Description = "Torch's default device while a GPU draws, cpu or cuda: sparse_ takes its "
        + "permutations from that one's generator."
    };

    public void AddTo(Command command)
    {
        command.Add(_torch);
        command.Add(_platform);
        command.Add(_cpu.AcceptOnlyFromAmong("avx2", "default"));
        command.Add(_device);
        command.Add(_defaultDevice.AcceptOnlyFromAmong("cpu", "cuda"));
    }

    public TorchProfile Read(ParseResult result)
    {
        string device = result.GetValue(_device)!;
        if (device != "cpu") { return ReadGpu(result, device); }
        if (IsGiven(result, _defaultDevice)) { throw new ArgumentException("--default-device goes with --device cuda:…, where a GPU draws."); }
        TorchPlatform platform = TorchPlatform.Parse(result.GetValue(_platform)!);
        TorchProfile profile = TorchProfile.For(result.GetValue(_torch)!, platform, Cpu(result));
        if (IsGiven(result, _cpu) && profile.Cpu != Cpu(result))
        {
            throw new ArgumentException(
                $"--cpu {result.GetValue(_cpu)} with --platform {platform.Name()}: Arm has one kind of kernels; leave --cpu out.");
        }
        return profile;
    }

    /// <summary>The plan of a JSON file, of a name of the library, or of a text in torch's own spelling.</summary>
    public InitPlan PlanOf(ParseResult result, string text) => IsPlanFile(text) ? ReadPlan(result, text) : Named(text, Read(result));

    /// <summary>The plan of a name of the library, or of a text in torch's own spelling.</summary>
    public static InitPlan Named(string text, TorchProfile profile)
        => PlanLibrary.Contains(text) ? PlanLibrary.Load(text, profile) : InitPlan.Of(text, profile);

    /// <summary>Whether a text names a plan's file; a spelling ends in no <c>.json</c>.</summary>
    public static bool IsPlanFile(string text) => text.EndsWith(".json", StringComparison.OrdinalIgnoreCase);

    /// <summary>The plan of a JSON file, which says which torch it is of; options that say another are refused.</summary>
    /// <exception cref="ArgumentException">An option asks for another torch, platform or kind of kernels than the plan's.</exception>
    public InitPlan ReadPlan(ParseResult result, string path)
    {
        InitPlan plan = PlanJson.Read(File.ReadAllText(path));
        TorchProfile own = plan.Profile;
        Require(_torch, own.Version.ToString(), text => TorchProfile.For(text).Version == own.Version);
        Require(_platform, own.Platform.Name(), text => TorchPlatform.Parse(text) == own.Platform);
        Require(_cpu, own.Cpu == CpuCapability.Avx2 ? "avx2" : "default", _ => Cpu(result) == own.Cpu);
        Require(_device, own.Device, text => own.On(text).Device == own.Device);
        return plan;

        void Require(Option<string> option, string owns, Func<string, bool> isOwn)
        {
            if (IsGiven(result, option) && !isOwn(result.GetValue(option)!))
            {
                throw new ArgumentException($"{option.Name} is {result.GetValue(option)}, and {path} is a plan for {own}; allowed: "
                    + $"{owns}, or none. "
                    + "The steps of a plan are one torch's: for another torch, give the constructor's text.");
            }
        }
    }

    /// <summary>A GPU's values do not depend on the CPU beside it; without --torch, the version that was measured.</summary>
    TorchProfile ReadGpu(ParseResult result, string device)
    {
        foreach (Option option in (Option[])[_platform, _cpu])
        {
            if (IsGiven(result, option)) { throw new ArgumentException($"{option.Name} with --device {device}: a GPU draws; leave it out."); }
        }
        string version = IsGiven(result, _torch) ? result.GetValue(_torch)! : TorchProfile.MeasuredOnCuda;
        return TorchProfile.For(version).On(device) with
        {
            IsDefaultDevice = result.GetValue(_defaultDevice) is { } named ? named == "cuda" : null,
        };
    }

    CpuCapability Cpu(ParseResult result) => result.GetValue(_cpu) == "avx2" ? CpuCapability.Avx2 : CpuCapability.Default;

    /// <summary>Whether a torch, a platform, kernels or a device were asked for.</summary>
    public bool IsGiven(ParseResult result) => Array.Exists([_torch, _platform, _cpu, _device], option => IsGiven(result, option));

    static bool IsGiven(ParseResult result, Option option) => result.GetResult(option) is { Implicit: false };
}
