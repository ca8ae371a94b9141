using System.CommandLine;

namespace TorchInit.Cli;

/// <summary>--torch, --platform, --cpu and --device: which torch to follow, and where it draws.</summary>
sealed class ProfileOptions
{
    readonly Option<string> _torch = new("--torch")
    {
        Description = "The torch to follow, for example 2.10 or 1.13.1. If a GPU draws, the default is 2.11.",
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
        Description = "The device that draws: cpu; cuda for draws that are the same on every GPU of 160 blocks or more (a T4 has 160; "
        + "smaller cards and MIG slices may have fewer); or one GPU, by name (cuda:h100) or by multiprocessors and threads per "
        + "multiprocessor (cuda:132x2048).",
        DefaultValueFactory = _ => "cpu"
    };
    readonly Option<string?> _defaultDevice = new("--default-device")
    {
        Description = "torch's default device while a GPU draws, cpu or cuda: sparse_ takes its "
        + "permutations from that device's generator."
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
        if (IsGiven(result, _defaultDevice))
        {
            throw new ArgumentException("--default-device needs --device cuda:…, or device='cuda' in the text, where a GPU draws.");
        }
        TorchPlatform platform = TorchPlatform.Parse(result.GetValue(_platform)!);
        TorchProfile profile = TorchProfile.For(result.GetValue(_torch)!, platform, Cpu(result));
        if (IsGiven(result, _cpu) && profile.Cpu != Cpu(result))
        {
            throw new ArgumentException(
                $"--cpu {result.GetValue(_cpu)} with --platform {platform.Name()}: Arm has one kind of kernels; leave --cpu out.");
        }
        return profile;
    }

    /// <summary>The plan from a JSON file, a library name, or an expression in torch's own spelling.</summary>
    public InitPlan PlanOf(ParseResult result, string text, DType dtype = DType.Float32)
        => IsPlanFile(text) ? ReadPlan(result, text, dtype)
            : PlanLibrary.Contains(text) ? PlanLibrary.Load(text, Read(result))
            : Spelled(text, () => PlanOf(result, TorchProgram.Parse(text)));

    /// <summary>The plan of an expression in torch's own spelling.</summary>
    public InitPlan PlanOf(ParseResult result, TorchProgram program) => program.ToPlan(ProfileOf(result, program));

    /// <summary>The profile for an expression. If it draws on 'cuda' itself, these are the draws that all GPUs share, as with
    /// --device cuda.</summary>
    /// <exception cref="ArgumentException">The expression draws on a GPU, and --device says cpu.</exception>
    public TorchProfile ProfileOf(ParseResult result, TorchProgram program)
    {
        bool isGiven = IsGiven(result, _device);
        bool isCpu = result.GetValue(_device) == "cpu";
        if (isGiven && !isCpu) { return Read(result); }
        if (!program.DrawsOnGpu(isDefault: result.GetValue(_defaultDevice) == "cuda")) { return Read(result); }
        return !isGiven ? ReadGpu(result, "cuda") : throw new ArgumentException("--device is cpu, and the text itself draws on 'cuda'; "
            + "allowed: --device cuda, one GPU as in --device cuda:h100, or no --device.");
    }

    /// <summary>The plan of a library name, or of an expression in torch's own spelling.</summary>
    public static InitPlan Named(string text, TorchProfile profile)
        => PlanLibrary.Contains(text) ? PlanLibrary.Load(text, profile) : Spelled(text, () => InitPlan.Of(text, profile));

    /// <summary>A text that does not parse may be a misspelt library name.</summary>
    static InitPlan Spelled(string text, Func<InitPlan> plan)
    {
        try { return plan(); }
        catch (Exception error) when (error is TorchExpressionException or ArgumentException
            && PlanLibrary.Near(text) is { Length: > 0 } near)
        {
            throw new ArgumentException($"'{text}' is neither a plan in the library nor a torch call; nearest plans: "
                + $"{string.Join(", ", near)}.", error);
        }
    }

    /// <summary>Whether a text names a plan file; an expression never ends in <c>.json</c>.</summary>
    public static bool IsPlanFile(string text) => text.EndsWith(".json", StringComparison.OrdinalIgnoreCase);

    /// <summary>The plan from a JSON file, which names its torch. Options may ask for another torch that draws every step the
    /// same.</summary>
    /// <exception cref="ArgumentException">An option asks for a torch, platform or kernels that draw a step differently.</exception>
    public InitPlan ReadPlan(ParseResult result, string path, DType dtype = DType.Float32)
    {
        if (Directory.Exists(path)) { throw new IOException($"'{path}' is a folder; allowed: a plan's JSON file."); }
        if (!File.Exists(path)) { throw new FileNotFoundException($"there is no file '{path}'{NearestFile(path)}."); }
        InitPlan plan = InitPlan.Load(path);
        TorchProfile own = plan.Profile;
        if (IsGiven(result, _device) && own.On(result.GetValue(_device)!).Device != own.Device)
        {
            throw new ArgumentException($"--device is {result.GetValue(_device)}, and {path} is a plan for {own.Device}; allowed: "
                + $"{own.Device}, or none. For another device, give the constructor's text.");
        }
        Option[] given = [.. ((Option[])[_torch, _platform, _cpu]).Where(option => IsGiven(result, option))];
        if (given.Length == 0) { return plan; }
        try { return plan.Retarget(Asked(result, own), dtype); }
        catch (ArgumentException error)
        {
            string asked = string.Join(", ", given.Select(option => $"{option.Name} is {result.GetResult(option)!.Tokens[0].Value}"));
            throw new ArgumentException($"{asked}: {error.Message} For any other, give the constructor's text.", error);
        }
    }

    /// <summary>Files in the same folder, or plans in the library, with similar names.</summary>
    static string NearestFile(string path)
    {
        string folder = Path.GetDirectoryName(path) is { Length: > 0 } named ? named : ".";
        IEnumerable<string> there = Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "*.json").Select(file => Path.GetFileName(file)) : [];
        return NearestNames.Ending(Path.GetFileName(path), there) is { Length: > 0 } near ? near
            : PlanLibrary.Near(Path.GetFileName(path)) is { Length: > 0 } plans
                ? $"; plans of the library: {string.Join(", ", plans)}" : "";
    }

    /// <summary>The plan's own torch, with the given options applied.</summary>
    TorchProfile Asked(ParseResult result, TorchProfile own)
    {
        string version = IsGiven(result, _torch) ? result.GetValue(_torch)! : own.Version.ToString();
        TorchPlatform platform = IsGiven(result, _platform) ? TorchPlatform.Parse(result.GetValue(_platform)!) : own.Platform;
        TorchProfile asked = TorchProfile.For(version, platform, IsGiven(result, _cpu) ? Cpu(result) : own.Cpu);
        if (own.Gpu is not null) { asked = asked.On(own.Device) with { IsDefaultDevice = own.IsDefaultDevice }; }
        return asked.Platform == own.Platform && asked.Cpu == own.Cpu ? asked with { Erf = own.Erf, Lapack = own.Lapack } : asked;
    }

    /// <summary>A GPU's values do not depend on the CPU beside it; without --torch, this is the version that was measured.</summary>
    TorchProfile ReadGpu(ParseResult result, string device)
    {
        foreach (Option option in (Option[])[_platform, _cpu])
        {
            if (IsGiven(result, option))
            {
                string where = IsGiven(result, _device) ? $"--device {device}" : $"device='{device}' in the text";
                throw new ArgumentException($"{option.Name} does not apply to {where}.");
            }
        }
        string version = IsGiven(result, _torch) ? result.GetValue(_torch)! : TorchProfile.MeasuredOnCuda;
        return TorchProfile.For(version).On(device) with
        {
            IsDefaultDevice = result.GetValue(_defaultDevice) is { } named ? named == "cuda" : null,
        };
    }

    CpuCapability Cpu(ParseResult result) => result.GetValue(_cpu) == "avx2" ? CpuCapability.Avx2 : CpuCapability.Default;

    /// <summary>Whether an option names a torch, platform, kind of kernels or device.</summary>
    public bool IsGiven(ParseResult result) => Array.Exists([_torch, _platform, _cpu, _device], option => IsGiven(result, option));

    static bool IsGiven(ParseResult result, Option option) => result.GetResult(option) is { Implicit: false };
}
