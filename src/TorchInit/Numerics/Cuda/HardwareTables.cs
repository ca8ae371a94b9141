namespace TorchInit;

/// <summary>
/// The integers from which the GPU's function units interpolate: rows of C0, C1, C2; a value is (C0 + C1·d + C2·<see
/// cref="HardwareMath.Square"/>(d)) · 2^−unit. Fitted to the results of an H100 and an H200 for every input; the tests compare all.
/// </summary>
static partial class HardwareTables
{
    public const int SinUnit = 37;
    public const int Lg2Unit = 38;
    public const int RsqUnit = 40;
    public const int Ex2Unit = 40;
    public const int Rcp64HUnit = 40;
}
