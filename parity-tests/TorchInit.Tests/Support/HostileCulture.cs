using System.Globalization;
using System.Runtime.CompilerServices;

namespace TorchInit.Tests;

/// <summary>
/// Every test runs in a culture that writes no number as torch does: −3 with U+2212 as in Sweden, 0,5 with a comma, grouped by spaces,
/// NaN and ∞ in words. A number that reaches a text with the thread's culture fails the test that reads the text.
/// </summary>
static class HostileCulture
{
    // CA2255 warns libraries; a test assembly is loaded to run.
#pragma warning disable CA2255
    [ModuleInitializer]
#pragma warning restore CA2255
    public static void Enter()
    {
        CultureInfo culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NegativeSign = "\u2212";
        culture.NumberFormat.PositiveSign = "\u200e+";
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NumberGroupSeparator = "\u00a0";
        culture.NumberFormat.PercentDecimalSeparator = ",";
        culture.NumberFormat.NaNSymbol = "epäluku";
        culture.NumberFormat.PositiveInfinitySymbol = "\u221e";
        culture.NumberFormat.NegativeInfinitySymbol = "\u2212\u221e";
        CultureInfo.DefaultThreadCurrentCulture = culture;
        CultureInfo.CurrentCulture = culture;
    }
}
