using System.Globalization;
using System.Text.RegularExpressions;

namespace TorchInit.Parity;

/// <summary>Judges printed numbers: which seed gives them, to the last digit that was printed.</summary>
public static partial class PrintedJudge
{
    const int UsualSeeds = 1024;
    const long MostDrawn = 400_000_000;
    const int MostRounded = 7;

    static readonly ulong[] s_favourites = [1234, 12345, 1337, 2023, 2024, 2025, 2026, 3407, 31337, 123456, 1234567];

    /// <summary>Judges a text of printed tensors.</summary>
    /// <param name="text">Tensors as torch prints them; several may be preceded by names.</param>
    /// <param name="file">Its name in error messages.</param>
    /// <param name="item">What they should be.</param>
    /// <param name="seed">The expected seed; null tries the usual ones.</param>
    /// <exception cref="InvalidDataException">The text has no numbers, or is too long.</exception>
    public static Verdict Judge(string text, string file, DistributionCase item, ulong? seed = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(item);
        IReadOnlyList<PrintedTensor> printed = PrintedTensor.Parse(text, file);
        (List<PrintedPlace> places, string? problem) = PlacesOf(printed, item.Plan);
        if (problem is not null) { return Verdict.Deviates(Cause.Shape, problem, FirstDifference.None); }
        bool saysGpu = SaysGpu().IsMatch(text);
        return Judge(places, item, seed, "printed", saysGpu) with { Basis = VerdictBasis.Digits };
    }

    /// <summary>Judges weights whose every number has few decimals: torch's draws, rounded. Null if they have more, or no seed gives
    /// them.</summary>
    internal static Verdict? OfRounded(StateDict weights, DistributionCase item, ulong? seed)
    {
        double[] all = [.. item.Drawn.Where(weights.ContainsKey).SelectMany(name => Elements64.Of(weights[name])).Take(4096)];
        if (all.Length == 0 || all.Any(value => !double.IsFinite(value)) || DecimalsOf(all) is not { } decimals) { return null; }
        List<PrintedPlace> places = [];
        foreach (string name in item.Plan.StateTensors.Select(tensor => tensor.Name).Where(name => item.Drawn.Contains(name)
            && weights.ContainsKey(name)))
        {
            double[] values = Elements64.Of(weights[name]);
            if (DecimalsOf(values) is null) { return null; }
            places.AddRange(values.Select((value, at) => new PrintedPlace(name, at, new(Math.Round(value, decimals), decimals))));
        }
        Verdict verdict = Judge(places, item, seed, "rounded");
        bool isFound = verdict.Judgement == Judgement.SameDigits || verdict.Cause is Cause.Device or Cause.Era;
        return isFound ? verdict with { Judgement = Judgement.Deviates, Cause = Cause.Rounding, Basis = VerdictBasis.Digits } : null;
    }

    static int? DecimalsOf(double[] values)
    {
        for (int decimals = 1; decimals <= MostRounded; decimals++)
        {
            double unit = Math.Pow(10, -decimals);
            if (Array.TrueForAll(values, value
                => Math.Abs(value - Math.Round(value, decimals)) <= Math.Max(Math.Abs(value) * 1.2e-7, unit * 1e-6)))
            {
                return decimals;
            }
        }
        return null;
    }

    static Verdict Judge(List<PrintedPlace> places, DistributionCase item, ulong? seed, string done, bool saysGpu = false)
    {
        long elements = Math.Max(1, item.Plan.Tensors.Sum(tensor => tensor.Count));
        ulong[] seeds = seed is { } known ? [known]
            : [.. Seeds().Take((int)Math.Max(8, Math.Min(int.MaxValue, MostDrawn / elements)))];
        PrintedPlace? first = null;
        foreach (ulong candidate in seeds)
        {
            StateDict drawn = item.Plan.Materialize(new Generator(candidate, item.Plan.Profile), item.DType);
            PrintedPlace? wrong = places.Find(place => !place.Fits(drawn[place.Tensor]));
            if (wrong is null) { return Found(places, item.Plan.Profile.ToString(), candidate, done); }
            first ??= wrong;
        }
        if (PrintedByGpu.Of(places, item, seeds) is (var seedThere, var plan))
        {
            Verdict found = Found(places, GpuHypotheses.Said(plan), seedThere, done);
            Cause cause = GpuHypotheses.CauseOf(plan.Profile, item.Plan.Profile);
            return saysGpu && item.Plan.Profile.Gpu is null ? found
                : Verdict.Deviates(cause, $"{found.Explanation}; not of {item.Plan.Profile}", new(first!.Tensor));
        }
        string numbers = $"{places.Count:N0} number{(places.Count == 1 ? "" : "s")}";
        if (seed is not null)
        {
            double right = Elements64.Of(item.Plan.Materialize(new Generator(seed.Value, item.Plan.Profile),
                item.DType)[first!.Tensor])[first.Index];
            return Verdict.Deviates(Cause.Unknown, string.Create(CultureInfo.InvariantCulture,
                $"not the numbers of seed {seed}: element {first.Index} of {Shown(first.Tensor)} "
                    + $"is {first.Number.Value}; {item.Plan.Profile} draws {right:G9}"),
                new(first.Tensor));
        }
        return Verdict.Of(Judgement.CannotTell, Cause.None, $"no usual seed gives these {numbers}: {seeds.Length:N0} were tried, 0 to "
            + $"{Math.Min(seeds.Length, UsualSeeds) - 1} first, as {item.Plan.Profile} draws them, and as listed GPUs do; name another "
            + "with --seed");
    }

    static IEnumerable<ulong> Seeds() => new ulong[] { 0, 1, 42, 123 }.Concat(s_favourites)
        .Concat(Enumerable.Range(0, UsualSeeds).Select(seed => (ulong)seed)).Distinct();

    static Verdict Found(List<PrintedPlace> places, string torch, ulong seed, string done)
    {
        int decimals = places.Max(place => place.Number.Decimals);
        string[] names = [.. places.Select(place => place.Tensor).Distinct()];
        return Verdict.Of(Judgement.SameDigits, Cause.None, $"torch's draws, seed {seed}, {done} to {decimals} decimals "
            + $"({torch}): all {places.Count:N0} numbers of {NotDrawn.Names([.. names.Select(Shown)])}");
    }

    /// <summary>A tensor that torch prints with its device.</summary>
    [GeneratedRegex(@"device\s*=\s*['""]?cuda", RegexOptions.CultureInvariant)]
    private static partial Regex SaysGpu();

    static string Shown(string name) => name.Length == 0 ? "the tensor" : name;

    /// <summary>Assigns each number to an element: by the tensor's name, or else in the first tensor of that shape that is not taken
    /// yet.</summary>
    static (List<PrintedPlace> Places, string? Problem) PlacesOf(IReadOnlyList<PrintedTensor> printed, InitPlan plan)
    {
        List<PrintedPlace> places = [];
        HashSet<string> taken = new(StringComparer.Ordinal);
        foreach (PrintedTensor tensor in printed)
        {
            ParameterSpec[] candidates = [.. plan.StateTensors.Where(spec => tensor.Name.Length > 0 && (spec.Name == tensor.Name
                || tensor.Name.EndsWith($".{spec.Name}", StringComparison.Ordinal)))];
            if (candidates.Length == 0) { candidates = [.. plan.StateTensors.Where(spec => !taken.Contains(spec.Name))]; }
            List<PrintedPlace> own = [];
            ParameterSpec? spec = candidates.FirstOrDefault(spec =>
            {
                own.Clear();
                return Place(tensor.Root, spec, 0, 0, own);
            });
            if (spec is null)
            {
                string what = tensor.Name.Length > 0 ? $"the numbers of {tensor.Name}" : "the printed numbers";
                return ([], $"no tensor of {plan.Title} has the shape of {what}; there are: "
                    + $"{string.Join(", ", plan.StateTensors.Take(8))}");
            }
            taken.Add(spec.Name);
            places.AddRange(own);
        }
        return (places, null);
    }

    static bool Place(PrintedPart part, ParameterSpec spec, int dim, long at, List<PrintedPlace> places)
    {
        if (part is PrintedNumber number)
        {
            places.Add(new(spec.Name, (int)Math.Min(at, int.MaxValue), number));
            return dim == spec.Shape.Count;
        }
        if (part is not PrintedRow row || dim >= spec.Shape.Count) { return false; }
        long size = spec.Shape[dim];
        int gap = row.Items.TakeWhile(item => item is not PrintedGap).Count();
        bool whole = gap == row.Items.Count;
        if (whole ? size != gap : size < row.Items.Count - 1 || row.Items.Count(item => item is PrintedGap) > 1) { return false; }
        for (int item = 0; item < row.Items.Count; item++)
        {
            if (item == gap) { continue; }
            long index = item < gap ? item : size - row.Items.Count + item;
            if (!Place(row.Items[item], spec, dim + 1, (at * size) + index, places)) { return false; }
        }
        return true;
    }
}
