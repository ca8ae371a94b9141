using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Spectre.Console;
using TorchInit.Parity;

namespace TorchInit.Cli;

/// <summary>A verdict as text and as JSON.</summary>
static class VerdictText
{
    const int MostShown = 24;

    static readonly JsonSerializerOptions s_json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true
    };

    /// <summary>As text. <paramref name="asked"/>: whether a torch, platform or device was named; only then do another's bits
    /// deviate.</summary>
    public static void Show(Verdict verdict, bool asked = true, bool printed = false)
    {
        string sign = verdict.Judgement switch
        {
            Judgement.Deviates when IsElsewhere(verdict) && !asked
                => printed ? "✔ same digits" : IsLaw(verdict) ? "✔" : "✔ same bits",
            Judgement.Deviates => "✘ deviates",
            Judgement.CannotTell => "? cannot tell",
            Judgement.SameBits => "✔ same bits",
            Judgement.SameDigits => "✔ same digits",
            _ => "✔ same distribution"
        };
        Line(sign == "✔" ? $"{sign} {verdict.Explanation}" : $"{sign}{Plainly(verdict)}: {verdict.Explanation}");
        if (verdict.Cause is not (Cause.None or Cause.Unknown)) { Line($"cause: {verdict.Cause}"); }
        if (verdict.First != FirstDifference.None) { Line($"first: {verdict.First}"); }
        foreach (string finding in verdict.Evidence.Take(MostShown)) { Line($"  {finding}"); }
        if (verdict.Evidence.Count > MostShown) { Line($"  … and {verdict.Evidence.Count - MostShown} more"); }
    }

    /// <summary>Whether the weights are torch's own, of another version, platform, kind of kernels or device.</summary>
    public static bool IsElsewhere(Verdict verdict) => verdict is
    {
        Judgement: Judgement.Deviates,
        Cause: Cause.Platform or Cause.CpuMode or Cause.PlatformOrCpuMode or Cause.Era or Cause.Device,
    };

    /// <summary>Whether only the distribution is another torch's; the explanation says so itself.</summary>
    static bool IsLaw(Verdict verdict) => verdict.Basis == VerdictBasis.OtherLaw;

    /// <summary>The verdict in plain words, before the evidence.</summary>
    static string Plainly(Verdict verdict) => (verdict.Judgement, verdict.Cause) switch
    {
        (Judgement.SameBits, _) => ", torch's own weights",
        (Judgement.SameDigits, _) => ", torch's own numbers",
        (Judgement.SameDistribution, _) => ", drawn as torch draws",
        (Judgement.Deviates, Cause.Era or Cause.Device) when IsLaw(verdict) => "",
        (Judgement.Deviates, Cause.Seed) => ", torch's own weights from another seed",
        (Judgement.Deviates, Cause.Platform or Cause.CpuMode or Cause.PlatformOrCpuMode) => ", torch's own weights from another platform",
        (Judgement.Deviates, Cause.Device) => ", torch's own weights from another device",
        (Judgement.Deviates, Cause.Era) => ", torch's own weights from another version",
        (Judgement.Deviates, Cause.Changed) => ", changed in places",
        (Judgement.Deviates, Cause.NotDrawn) => ", used or trained",
        (Judgement.Deviates, Cause.MissingTensor or Cause.Shape) => ", another model",
        // Where values were compared one by one, the explanation says so itself.
        (Judgement.Deviates, Cause.Rounding) when verdict.Basis == VerdictBasis.Digits => ", torch's draws, rounded differently",
        (Judgement.Deviates, Cause.Pruned) => ", pruned",
        (Judgement.Deviates, Cause.RowScale) => ", scaled row by row",
        (Judgement.Deviates, Cause.Shifted) => ", shifted",
        _ => "",
    };

    public static void ShowJson(Verdict verdict) => Console.Out.WriteLine(JsonSerializer.Serialize(verdict, s_json));

    static void Line(string text) => AnsiConsole.MarkupLineInterpolated($"{PlainText.Of(text)}");
}
