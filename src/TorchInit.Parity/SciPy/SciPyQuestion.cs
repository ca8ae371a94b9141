namespace TorchInit.Parity;

/// <summary>One number that SciPy computes.</summary>
/// <param name="Name">The quantity, as scipy_answers.py names it.</param>
/// <param name="Tolerance">The largest allowed distance.</param>
/// <param name="Relative">Whether the distance is divided by the answer.</param>
/// <param name="Arguments">The arguments: numbers and arrays.</param>
/// <param name="Ours">C#'s answer.</param>
sealed record SciPyQuestion(string Name, double Tolerance, bool Relative, object[] Arguments, double Ours)
{
    /// <summary>How far C# is from the answer, relative or absolute as the tolerance is.</summary>
    public double Distance(double answer) => Math.Abs(Ours - answer) / (Relative ? Math.Max(Math.Abs(answer), 1e-290) : 1);
}
