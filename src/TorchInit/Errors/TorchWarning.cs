namespace TorchInit;

/// <summary>What Python's <c>warnings.warn</c> says when torch initialises something doubtful and goes on.</summary>
/// <param name="Category">Python's class, for example <c>UserWarning</c>.</param>
/// <param name="Message">Torch's text.</param>
public sealed record TorchWarning(string Category, string Message)
{
    /// <summary>Raised on the calling thread for each warning; the default is silence. As Python's warnings, it is one for the process.</summary>
    public static event Action<TorchWarning>? Raised;

    internal static void User(string message) => Raised?.Invoke(new("UserWarning", message));
}
