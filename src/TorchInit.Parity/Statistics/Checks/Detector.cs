namespace TorchInit.Parity;

/// <summary>A test of one sample against its law, which also states what it would miss.</summary>
public abstract class Detector
{
    private protected Detector(string name) => Name = name;

    /// <summary>Its name in the tables.</summary>
    public string Name { get; }

    /// <summary>Judges a sample; null if it does not apply, such as moments of a constant.</summary>
    /// <param name="sample">Values and their law.</param>
    /// <param name="alpha">Allowed probability of a false alarm.</param>
    /// <param name="beta">Allowed probability of a miss of <see cref="Finding.SmallestDifference"/>.</param>
    public abstract Finding? Examine(Sample sample, double alpha, double beta);

    /// <summary>All detectors, cheapest first.</summary>
    public static IReadOnlyList<Detector> All { get; } =
    [
        new SupportDetector(), new ExtremesDetector(), new KolmogorovSmirnovDetector(), new AndersonDarlingDetector(),
            new CramerVonMisesDetector(), new ChiSquareDetector(),
        new MomentDetector(1), new MomentDetector(2), new MomentDetector(3), new MomentDetector(4), new LagDetector(1), new LagDetector(2),
            new LagDetector(8), new DuplicateValueDetector(), new DuplicateBlockDetector(),
    ];

    /// <inheritdoc/>
    public override string ToString() => Name;

    private protected static bool HasSpread(Sample sample) => sample.Law is not ConstantLaw;
}
