using TorchInit.Parity;

namespace TorchInit.Cli;

/// <summary>Text from a file or from torch, made safe for a terminal: tensor names and messages may contain control sequences.</summary>
static class PlainText
{
    /// <summary>Shows control characters as a replacement character.</summary>
    public static string Of(string text) => SafeText.Plain(text);
}
