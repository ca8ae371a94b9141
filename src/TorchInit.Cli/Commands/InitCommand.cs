using System.CommandLine;

namespace TorchInit.Cli;

/// <summary><c>torchinit init EXPR</c>: the weights of a constructor or init function, as a file or as hex words.</summary>
static class InitCommand
{
    public static Command Create()
    {
        Argument<string> expression = new("EXPR")
        {
            Description = "torch's own spelling, for example \"Conv2d(3, 64, 7, bias=False)\" or \"nn.init.eye_(torch.empty(3, 5))\"; "
            + "also several lines, or a class with its __init__. Use - to read from standard input."
        };
        Option<string?> seed = new("--seed")
        {
            Description = "The seed, as for torch.manual_seed: −2^63 to 2^64 − 1. Default: the seed that the text sets, otherwise 0."
        };
        Option<string> dtype = new("--dtype")
        {
            Description = "float32, float64, float16 or bfloat16: as torch's default dtype while "
            + "constructing.",
            DefaultValueFactory = _ => "float32"
        };
        Option<string?> output = new("-o", "--output") { Description = "A safetensors file to write." };
        Option<bool> bits = new("--bits") { Description = "Also show the first elements' bits in hexadecimal." };
        Option<bool> json = new("--json") { Description = "Print JSON with every element, as a number and as its bits in hexadecimal." };
        ProfileOptions profile = new();
        Command command = new("init", "Draw the starting weights of a torch.nn class or torch.nn.init function. "
            + ExitCodes.OfDrawing) { expression, seed,
            dtype, output, bits, json };
        profile.AddTo(command);
        command.SetAction(result => Refusal.Guard(() =>
        {
            DType type = FloatingType.Of(result, dtype);
            string text = result.GetValue(expression)! is "-" ? Console.In.ReadToEnd() : result.GetValue(expression)!;
            TorchProgram program = TorchProgram.Parse(text);
            ulong? given = SeedText.Of(result, seed);
            InitPlan plan = profile.PlanOf(result, program);
            ulong start = given ?? program.SeedOn(plan.Profile) ?? 0;
            Generator generator = new(start, plan.Profile);
            if (result.GetValue(output) is { } wanted)
            {
                OutputName.CheckSafetensors(output.Name, wanted);
                _ = OutputTarget.Probe(wanted);
            }
            StateDict weights = plan.Materialize(generator, type);
            if (result.GetValue(output) is { } path)
            {
                Safetensors.Save(path, weights, new Dictionary<string, string>
                {
                    ["init"] = text,
                    ["seed"] = result.GetValue(seed) ?? start.ToString(System.Globalization.CultureInfo.InvariantCulture),
                    ["dtype"] = type.TorchName(),
                    ["profile"] = plan.Profile.ToString(),
                });
            }
            if (result.GetValue(json)) { Console.Out.WriteLine(WeightsJson.Of(plan, weights, generator)); }
            else
            {
                WeightsText.Show(plan, weights, generator, result.GetValue(seed), result.GetValue(bits), result.GetValue(output));
            }
            return ExitCodes.Kept;
        }));
        return command;
    }
}
