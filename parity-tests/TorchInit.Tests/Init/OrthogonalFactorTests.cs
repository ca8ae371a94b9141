namespace TorchInit.Tests.Functions;

/// <summary>orthogonal_ is the Q of the normals that it draws: of a tall or square matrix itself, of a wide one transposed.</summary>
public class OrthogonalFactorTests
{
    [Theory, InlineData(7, 4), InlineData(4, 7), InlineData(5, 5), InlineData(1, 3), InlineData(3, 1)]
    public void What_is_left_is_triangular_with_a_positive_diagonal(int rows, int columns)
    {
        double[] q = new double[rows * columns], normals = new double[q.Length];
        Init.Orthogonal(q.AsSpan(), [rows, columns], new Generator(3), gain: 2);
        NormalFill.Fill(normals.AsSpan(), 0, 1, new Generator(3), contiguous: true);
        bool isWide = columns > rows;
        int narrow = Math.Min(rows, columns), tall = Math.Max(rows, columns);
        double At(double[] matrix, int row, int column) => isWide ? matrix[column * columns + row] : matrix[row * columns + column];
        for (int i = 0; i < narrow; i++)
        {
            for (int j = 0; j < narrow; j++)
            {
                double own = 0, left = 0;
                for (int row = 0; row < tall; row++)
                {
                    own += At(q, row, i) * At(q, row, j);
                    left += At(q, row, i) * At(normals, row, j);
                }
                Assert.Equal(i == j ? 4 : 0, own, 1e-13);
                if (i > j) { Assert.Equal(0, left, 1e-13); }
                if (i == j) { Assert.True(left > 0); }
            }
        }
    }
}
