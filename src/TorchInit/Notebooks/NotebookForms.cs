namespace TorchInit;

/// <summary>The forms of a type: HTML, and the text that ToString gives.</summary>
abstract class NotebookForms<T>
    where T : class
{
    /// <summary>Called by kernels, which know the name.</summary>
    public IEnumerable<object> CreateTypeFormatters()
        => [new NotebookForm<T>("text/html", Html), new NotebookForm<T>("text/plain", value => $"{value}")];

    protected abstract string Html(T value);
}
