using System.Globalization;
using System.Numerics;

namespace TorchInit.Tests;

/// <summary>Q and R's diagonal against torch over reference LAPACK 3.11.0, and against 3.12.1 itself; a torch over 3.12.1 for small
/// weights.</summary>
public sealed class HouseholderQrTests
{
    const string Torchs = "numerics/qr-torch-1.13.1.tsv", Lapacks = "numerics/qr-lapack-3.12.1.tsv";

    public static TheoryData<string> TorchCases => [.. GoldenTable.Read(Torchs).Select(Name)];

    public static TheoryData<string> LapackCases => [.. GoldenTable.Read(Lapacks).Select(Name)];

    static string Name(Dictionary<string, string> row) => $"{row["dtype"]} {row["rows"]}x{row["columns"]} {row["kind"]} * 2^{row["scale"]}";

    [Theory, MemberData(nameof(TorchCases))]
    public void Decomposition_is_torchs_over_LAPACK_3_11(string name) => Check(Torchs, name, LapackVariant.Reference311);

    [Theory, MemberData(nameof(LapackCases))]
    public void Decomposition_is_LAPACK_3_12s(string name) => Check(Lapacks, name, LapackVariant.Reference312);

    static void Check(string file, string name, LapackVariant variant)
    {
        Dictionary<string, string> golden = GoldenTable.Read(file).Single(row => Name(row) == name);
        ulong seed = ulong.Parse(golden["seed"]);
        if (golden["dtype"] == "float32")
        {
            (float[] q, float[] diagonal) = Decompose(golden, k => SplitMix.Single(seed, k), variant);
            if (golden["q"] != "-") { AssertBits.Equal(GoldenTable.Singles(golden["q"]), q); }
            Assert.Equal((golden["sha256_q"], golden["sha256_diagonal"]),
                (GoldenTable.Sha256<float>(q), GoldenTable.Sha256<float>(diagonal)));
        }
        else
        {
            (double[] q, double[] diagonal) = Decompose(golden, k => SplitMix.Double(seed, k), variant);
            if (golden["q"] != "-") { AssertBits.Equal(GoldenTable.Doubles(golden["q"]), q); }
            Assert.Equal((golden["sha256_q"], golden["sha256_diagonal"]),
                (GoldenTable.Sha256<double>(q), GoldenTable.Sha256<double>(diagonal)));
        }
    }

    static (T[] Q, T[] Diagonal) Decompose<T>(Dictionary<string, string> golden, Func<int, T> stream, LapackVariant variant)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int rows = int.Parse(golden["rows"]), columns = int.Parse(golden["columns"]);
        T scale = T.ScaleB(T.One, int.Parse(golden["scale"], CultureInfo.InvariantCulture));
        T[] a = [.. Enumerable.Range(0, rows * columns).Select(k => stream(k) * scale)];
        switch (golden["kind"])
        {
            case "zero-column": a.AsSpan(rows, rows).Clear(); break;
            case "equal-columns": a.AsSpan(0, rows).CopyTo(a.AsSpan(2 * rows)); break;
            case "identity": a = [.. Enumerable.Range(0, rows * columns).Select(k => k % rows == k / rows ? T.One : T.Zero)]; break;
        }

        T[] diagonal = new T[columns];
        HouseholderQr.ReducedQ<T>(a, rows, columns, diagonal, variant);
        return (a, diagonal);
    }

    public static TheoryData<int> Orthogonals => [.. Enumerable.Range(0, GoldenTable.Read("numerics/orthogonal-torch-2.6.0.tsv").Count)];

    [Theory, MemberData(nameof(Orthogonals))]
    public void Orthogonal_weights_are_torchs_over_LAPACK_3_12(int line)
    {
        Dictionary<string, string> golden = GoldenTable.Read("numerics/orthogonal-torch-2.6.0.tsv")[line];
        int rows = int.Parse(golden["rows"]), columns = int.Parse(golden["columns"]);
        if (golden["dtype"] == "float32")
        {
            float[] weight = Orthogonal(GoldenTable.Singles(golden["normals"]), rows, columns),
                expected = GoldenTable.Singles(golden["values"]);
            AssertBits.Equal(expected, weight.AsSpan(0, expected.Length));
            Assert.Equal(golden["sha256"], GoldenTable.Sha256<float>(weight));
        }
        else
        {
            double[] weight = Orthogonal(GoldenTable.Doubles(golden["normals"]), rows, columns),
                expected = GoldenTable.Doubles(golden["values"]);
            AssertBits.Equal(expected, weight.AsSpan(0, expected.Length));
            Assert.Equal(golden["sha256"], GoldenTable.Sha256<double>(weight));
        }
    }

    /// <summary>orthogonal_ of a wide matrix: row-major wide is column-major tall, so nothing is transposed.</summary>
    static T[] Orthogonal<T>(T[] a, int rows, int columns)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Assert.True(rows < columns);
        T[] diagonal = new T[rows];
        HouseholderQr.ReducedQ<T>(a, columns, rows, diagonal, LapackVariant.Reference312);
        for (int k = 0; k < a.Length; k++) { a[k] *= T.CreateChecked(T.Sign(diagonal[k / columns])); }
        return a;
    }

    [Theory, InlineData(nameof(LapackVariant.Reference311)), InlineData(nameof(LapackVariant.Reference312))]
    public void Columns_are_orthonormal_and_span_the_matrix(string lapack)
    {
        LapackVariant variant = Enum.Parse<LapackVariant>(lapack);
        const int Rows = 170, Columns = 150;
        double[] a = [.. Enumerable.Range(0, Rows * Columns).Select(k => SplitMix.Double(400, k))];
        double[] q = [.. a], diagonal = new double[Columns];
        HouseholderQr.ReducedQ<double>(q, Rows, Columns, diagonal, variant);
        for (int i = 0; i < Columns; i++)
        {
            for (int j = i; j < Columns; j++)
            {
                double expected = i == j ? 1 : 0;
                Assert.InRange(Dot(q, i, q, j), expected - 1e-13, expected + 1e-13); // measured: 2e-15
            }

            Assert.InRange(Dot(q, i, a, i) - diagonal[i], -1e-13, 1e-13); // R's diagonal is qᵢ · aᵢ
        }

        static double Dot(double[] x, int i, double[] y, int j)
            => Enumerable.Range(0, Rows).Sum(k => x[(i * Rows) + k] * y[(j * Rows) + k]);
    }

    [Fact]
    public void A_matrix_or_diagonal_that_does_not_fit_is_refused()
    {
        Assert.Throws<ArgumentException>("columns",
            () => HouseholderQr.ReducedQ(new float[6], 2, 3, new float[3], LapackVariant.Reference311));
        Assert.Throws<ArgumentException>("a", () => HouseholderQr.ReducedQ(new float[5], 3, 2, new float[2], LapackVariant.Reference311));
        Assert.Throws<ArgumentException>("diagonalOfR",
            () => HouseholderQr.ReducedQ(new float[6], 3, 2, new float[3], LapackVariant.Reference311));
        HouseholderQr.ReducedQ<float>([], 3, 0, [], LapackVariant.Reference311); // nothing to do is no error
    }
}
