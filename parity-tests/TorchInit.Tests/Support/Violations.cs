namespace TorchInit.Tests;

static class Violations
{
    /// <summary>Fails with the rule and every place that breaks it.</summary>
    public static void None(string rule, IEnumerable<string> places)
    {
        string[] found = [.. places];
        if (found.Length > 0) { Assert.Fail($"{rule}:\n  {string.Join("\n  ", found)}"); }
    }
}
