namespace TorchInit.Tests.Expressions;

/// <summary>3,000 random calculations, each with what Python gives: golden/spelling/arithmetic.py wrote them.</summary>
public class ArithmeticAnswersTests
{
    [Fact]
    public void Each_is_Pythons()
    {
        string[] lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "golden", "spelling", "arithmetic.tsv"));
        Assert.Equal(3000, lines.Length);
        List<string> wrong = [];
        foreach (string line in lines)
        {
            string[] cells = line.Split('\t');
            string own = Own(cells[0]);
            // Integers between the steps have 4,096 bits here, which a power of a power may pass.
            if (own != cells[1] && !(own == "limit" && cells[0].Split("**").Length > 2)) { wrong.Add($"{line} here: {own}"); }
        }
        Assert.Empty(wrong);
    }

    static string Own(string expression)
    {
        try
        {
            TorchValue value = TorchExpression.Parse($"f({expression})").Arguments[0];
            return value.ToString();
        }
        catch (TorchExpressionException error)
        {
            return error.PythonKind ?? (error.Message.Contains("complex number", StringComparison.Ordinal) ? "complex"
                : error.Message.Contains("expected an integer from", StringComparison.Ordinal) ? "large"
                : error.Message.Contains("4096 bits", StringComparison.Ordinal) ? "limit" : error.Message);
        }
    }
}
