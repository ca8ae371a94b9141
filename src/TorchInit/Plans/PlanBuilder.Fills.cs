namespace TorchInit;

/// <summary>The fills of torch.nn.init as a constructor calls them.</summary>
public sealed partial class PlanBuilder
{
    /// <summary><c>init.uniform_</c>: U[from, to).</summary>
    /// <param name="target">A declared tensor or a view of it.</param>
    /// <param name="from">Lower bound.</param>
    /// <param name="to">Upper bound.</param>
    public PlanBuilder Uniform(StepTarget target, double from, double to) => Step(new UniformStep(target, from, to));

    /// <summary><c>init.normal_</c>: N(mean, std²).</summary>
    /// <param name="target">A declared tensor or a view of it.</param>
    /// <param name="mean">The mean.</param>
    /// <param name="std">The standard deviation, 0 or more.</param>
    public PlanBuilder Normal(StepTarget target, double mean, double std) => Step(new NormalStep(target, mean, std));

    /// <summary><c>init.constant_</c>.</summary>
    /// <param name="target">A declared tensor or a view of it.</param>
    /// <param name="value">Rounded to the dtype when the plan runs.</param>
    public PlanBuilder Fill(StepTarget target, double value) => Step(new FillStep(target, value));

    /// <summary><c>init.kaiming_uniform_</c>: U(±gain·√(3/fan)); a tensor without elements is left alone with torch's warning.</summary>
    /// <param name="tensor">A declared tensor of 2 dimensions or more.</param>
    /// <param name="a">Negative slope of the leaky ReLU after the layer.</param>
    /// <param name="mode">The fan that divides.</param>
    /// <param name="nonlinearity">What follows the layer.</param>
    public PlanBuilder KaimingUniform(string tensor, double a = 0, FanMode mode = FanMode.FanIn, Nonlinearity nonlinearity = Nonlinearity.LeakyReLU)
    {
        long[] shape = Shape(tensor);
        if (IsLeftEmpty(shape)) { return this; }
        double bound = Init.KaimingBound(shape, a, mode, nonlinearity);
        return Uniform(tensor, -bound, bound);
    }

    /// <summary><c>init.kaiming_normal_</c>: N(0, gain²/fan); a tensor without elements is left alone with torch's warning.</summary>
    /// <param name="tensor">A declared tensor of 2 dimensions or more.</param>
    /// <param name="a">Negative slope of the leaky ReLU after the layer.</param>
    /// <param name="mode">The fan that divides.</param>
    /// <param name="nonlinearity">What follows the layer.</param>
    public PlanBuilder KaimingNormal(string tensor, double a = 0, FanMode mode = FanMode.FanIn, Nonlinearity nonlinearity = Nonlinearity.LeakyReLU)
    {
        long[] shape = Shape(tensor);
        return IsLeftEmpty(shape) ? this : Normal(tensor, 0, Init.KaimingStd(shape, a, mode, nonlinearity));
    }

    /// <summary><c>init.xavier_uniform_</c>: U(±gain·√(6/(fan_in + fan_out))).</summary>
    /// <param name="tensor">A declared tensor of 2 dimensions or more.</param>
    /// <param name="gain">Factor on the bound.</param>
    public PlanBuilder XavierUniform(string tensor, double gain = 1)
    {
        double bound = Init.XavierBound(Shape(tensor), gain);
        return Uniform(tensor, -bound, bound);
    }

    /// <summary><c>init.xavier_normal_</c>: N(0, gain²·2/(fan_in + fan_out)).</summary>
    /// <param name="tensor">A declared tensor of 2 dimensions or more.</param>
    /// <param name="gain">Factor on the standard deviation.</param>
    public PlanBuilder XavierNormal(string tensor, double gain = 1) => Normal(tensor, 0, Init.XavierStd(Shape(tensor), gain));

    bool IsLeftEmpty(ReadOnlySpan<long> shape)
    {
        bool isEmpty = Init.WarnIfEmpty(shape);
        if (isEmpty && _isResetting) { _resetWarnings.Add(TorchWarning.ZeroElements); }
        return isEmpty;
    }
}
