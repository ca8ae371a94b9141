using System.Globalization;
using System.Text.Json.Serialization;

namespace TorchInit;

/// <summary><c>tensor.random_(from, to)</c>, <c>torch.randint</c>: an integer from [from, to) for every element, in memory order.</summary>
/// <param name="Target">The tensor or view to fill.</param>
/// <param name="From">The smallest integer; null together with <paramref name="To"/> for <c>random_()</c>.</param>
/// <param name="To">One above the largest; null for the end of the dtype's range.</param>
public sealed record RandomStep(
    StepTarget Target,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? From = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? To = null) : InitStep(Target)
{
    internal override bool CanWait => false;

    internal override ElementFill? FillBy(FillRules rules) => rules.Draw("random_", new RandomRule(From, To));

    /// <inheritdoc/>
    public override string ToString() => From is null && To is null ? $"random_({Target})"
        : string.Create(CultureInfo.InvariantCulture, $"random_({Target}, {From ?? 0}, {(To is { } to ? to : "None")})");
}
