using System.Globalization;
using System.Text.Json.Serialization;

namespace TorchInit;

/// <summary><c>tensor.random_(from, to)</c>, <c>torch.randint</c>: whole numbers of [from, to) for every element, in memory
/// order.</summary>
/// <param name="Target">What is filled.</param>
/// <param name="From">The least number; null with <paramref name="To"/> for <c>random_()</c>.</param>
/// <param name="To">One above the greatest; null for as far as the dtype goes.</param>
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
