namespace TorchInit.Tests.Statistics;

/// <summary>Every statistic and tail against SciPy 1.10's recorded answers; the live tests ask SciPy again.</summary>
public class SciPyAnswersTests
{
    [Fact]
    public void Statistics_agree_with_recorded_answers()
    {
        SciPyQuestion[] questions = [.. SciPyGrid.Questions()];
        (string Name, double Answer)[] answers = [.. SciPyGrid.Read(Path.Combine(AppContext.BaseDirectory, "golden", SciPyGrid.File))];
        Assert.Equal(questions.Select(question => question.Name), answers.Select(answer => answer.Name));
        Assert.All(questions.Zip(answers), pair => Assert.True(pair.First.Distance(pair.Second.Answer) <= pair.First.Tolerance, $"{pair.First.Name}: {pair.First.Ours:R}, SciPy {pair.Second.Answer:R}"));
    }
}
