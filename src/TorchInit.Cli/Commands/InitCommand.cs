using System.CommandLine;

namespace TorchInit.Cli;

/// <summary><c>torchinit init EXPR</c>: the weights of a constructor or init function, as a file or as hex words.</summary>
static class InitCommand
{
    public static Command Create()
    {
        Argument<string> expression = new("EXPR")
        {
            Description = "torch's own spelling, for example \"Conv2d(3, 64, 7, bias=False)\" or "
            + "\"init.kaiming_normal_((64, 32), mode='fan_out', nonlinearity='relu')\"."
        };
        Option<string> seed = new("--seed")
        {
            Description = "As for torch.manual_seed: −2^63 to 2^64 − 1.",
            DefaultValueFactory = _ => "0"
        };
        Option<string> dtype = new("--dtype")
        {
            Description = "float32, float64, float16 or bfloat16: as torch's default dtype while "
            + "constructing.",
            DefaultValueFactory = _ => "float32"
        };
        Option<string?> output = new("-o", "--output") { Description = "A safetensors file to write." };
        Option<bool> bits = new("--bits") { Description = "Show the first elements' bits in hexadecimal, too." };
        Option<bool> json = new("--json") { Description = "Print JSON with every element, as a number and as its bits in hexadecimal." };
        ProfileOptions profile = new();
        Command command = new("init", "Draw the starting weights of a torch.nn class or torch.nn.init function.") { expression, seed,
            dtype, output, bits, json };
        profile.AddTo(command);
        command.SetAction(result => Refusal.Guard(() =>
        {
            TorchProfile followed = profile.Read(result);
            DType type = DType.Parse(result.GetValue(dtype)!);
            Generator generator = new(Generator.ParseSeed(result.GetValue(seed)!), followed);
            InitPlan plan = InitPlan.Of(result.GetValue(expression)!, followed);
            if (result.GetValue(output) is { } wanted) { _ = OutputTarget.Probe(wanted); }
            StateDict weights = plan.Materialize(generator, type);
            if (result.GetValue(output) is { } path)
            {
                Safetensors.Save(path, weights, new Dictionary<string, string>
                {
                    ["init"] = result.GetValue(expression)!,
                    ["seed"] = result.GetValue(seed)!,
                    ["dtype"] = type.TorchName(),
                    ["profile"] = followed.ToString(),
                });
            }
            if (result.GetValue(json)) { Console.Out.WriteLine(WeightsJson.Of(plan, weights, generator)); }
            else { WeightsText.Show(plan, weights, generator, result.GetValue(bits), result.GetValue(output)); }
            return ExitCodes.Kept;
        }));
        return command;
    }
}
