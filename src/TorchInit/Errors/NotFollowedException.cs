namespace TorchInit;

/// <summary>What torch does here was not measured, or depends on what the profile does not say: it is refused, and not guessed.</summary>
public sealed class NotFollowedException : NotSupportedException
{
    /// <summary>Something that is not followed.</summary>
    /// <param name="message">What, why, and what is allowed in its place.</param>
    public NotFollowedException(string message)
        : base(message)
    {
    }
}
