using Python.Runtime;

namespace TorchInit.Oracle.PythonNet;

/// <summary>Python raised an exception: its class, its text and its traceback.</summary>
public sealed class PythonRaisedException : Exception
{
    /// <summary>An exception that Python raised.</summary>
    /// <param name="kind">Its class, for example <c>ValueError</c>.</param>
    /// <param name="text">Its text, without the class.</param>
    /// <param name="traceback">What Python would print, ending with the class and the text.</param>
    public PythonRaisedException(string kind, string text, string traceback)
        : base(text.Length == 0 ? kind : $"{kind}: {text}") => (Kind, Text, Traceback) = (kind, text, traceback);

    /// <summary>The exception's class, for example <c>ValueError</c>.</summary>
    public string Kind { get; }

    /// <summary>The exception's text, without its class.</summary>
    public string Text { get; }

    /// <summary>What Python would print: the calls, the newest last, then the class and the text.</summary>
    public string Traceback { get; }

    /// <summary>The message, then C#'s own stack trace, then Python's.</summary>
    public override string ToString() => $"{base.ToString()}{Environment.NewLine}{Traceback}";

    /// <summary>Reads an exception that pythonnet caught, which is valid only while Python's lock is held.</summary>
    internal static PythonRaisedException Of(PythonException error)
    {
        string kind = error.Type.Name;
        try
        {
            return new(kind, error.Message, error.Format().TrimEnd());
        }
        catch (Exception inner) when (inner is PythonException or InvalidOperationException or NullReferenceException)
        {
            // A user's exception whose __str__ raises: its class is still known.
            return new(kind, "", kind);
        }
    }
}
