using TorchInit.Oracle;
using TorchInit.Parity;
using TorchInit.ParityTests.Support;

namespace TorchInit.ParityTests.Cases;

/// <summary>Functions whose last bits are torch's vector library's: how far C# is from them, on 60,000 arguments each.</summary>
public class AccuracyTests(LiveTorch live, ITestOutputHelper output)
{
    static readonly string[] s_arguments = ["rand(20000) * 40 - 20", "randn(10000) * 0.001", "randn(10000) * 10000", "rand(20000) * 4 - 2"];

    public static TheoryData<string, string> Functions => new(
        from capability in new[] { LiveTorch.Best, LiveTorch.Default }
        from function in new[]
        {
            "sin({0})", "cos({0})", "tanh({0})", "sigmoid({0})", "exp({0})", "expm1({0})", "log(abs({0}))", "abs({0}) ** 1.7",
            "abs({0}) ** 0.3", "abs({0}) ** -1.5", "abs({0}) ** 4", "abs({0}) ** 2.5", "abs({0}) ** -0.7",
        }
        select (function, capability));

    [Theory, MemberData(nameof(Functions))]
    public void Values_are_as_near_as_is_said(string function, string capability)
    {
        WorkerOracle torch = live.Oracle(capability);
        TorchProfile profile = LiveProfile.Of(torch.Info);
        foreach (DType dtype in CaseTable.DTypes)
        {
            ulong farthest = 0;
            int compared = 0;
            foreach (string argument in s_arguments)
            {
                string expression = string.Format(null, function, argument);
                OracleReply reply = new ParityCase(expression, dtype, "1").Ask(torch).Reply;
                InitPlan plan = InitPlan.Of(expression, profile);
                if (reply.Error is not null)
                {
                    Assert.Throws<TorchArgumentException>(() => plan.Materialize(1, dtype));
                    continue;
                }
                TensorBuffer ours = plan.Materialize(1, dtype).Values.Single();
                while (!TextFuzz.AreSameNumbers(dtype, reply.Tensors.Single().Data, ours.Bytes(0, ours.Count), farthest)) { farthest++; }
                compared += ours.Count;
                ulong allowed = VectorFunctions.Of(plan, dtype)[plan.StorageOf("")]!.Value;
                Assert.True(farthest <= (allowed + 1) / 2,
                $"{expression} {dtype.TorchName()}: {farthest} units, allowed {(allowed + 1) / 2}");
            }
            output.WriteLine($"{profile}: {function} {dtype.TorchName()}: {farthest} units in the last place at most, of {compared}");
        }
    }
}
