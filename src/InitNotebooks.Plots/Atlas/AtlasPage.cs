using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using TorchInit;
using TorchInit.Parity;

namespace InitNotebooks;

/// <summary>A page of the atlas as Markdown: laws, draw order, first values, versions, other frameworks. All of it is computed.</summary>
public static class AtlasPage
{
    const int First = 8;
    static readonly string[] s_eras = ["1.13", "2.0", "2.1", "2.12", "2.13", "2.15"];
    static readonly Lazy<ScoreboardRow> s_torchSharp = new(Scoreboard.TorchSharp);
    static readonly DType[] s_dtypes = [DType.Float32, DType.Float64, DType.Float16, DType.BFloat16];

    /// <summary>Writes the page.</summary>
    /// <param name="entry">The page's entry.</param>
    public static string Of(AtlasEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        InitPlan plan = entry.Plan;
        StringBuilder page = new();
        Line(page, $"# {entry.Name}\n");
        Line(page, $"`{entry.TorchName}`, shown by the example `{entry.Expression}`, as drawn by {plan.Profile}. [All pages](README.md)\n");
        if (PictureOf(entry) is not null) { Line(page, $"![{entry.Expression}: values and their law]({entry.Picture})\n"); }
        Line(page, $"## Laws\n\n{Laws(plan)}");
        Line(page, $"## Order of draws\n\n{Draws(plan)}");
        Line(page, $"## First values, seed 0\n\n{Values(plan)}");
        Line(page, $"## Versions\n\n{Versions(entry)}");
        if (Formulas.All.Any(framework => framework.Has(plan.TorchClass))) { Line(page, $"## Other frameworks\n\n{Others(plan)}"); }
        return page.ToString().TrimEnd() + "\n";
    }

    /// <summary>The values of the first tensor with a density, and that density; null if there is none.</summary>
    /// <param name="entry">The page's entry.</param>
    public static Chart? PictureOf(AtlasEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        InitPlan plan = entry.Plan;
        LawRegion? drawn = PlanLaws.Of(plan)
            .FirstOrDefault(region => region is { Positions: null, CopyOf: null, Law: { } law } && double.IsFinite(law.Density(law.Mean)));
        if (drawn is null) { return null; }
        float[] values = plan.Materialize(seed: 0)[drawn.Tensor].AsSpan<float>().ToArray();
        return values.Length < 2 ? null
            : Plot.Histogram(values, Math.Clamp(values.Length / 8, 4, 40), Density.Of(plan, drawn.Tensor),
            $"{entry.Expression}: {drawn.Name}, seed 0");
    }

    static string Laws(InitPlan plan)
    {
        StringBuilder text = new("| tensor | shape | law | standard deviation | range | fan in | fan out | std · √fan in "
            + "|\n|---|---|---|--:|---|--:|--:|--:|\n");
        foreach (LawRegion region in PlanLaws.Of(plan))
        {
            long[] shape = [.. plan[region.Tensor].Shape];
            Fan? fan = shape.Length > 1 ? Fan.Of(shape) : null;
            string gain = fan is { In: > 0 } && region.Law is { StandardDeviation: > 0 } law
                ? Number(law.StandardDeviation * Math.Sqrt(fan.Value.In)) : "";
            string part = region.Positions is { } some ? $" ({some.Count} elements)" : "";
            Line(text,
                $"| {region.Name}{part} | {TensorShape.Text(shape)} | {Escaped(region.Law?.ToString() ?? Named(region.Step))} | {Std(region.Law)} | {Bounds(region.Law)} | {fan?.In} | {fan?.Out} | {gain} |");
        }
        return text.ToString();
    }

    static string Draws(InitPlan plan)
    {
        StringBuilder text = new("| | step | words | starts at word |\n|--:|---|--:|--:|\n");
        long? place = 0;
        foreach ((int index, (InitStep step, long? words)) in plan.Steps.Zip(plan.WordsOfSteps()).Index())
        {
            Line(text,
                $"| {index + 1} | `{StepText(step)}` | {words?.ToString(CultureInfo.InvariantCulture) ?? "depends on the values"} | {(words == 0 ? "" : $"{place}")} |");
            place += words;
        }
        return text.ToString();
    }

    static string Values(InitPlan plan)
    {
        StringBuilder text = new();
        foreach (DType dtype in s_dtypes)
        {
            try
            {
                (string name, TensorBuffer tensor) = plan.Materialize(seed: 0, dtype).MaxBy(entry => entry.Value.Count);
                int count = Math.Min(First, tensor.Count);
                string decimals = tensor.DType == DType.Float32
                    ? $"{TensorText.Of(TensorBuffer.Of(tensor.AsSpan<float>()[..count].ToArray(), [count]))}" : "";
                if (decimals.Length > 0) { Line(text, $"```text\n{decimals}\n```\n"); }
                string words = string.Join(' ', Enumerable.Range(0, count)
                    .Select(at => Convert.ToHexStringLower([.. tensor.Bytes(at, 1).ToArray().Reverse()])));
                Line(text, $"- {dtype.TorchName()}, {(name.Length == 0 ? "tensor" : name)}: `{words}`");
            }
            catch (ArgumentException refused)
            {
                Line(text, $"- {dtype.TorchName()}: refused, as in PyTorch: {Escaped(refused.Message.Split('\n')[0])}");
            }
        }
        return text.ToString();
    }

    static string Versions(AtlasEntry entry)
    {
        StringBuilder text = new();
        foreach (DType dtype in s_dtypes)
        {
            List<string> changes = [];
            string? before = null;
            foreach (string version in s_eras)
            {
                string now = Digest(entry.Expression, version, dtype);
                if (now != before)
                {
                    changes.Add(now.Length == 64 ? (before is null ? $"from {version}" : $"different bits since {version}")
                        : $"{version}: {now}");
                }
                before = now;
            }
            Line(text, $"- {dtype.TorchName()}: {string.Join("; ", changes)}");
        }
        return text.ToString();
    }

    static string Digest(string expression, string version, DType dtype)
    {
        try
        {
            Generator generator = new(seed: 0, TorchProfile.For(version));
            StateDict tensors = InitPlan.Of(expression, generator.Profile).Materialize(generator, dtype);
            using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            foreach (TensorBuffer tensor in tensors.Values) { tensor.VisitBytes(hash.AppendData); }
            hash.AppendData(generator.GetState());
            return Convert.ToHexStringLower(hash.GetHashAndReset());
        }
        catch (NotInThisTorchException) { return "not available"; }
        catch (ArgumentException) { return "refused"; }
    }

    static string Others(InitPlan plan)
    {
        LawRegion[] own = [.. PlanLaws.Of(plan)];
        Formulas[] frameworks = [.. Formulas.All.Where(framework => framework.Has(plan.TorchClass))];
        LawRegion[][] others = [.. frameworks.Select(framework => PlanLaws.Of(framework.PlanOf(plan)).ToArray())];
        StringBuilder text = new($"| tensor | PyTorch | {string.Join(" | ", frameworks.Select(ShortName))} |\n");
        Line(text, $"|---|---|{string.Concat(frameworks.Select(_ => "---|"))}");
        foreach (string tensor in own.Select(region => region.Tensor).Distinct())
        {
            Line(text, $"| {tensor} | {Of(own, tensor)} | {string.Join(" | ", others.Select(regions => Of(regions, tensor)))} |");
        }
        string[] without = [.. Formulas.All.Except(frameworks).Select(ShortName)];
        string missing = without.Length == 0 ? "" : $" {string.Join(" and ", without)} {(without.Length == 1 ? "has" : "have")} no such layer.";
        return $"{text}\nThese are the frameworks' formulas for these shapes, not their random streams. The sources are in [statistics.md](../statistics.md).{missing}{Measured(plan)}\n";
    }

    static string ShortName(Formulas framework) => framework.Name.Replace(" (formula)", "", StringComparison.Ordinal);

    /// <summary>What TorchSharp was measured to draw, if a case of the scoreboard has this class.</summary>
    static string Measured(InitPlan plan)
    {
        IEnumerable<string> cells = s_torchSharp.Value.Cells.Where(cell => InitPlan.Of(cell.Case.Expression).TorchClass == plan.TorchClass)
            .Where(cell => cell.Answer != ScoreboardAnswer.Absent)
            .Select(cell => $"`{cell.Case.Expression}` {(cell.Answer == ScoreboardAnswer.SameBits ? "has PyTorch's bits" : cell.Answer
                == ScoreboardAnswer.SameDistribution ? "has PyTorch's laws, but different bits" : "differs")}");
        string said = string.Join(", ", cells);
        return said.Length == 0 ? "" : $"\n\nTorchSharp, [measured](../../results/torchsharp.md): {said}.";
    }

    static string Of(IEnumerable<LawRegion> regions, string tensor)
        => string.Join("; ", regions.Where(region => region.Tensor == tensor)
            .Select(region => Escaped(region.Law?.ToString() ?? region.Step)).Distinct());

    /// <summary>A step as torch users write it; an init function's tensor has no name of its own.</summary>
    internal static string StepText(InitStep step) => Named($"{step}");

    static string Named(string step) => step.Replace("_(, ", "_(tensor, ", StringComparison.Ordinal)
        .Replace("_()", "_(tensor)", StringComparison.Ordinal);

    static string Std(Law? law) => law is null ? "" : Number(law.StandardDeviation);

    static string Bounds(Law? law) => law?.Support is { } support && double.IsFinite(support.Low) && double.IsFinite(support.High)
        && support.High > support.Low
        ? $"{Number(support.Low)} to {Number(support.High)}" : "";

    static string Number(double value) => value.ToString("G6", CultureInfo.InvariantCulture);

    static string Escaped(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);

    static void Line(StringBuilder text, FormattableString line) => text.Append(FormattableString.Invariant(line)).Append('\n');
}
