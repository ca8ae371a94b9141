using TorchInit.Parity;

namespace TorchInit.StatisticsTests.Mutants;

/// <summary>What one mutant draws, in float64, so that a bound is seen to the last digits.</summary>
static class Exhibit
{
    public const int Seed = 5;

    public static Mutant Of(string number)
        => Museum.Shipped.Concat(Mistakes.All).Concat(DrawMistakes.All).Single(mutant => mutant.Number == number);

    public static DrawRequest Request(string expression, DType dtype = DType.Float64)
        => new(expression, InitPlan.Of(expression), dtype, Seed);

    public static Drawn Draw(string number, string expression, DType dtype = DType.Float64) => Of(number).Draw(Request(expression, dtype));

    /// <summary>The right weights.</summary>
    public static StateDict Right(string expression, DType dtype = DType.Float64) => InitPlan.Of(expression).Materialize(Seed, dtype);

    /// <summary>The elements of an expression of one tensor.</summary>
    public static double[] Fill(string expression) => [.. Right(expression).Values.Single().AsSpan<double>()];

    public static void Near(ReadOnlySpan<double> expected, TensorBuffer actual)
    {
        Span<double> elements = actual.AsSpan<double>();
        Assert.Equal(expected.Length, elements.Length);
        for (int i = 0; i < expected.Length; i++) { Assert.Equal(expected[i], elements[i], 1e-12 * Math.Max(1, Math.Abs(expected[i]))); }
    }

    public static bool SameBits(TensorBuffer left, TensorBuffer right) => left.Bytes(0, left.Count)
        .SequenceEqual(right.Bytes(0, right.Count));
}
