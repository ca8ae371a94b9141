namespace TorchInit;

/// <summary>
/// An argument that torch refuses too. <see cref="TorchKind"/> is the class of the Python exception, and <see cref="TorchMessage"/> its
/// text if that follows a rule of torch or Python; <see cref="Exception.Message"/> names the argument, its value and what is allowed.
/// </summary>
public sealed class TorchArgumentException : ArgumentException
{
    /// <summary>An argument that torch refuses with <paramref name="torchKind"/>: <paramref name="torchMessage"/>.</summary>
    /// <param name="argument">The argument's name, as the caller wrote it.</param>
    /// <param name="value">Its value.</param>
    /// <param name="allowed">What would be accepted; the message puts it after "allowed: ".</param>
    /// <param name="torchKind">Python's exception class, such as <c>ValueError</c>.</param>
    /// <param name="torchMessage">The first line of torch's text; null if it is not known.</param>
    public TorchArgumentException(string argument, object? value, string allowed, string torchKind, string? torchMessage)
        : base($"{argument} is {Show(value)}; allowed: {allowed}. torch: {torchKind}{(torchMessage is null ? "" : $": {torchMessage}")}",
            argument)
        => (TorchKind, TorchMessage, Allowed) = (torchKind, torchMessage, allowed);

    /// <summary>The same error, for a caller that gave the value through another parameter.</summary>
    TorchArgumentException(TorchArgumentException error, string parameter)
        : base(error.Message.Split(" (Parameter '")[0], parameter)
        => (TorchKind, TorchMessage, Allowed) = (error.TorchKind, error.TorchMessage, error.Allowed);

    /// <summary>The same message, about what was read from or drawn for the caller's <paramref name="parameter"/>.</summary>
    internal TorchArgumentException Through(string parameter) => new(this, parameter);

    /// <summary>The same error about another argument.</summary>
    internal TorchArgumentException About(string argument, object? value) => new(argument, value, Allowed, TorchKind, TorchMessage);

    /// <summary>The class of Python's exception: <c>RuntimeError</c>, <c>ValueError</c>, <c>AssertionError</c>, <c>ZeroDivisionError</c>,
    /// …</summary>
    public string TorchKind { get; }

    /// <summary>
    /// The first line of torch's own text. Null where torch's C++ writes it and it changes with the version, for example for a size that is
    /// not an integer. The order of names in a set (<c>{'same', 'valid'}</c>) may differ; Python 3.13 and later also add a suggestion to
    /// the message about an unexpected keyword.
    /// </summary>
    public string? TorchMessage { get; }

    /// <summary>What would be accepted.</summary>
    internal string Allowed { get; }

    internal static TorchArgumentException RuntimeError(string argument, object? value, string allowed, string? message)
        => new(argument, value, allowed, "RuntimeError", message);

    internal static TorchArgumentException ValueError(string argument, object? value, string allowed, string? message)
        => new(argument, value, allowed, "ValueError", message);

    /// <summary>An operation that torch lacks for a dtype: a NotImplementedError since 2.8 (pull request 155470), a RuntimeError
    /// before.</summary>
    internal static TorchArgumentException NotImplemented(TorchProfile profile, string argument, object? value, string allowed,
        string? message)
        => new(argument, value, allowed, profile.Has(2, 8) ? "NotImplementedError" : "RuntimeError", message);

    internal static TorchArgumentException AssertionError(string argument, object? value, string allowed, string? message)
        => new(argument, value, allowed, "AssertionError", message);

    internal static TorchArgumentException ZeroDivisionError(string argument, object? value, string allowed, string? message)
        => new(argument, value, allowed, "ZeroDivisionError", message);

    static string Show(object? value) => value switch
    {
        null => "None",
        string text => $"'{text}'",
        bool flag => flag ? "True" : "False",
        long[] shape => TensorShape.Text(shape),
        _ => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{value}"),
    };
}
