using System.CommandLine;
using Spectre.Console;
using TorchInit.Parity;

namespace TorchInit.Cli;

/// <summary><c>torchinit verify FILE</c>: whose weights are these?</summary>
static class VerifyCommand
{
    public static Command Create()
    {
        Argument<string> file = new("FILE")
        {
            Description = "The weights: .safetensors (or its .index.json), .pt, .pth, .bin, .ckpt, .npz, .npy, or a .txt with numbers as "
                + "torch prints them. Use - to read such numbers from standard input."
        };
        Option<string[]> rename = new("--rename")
        {
            Description = "old=new: a tensor's name in the file (or the start of several names), and its name in the module. May be given "
                + "more than once.",
            AllowMultipleArgumentsPerToken = false,
        };
        Option<string?> module = new("--module") { Description = "What they should be, in torch's own spelling: \"Linear(784, 128)\"." };
        Option<string?> plan = new("--plan")
        {
            Description = "What they should be: a plan's JSON file, which also says which torch, or a model in the library such as "
                + "resnet50.",
        };
        Option<string?> seed = new("--seed")
        {
            Description = "The expected seed; it takes precedence over a torch.manual_seed in --module. Without either, "
            + "the usual seeds are tried."
        };
        Option<bool> findSeed = new("--find-seed")
        {
            Description = "Search all 2^32 seeds for the one the weights come from: about "
            + "two minutes on two cores. The verdict says what was searched."
        };
        Option<bool> json = new("--json") { Description = "Print the verdict as JSON." };
        ProfileOptions profile = new();
        Command command = new("verify",
            "Judge weights: torch's bits, torch's distribution, or what deviates and why. Exit code 0: the same; 1: deviates; 3: cannot "
                + "tell; 4: the file or the question cannot be read.") { file, module, plan, seed, findSeed, json, rename };
        profile.AddTo(command);
        command.SetAction(result => Refusal.Guard(() =>
        {
            string path = result.GetValue(file)!;
            if (path == "-" || Path.GetExtension(path).Equals(".txt", StringComparison.OrdinalIgnoreCase))
            {
                IdleOptions.Refuse(result, "on printed numbers", "a file of weights, such as .safetensors", findSeed, rename);
                DistributionCase printed = Case(result, module, plan, profile, DType.Float32);
                ulong? expected = Known(result, module, seed, printed.Plan.Profile);
                return Printed(path, printed, expected, IsAsked(result, module, plan, profile), result.GetValue(json));
            }
            StateDict weights = WeightsFile.Load(path, ".txt");
            DType dtype = weights.Values.Select(tensor => tensor.DType).FirstOrDefault(type => type.IsFloatingPoint(), DType.Float32);
            DistributionCase item = Case(result, module, plan, profile, dtype);
            (weights, IReadOnlyList<string> mapped) = NameMap.Apply(weights, item.Plan, result.GetValue(rename) ?? []);
            ulong? known = Known(result, module, seed, item.Plan.Profile);
            // Programs read this output: no progress bar.
            Verdict verdict = (result.GetValue(findSeed), result.GetValue(json)) switch
            {
                (true, false) => Search(weights, item, known),
                (true, true) => Verifier.Search(weights, item, known),
                (false, false) => Consoles.Watch().Status().Start("Judging", _ => Verifier.Judge(weights, item, known)),
                _ => Verifier.Judge(weights, item, known),
            };
            // No option can ask for a build without MKL.
            bool asked = IsAsked(result, module, plan, profile) && verdict.Basis != VerdictBasis.BitsWithoutMkl;
            verdict = verdict with { Evidence = [.. mapped, .. verdict.Evidence] };
            if (result.GetValue(json)) { VerdictText.ShowJson(verdict); }
            else
            {
                VerdictText.Show(verdict, asked);
                if (verdict is { Judgement: Judgement.Deviates, Cause: Cause.Unknown } && known is null)
                {
                    AnsiConsole.WriteLine("If the seed is known, name it with --seed, here or in plan locate: then draws that were "
                        + "trained or quantised are recognised, too.");
                }
                bool open = verdict.Judgement is Judgement.SameDistribution or Judgement.CannotTell;
                if (open && !result.GetValue(findSeed) && SeedFinder.CanTell(weights, item))
                {
                    AnsiConsole.WriteLine("--find-seed searches all 2^32 seeds.");
                }
            }
            return ExitCode(verdict, asked);
        }));
        return command;
    }

    static DistributionCase Case(ParseResult result, Option<string?> module, Option<string?> plan, ProfileOptions profile, DType dtype)
        => (result.GetValue(module), result.GetValue(plan)) switch
        {
            ({ } expression, null) => new(expression, dtype, profile.ProfileOf(result, TorchProgram.Parse(expression))),
            (null, { } path) => new(profile.PlanOf(result, path, dtype), dtype),
            _ => throw new ArgumentException("Give exactly one of --module and --plan; it says what the weights should be."),
        };

    /// <summary>The expected seed: that of --seed, or the one that the text gives to torch.manual_seed.</summary>
    static ulong? Known(ParseResult result, Option<string?> module, Option<string?> seed, TorchProfile profile)
        => SeedText.Of(result, seed) is { } given ? given
            : result.GetValue(module) is { } text ? TorchProgram.Parse(text).SeedOn(profile) : null;

    /// <summary>Whether a torch, platform or device was asked for: by an option, a plan, or a GPU in the text.</summary>
    static bool IsAsked(ParseResult result, Option<string?> module, Option<string?> plan, ProfileOptions profile)
        => profile.IsGiven(result) || result.GetValue(plan) is not null
            || result.GetValue(module) is { } text && TorchProgram.Parse(text).NamesGpu;

    static int Printed(string path, DistributionCase item, ulong? seed, bool asked, bool json)
    {
        Verdict verdict = path == "-" ? PrintedJudge.Judge(Console.In.ReadToEnd(), "standard input", item, seed)
            : InputFile.Read(path, FileFormat.Text, stream => PrintedJudge.Judge(TextOf(stream, path), path, item, seed));
        if (json) { VerdictText.ShowJson(verdict); }
        else { VerdictText.Show(verdict, asked, printed: true); }
        return ExitCode(verdict, asked);
    }

    static string TextOf(FileStream stream, string path)
    {
        const long Most = 1 << 28;
        if (stream.Length > Most) { throw new InvalidDataException($"{path} has {stream.Length} bytes; allowed for a text: {Most}."); }
        using StreamReader text = new(stream, leaveOpen: true);
        return text.ReadToEnd();
    }

    /// <summary>Torch's bits from another version, platform or device deviate only if an option asked for this one.</summary>
    static int ExitCode(Verdict verdict, bool asked) => verdict.Judgement switch
    {
        Judgement.Deviates when VerdictText.IsElsewhere(verdict) && !asked => ExitCodes.Kept,
        Judgement.Deviates => ExitCodes.Broken,
        Judgement.CannotTell => ExitCodes.CannotTell,
        _ => ExitCodes.Kept,
    };

    static Verdict Search(StateDict weights, DistributionCase item, ulong? seed) => ProgressBars.New().Start(progress =>
    {
        ProgressTask bar = progress.AddTask("All 2^32 seeds", autoStart: false, maxValue: SeedFinder.Steps);
        Verdict verdict = Verifier.Search(weights, item, seed, () =>
        {
            lock (bar)
            {
                if (!bar.IsStarted) { bar.StartTask(); }
                bar.Increment(1);
            }
        });
        bar.Value = bar.MaxValue;
        return verdict;
    });
}
