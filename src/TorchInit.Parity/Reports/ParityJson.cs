using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TorchInit.Parity;

/// <summary>The report as JSON.</summary>
static class ParityJson
{
    static readonly JsonSerializerOptions s_options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    };

    public static string Of(ParityReport report) => JsonSerializer.Serialize(new
    {
        report.Passed,
        report.Summary,
        report.NotAsked,
        Sections = report.Sections.Select(section => new
        {
            Torch = section.Profile.Version.ToString(),
            Platform = section.Profile.Platform.Name(),
            section.Profile.Device,
            Profile = section.Profile.ToString(),
            section.Origin,
            Live = section.IsLive,
            Total = Row(section.Total),
            Names = section.Names.Select(Row),
            NotAsked = section.NotAsked.Select(result => new { Case = result.Case.ToString(), Reason = result.Detail }),
            Failures = section.Failures.Select(failure => new { Case = failure.Case.ToString(), failure.Detail }),
        }),
    }, s_options) + "\n";

    static object Row(Tally tally) => new
    {
        tally.Name,
        tally.Cases,
        tally.Elements,
        tally.Undefined,
        SameBits = tally.Count(Outcome.SameBits),
        WithinTolerance = tally.Count(Outcome.WithinTolerance),
        RefusedAlike = tally.Count(Outcome.RefusedAlike),
        AbsentInBoth = tally.Count(Outcome.AbsentInBoth),
        NotAsked = tally.Count(Outcome.NotAsked),
        Mismatches = tally.Count(Outcome.Mismatch),
        tally.DifferingExact,
        tally.DifferingClose,
        tally.MaxUlp,
        tally.Distance,
        Tolerance = double.IsFinite(tally.Tolerance) ? tally.Tolerance : (double?)null, // null: nothing is promised
        tally.Why,
    };
}
