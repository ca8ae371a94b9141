namespace TorchInit.Cli;

/// <summary>Text from a file on its way to a terminal: names of tensors may hold what moves a cursor.</summary>
static class PlainText
{
    /// <summary>Control characters are shown as a replacement character.</summary>
    public static string Of(string text) => string.Concat(text.Select(letter => char.IsControl(letter) && letter != '\n' ? '\uFFFD' : letter));
}
