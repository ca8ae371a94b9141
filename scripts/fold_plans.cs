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

static InitStep WithGpu(InitStep step) => step is not DataStep data ? step
    : (data.Target.Tensor[(data.Target.Tensor.LastIndexOf('.') + 1)..]) switch
    {
        "relative_coords_table" => SwinTable(data),
        "inv_freq" => Frequencies(data),
        "A_log" => data with { ValuesOnGpu = [.. data.Values.Select(value => (double)CudaMath.Log((float)Math.Round(Math.Exp(value))))] },
        _ => data,
    };

// Llama's: 1 / theta^(2i/n), theta a whole number of thousands.
static DataStep Frequencies(DataStep data)
{
    int n = 2 * data.Values.Count;
    float theta = 1000 * MathF.Round((float)Math.Pow(data.Values[1], -n / 2.0) / 1000);
    double[] onGpu = [.. Enumerable.Range(0, data.Values.Count).Select(i => (double)(1 / CudaMath.Pow(theta, (float)(2 * i) / n)))];
    return onGpu.Zip(data.Values).All(pair => Math.Abs(pair.First / pair.Second - 1) < 1e-6) ? data with { ValuesOnGpu = onGpu }
        : throw new InvalidDataException($"{data.Target} are not the frequencies of {theta}.");
}

// torchvision's table of swin_v2: sign(x) · log2(|x| + 1) / 3 for x = 8·k/n, k = −n to n. A GPU multiplies with the reciprocals of n and 3.
static DataStep SwinTable(DataStep data)
{
    int n = ((int)Math.Sqrt(data.Values.Count / 2) - 1) / 2;
    Dictionary<double, double> onGpu = [];
    for (int k = -n; k <= n; k++)
    {
        onGpu[Log((float)k / n * 8) / 3] = Log(k * (float)(1.0 / n) * 8) * (float)(1.0 / 3);
    }
    return data with { ValuesOnGpu = [.. data.Values.Select(value => onGpu[value])] };
}

static float Log(float x) => MathF.Sign(x) * (float)Math.Log2(MathF.Abs(x) + 1);
