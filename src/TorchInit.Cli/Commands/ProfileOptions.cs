using System.CommandLine;

namespace TorchInit.Cli;

/// <summary>--torch, --platform and --cpu: which torch is followed.</summary>
sealed class ProfileOptions
{
    readonly Option<string> _torch = new("--torch") { Description = "The torch to follow, for example 2.10 or 1.13.1.", DefaultValueFactory = _ => TorchProfile.Default.Version.ToString() };
    readonly Option<string> _platform = new("--platform") { Description = "Where that torch runs: linux-x64, windows-x64, linux-arm64, macos-arm64.", DefaultValueFactory = _ => "linux-x64" };
    readonly Option<string> _cpu = new("--cpu") { Description = "Its kernels: avx2 (and better), or default for ATEN_CPU_CAPABILITY=default.", DefaultValueFactory = _ => "avx2" };

    public void AddTo(Command command)
    {
        command.Add(_torch);
        command.Add(_platform);
        command.Add(_cpu.AcceptOnlyFromAmong("avx2", "default"));
    }

    public TorchProfile Read(ParseResult result) => TorchProfile.For(result.GetValue(_torch)!, TorchPlatformExtensions.Parse(result.GetValue(_platform)!),
        result.GetValue(_cpu) == "avx2" ? CpuCapability.Avx2 : CpuCapability.Default);
}
