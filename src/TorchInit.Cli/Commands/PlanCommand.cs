using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using TorchInit.Oracle;
using TorchInit.Parity;

namespace TorchInit.Cli;

/// <summary><c>torchinit plan record|explain|diff|locate</c>: takes a model's initialisation to where torch is not installed.</summary>
static class PlanCommand
{
    const int MostRows = 40;

    public static Command Create() => new("plan",
            "Record how a PyTorch model is initialised; explain and compare such plans; find where weights differ from one.")
    {
        Record(), Explain(), Diff(), PlanLocateCommand.Create(),
    };

    static Command Record()
    {
        Argument<string> model = new("MODEL")
        {
            Description = "MODULE:CALLABLE or FILE.py:CALLABLE, with literal arguments, for example \"torchvision.models:resnet50(num_classes=10)\". "
            + "The arguments are parsed, never evaluated; the callable runs.",
        };
        Option<string> output = new("-o", "--output") { Description = "The plan's JSON file; - for standard output.", Required = true };
        Option<string?> python = new("--python") { Description = "A Python that has torch and the packages the model imports." };
        Option<string[]> path = new("--path") { Description = "An additional folder to import from." };
        Option<string> dtype = new("--dtype")
        {
            Description = "torch's default dtype while the model is constructed.",
            DefaultValueFactory = _ => "float32",
        };
        Option<string[]> call = new("--call")
        {
            Description = "Call the model once, in evaluation mode, with zeros of this shape, which initialises lazy layers: "
            + "for example 1,3,32,32. Give the option once per argument.",
        };
        Command command = new("record", "Construct a model once in real torch, and record how its weights are drawn. "
            + "Exit code 0: the plan is written; 2: real torch could not be asked; 4: the model cannot be recorded, or its code "
            + "failed.")
        {
            model, output, python, path, dtype, call,
        };
        command.SetAction((result, cancellation) => Task.FromResult(Refusal.Guard(() =>
        {
            string file = result.GetValue(output)!;
            OutputName.CheckPlan(output.Name, file);
            if (file != "-") { _ = OutputTarget.Probe(file); }
            string named = FloatingType.Of(result, dtype).TorchName();
            PythonCandidate found = PythonLocator.Locate(result.GetValue(python));
            string json = "";
            Consoles.Watch().Status().Start("recording", _
                => json = ModelRecorder.Record(found, result.GetValue(model)!, named, result.GetValue(path), result.GetValue(call),
                    cancellation));
            InitPlan plan = PlanJson.Read(json);
            if (file == "-")
            {
                Console.Out.Write(PlanJson.Write(plan));
                return ExitCodes.Kept;
            }
            PlanJson.Save(file, plan);
            string said = string.Create(CultureInfo.InvariantCulture, $"{plan.StateTensors.Count():N0} tensors, "
                + $"{plan.StateTensors.Sum(tensor => tensor.Count):N0} elements, {plan.Steps.Count:N0} steps, {new FileInfo(file).Length:N0} bytes");
            AnsiConsole.MarkupLineInterpolated($"{file}: {said}");
            return ExitCodes.Kept;
        }, cancellation)));
        return command;
    }

    static Command Explain()
    {
        Argument<string> source = Source("PLAN");
        Option<bool> all = new("--all") { Description = $"Show all tensors; otherwise the first {MostRows}. JSON and HTML have all." };
        Option<bool> json = new("--json") { Description = "Print JSON." };
        Option<string?> html = new("--html") { Description = "Write an HTML page with the stream as a timeline; it opens offline." };
        Option<string> dtype = new("--dtype")
        {
            Description = "The floating dtype: float32, float64, float16 or bfloat16.",
            DefaultValueFactory = _ => "float32",
        };
        ProfileOptions profile = new();
        Command command = new("explain", "Show each tensor's law, fan and place in the stream, and warn of common mistakes. "
            + "Exit code 0, also with warnings; 4: the plan cannot be read.")
        {
            source, all, json, html, dtype,
        };
        profile.AddTo(command);
        command.SetAction(result => Refusal.Guard(() =>
        {
            if (result.GetValue(html) is { } path) { _ = OutputTarget.Probe(path); }
            DType type = FloatingType.Of(result, dtype);
            PlanExplanation explained = PlanExplanation.Of(profile.PlanOf(result, result.GetValue(source)!, type), type);
            if (result.GetValue(html) is { } page) { AtomicFile.WriteText(page, InitNotebooks.PlanPage.Of(explained)); }
            if (result.GetValue(json)) { Console.Out.WriteLine(ExplanationJson.Of(explained)); }
            else if (result.GetValue(html) is { } written)
            {
                AnsiConsole.MarkupLineInterpolated($"{written}: warnings: {explained.Warnings.Count}");
            }
            else { Show(explained, result.GetValue(all)); }
            return ExitCodes.Kept;
        }));
        return command;
    }

    static void Show(PlanExplanation explained, bool all)
    {
        int shown = all ? explained.Tensors.Count : Math.Min(MostRows, explained.Tensors.Count);
        ExplanationTable.Of(explained, shown).Write(AnsiConsole.Console);
        if (shown < explained.Tensors.Count)
        {
            string more = (explained.Tensors.Count - shown).ToString("N0", CultureInfo.InvariantCulture);
            AnsiConsole.MarkupLineInterpolated($"… and {more} more tensors; --all shows them.");
        }
        string words = explained.Words is { } number ? number.ToString("N0", CultureInfo.InvariantCulture)
            : "depends on the values";
        string counted = explained.Unit == StreamUnit.Offset ? "offset moved in total" : "32-bit words drawn in total";
        AnsiConsole.MarkupLineInterpolated($"{explained.Plan.Profile}; {counted}: {words}");
        AnsiConsole.MarkupLineInterpolated($"The same bits on: {string.Join("; ", explained.SameOn)}");
        foreach (string other in explained.Elsewhere) { AnsiConsole.MarkupLineInterpolated($"[grey]-[/] {other}"); }
        foreach (PlanWarning warning in explained.Warnings) { AnsiConsole.MarkupLineInterpolated($"[yellow]![/] {warning.Said}"); }
    }

    static Command Diff()
    {
        Argument<string> first = Source("A"), second = Source("B");
        ProfileOptions profile = new();
        Command command = new("diff", "Show where two plans differ. "
            + "Exit code 0: they draw the same weights, in float32 if they do not say otherwise; "
            + "1: they do not; 4: a plan cannot be read.")
        {
            first, second,
        };
        profile.AddTo(command);
        command.SetAction(result => Refusal.Guard(() =>
        {
            (InitPlan one, InitPlan other) = Plans(profile, result, result.GetValue(first)!, result.GetValue(second)!);
            IReadOnlyList<string> found = PlanDifference.Between(one, other);
            if (found.Count == 0)
            {
                string torches = one.Profile == other.Profile ? ""
                    : $" Their torches differ ({PlanDifference.Torches(one.Profile, other.Profile)}), but draw each of these steps alike.";
                AnsiConsole.MarkupLineInterpolated($"Both plans have the same tensors and the same steps.{torches}");
            }
            foreach (string difference in found) { AnsiConsole.MarkupLineInterpolated($"{difference}"); }
            return found.Count == 0 ? ExitCodes.Kept : ExitCodes.Broken;
        }));
        return command;
    }

    /// <summary>An expression compared with a recording uses the recording's torch, unless an option names another.</summary>
    static (InitPlan First, InitPlan Second) Plans(ProfileOptions profile, ParseResult result, string first, string second)
    {
        bool follows = ProfileOptions.IsPlanFile(first) != ProfileOptions.IsPlanFile(second) && !profile.IsGiven(result);
        TorchProfile? own = follows ? profile.PlanOf(result, ProfileOptions.IsPlanFile(first) ? first : second).Profile : null;
        return (Plan(first), Plan(second));

        InitPlan Plan(string text) => own is null || ProfileOptions.IsPlanFile(text) ? profile.PlanOf(result, text)
            : ProfileOptions.Named(text, own);
    }

    static Argument<string> Source(string name)
        => new(name)
        {
            Description = "A plan's JSON file, a model in the library such as resnet50, or torch's own spelling, such as "
            + "\"Transformer(512, 8)\".",
        };
}
