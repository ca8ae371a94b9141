using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Spectre.Console;
using TorchInit.Parity;

namespace TorchInit.Cli;

/// <summary><c>torchinit plan locate FILE --plan PLAN</c>: where a step-0 checkpoint first differs from a plan.</summary>
static class PlanLocateCommand
{
    static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static Command Create()
    {
        Argument<string> file = new("FILE")
        {
            Description = "Weights before any training: .safetensors (also its .index.json), .pt, .pth, .bin, .ckpt, .npz or .npy.",
        };
        Option<string> plan = new("--plan")
        {
            Description = "A plan's JSON file, a model in the library such as resnet50, or torch's own spelling, such as "
            + "\"Transformer(512, 8)\".",
            Required = true,
        };
        Option<string?> seed = new("--seed") { Description = "The expected seed. Without it, the usual seeds are tried." };
        Option<string[]> rename = new("--rename")
        {
            Description = "old=new: a tensor's name in the file (or the start of several names), and its name in the plan.",
            AllowMultipleArgumentsPerToken = false,
        };
        Option<bool> json = new("--json") { Description = "Print JSON." };
        ProfileOptions profile = new();
        Command command = new("locate", "Find the first draw at which weights differ from a plan, and why. Exit code 0: no difference; 1: a difference; "
            + "3: the seed is not known; 4: the file or the plan cannot be read.") { file, plan, seed, rename, json };
        profile.AddTo(command);
        command.SetAction(result => Refusal.Guard(() =>
        {
            StateDict weights = WeightsFile.Open(result.GetValue(file)!);
            DType dtype = weights.Values.Select(tensor => tensor.DType).FirstOrDefault(type => type.IsFloatingPoint(), DType.Float32);
            DistributionCase item = new(profile.PlanOf(result, result.GetValue(plan)!, dtype), dtype);
            (weights, _) = NameMap.Apply(weights, item.Plan, result.GetValue(rename) ?? []);
            ulong? known = SeedText.Of(result, seed);
            PlanLocation found = result.GetValue(json) ? PlanLocator.Of(weights, item, known) : Shown(weights, item, known);
            if (result.GetValue(json)) { Console.Out.WriteLine(JsonSerializer.Serialize(found, s_json)); }
            else { Show(found); }
            if (found.NotCompared.Count > 0 && !result.GetValue(json))
            {
                Line($"Not compared, since the plan does not have them: {NotDrawn.Names(found.NotCompared)}");
            }
            return found.Judgement switch
            {
                Judgement.SameBits => ExitCodes.Kept,
                Judgement.CannotTell => ExitCodes.CannotTell,
                _ => ExitCodes.Broken,
            };
        }));
        return command;
    }

    static PlanLocation Shown(StateDict weights, DistributionCase item, ulong? seed) => ProgressBars.New().Start(progress =>
    {
        ProgressTask bar = progress.AddTask("comparing");
        return PlanLocator.Of(weights, item, seed, new BarProgress(bar));
    });

    static void Show(PlanLocation found)
    {
        if (found.Judgement != Judgement.Deviates || found.First.Tensor is null)
        {
            Line(found.Said);
            if (found.Judgement == Judgement.CannotTell) { Line("Name one with --seed."); }
            return;
        }
        if (found.Same.Count + found.Differing.Count == 0)
        {
            Line($"The weights do not fit the plan, so no draw was compared. Cause ({found.Cause}): {found.Said}");
            return;
        }
        Line(string.Create(CultureInfo.InvariantCulture, $"{found.Same.Count:N0} of {found.Same.Count + found.Differing.Count:N0} tensors "
            + $"have the bits of seed {found.Seed}; the first that differs, in draw order:"));
        Line($"  {found.First}{(found.Module.Length == 0 ? "" : $"   (module {found.Module})")}");
        if (found.Step > 0)
        {
            string word = found.Word is not { } place ? ""
                : string.Create(CultureInfo.InvariantCulture,
                    $", from {(found.Unit == StreamUnit.Offset ? $"offset {place:N0}" : $"word {place:N0} of the stream")}");
            Line($"  step {found.Step}, {found.Draw}{word}");
        }
        Line($"Cause ({found.Cause}): {found.Said}");
        string[] others = [.. found.Differing.Skip(1)];
        if (others.Length > 0) { Line($"Also different: {string.Join(", ", others.Take(6))}{(others.Length > 6 ? ", …" : "")}"); }
    }

    static void Line(string text) => AnsiConsole.WriteLine(PlainText.Of(text));
}
