namespace TorchInit;

/// <summary>The forms of a type: HTML, and the text of ToString.</summary>
abstract class NotebookForms<T>
    where T : class
{
    /// <summary>Called by kernels, by this name.</summary>
    public IEnumerable<object> CreateTypeFormatters()
        => [new NotebookForm<T>("text/html", Html), new NotebookForm<T>("text/plain", value => $"{value}")];

    protected abstract string Html(T value);
}
