namespace InitNotebooks;

/// <summary>Writes an instance in one form; kernels find its members by name.</summary>
/// <typeparam name="T">The type it writes.</typeparam>
public sealed class FormFormatter<T>
    where T : class
{
    readonly Func<T, string> _form;

    internal FormFormatter(string mimeType, Func<T, string> form) => (MimeType, _form) = (mimeType, form);

    /// <summary>The MIME type of the form.</summary>
    public string MimeType { get; }

    /// <summary>Writes an instance.</summary>
    /// <param name="instance">Any object.</param>
    /// <param name="writer">Receives the text.</param>
    /// <returns>Whether it was a <typeparamref name="T"/>.</returns>
    public bool Format(object instance, TextWriter writer)
    {
        if (instance is not T known) { return false; }
        writer.Write(_form(known));
        return true;
    }
}
