using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TorchInit.Parity;

/// <summary>The statistical run as JSON.</summary>
static class StatisticsJson
{
    static readonly JsonSerializerOptions s_options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    };

    public static string Of(StatisticsReport report) => JsonSerializer.Serialize(new
    {
        report.Passed,
        report.Summary,
        Profile = report.Profile.ToString(),
        report.Budget,
        report.Difference,
        report.Size,
        report.NotAsked,
        report.Unasked,
        report.Seconds,
        report.Accusations,
        report.Claims,
        Mutants = report.Mutants.Select(result => new
        {
            result.Mutant.Number,
            result.Mutant.Name,
            result.Mutant.Origin,
            result.Mutant.Fault,
            result.Kills,
            result.Tried
        }),
        report.FalseAlarms,
        Scipy = new { Version = SciPyAgreement.RecordedVersion, Rows = SciPyAgreement.Recorded() },
        TwoSample = report.TwoSample.Select(result => new
        {
            Case = result.Case.ToString(),
            result.Tensor,
            result.Seeds,
            result.Count,
            result.Distance,
            result.Threshold,
            result.PooledDistance,
            result.PooledThreshold,
            result.SmallestDifference,
            result.Probabilities
        }),
        Cases = report.Cases.Select(item => new { item.Case, DType = item.DType.TorchName(), item.Draws, item.Regions }),
    }, s_options) + "\n";
}
