using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using TorchInit.Parity;
using TorchInit.ParityTests.Support;
using TorchInit.Tests;
using TorchInit.Tests.Statistics;

namespace TorchInit.ParityTests.Statistics;

/// <summary>Every statistic and every tail against SciPy's over a grid, to a stated tolerance; the table of the largest differences is printed.</summary>
public class SciPyTests(LiveTorch torch, ITestOutputHelper output)
{
    [Fact]
    public void Statistics_agree_with_SciPy()
    {
        List<SciPyQuestion> grid = [.. SciPyGrid.Questions()];
        double[] answers = Ask(grid.Select(question => JsonSerializer.Serialize(new object[] { question.Name, question.Arguments })));
        if (Environment.GetEnvironmentVariable("APPROVE") == "1") { SciPyGrid.Record(Path.Combine(Repository.Root, "parity-tests", "golden", SciPyGrid.File), answers); }
        List<string> wrong = [];
        foreach (var group in grid.Zip(answers, (question, answer) => (question, answer)).GroupBy(pair => pair.question.Name))
        {
            double farthest = group.Max(pair => pair.question.Distance(pair.answer));
            SciPyQuestion first = group.First().question;
            string row = string.Create(CultureInfo.InvariantCulture, $"{group.Key,-20} {group.Count(),4} points, largest {(first.Relative ? "relative" : "absolute")} difference {farthest:G2}, allowed {first.Tolerance:G2}");
            output.WriteLine(row);
            if (!(farthest <= first.Tolerance)) { wrong.Add(row); }
        }
        Assert.Empty(wrong);
        Assert.True(grid.Count > 200);
    }

    double[] Ask(IEnumerable<string> questions)
    {
        string python = torch.Oracle().Python.Path;
        string script = Path.Combine(AppContext.BaseDirectory, "scipy_answers.py");
        using Process process = Process.Start(new ProcessStartInfo(python, ["-I", script]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        Task<string> answers = process.StandardOutput.ReadToEndAsync();
        foreach (string question in questions) { process.StandardInput.WriteLine(question); }
        process.StandardInput.Close();
        process.WaitForExit();
        if (process.ExitCode != 0 && errors.Result.Contains("No module named 'scipy'", StringComparison.Ordinal) && Environment.GetEnvironmentVariable("TORCHINIT_REQUIRE_LIVE") != "1") { Assert.Skip($"{python} has no scipy"); }
        Assert.True(process.ExitCode == 0, errors.Result);
        return [.. answers.Result.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => double.Parse(line, CultureInfo.InvariantCulture))];
    }
}
