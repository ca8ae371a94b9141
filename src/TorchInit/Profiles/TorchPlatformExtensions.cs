namespace TorchInit;

/// <summary>Platform names, spelled like .NET's runtime identifiers.</summary>
public static class TorchPlatformExtensions
{
    /// <summary><c>linux-x64</c>, <c>windows-x64</c>, <c>linux-arm64</c> or <c>macos-arm64</c>.</summary>
    /// <param name="platform">The platform.</param>
    public static string Name(this TorchPlatform platform) => platform switch
    {
        TorchPlatform.LinuxX64 => "linux-x64",
        TorchPlatform.WindowsX64 => "windows-x64",
        TorchPlatform.LinuxArm64 => "linux-arm64",
        TorchPlatform.MacOSArm64 => "macos-arm64",
        _ => throw new ArgumentOutOfRangeException(nameof(platform), platform, "allowed: the members of TorchPlatform."),
    };

    static string Allowed => string.Join(", ", Enum.GetValues<TorchPlatform>().Select(Name));

    /// <summary>Static members: <c>TorchPlatform.Parse("linux-x64")</c>.</summary>
    extension(TorchPlatform)
    {
        /// <summary>The platform named <paramref name="name"/>.</summary>
        /// <param name="name">A name that <see cref="Name"/> returns.</param>
        /// <exception cref="ArgumentException"><paramref name="name"/> is none of these.</exception>
        public static TorchPlatform Parse(string name)
        {
            ArgumentNullException.ThrowIfNull(name);
            foreach (TorchPlatform platform in Enum.GetValues<TorchPlatform>())
            {
                if (platform.Name() == name) { return platform; }
            }
            if (name == "macos-x64")
            {
                throw new ArgumentException($"platform 'macos-x64' has no profile: no torch for Intel Macs was run or read, and their "
                    + $"wheels ended with 2.2; allowed: {Allowed}.", nameof(name));
            }
            throw new ArgumentException($"platform '{name}' is unknown; allowed: {Allowed}.", nameof(name));
        }
    }
}
