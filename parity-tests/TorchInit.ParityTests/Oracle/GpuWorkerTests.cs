using TorchInit.Oracle;
using TorchInit.Parity;
using TorchInit.ParityTests.Support;

namespace TorchInit.ParityTests.Oracle;

/// <summary>A worker that is to draw on a GPU: where torch has none it says so, and where it has one its bits are compared.</summary>
public class GpuWorkerTests
{
    [Fact]
    public void Torch_without_a_GPU_says_so_and_with_one_it_is_compared()
    {
        string python;
        using (WorkerOracle here = LiveTorch.StartOwn(new())) { python = here.Python.Path; }
        WorkerOracle? found = null;
        try { found = new(new() { Python = python, OnGpu = true }); }
        catch (OracleUnavailableException error)
        {
            Assert.Matches("^No torch that draws on a GPU was found; --python names one. Tried:", error.Message);
            Assert.Matches("torch [^ ]+ (is built without CUDA|finds no GPU), and a GPU's draws were asked for", error.Message);
            return;
        }
        using (found)
        {
            TorchProfile profile = LiveProfile.Of(found.Info);
            foreach (string expression in (string[])["Linear(300, 900)", "Embedding(900, 400)", "init.sparse_((40, 30), 0.25)",
                "init.trunc_normal_((64, 64)); init.normal_((3, 5))"])
            {
                foreach (DType dtype in CaseTable.DTypes)
                {
                    CaseResult result = CaseRunner.Run(found, profile, new(expression, dtype, "42"));
                    Assert.True(result.Passed, $"{result.Case}: {result.Detail}");
                }
            }
        }
    }
}
