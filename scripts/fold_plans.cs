// Writes each recording of one folder to another, folded: layers that repeat are one block with a count. A table that a GPU computes with
// other last bits than the CPU it was recorded on gets the GPU's values as well.
#:project ../src/TorchInit/TorchInit.csproj
using TorchInit;

foreach (string path in Directory.EnumerateFiles(args[0], "*.initplan.json"))
{
    InitPlan plan = PlanJson.Read(File.ReadAllText(path));
    plan = new(plan.Title, plan.Profile, plan.Tensors, [.. plan.Steps.Select(WithGpu)], plan.ResetSteps) { TorchClass = plan.TorchClass };
    File.WriteAllText(Path.Combine(args[1], Path.GetFileName(path)), PlanJson.Write(plan));
}

// torchvision's table of swin_v2: sign(x) · log2(|x| + 1) / 3 for x = 8·k/n, k = −n to n. A GPU multiplies with the reciprocals of n and 3.
static InitStep WithGpu(InitStep step)
{
    if (step is not DataStep data || !data.Target.Tensor.EndsWith(".relative_coords_table", StringComparison.Ordinal)) { return step; }
    int n = ((int)Math.Sqrt(data.Values.Count / 2) - 1) / 2;
    Dictionary<double, double> onGpu = [];
    for (int k = -n; k <= n; k++)
    {
        onGpu[Log((float)k / n * 8) / 3] = Log(k * (float)(1.0 / n) * 8) * (float)(1.0 / 3);
    }
    return data with { ValuesOnGpu = [.. data.Values.Select(value => onGpu[value])] };
}

static float Log(float x) => MathF.Sign(x) * (float)Math.Log2(MathF.Abs(x) + 1);
