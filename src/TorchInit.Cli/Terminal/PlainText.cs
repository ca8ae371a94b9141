using TorchInit.Parity;

namespace TorchInit.Cli;

/// <summary>Text from a file or from torch on its way to a terminal: names of tensors and messages may hold what moves a cursor.</summary>
static class PlainText
{
    /// <summary>Control characters are shown as a replacement character.</summary>
    public static string Of(string text) => SafeText.Plain(text);
}
