using System.Globalization;

namespace TorchInit.Tests.Golden;

/// <summary>What torch's constructors were seen to do: which tensors, which draws in which order, with which doubles, and how many
/// words.</summary>
public class RecordedPlansTests
{
    public sealed record Recorded(string Version, string Expression, long Words, string StateDict, string Draws)
    {
        public override string ToString() => $"{Version} {Expression}";
    }

    public static TheoryData<string, string> Cases
    {
        get
        {
            TheoryData<string, string> cases = [];
            foreach (Recorded recorded in All) { cases.Add(recorded.Version, recorded.Expression); }
            return cases;
        }
    }

    static IReadOnlyList<Recorded> All { get; } =
    [
        .. from file in Repository.Files("parity-tests/golden/plans", ".tsv")
           from line in Repository.Read(file).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1)
           let fields = line.Split('\t')
           select new Recorded(Path.GetFileNameWithoutExtension(file), fields[0], long.Parse(fields[1], CultureInfo.InvariantCulture),
               fields[2] == "-" ? "" : fields[2], fields[3] == "-" ? "" : fields[3]),
    ];

    [Theory, MemberData(nameof(Cases))]
    public void The_plan_is_torchs(string version, string expression)
    {
        Recorded recorded = All.Single(each => each.Version == version && each.Expression == expression);
        InitPlan plan = InitPlan.Of(expression, TorchProfile.For(version));
        Assert.Equal(recorded.StateDict, string.Join(", ", plan.StateTensors));
        Assert.Equal(recorded.Words, plan.Words());
        string[] expected = recorded.Draws.Split(" | ", StringSplitOptions.RemoveEmptyEntries);
        string[] actual = [.. plan.Steps.Select(step => Text(plan, step)).Where(text => text.Length > 0)];
        Assert.Equal(expected.Length, actual.Length);
        foreach ((string theirs, string ours) in expected.Zip(actual))
        {
            // A prototype's tensors have no name in torch.
            Assert.Equal(theirs, theirs.EndsWith(" -", StringComparison.Ordinal) ? ours[..(ours.LastIndexOf(')') + 1)] + " -" : ours);
        }
    }

    static string Text(InitPlan plan, InitStep step)
    {
        string shape = TensorShape.Text([.. plan[step.Target.Tensor].Shape]);
        return step switch
        {
            UniformStep uniform => $"uniform_ {PythonFloat.Repr(uniform.From)} {PythonFloat.Repr(uniform.To)} {shape} {step.Target.Tensor}",
            NormalStep normal => $"normal_ {PythonFloat.Repr(normal.Mean)} {PythonFloat.Repr(normal.Std)} {shape} {step.Target.Tensor}",
            _ => "",
        };
    }
}
