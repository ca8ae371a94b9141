using TorchInit.Parity;

namespace TorchInit.Tests.Parity;

public class CaseTableTests
{
    [Fact]
    public void No_case_is_in_the_table_twice()
        => Violations.None("A case is in the table once", CaseTable.Groups.SelectMany(CaseTable.Cases).GroupBy(item => item)
            .Where(group => group.Count() > 1).Select(group => $"{group.Key}"));

    [Fact]
    public void Every_expression_can_be_read()
    {
        foreach (string call in CaseTable.Groups.SelectMany(row => row.Expressions).SelectMany(expression => expression.Split("; ")))
        {
            Assert.NotEmpty(TorchExpression.Parse(call).Name);
        }
    }
}
