namespace TorchInit.Parity;

/// <summary>A law that somebody states for a tensor, put to the test.</summary>
/// <param name="Expression">Of what.</param>
/// <param name="Tensor">Which tensor.</param>
/// <param name="Law">The law claimed.</param>
/// <param name="Source">Who claims it.</param>
/// <param name="Expected">Whether it is true.</param>
/// <param name="Accepted">Whether the draws agree.</param>
/// <param name="Evidence">The strongest finding.</param>
public sealed record ClaimResult(string Expression, string Tensor, string Law, string Source, bool Expected, bool Accepted,
    Finding Evidence)
{
    /// <summary>In words. A test that does not reject a law has not shown it.</summary>
    public string Verdict => Accepted ? "not rejected" : "rejected";
}
