namespace TorchInit.Parity;

/// <summary>A claim about a tensor's law, and the test of it.</summary>
/// <param name="Expression">The expression that is drawn.</param>
/// <param name="Tensor">The tensor.</param>
/// <param name="Law">The law claimed.</param>
/// <param name="Source">Who claims it.</param>
/// <param name="Expected">Whether it is true.</param>
/// <param name="Accepted">Whether the draws agree with it.</param>
/// <param name="Evidence">The strongest finding.</param>
public sealed record ClaimResult(string Expression, string Tensor, string Law, string Source, bool Expected, bool Accepted,
    Finding Evidence)
{
    /// <summary>The verdict in words. A test that does not reject a law has not proved it.</summary>
    public string Verdict => Accepted ? "not rejected" : "rejected";
}
