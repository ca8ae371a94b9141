using MathNet.Numerics;

namespace TorchInit.Parity;

/// <summary>
/// The distribution of Dₙ = sup |Fₙ − F| under a continuous F. If n·d² is large the two sides exclude each other, and twice Smirnov's
/// finite sum is exact; below it Marsaglia, Tsang and Wang's matrix power is (n ≤ 140), and above n = 140 Pelz and Good's expansion has an
/// error below 10⁻⁵. Range: n ≥ 1. Cost: O(n) for Smirnov's sum (its expansion from n = 10⁵), O(k³·log n) with k = ⌈n·d⌉ &lt; 20 for the
/// matrix. References: Simard and L'Ecuyer 2011, doi:10.18637/jss.v039.i11; Marsaglia, Tsang, Wang 2003, doi:10.18637/jss.v008.i18; Pelz
/// and Good 1976, JRSS B 38(2).
/// </summary>
public static class Kolmogorov
{
    const double SidesExclude = 2.2;    // P(both sides) is below 10⁻⁸ of the whole there (Simard and L'Ecuyer, section 3)
    const int MostForMatrix = 140;
    const int MostForSum = 100_000;

    /// <summary>P(Dₙ ≥ d).</summary>
    /// <param name="n">Sample size, 1 or more.</param>
    /// <param name="d">The distance.</param>
    public static double Survival(long n, double d)
    {
        if (n < 1) { throw new ArgumentOutOfRangeException(nameof(n), n, "allowed: 1 or more."); }
        if (d <= 0.5 / n) { return 1; }
        if (d >= 1) { return 0; }
        if (n * d * d >= SidesExclude) { return Math.Min(1, 2 * OneSided(n, d)); }
        return Math.Clamp(1 - (n <= MostForMatrix ? MatrixPower((int)n, d) : PelzGood(n, d)), 0, 1);
    }

    /// <summary>P(Dₙ⁺ ≥ d), the one-sided distance: d · Σⱼ C(n, j)·(d + j/n)ʲ⁻¹·(1 − d − j/n)ⁿ⁻ʲ.</summary>
    /// <param name="n">Sample size, 1 or more.</param>
    /// <param name="d">The distance.</param>
    public static double OneSided(long n, double d)
    {
        if (d <= 0) { return 1; }
        if (d >= 1) { return 0; }
        if (n > MostForSum)
        {
            // Smirnov's limit with the term in 1/√n inside the exponent (Maag and Dicaire 1971).
            double shifted = 6.0 * n * d + 1;
            return Math.Min(1, Math.Exp(-shifted * shifted / (18.0 * n)));
        }
        double sum = 0;
        double logOfFactorial = SpecialFunctions.GammaLn(n + 1.0);
        for (long j = 0; j <= (long)(n * (1 - d)); j++)
        {
            double rest = 1 - d - (double)j / n;
            double log = logOfFactorial - SpecialFunctions.GammaLn(j + 1.0) - SpecialFunctions.GammaLn(n - j + 1.0)
                + (j - 1) * Math.Log(d + (double)j / n);
            if (n > j) { log += rest > 0 ? (n - j) * Math.Log(rest) : double.NegativeInfinity; }
            sum += Math.Exp(log);
        }
        return Math.Min(1, d * sum);
    }

    static double MatrixPower(int n, double d)
    {
        int k = (int)(n * d) + 1;
        double h = k - n * d;
        int size = 2 * k - 1;
        double[,] matrix = new double[size, size];
        for (int row = 0; row < size; row++)
        {
            for (int column = 0; column < size; column++) { matrix[row, column] = row - column + 1 < 0 ? 0 : 1; }
        }
        for (int i = 0; i < size; i++)
        {
            matrix[i, 0] -= Math.Pow(h, i + 1);
            matrix[size - 1, i] -= Math.Pow(h, size - i);
        }
        matrix[size - 1, 0] += 2 * h - 1 > 0 ? Math.Pow(2 * h - 1, size) : 0;
        for (int row = 0; row < size; row++)
        {
            for (int column = 0; column <= row; column++) { matrix[row, column] /= SpecialFunctions.Factorial(row - column + 1); }
        }
        double[,] power = Power(matrix, n, size);
        double probability = power[k - 1, k - 1];
        for (int i = 1; i <= n; i++) { probability *= (double)i / n; }
        return probability;
    }

    // With n ≤ 140 the entries stay far inside the range of double.
    static double[,] Power(double[,] matrix, int exponent, int size)
    {
        if (exponent == 1) { return matrix; }
        double[,] half = Power(matrix, exponent / 2, size);
        double[,] square = Product(half, half, size);
        return exponent % 2 == 0 ? square : Product(matrix, square, size);
    }

    static double[,] Product(double[,] left, double[,] right, int size)
    {
        double[,] product = new double[size, size];
        for (int row = 0; row < size; row++)
        {
            for (int column = 0; column < size; column++)
            {
                double sum = 0;
                for (int i = 0; i < size; i++) { sum += left[row, i] * right[i, column]; }
                product[row, column] = sum;
            }
        }
        return product;
    }

    static double PelzGood(long n, double d)
    {
        double z = d * Math.Sqrt(n);
        double z2 = z * z;
        double pi2 = Math.PI * Math.PI;
        (double k0, double k1, double k2, double k3) = (0, 0, 0, 0);
        for (int k = 0; k < 40; k++)
        {
            double m = k + 0.5;
            double q = pi2 * m * m;
            double e = Math.Exp(-q / (2 * z2));
            k0 += e;
            k1 += (q - z2) * e;
            k2 += (6 * z2 * z2 * z2 + 2 * z2 * z2 + q * (2 * z2 * z2 - 5 * z2) + q * q * (1 - 2 * z2)) * e;
            k3 += (-30 * Math.Pow(z, 6) - 90 * Math.Pow(z, 8) + q * (135 * z2 * z2 - 96 * Math.Pow(z, 6))
                + q * q * (212 * z2 * z2 - 60 * z2) + q * q * q * (5 - 30 * z2)) * e;
        }
        (double j2, double j3) = (0, 0);
        for (int k = 1; k < 40; k++)
        {
            double q = pi2 * k * k;
            double e = Math.Exp(-q / (2 * z2));
            j2 += q * e;
            j3 += (3 * q * z2 - q * q) * e;
        }
        double root = Math.Sqrt(Math.PI / 2);
        double root2 = Math.Sqrt(2 * Math.PI);
        return root2 / z * k0
            + root * 2 / (6 * Math.Pow(z, 4)) * k1 / Math.Sqrt(n)
            + (root * 2 / (72 * Math.Pow(z, 7)) * k2 - root * 2 / (36 * z * z2) * j2) / n
            + (root * 2 / (6480 * Math.Pow(z, 10)) * k3 + root * 2 / (216 * Math.Pow(z, 6)) * j3) / (n * Math.Sqrt(n));
    }
}
