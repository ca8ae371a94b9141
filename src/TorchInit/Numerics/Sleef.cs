namespace TorchInit;

/// <summary>exp, log and expm1 as SLEEF's vector functions with fused multiply-add compute them (error below 1 ULP), operation by
/// operation; torch's AVX2 and AVX-512 kernels call them in builds without MKL.</summary>
/// <remarks>Source: SLEEF 3.6, sleefsimdsp.c and sleefsimddp.c; checked against Debian's torch 1.13.1 and 2.6.0.</remarks>
static class Sleef
{
    const double Ln2Head = .69314718055966295651160180568695068359375, Ln2Rest = .28235290563031577122588448175013436025525412068e-12;
    const float Ln2HeadF = 0.693145751953125f, Ln2RestF = 1.428606765330187045e-06f;
    const double Log2E = 1.442695040888963407359924681001892137426645954152985934135449406931;
    const float Log2EF = (float)Log2E;

    public static float Exp(float x)
    {
        if (x < -104) { return 0; }
        if (x > 100) { return float.PositiveInfinity; }
        float q = MathF.Round(x * Log2EF);
        float s = Fma(q, -Ln2RestF, Fma(q, -Ln2HeadF, x));
        float u = Horner(s, 0.000198527617612853646278381f, 0.00139304355252534151077271f, 0.00833336077630519866943359f,
            0.0416664853692054748535156f, 0.166666671633720397949219f, 0.5f);
        return TwicePower(1 + Fma(s * s, u, s), q);
    }

    public static double Exp(double x)
    {
        if (x < -1000) { return 0; }
        if (x > 709.782711149557429092217426) { return double.PositiveInfinity; }
        double q = Math.Round(x * Log2E);
        double s = Fma(q, -Ln2Rest, Fma(q, -Ln2Head, x));
        double u = Estrin10(s, s * s, s * s * (s * s), +0.2081276378237164457e-8, +0.2511210703042288022e-7, +0.2755762628169491192e-6,
            +0.2755723402025388239e-5, +0.2480158687479686264e-4, +0.1984126989855865850e-3, +0.1388888888914497797e-2,
            +0.8333333333314938210e-2, +0.4166666666666602598e-1, +0.1666666666666669072e+0);
        return TwicePower(Fma(Fma(Fma(u, s, 0.5), s, 1), s, 1), q);
    }

    public static float ExpM1(float x)
    {
        if (x == 0 || float.IsNaN(x)) { return x; }
        if (x > 88.72283172607421875f) { return float.PositiveInfinity; }
        if (x < -16.635532333438687426013570f) { return -1; }
        float q = MathF.Round(x * Log2EF);
        Pair<float> s = new Pair<float>(x, 0) + (q * -Ln2HeadF) + (q * -Ln2RestF);
        float u = Horner(s.Head, 0.1980960224e-3f, 0.1394256484e-2f, 0.8333456703e-2f, 0.4166637361e-1f);
        Pair<float> t = (s * u) + 0.166666659414234244790680580464f;
        t = (s * t) + 0.5f;
        t = s + (s.Squared() * t);
        t = Pair<float>.Ordered(1, t);
        return (new Pair<float>(TwicePower(t.Head, q), TwicePower(t.Rest, q)) + -1f).Sum;
    }

    public static double ExpM1(double x)
    {
        if (x == 0 || double.IsNaN(x)) { return x; }
        if (x > 709.782712893383996732223) { return double.PositiveInfinity; }
        if (x < -36.736800569677101399113302437) { return -1; }
        double q = Math.Round(x * Log2E);
        Pair<double> s = new Pair<double>(x, 0) + (q * -Ln2Head) + (q * -Ln2Rest);
        Pair<double> s2 = s.Squared(), s4 = s2.Squared();
        double u = Estrin10(s.Head, s2.Head, s4.Head, +0.1602472219709932072e-9, +0.2092255183563157007e-8, +0.2505230023782644465e-7,
            +0.2755724800902135303e-6, +0.2755731892386044373e-5, +0.2480158735605815065e-4, +0.1984126984148071858e-3,
            +0.1388888888886763255e-2, +0.8333333333333347095e-2, +0.4166666666666669905e-1);
        Pair<double> t = Pair<double>.Ordered(0.5, s * 0.1666666666666666574);
        t = Pair<double>.Ordered(1, t * s);
        t = Pair<double>.Ordered(1, t * s);
        t = Pair<double>.Ordered(t, s4 * u);
        return (new Pair<double>(TwicePower(t.Head, q), TwicePower(t.Rest, q)) + -1.0).Sum;
    }

    public static float Log(float x)
    {
        if (x < 0 || float.IsNaN(x)) { return float.NaN; }
        if (x == 0) { return float.NegativeInfinity; }
        if (float.IsPositiveInfinity(x)) { return x; }
        bool isSmall = x < 1.17549435e-38f;
        float d = isSmall ? x * 18446744073709551616f : x;
        int e = (int)(BitConverter.SingleToUInt32Bits(d * (1.0f / 0.75f)) >> 23) - 127;
        float m = BitConverter.UInt32BitsToSingle(BitConverter.SingleToUInt32Bits(d) - ((uint)e << 23));
        Pair<float> q = Pair<float>.Of(-1, m) / Pair<float>.Of(1, m);
        float square = q.Head * q.Head;
        float t = Horner(square, 0.3027294874e+0f, 0.3996108174e+0f, 0.6666694880e+0f);
        Pair<float> s = new Pair<float>(0.69314718246459960938f, -1.904654323148236017e-09f) * (isSmall ? e - 64 : e);
        s = Pair<float>.Ordered(s, q.Scaled(2));
        return Pair<float>.Ordered(s, square * q.Head * t).Sum;
    }

    public static double Log(double x)
    {
        if (x < 0 || double.IsNaN(x)) { return double.NaN; }
        if (x == 0) { return double.NegativeInfinity; }
        if (double.IsPositiveInfinity(x)) { return x; }
        bool isSmall = x < 2.2250738585072014e-308;
        double d = isSmall ? x * 18446744073709551616.0 : x;
        int e = (int)(BitConverter.DoubleToUInt64Bits(d * (1.0 / 0.75)) >> 52) - 1023;
        double m = BitConverter.UInt64BitsToDouble(BitConverter.DoubleToUInt64Bits(d) - ((ulong)e << 52));
        Pair<double> q = Pair<double>.Of(-1, m) / Pair<double>.Of(1, m);
        double x2 = q.Head * q.Head, x4 = x2 * x2;
        double low = Fma(x4, Fma(x2, 0.2222214519839380009e+0, 0.2857142932794299317e+0),
            Fma(x2, 0.3999999999635251990e+0, 0.6666666666667333541e+0));
        double high = Fma(x4, 0.1532076988502701353e+0, Fma(x2, 0.1525629051003428716e+0, 0.1818605932937785996e+0));
        double t = Fma(x4 * x4, high, low);
        Pair<double> s = new Pair<double>(0.693147180559945286226764, 2.319046813846299558417771e-17) * (isSmall ? e - 64 : e);
        s = Pair<double>.Ordered(s, q.Scaled(2));
        return Pair<double>.Ordered(s, x2 * q.Head * t).Sum;
    }

    /// <summary>x · 2^q with two factors, since 2^q itself may not be representable.</summary>
    static float TwicePower(float x, float q)
    {
        int half = (int)q >> 1;
        return x * Power(half) * Power((int)q - half);

        static float Power(int e) => BitConverter.Int32BitsToSingle((e + 127) << 23);
    }

    static double TwicePower(double x, double q)
    {
        int half = (int)q >> 1;
        return x * Power(half) * Power((int)q - half);

        static double Power(int e) => BitConverter.Int64BitsToDouble((long)(e + 1023) << 52);
    }

    static float Horner(float x, params ReadOnlySpan<float> coefficients)
    {
        float sum = coefficients[0];
        foreach (float coefficient in coefficients[1..]) { sum = Fma(sum, x, coefficient); }
        return sum;
    }

    /// <summary>A polynomial of degree 9, highest power first, by Estrin's scheme.</summary>
    static double Estrin10(double x, double x2, double x4, params ReadOnlySpan<double> c)
    {
        double high = Fma(x4, Four(x, x2, c[2..6]), Four(x, x2, c[6..]));
        return Fma(x4 * x4, Fma(x, c[0], c[1]), high);

        static double Four(double x, double x2, ReadOnlySpan<double> c) => Fma(x2, Fma(x, c[0], c[1]), Fma(x, c[2], c[3]));
    }

    static float Fma(float x, float y, float z) => MathF.FusedMultiplyAdd(x, y, z);

    static double Fma(double x, double y, double z) => Math.FusedMultiplyAdd(x, y, z);
}
