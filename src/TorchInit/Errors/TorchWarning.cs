namespace TorchInit;

/// <summary>A warning as Python's <c>warnings.warn</c> shows it, when torch initialises something doubtful and continues.</summary>
/// <param name="Category">Python's warning class, such as <c>UserWarning</c>.</param>
/// <param name="Message">Torch's text.</param>
public sealed record TorchWarning(string Category, string Message)
{
    [ThreadStatic]
    static int s_silent;

    /// <summary>Raised on the calling thread for each warning; nothing is printed by default. Like Python's warnings, the event is shared
    /// by the whole process.</summary>
    public static event Action<TorchWarning>? Raised;

    /// <summary>The warning of torch.nn.init's old names; its category and quotes changed with 2.2.</summary>
    internal static void Deprecated(string name, TorchProfile profile)
    {
        (string old, string current) = ($"nn.{name[..^1]}", $"nn.{name}");
        Raise(profile.Has(2, 2)
            ? new("FutureWarning", $"`{old}` is now deprecated in favor of `{current}`.")
            : new("UserWarning", $"{old} is now deprecated in favor of {current}."));
    }

    /// <summary>The warning of kaiming_* on a tensor without elements.</summary>
    internal static TorchWarning ZeroElements { get; } = new("UserWarning", "Initializing zero-element tensors is a no-op");

    /// <summary>The warning of utils.weight_norm: deprecated since torch 2.1; category and quotes changed with 2.4.</summary>
    internal static void DeprecatedWeightNorm(TorchProfile profile)
    {
        const string Old = "torch.nn.utils.weight_norm", Current = "torch.nn.utils.parametrizations.weight_norm";
        if (profile.Has(2, 4)) { Raise(new("FutureWarning", $"`{Old}` is deprecated in favor of `{Current}`.")); }
        else if (profile.Has(2, 1)) { User($"{Old} is deprecated in favor of {Current}."); }
    }

    internal static void User(string message) => Raise(new("UserWarning", message));

    /// <summary>Runs <paramref name="make"/> without warnings, for calls that C# makes and torch does not.</summary>
    internal static T Silently<T>(Func<T> make)
    {
        s_silent++;
        try { return make(); }
        finally { s_silent--; }
    }

    internal static void Raise(TorchWarning warning)
    {
        if (s_silent == 0) { Raised?.Invoke(warning); }
    }
}
