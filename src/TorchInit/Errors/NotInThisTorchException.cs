namespace TorchInit;

/// <summary>A class or an argument that the profile's version of torch does not have yet.</summary>
public sealed class NotInThisTorchException : NotSupportedException
{
    /// <summary>Refuses a feature of a later torch.</summary>
    /// <param name="feature">What was asked for, such as <c>RMSNorm</c> or <c>LayerNorm(bias=…)</c>.</param>
    /// <param name="since">The first version that has it, such as <c>2.4</c>.</param>
    /// <param name="asked">The profile's version.</param>
    public NotInThisTorchException(string feature, string since, string asked)
        : base($"{feature} came with torch {since}; the profile is torch {asked}. Choose a profile of {since} or later.")
        => (Feature, Since) = (feature, since);

    /// <summary>What was asked for.</summary>
    public string Feature { get; }

    /// <summary>The first version that has it.</summary>
    public string Since { get; }
}
