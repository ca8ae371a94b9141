namespace TorchInit;

/// <summary>Writes an instance in one MIME type; kernels call the members by name.</summary>
sealed class NotebookForm<T>(string mimeType, Func<T, string> form)
    where T : class
{
    public string MimeType { get; } = mimeType;

    /// <returns>Whether <paramref name="instance"/> is a <typeparamref name="T"/>.</returns>
    public bool Format(object instance, TextWriter writer)
    {
        if (instance is not T known) { return false; }
        writer.Write(form(known));
        return true;
    }
}
