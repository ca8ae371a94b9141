using System.CommandLine;
using Spectre.Console;
using TorchInit.Parity;

namespace TorchInit.Cli;

/// <summary><c>torchinit verify FILE</c>: whose weights are these?</summary>
static class VerifyCommand
{
    public static Command Create()
    {
        Argument<string> file = new("FILE") { Description = "Weights of any framework: .safetensors, .npz or .npy." };
        Option<string?> module = new("--module") { Description = "What they should be, in torch's own spelling: \"Linear(784, 128)\"." };
        Option<string?> plan = new("--plan") { Description = "What they should be, as a plan's JSON file; it says which torch." };
        Option<string?> seed = new("--seed") { Description = "The seed that they should be drawn from; usual seeds are tried without it." };
        ProfileOptions profile = new();
        Command command = new("verify", "Judge weights: torch's bits, torch's distribution, or what deviates and why. Exit code 0: the same; 1: deviates; 3: cannot tell.") { file, module, plan, seed };
        profile.AddTo(command);
        command.SetAction(result => Refusal.Guard(() =>
        {
            StateDict weights = WeightsFile.Load(result.GetValue(file)!);
            DType dtype = weights.Values.Select(tensor => tensor.DType).FirstOrDefault(type => type.IsFloatingPoint(), DType.Float32);
            DistributionCase item = (result.GetValue(module), result.GetValue(plan)) switch
            {
                ({ } expression, null) => new(expression, dtype, profile.Read(result)),
                (null, { } path) => new(PlanJson.Read(File.ReadAllText(path)), dtype),
                _ => throw new ArgumentException("exactly one of --module and --plan says what the weights should be."),
            };
            Verdict verdict = Verifier.Judge(weights, item, result.GetValue(seed) is { } text ? Generator.ParseSeed(text) : null);
            Show(verdict);
            return verdict.Judgement switch { Judgement.Deviates => ExitCodes.Broken, Judgement.CannotTell => ExitCodes.CannotTell, _ => ExitCodes.Kept };
        }));
        return command;
    }

    static void Show(Verdict verdict)
    {
        string sign = verdict.Judgement switch { Judgement.Deviates => "✘ deviates", Judgement.CannotTell => "? cannot tell", Judgement.SameBits => "✔ same bits", _ => "✔ same distribution" };
        AnsiConsole.MarkupLineInterpolated($"{sign}: {verdict.Explanation}");
        if (verdict.Cause is not (Cause.None or Cause.Unknown)) { AnsiConsole.MarkupLineInterpolated($"cause: {verdict.Cause}"); }
        if (verdict.Tensor.Length > 0) { AnsiConsole.MarkupLineInterpolated($"first: {verdict.Tensor}{(verdict.Element >= 0 ? $"[{verdict.Element}]" : "")}"); }
        foreach (string finding in verdict.Evidence ?? []) { AnsiConsole.MarkupLineInterpolated($"  {finding}"); }
    }
}
