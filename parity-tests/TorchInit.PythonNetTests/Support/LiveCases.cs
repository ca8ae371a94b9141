using TorchInit.Oracle;
using TorchInit.Parity;

namespace TorchInit.PythonNetTests.Support;

/// <summary>The cases of the live suite, or every so manieth.</summary>
static class LiveCases
{
    /// <summary>Asks them in order.</summary>
    /// <param name="step">1 for all; n for each nth.</param>
    /// <returns>How many were asked.</returns>
    public static int Ask(ITorchOracle oracle, int step)
    {
        int asked = 0;
        IEnumerable<CaseGroup> rows = CaseTable.Groups.Where(row => step == 1 || row.Name != "Large");
        foreach ((int index, ParityCase item) in rows.SelectMany(CaseTable.Cases).Index())
        {
            if (index % step != 0) { continue; }
            item.Ask(oracle);
            asked++;
        }
        return asked;
    }
}
