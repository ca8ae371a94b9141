using System.Globalization;

namespace TorchInit.Parity;

/// <summary>Matrices whose rows or columns are orthonormal, as a whole or gate by gate: an exact property, which other draws never
/// have.</summary>
static class OrthogonalBlocks
{
    /// <summary>So many rows (or columns) of each block are compared; of a matrix of independent draws, no two would pass.</summary>
    const int Most = 64;
    const long MostElements = 1 << 26;

    /// <summary>In words; null if there are no such blocks.</summary>
    public static string? Of(TensorBuffer given)
    {
        if (given.Shape.Count < 2 || given.Count > MostElements || given.Shape[0] < 2) { return null; }
        Matrix matrix = new(Elements64.Of(given), (int)given.Shape[0], Allowed(given.DType, given.Count));
        double? whole = matrix.Gain(1);
        if (whole is { } gain && matrix.Rows <= matrix.Columns) { return $"orthogonal_{Said(gain)}: its rows are orthonormal"; }
        // An orthogonal matrix below another has orthogonal columns, and half of one has orthonormal rows: the gates are the largest
        // blocks with orthonormal rows, or else the smallest with orthonormal columns.
        int[] blocks = [.. ((int[])[2, 3, 4]).Where(blocks => matrix.Rows % blocks == 0 && matrix.Gain(blocks) is not null)];
        int gates = blocks.FirstOrDefault(count => matrix.Rows / count <= matrix.Columns, blocks.LastOrDefault());
        if (gates > 0)
        {
            string scale = Said(matrix.Gain(gates)!.Value);
            return $"orthogonal_{scale} gate by gate: each of its {gates} blocks of {matrix.Rows / gates} rows is orthogonal";
        }
        return whole is { } tall ? $"orthogonal_{Said(tall)}: its columns are orthonormal" : null;
    }

    static string Said(double gain) => Math.Abs(gain - 1) < 0.01 ? "" : string.Create(CultureInfo.InvariantCulture, $"(gain={gain:G4})");

    static double Allowed(DType dtype, long count) => dtype switch
    {
        DType.Float64 => 16 * 2.3e-16 * Math.Sqrt(count),
        DType.Float32 => 16 * 1.2e-7 * Math.Sqrt(count),
        // Cast after it was drawn.
        _ => 4 * AlteredValues.Epsilon(dtype),
    };

    sealed record Matrix(double[] Values, int Rows, double Allowed)
    {
        public int Columns { get; } = Values.Length / Rows;

        /// <summary>The gain that all blocks have in common; null if one is not orthogonal.</summary>
        public double? Gain(int blocks)
        {
            int rows = Rows / blocks, side = Math.Min(rows, Columns);
            if (side < 2) { return null; }
            int[] some = [.. Enumerable.Range(0, Math.Min(side, Most)).Select(at => (int)((long)at * side / Math.Min(side, Most)))];
            double square = Product(0, rows, 0, 0);
            if (!(square > 0)) { return null; }
            for (int block = 0; block < blocks; block++)
            {
                for (int i = 0; i < some.Length; i++)
                {
                    for (int j = 0; j <= i; j++)
                    {
                        double product = Product(block, rows, some[i], some[j]) / square;
                        if (!(Math.Abs(product - (i == j ? 1 : 0)) <= Allowed)) { return null; }
                    }
                }
            }
            return Math.Sqrt(square);
        }

        /// <summary>The product of two rows of a block, or of two columns where it has fewer.</summary>
        double Product(int block, int rows, int i, int j)
        {
            int start = block * rows * Columns;
            double sum = 0;
            if (rows <= Columns)
            {
                for (int k = 0; k < Columns; k++) { sum += Values[start + i * Columns + k] * Values[start + j * Columns + k]; }
                return sum;
            }
            for (int k = 0; k < rows; k++) { sum += Values[start + k * Columns + i] * Values[start + k * Columns + j]; }
            return sum;
        }
    }
}
