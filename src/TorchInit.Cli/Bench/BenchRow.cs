namespace TorchInit.Cli;

/// <summary>A case's samples, taken in turn: torch, one thread, all threads, a plain fill.</summary>
sealed class BenchRow(BenchCase item)
{
    readonly List<double> _torch = [], _one = [], _all = [], _fill = [];

    public BenchCase Item => item;

    public void Add(double torch, double one, double all, double fill)
    {
        _torch.Add(torch);
        _one.Add(one);
        _all.Add(all);
        _fill.Add(fill);
    }

    public double TorchMilliseconds => 1000 * Median(_torch);

    public double OneMilliseconds => 1000 * Median(_one);

    public double AllMilliseconds => 1000 * Median(_all);

    /// <summary>torch's time over ours: the median of the ratios of neighbours, since noise hits neighbours alike.</summary>
    public double One => Median(_torch.Zip(_one, (torch, own) => torch / own));

    public double All => Median(_torch.Zip(_all, (torch, own) => torch / own));

    /// <summary>A plain fill's time over ours.</summary>
    public double Roofline => Median(_fill.Zip(_one, (fill, own) => fill / own));

    /// <summary>How quiet the machine was: torch's slowest quarter over its fastest.</summary>
    public double Spread => Quantile(_torch, 0.75) / Quantile(_torch, 0.25);

    static double Median(IEnumerable<double> values) => Quantile(values, 0.5);

    static double Quantile(IEnumerable<double> values, double share)
    {
        double[] sorted = [.. values.Order()];
        return sorted[(int)Math.Round((sorted.Length - 1) * share)];
    }
}
