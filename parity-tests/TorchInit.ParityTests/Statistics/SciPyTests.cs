using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using TorchInit.Parity;
using TorchInit.ParityTests.Support;

namespace TorchInit.ParityTests.Statistics;

/// <summary>Every statistic and every tail against SciPy's over a grid, to a stated tolerance; the table of the largest differences is printed.</summary>
public class SciPyTests(LiveTorch torch, ITestOutputHelper output)
{
    [Fact]
    public void Statistics_agree_with_SciPy()
    {
        List<(string Name, double Tolerance, bool Relative, object[] Arguments, double Ours)> grid = [.. Questions()];
        double[] answers = Ask(grid.Select(question => JsonSerializer.Serialize(new object[] { question.Name, question.Arguments })));
        List<string> wrong = [];
        foreach (var group in grid.Zip(answers, (question, answer) => (question, answer)).GroupBy(pair => pair.question.Name))
        {
            double farthest = group.Max(pair => Math.Abs(pair.question.Ours - pair.answer) / (pair.question.Relative ? Math.Max(Math.Abs(pair.answer), 1e-290) : 1));
            var first = group.First().question;
            string row = string.Create(CultureInfo.InvariantCulture, $"{group.Key,-20} {group.Count(),4} points, largest {(first.Relative ? "relative" : "absolute")} difference {farthest:G2}, allowed {first.Tolerance:G2}");
            output.WriteLine(row);
            if (!(farthest <= first.Tolerance)) { wrong.Add(row); }
        }
        Assert.Empty(wrong);
        Assert.True(grid.Count > 200);
    }

    static IEnumerable<(string, double, bool, object[], double)> Questions()
    {
        foreach (int n in new[] { 1, 2, 5, 10, 50, 140, 141, 200, 1000, 20_000 })
        {
            foreach (double x in new[] { 0.3, 0.5, 0.8, 1.0, 1.4, 1.6, 2.5, 4 })
            {
                double d = x / Math.Sqrt(n);
                if (d >= 1 || d <= 0.5 / n) { continue; }
                yield return ("kstwo", 5e-6, false, [n, d], Kolmogorov.Survival(n, d));
                yield return ("ksone", 1e-8, true, [n, d], Kolmogorov.OneSided(n, d));
            }
        }
        // SciPy's side is a numerical inversion of the characteristic function, 2,000 of its factors.
        foreach (double x in new[] { 0.2, 0.5, 1, 2, 4, 8 }) { yield return ("ad_p", 1e-5, false, [x], AndersonDarling.Survival(x)); }
        foreach (double x in new[] { 10.0, 63, 120, 300 }) { yield return ("chi2", 1e-9, true, [x, 63], ChiSquare.Survival(x, 63)); }
        foreach ((long k, long n, double p) in new[] { (1L, 10L, 0.1), (30L, 1000L, 0.01), (70L, 1000L, 0.01) }) { yield return ("binom", 1e-8, true, [k, n, p], CountTails.BinomialAtLeast(k, n, p)); }
        foreach ((long k, double mean) in new[] { (1L, 0.001), (5L, 2.0), (60L, 20.0) }) { yield return ("poisson", 1e-8, true, [k, mean], CountTails.PoissonAtLeast(k, mean)); }
        foreach (double x in new[] { -6, -1.5, 0, 0.4, 3.0 }) { yield return ("norm", 1e-12, true, [x, 0.3, 1.7], new NormalLaw(0.3, 1.7, 24, 24).AtMost(x)); }
        foreach (double x in new[] { 0.01, 0.3, 0.5, 0.99 }) { yield return ("truncnorm", 1e-12, false, [x, 0.5, 0.7, 0.0, 1.0], new TruncNormalLaw(0.5, 0.7, 0, 1, 24).AtMost(x)); }
        foreach ((double mean, double std, double a, double b) in new[] { (0.5, 0.7, 0.0, 1.0), (0.0, 1.0, -2.0, 2.0), (0.0, 1.0, 0.5, 0.9) }) { yield return ("truncnorm_kurtosis", 1e-6, true, [mean, std, a, b], new TruncNormalLaw(mean, std, a, b, 24).StandardMoment(4)); }
        foreach (double x in new[] { -0.9, -0.2, 0.1, 0.5 }) { yield return ("haar", 1e-10, false, [x, 12], new HaarEntryLaw(12, 1).AtMost(x)); }
        Generator generator = new(9);
        foreach (int n in new[] { 8, 20, 100, 500, 1500 })
        {
            for (int repeat = 0; repeat < 4; repeat++)
            {
                double[] u = Uniforms(generator, n);
                double[] v = Uniforms(generator, n / 2 + 3);
                double[] sorted = [.. u.Order()];
                double[] other = [.. v.Order()];
                double distance = KolmogorovSmirnov.Distance(sorted, other);
                yield return ("ks_1samp", 1e-12, false, [u], KolmogorovSmirnov.Distance(sorted));
                yield return ("ks_2samp", 1e-12, false, [u, v], distance);
                if (n <= 500) { yield return ("ks_2samp_p", 1e-8, false, [u, v], KolmogorovSmirnov.TwoSampleSurvival(distance, u.Length, v.Length)); }
                yield return ("cvm", 1e-10, false, [u], CramerVonMises.Statistic(sorted));
                // Stephens' change is made for the upper tail, where tests decide; SciPy corrects for n in another way.
                double[] skewed = [.. sorted.Select(x => Math.Pow(x, 1.3))];
                double upper = CramerVonMises.Survival(CramerVonMises.Statistic(skewed), n);
                if (n >= 100 && upper < 0.25) { yield return ("cvm_p", 1e-3, false, [skewed], upper); }
                yield return ("ad", 1e-9, true, [sorted], AndersonDarling.Statistic(sorted));
                yield return ("chisquare", 1e-9, true, [Enumerable.Range(0, 8).Select(bin => u.Count(x => Math.Min((int)(x * 8), 7) == bin)).ToArray()], ChiSquare.Statistic(u, 8));
            }
        }
    }

    static double[] Uniforms(Generator generator, int count) => [.. Enumerable.Range(0, count).Select(_ => (generator.NextUInt32() + 0.5) / 4294967296.0)];

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
