namespace TorchInit;

/// <summary>The fills of torch.nn.init, as a constructor calls them.</summary>
public sealed partial class PlanBuilder
{
    /// <summary><c>init.uniform_</c>: U[from, to).</summary>
    /// <param name="target">A declared tensor or a view of it.</param>
    /// <param name="from">Lower bound.</param>
    /// <param name="to">Upper bound.</param>
    public PlanBuilder Uniform(StepTarget target, double from, double to) => Add(new UniformStep(target, from, to), nameof(target));

    /// <summary><c>init.normal_</c>: N(mean, std²).</summary>
    /// <param name="target">A declared tensor or a view of it.</param>
    /// <param name="mean">The mean.</param>
    /// <param name="std">The standard deviation, 0 or more.</param>
    public PlanBuilder Normal(StepTarget target, double mean, double std) => Add(new NormalStep(target, mean, std), nameof(target));

    /// <summary><c>init.constant_</c>.</summary>
    /// <param name="target">A declared tensor or a view of it.</param>
    /// <param name="value">Rounded to the dtype when the plan runs.</param>
    public PlanBuilder Fill(StepTarget target, double value) => Add(new FillStep(target, value), nameof(target));

    /// <summary><c>init.kaiming_uniform_</c>: U(±gain·√(3/fan)); a tensor without elements is skipped with torch's warning.</summary>
    /// <param name="tensor">A declared tensor of 2 dimensions or more.</param>
    /// <param name="a">Negative slope of the leaky ReLU after the layer.</param>
    /// <param name="mode">The fan in the denominator.</param>
    /// <param name="nonlinearity">The function after the layer.</param>
    public PlanBuilder KaimingUniform(string tensor, double a = 0, FanMode mode = FanMode.FanIn,
        Nonlinearity nonlinearity = Nonlinearity.LeakyReLU)
    {
        long[] shape = Shape(tensor);
        if (IsLeftEmpty(shape)) { return this; }
        double bound = OfTensor(() => Init.KaimingBound(shape, a, mode, nonlinearity));
        return Add(new UniformStep(tensor, -bound, bound), nameof(tensor));
    }

    /// <summary><c>init.kaiming_normal_</c>: N(0, gain²/fan); a tensor without elements is skipped with torch's warning.</summary>
    /// <param name="tensor">A declared tensor of 2 dimensions or more.</param>
    /// <param name="a">Negative slope of the leaky ReLU after the layer.</param>
    /// <param name="mode">The fan in the denominator.</param>
    /// <param name="nonlinearity">The function after the layer.</param>
    public PlanBuilder KaimingNormal(string tensor, double a = 0, FanMode mode = FanMode.FanIn,
        Nonlinearity nonlinearity = Nonlinearity.LeakyReLU)
    {
        long[] shape = Shape(tensor);
        return IsLeftEmpty(shape) ? this : Normal(tensor, 0, OfTensor(() => Init.KaimingStd(shape, a, mode, nonlinearity)));
    }

    /// <summary><c>init.xavier_uniform_</c>: U(±gain·√(6/(fan_in + fan_out))).</summary>
    /// <param name="tensor">A declared tensor of 2 dimensions or more.</param>
    /// <param name="gain">Factor on the bound.</param>
    public PlanBuilder XavierUniform(string tensor, double gain = 1)
    {
        double bound = OfTensor(() => Init.XavierBound(Shape(tensor), gain));
        return Add(new UniformStep(tensor, -bound, bound), nameof(tensor));
    }

    /// <summary><c>init.xavier_normal_</c>: N(0, gain²·2/(fan_in + fan_out)).</summary>
    /// <param name="tensor">A declared tensor of 2 dimensions or more.</param>
    /// <param name="gain">Factor on the standard deviation.</param>
    public PlanBuilder XavierNormal(string tensor, double gain = 1)
        => Normal(tensor, 0, OfTensor(() => Init.XavierStd(Shape(tensor), gain)));

    /// <summary><c>init.trunc_normal_</c>: N(mean, std²) cut to [a, b].</summary>
    /// <param name="target">A declared tensor or a view of it.</param>
    /// <param name="mean">Mean of the normal before the cut.</param>
    /// <param name="std">Its standard deviation, not 0.</param>
    /// <param name="a">Lower cut.</param>
    /// <param name="b">Upper cut.</param>
    public PlanBuilder TruncNormal(StepTarget target, double mean = 0, double std = 1, double a = -2, double b = 2)
        => Add(new TruncNormalStep(target, mean, std, a, b), nameof(target));

    /// <summary><c>init.orthogonal_</c>: gain · Q of the QR decomposition of a matrix of standard normals.</summary>
    /// <param name="target">A declared tensor or a view of it, of 2 dimensions or more.</param>
    /// <param name="gain">Factor on Q.</param>
    public PlanBuilder Orthogonal(StepTarget target, double gain = 1) => Add(new OrthogonalStep(target, gain), nameof(target));

    /// <summary><c>init.sparse_</c>: N(0, std²), then ⌈sparsity · rows⌉ zeros in every column, placed by a random permutation.</summary>
    /// <param name="target">A declared matrix, or a view that is one.</param>
    /// <param name="sparsity">Fraction of zeros in each column.</param>
    /// <param name="std">Standard deviation of the other elements.</param>
    public PlanBuilder Sparse(StepTarget target, double sparsity, double std = 0.01)
        => Add(new SparseStep(target, sparsity, std), nameof(target));

    /// <summary><c>init.eye_</c>: ones on the diagonal, zeros elsewhere.</summary>
    /// <param name="target">A declared matrix, or a view that is one.</param>
    public PlanBuilder Eye(StepTarget target) => Add(new EyeStep(target), nameof(target));

    /// <summary><c>init.dirac_</c>: a convolution weight that passes its input through.</summary>
    /// <param name="target">A declared tensor or a view of it, of 3, 4 or 5 dimensions.</param>
    /// <param name="groups">Divides the first size.</param>
    public PlanBuilder Dirac(StepTarget target, long groups = 1) => Add(new DiracStep(target, groups), nameof(target));

    /// <summary><c>init.constant_</c>, as <see cref="Fill"/>.</summary>
    /// <param name="target">A declared tensor or a view of it.</param>
    /// <param name="value">Rounded to the dtype when the plan runs.</param>
    public PlanBuilder Constant(StepTarget target, double value) => Fill(target, value);

    /// <summary><c>init.ones_</c>.</summary>
    /// <param name="target">A declared tensor or a view of it.</param>
    public PlanBuilder Ones(StepTarget target) => Fill(target, 1);

    /// <summary><c>init.zeros_</c>.</summary>
    /// <param name="target">A declared tensor or a view of it.</param>
    public PlanBuilder Zeros(StepTarget target) => Fill(target, 0);

    /// <summary>A number that is computed from a tensor's shape; an error about the shape is one about the tensor.</summary>
    static double OfTensor(Func<double> number)
    {
        try { return number(); }
        catch (TorchArgumentException error) when (error.ParamName == "shape") { throw error.Through("tensor"); }
    }

    bool IsLeftEmpty(ReadOnlySpan<long> shape)
    {
        bool isEmpty = Init.WarnIfEmpty(shape);
        if (isEmpty && _isResetting) { _resetWarnings.Add(TorchWarning.ZeroElements); }
        return isEmpty;
    }
}
