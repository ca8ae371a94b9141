using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Spectre.Console;
using TorchInit.Parity;

namespace TorchInit.Cli;

/// <summary>A verdict for people and for programs.</summary>
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

    public static void Show(Verdict verdict)
    {
        string sign = verdict.Judgement switch
        {
            Judgement.Deviates => "✘ deviates",
            Judgement.CannotTell => "? cannot tell",
            Judgement.SameBits => "✔ same bits",
            Judgement.SameDigits => "✔ same digits",
            _ => "✔ same distribution"
        };
        Line($"{sign}: {verdict.Explanation}");
        if (verdict.Cause is not (Cause.None or Cause.Unknown)) { Line($"cause: {verdict.Cause}"); }
        if (verdict.First != FirstDifference.None) { Line($"first: {verdict.First}"); }
        foreach (string finding in verdict.Evidence.Take(MostShown)) { Line($"  {finding}"); }
        if (verdict.Evidence.Count > MostShown) { Line($"  … and {verdict.Evidence.Count - MostShown} more"); }
    }

    public static void ShowJson(Verdict verdict) => Console.Out.WriteLine(JsonSerializer.Serialize(verdict, s_json));

    static void Line(string text) => AnsiConsole.MarkupLineInterpolated($"{PlainText.Of(text)}");
}
