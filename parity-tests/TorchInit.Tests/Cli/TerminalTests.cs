using Spectre.Console;
using TorchInit.Cli;
using TorchInit.Tests.Readme;

namespace TorchInit.Tests.Cli;

/// <summary>What a command prints where: for a program that reads it, for someone who watches, and in a narrow window.</summary>
[Collection(Sandbox.Name)]
public class TerminalTests
{
    [Fact]
    public void A_file_gets_what_was_asked_for_and_no_progress()
    {
        (int code, string printed, _) = CliTests.Run(() => { }, "materialize", "Linear(300, 400)", "-o", "w.safetensors");
        Assert.Equal((0, "w.safetensors: 481,888 bytes\n"), (code, printed));
    }

    [Fact]
    public void A_file_has_no_width_so_no_line_is_broken()
    {
        string expression = $"Sequential({string.Join(", ", Enumerable.Repeat("Linear(3, 3)", 40))})";
        (int code, string printed, _) = CliTests.Run(() => { }, "materialize", expression + ")", "-o", "w.safetensors");
        Assert.Equal(4, code);
        Assert.True(printed.Split('\n')[0].Length < 200, "The refusal shows a part of the expression around the caret.");
        (_, printed, _) = CliTests.Run(() => { }, "plan", "diff", expression, "Linear(3, 3)");
        Assert.Contains(printed.Split('\n'), line => line.Length > 160);
    }

    [Fact]
    public void An_explanation_is_readable_in_80_columns()
    {
        StringWriter text = new();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(text) });
        TextTable table = new(("tensor", false), ("by", false), ("from word", true));
        table.Add("layer1.0.conv1.weight", "normal_(0.0, 0.02525381361380527)", "11,679,912");
        table.Add("fc.bias", "", "");
        (console.Profile.Width, string wide) = (80, "");
        table.Write(console);
        wide = text.ToString();
        Assert.Contains("│ layer1.0.conv1.weight │ normal_(0.0, 0.02525381361380527) │ 11,679,912 │", wide, StringComparison.Ordinal);
        text.GetStringBuilder().Clear();
        console.Profile.Width = 72;
        table.Write(console);
        Assert.Equal(["layer1.0.conv1.weight", "  by normal_(0.0, 0.02525381361380527); from word 11,679,912", "fc.bias", ""],
            text.ToString().Split('\n').Select(line => line.TrimEnd()));
    }

    [Fact]
    public void What_Ctrl_C_ends_was_interrupted()
    {
        using CancellationTokenSource source = new();
        string said = Sandbox.Run(() => Assert.Equal(130, Refusal.Guard(() => throw new OperationCanceledException())));
        Assert.Equal("torchinit: interrupted; nothing was written.\n", said);
        source.Cancel();
        // What it was doing then fails, too, in its own way.
        said = Sandbox.Run(() => Assert.Equal(130, Refusal.Guard(() => throw new IOException("broken pipe"), source.Token)));
        Assert.Equal("torchinit: interrupted; nothing was written.\n", said);
    }
}
