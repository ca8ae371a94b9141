namespace TorchInit;

/// <summary>
/// Every torch.nn class with parameters, as a plan: <c>Modules.Linear(784, 128).Materialize(seed: 0)</c> is the state dict of
/// <c>torch.manual_seed(0); nn.Linear(784, 128)</c>. Each method takes the constructor arguments that affect tensors or are checked. The
/// rest (eps, momentum, …) has no effect at initialisation and is accepted only by <see cref="TorchExpression"/>.
/// </summary>
public static partial class Modules
{
    /// <summary>The a that torch passes: √5, which makes kaiming_uniform_ U(±1/√fan_in).</summary>
    static readonly double SqrtFive = Math.Sqrt(5);

    /// <summary>A class without parameters and buffers, such as <c>ReLU()</c>: it draws nothing but counts as a child.</summary>
    /// <param name="title">The constructor call, as Python code.</param>
    /// <param name="profile">The torch to follow; null for <see cref="TorchProfile.Default"/>.</param>
    public static InitPlan Parameterless(string title, TorchProfile? profile = null) => new PlanBuilder(profile).Build(title);

    /// <summary>−bound as Python computes it. A bound of 0 is the integer 0 there, so the result is +0.0, which every draw of bound 0 shows
    /// since torch 2.12.</summary>
    static double Negative(double bound) => bound > 0 ? -bound : 0;

    /// <summary>A constructor call as Python code; null arguments are left out.</summary>
    internal static string Title(string name, params ReadOnlySpan<string?> arguments)
        => $"{name}({string.Join(", ", arguments.ToArray().Where(argument => argument is not null))})";

    static string? Unless(bool usual, string argument) => usual ? null : argument;

    /// <summary>A float as Python writes it: 2.0, not 2.</summary>
    static string Text(double value) => PythonFloat.Repr(value);
}
