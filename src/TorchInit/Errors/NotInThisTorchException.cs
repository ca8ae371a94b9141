namespace TorchInit;

/// <summary>A class or an argument that the profile's torch does not have yet.</summary>
public sealed class NotInThisTorchException : NotSupportedException
{
    /// <summary>Something that came with a later torch.</summary>
    /// <param name="feature">What was asked for, for example <c>RMSNorm</c> or <c>LayerNorm(bias=…)</c>.</param>
    /// <param name="since">The first version that has it, for example <c>2.4</c>.</param>
    /// <param name="asked">The version of the profile.</param>
    public NotInThisTorchException(string feature, string since, string asked)
        : base($"{feature} came with torch {since}; the profile is torch {asked}. Choose a profile of {since} or later.")
        => (Feature, Since) = (feature, since);

    /// <summary>What was asked for.</summary>
    public string Feature { get; }

    /// <summary>The first version that has it.</summary>
    public string Since { get; }
}
