namespace TorchInit;

/// <summary>Thrown where torch's result was not measured, or depends on something the profile does not say; nothing is guessed.</summary>
public sealed class NotFollowedException : NotSupportedException
{
    /// <summary>Refuses something whose result in torch is not known.</summary>
    /// <param name="message">What is refused, why, and what is allowed instead.</param>
    public NotFollowedException(string message)
        : base(message)
    {
    }
}
