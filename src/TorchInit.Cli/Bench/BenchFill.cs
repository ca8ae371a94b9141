namespace TorchInit.Cli;

/// <summary>One fill of a timed list.</summary>
/// <param name="Torch">torch_oracle.py's name of it.</param>
/// <param name="Offset">The first element, in one memory for the whole list.</param>
/// <param name="Count">Elements.</param>
/// <param name="Arguments">Behind the tensor, as torch takes them.</param>
/// <param name="Step">The same as a step of a plan, of a tensor.</param>
sealed record BenchFill(string Torch, long Offset, long Count, double[] Arguments, Func<StepTarget, InitStep> Step)
{
    // A range that is no power of two: with one, products are exact.
    public static BenchFill Uniform(long count, long offset = 0)
        => new("uniform_", offset, count, [-0.3, 0.41], target => new UniformStep(target, -0.3, 0.41));

    public static BenchFill Normal(long count, long offset = 0)
        => new("normal_", offset, count, [0.1, 0.37], target => new NormalStep(target, 0.1, 0.37));

    public static BenchFill TruncNormal(long count, bool rejection)
        => new(rejection ? "trunc_normal_by_rejection" : "trunc_normal_", 0, count, [0, 1, -2, 2],
            target => new TruncNormalStep(target, 0, 1, -2, 2));

    public static BenchFill Orthogonal(int rows)
        => new("orthogonal_", 0, (long)rows * rows, [rows], target => new OrthogonalStep(target, 1));
}
