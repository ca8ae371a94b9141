using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using TorchInit.Parity;
using TorchInit.ParityTests.Support;
using TorchInit.Tests;

namespace TorchInit.ParityTests.Statistics;

/// <summary>Every statistic and every tail against SciPy's over a grid, to a stated tolerance; the table of the largest differences is
/// printed.</summary>
public class SciPyTests(LiveTorch torch, ITestOutputHelper output)
{
    [Fact]
    public void Statistics_agree_with_SciPy()
    {
        SciPyQuestion[] questions = [.. SciPyGrid.Questions()];
        string[] lines = Ask(questions.Select(question => JsonSerializer.Serialize(new object[] { question.Name, question.Arguments }))
            .Prepend("""["version", []]"""));
        double[] answers = [.. lines.Skip(1).Select(line => double.Parse(line, CultureInfo.InvariantCulture))];
        if (Environment.GetEnvironmentVariable("APPROVE") == "1")
        {
            File.WriteAllText(Path.Combine(Repository.Root, "parity-tests", "golden", "scipy-answers.tsv"),
                SciPyAgreement.TextOf(lines[0].Trim('"'), questions, answers));
        }
        IReadOnlyList<SciPyAgreement> rows = SciPyAgreement.With(questions, answers);
        foreach (SciPyAgreement row in rows) { output.WriteLine($"{row}"); }
        Assert.All(rows, row => Assert.True(row.Agrees, row.ToString()));
        Assert.True(questions.Length > 200);
    }

    string[] Ask(IEnumerable<string> questions)
    {
        string python = torch.Oracle().Python.Path;
        string script = Path.Combine(AppContext.BaseDirectory, "scipy_answers.py");
        using Process process = Process.Start(new ProcessStartInfo(python, ["-I", script])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true
        })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        Task<string> answers = process.StandardOutput.ReadToEndAsync();
        foreach (string question in questions) { process.StandardInput.WriteLine(question); }
        process.StandardInput.Close();
        process.WaitForExit();
        if (process.ExitCode != 0 && errors.Result.Contains("No module named 'scipy'", StringComparison.Ordinal)
            && Environment.GetEnvironmentVariable("TORCHINIT_REQUIRE_LIVE") != "1")
        {
            Assert.Skip($"{python} has no scipy");
        }
        Assert.True(process.ExitCode == 0, errors.Result);
        return answers.Result.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
