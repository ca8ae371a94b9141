using System.CommandLine;
using System.Globalization;
using Spectre.Console;

namespace TorchInit.Cli;

/// <summary><c>torchinit materialize PLAN -o FILE</c>: a model's starting weights of any size, straight to a file.</summary>
static class MaterializeCommand
{
    public static Command Create()
    {
        Argument<string> source = new("PLAN")
        {
            Description = "A plan's JSON file, a model in the library such as resnet50, or torch's own spelling, such as "
            + "\"Transformer(512, 8)\"."
        };
        Option<string> output = new("-o", "--output")
        {
            Description = "The safetensors file to write. To resume a run that was killed, repeat the command.",
            Required = true
        };
        Option<string?> seed = new("--seed")
        {
            Description = "The seed, as for torch.manual_seed: −2^63 to 2^64 − 1. Default: the seed that the text sets, otherwise 0.",
        };
        Option<string> dtype = new("--dtype")
        {
            Description = "float32, float64, float16 or bfloat16: as torch's default dtype while "
            + "constructing.",
            DefaultValueFactory = _ => "float32"
        };
        Option<string> shard = new("--shard")
        {
            Description = "i/n: only the tensors that begin in part i of n; with --max-shard-size, part i of the files.",
            DefaultValueFactory = _ => Shard.Whole.ToString()
        };
        Option<string?> maxShardSize = new("--max-shard-size")
        {
            Description = "Split into files of at most this size, for example 5GB, with the index that Hugging Face loads.",
        };
        Option<string[]> only = new("--only")
        {
            Description = "Only tensors whose names match; * stands for any characters: \"layers.0.*\". May be given more than once.",
            AllowMultipleArgumentsPerToken = false,
        };
        Option<int> threads = new("--threads")
        {
            Description = "The number of threads; -1 for one per processor.",
            DefaultValueFactory = _ => -1,
        };
        ProfileOptions profile = new();
        Command command = new("materialize", "Write the starting weights of a model larger than memory. "
            + ExitCodes.OfDrawing) { source, output, seed, dtype,
            shard, maxShardSize, only, threads };
        profile.AddTo(command);
        command.SetAction(result => Refusal.Guard(() =>
        {
            DType type = FloatingType.Of(result, dtype);
            int workers = result.GetValue(threads);
            if (workers is 0 or < -1)
            {
                throw new ArgumentException($"{threads.Name} is {workers}; allowed: 1 or more, or -1 for one per processor.");
            }
            InitPlan plan = profile.PlanOf(result, result.GetValue(source)!, type);
            if (result.GetValue(only) is { Length: > 0 } patterns) { plan = plan.Only(patterns); }
            ulong start = SeedText.Of(result, seed) ?? SeedOf(result.GetValue(source)!, plan.Profile);
            Shard part = ShardOf(result.GetValue(shard)!, shard.Name);
            Dictionary<string, string> metadata = new()
            {
                ["format"] = "pt",
                ["init"] = plan.Title,
                ["seed"] = result.GetValue(seed) ?? start.ToString(CultureInfo.InvariantCulture),
                ["dtype"] = result.GetValue(dtype)!,
                ["profile"] = plan.Profile.ToString(),
            };
            string path = result.GetValue(output)!;
            OutputName.CheckSafetensors(output.Name, path);
            if (result.GetValue(maxShardSize) is { } size)
            {
                long most = ByteSize.Parse(size, maxShardSize.Name);
                bool isWhole = false;
                Progress(progress => isWhole = plan.MaterializeShards(path, start, most, type, part, metadata, progress,
                    workers));
                AnsiConsole.MarkupLineInterpolated($"{path}: {(isWhole ? "complete" : $"part {part}; other workers' files are missing")}");
                return ExitCodes.Kept;
            }
            metadata["shard"] = part.ToString();
            Progress(progress => plan.MaterializeTo(path, start, type, part, metadata, progress, workers));
            AnsiConsole.MarkupLineInterpolated($"{path}: {new FileInfo(path).Length:N0} bytes");
            return ExitCodes.Kept;
        }));
        return command;
    }

    static Shard ShardOf(string text, string option)
    {
        try { return Shard.Parse(text); }
        catch (ArgumentException error)
        {
            throw new ArgumentException($"{option} is '{text}'; allowed: i/n with i from 1 to n, for example 2/8.", error);
        }
    }

    static ulong SeedOf(string source, TorchProfile profile)
        => ProfileOptions.IsPlanFile(source) || PlanLibrary.Contains(source) ? 0 : TorchProgram.Parse(source).SeedOn(profile) ?? 0;

    static void Progress(Action<IProgress<(long Written, long Total)>> work)
        => Consoles.Watch().Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new DownloadedColumn(), new TransferSpeedColumn(),
            new RemainingTimeColumn()).Start(bars =>
        {
            ProgressTask bar = bars.AddTask("writing");
            work(new BarProgress(bar));
        });
}
