namespace TorchInit;

/// <summary>What Python's <c>warnings.warn</c> says when torch initialises something doubtful and goes on.</summary>
/// <param name="Category">Python's class, for example <c>UserWarning</c>.</param>
/// <param name="Message">Torch's text.</param>
public sealed record TorchWarning(string Category, string Message)
{
    /// <summary>Raised on the calling thread for each warning; the default is silence. As Python's warnings, it is one for the process.</summary>
    public static event Action<TorchWarning>? Raised;

    /// <summary>torch.nn.init's old names; the category and the quotes changed with 2.2.</summary>
    internal static void Deprecated(string name, TorchProfile profile)
    {
        (string old, string current) = ($"nn.{name[..^1]}", $"nn.{name}");
        Raised?.Invoke(profile.Has(2, 2)
            ? new("FutureWarning", $"`{old}` is now deprecated in favor of `{current}`.")
            : new("UserWarning", $"{old} is now deprecated in favor of {current}."));
    }

    /// <summary>Of kaiming_* on a tensor without elements.</summary>
    internal static TorchWarning ZeroElements { get; } = new("UserWarning", "Initializing zero-element tensors is a no-op");

    internal static void User(string message) => Raise(new("UserWarning", message));

    internal static void Raise(TorchWarning warning) => Raised?.Invoke(warning);
}
