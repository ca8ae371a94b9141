namespace TorchInit.Tests.Cuda;

/// <summary>A tensor draws where it is: <c>.cuda()</c>, <c>.cpu()</c> and <c>.to(device)</c> in a text.</summary>
public class CudaMoveTests
{
    static readonly TorchProfile OnGpu = TorchProfile.Cuda("2.11", Gpu.Any);

    static float[] Drawn(string text, TorchProfile? profile = null)
    {
        InitPlan plan = InitPlan.Of(text, profile);
        return [.. plan.Materialize(0).Values.SelectMany(tensor => tensor.AsSpan<float>().ToArray())];
    }

    static float[] Normals(TorchProfile profile, int count)
    {
        float[] values = new float[count];
        Init.Normal<float>(values, new Generator(0, profile));
        return values;
    }

    [Theory]
    [InlineData("torch.empty(4, 5).cuda().normal_()")]
    [InlineData("torch.empty(4, 5).cuda(0).normal_()")]
    [InlineData("torch.empty(4, 5).cuda(device='cuda:0').normal_()")]
    [InlineData("torch.zeros(4, 5).to('cuda').normal_()")]
    [InlineData("torch.zeros(4, 5).to(device='cuda').normal_()")]
    [InlineData("torch.zeros(4, 5).to(torch.device('cuda'), non_blocking=True).normal_()")]
    [InlineData("torch.zeros(4, 5, dtype=torch.float64).to('cuda', torch.float32).normal_()")]
    [InlineData("torch.Tensor(4, 5).cuda().normal_()")]
    [InlineData("torch.empty(4, 5, device='cpu').cuda().normal_()")]
    [InlineData("torch.randn_like(torch.ones(4, 5).cuda())")]
    [InlineData("nn.init.normal_(torch.empty(4, 5).cuda())")]
    [InlineData("nn.init.normal_(tensor=torch.empty(4, 5).to('cuda'))")]
    [InlineData("x = torch.empty(4, 5).cuda()\nx.normal_()")]
    [InlineData("x = torch.empty(4, 5)\nx = x.to(torch.device('cuda'))\nnn.init.normal_(x)")]
    [InlineData("device = 'cuda'\nx = torch.empty(4, 5).to(torch.device(device))\nx.normal_()")]
    [InlineData("x = torch.zeros(4, 5).cuda()\ny = torch.empty(1)\nx.data.normal_()\ny = x")]
    public void A_fill_draws_where_its_tensor_was_moved(string text)
    {
        Assert.Equal(OnGpu.ToString(), InitPlan.Of(text).Profile.ToString());
        Assert.Equal(-0.9247f, Drawn(text)[0], 4);
        AssertBits.Equal(Normals(OnGpu, 20), Drawn(text).AsSpan(0, 20).ToArray());
    }

    [Theory]
    [InlineData("torch.randn(3).cuda()")]
    [InlineData("torch.randn(3).to('cuda')")]
    [InlineData("torch.randn(3, device='cpu').to(device='cuda', copy=True)")]
    [InlineData("x = torch.randn(3)\nx = x.cuda()")]
    [InlineData("x = torch.randn(3)\nx.to('cuda')")]
    [InlineData("x = torch.randn(3).to('cuda' if torch.cuda.is_available() else 'cpu')")]
    [InlineData("torch.empty(3).cpu().normal_()")]
    [InlineData("torch.empty(3).cuda().cpu().normal_()")]
    [InlineData("x = torch.empty(3, device='cuda').cpu()\nx.normal_()")]
    public void A_tensor_that_moves_after_its_draw_was_drawn_where_it_was_made(string text)
    {
        Assert.Equal("cpu", InitPlan.Of(text).Profile.Device);
        AssertBits.Equal(Normals(TorchProfile.Default, 3), Drawn(text));
    }

    [Theory]
    [InlineData("nn.Linear(3, 4).cuda()")]
    [InlineData("nn.Linear(3, 4).to('cuda').eval()")]
    [InlineData("device = 'cuda'\nmodel = nn.Linear(3, 4).to(device)")]
    [InlineData("model = nn.Linear(3, 4).cuda()\nmodel.cpu()")]
    [InlineData("model = nn.Linear(3, 4)\nmodel.to('cuda')")]
    [InlineData("model = nn.Linear(3, 4).to(args.device)")]
    public void A_module_that_moves_was_drawn_where_it_was_made(string text)
    {
        Assert.Equal("cpu", InitPlan.Of(text).Profile.Device);
        AssertBits.Equal(Drawn("nn.Linear(3, 4)"), Drawn(text));
    }

    [Fact]
    public void A_drawn_module_may_be_filled_with_numbers_where_it_was_moved()
    {
        float[] drawn = Drawn("m = nn.Sequential(nn.Linear(3, 4).cuda(), nn.Linear(4, 1))\nnn.init.zeros_(m[0].weight)\nm.cuda()");
        Assert.Equal(12, drawn.Count(value => value == 0));
        float[] expected = Drawn("nn.Sequential(nn.Linear(3, 4), nn.Linear(4, 1))");
        AssertBits.Equal(expected.AsSpan(12), drawn.AsSpan(12));
    }

    /// <summary>Another device has another memory; the same device has not.</summary>
    [Fact]
    public void A_move_copies_only_from_one_device_to_another()
    {
        float[] twice = Drawn("x = torch.zeros(2)\ny = x.cuda()\nz = y.to('cuda:0')\nz.fill_(3)\nw = z.to('cuda', copy=True)\nw.fill_(4)");
        Assert.Equal([0, 0, 3, 3, 3, 3, 4, 4], twice);
        Assert.Equal([0, 0, 5, 5], Drawn("m = nn.Parameter(torch.zeros(2))\ny = m.data.cuda()\ny.fill_(5)"));
    }

    [Theory]
    [InlineData("torch.randn(3, device='cuda').cpu().normal_()", "normal_(to(randn(3, device='cuda'), 'cpu')) draws on cpu")]
    [InlineData("torch.randn(3).cuda().normal_()", "randn(3) names no device, but normal_(to(randn(3), 'cuda')) draws on cuda:0")]
    [InlineData("m = nn.Linear(3, 4).cuda()\nnn.init.xavier_uniform_(m.weight)", "Linear(3, 4) names no device, but init.xavier_uniform_")]
    [InlineData("m = nn.Sequential(nn.Linear(3, 4))\nm.cuda()\nm[0].reset_parameters()", "draws on cuda:0")]
    [InlineData("class Net(nn.Module):\n    def __init__(self):\n        self.fc = nn.Linear(3, 4)\n\nnet = Net().cuda()\n"
        + "net.fc.weight.data.normal_()", "Linear(3, 4) names no device")]
    [InlineData("x = torch.randn(3, device='cuda')\na = list(DataLoader(range(6), shuffle=True))", "names no device")]
    [InlineData("nn.utils.spectral_norm(nn.Linear(3, 4).cuda())", "write it as lines")]
    [InlineData("m = nn.Linear(3, 4).cuda()\nn = nn.utils.spectral_norm(m)", "draws on cuda:0")]
    [InlineData("torch.zeros(3, device='cuda') + torch.ones(3)", "at least two devices, cuda:0 and cpu")]
    public void Draws_on_two_devices_are_refused(string text, string because)
        => Assert.Contains(because, Assert.ThrowsAny<Exception>(() => InitPlan.Of(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("torch.empty(3).to('cdua').normal_()", "device is 'cdua'")]
    [InlineData("torch.empty(3).cuda('h100')", "device is 'h100'")]
    [InlineData("torch.empty(3).to(where='cuda')", "where is 'cuda'; allowed: device, dtype")]
    [InlineData("torch.empty(3).to(torch.float64, 'cuda')", "a device before the dtype")]
    [InlineData("torch.randn(3).to('mps')", "device is 'mps', which is not followed")]
    [InlineData("nn.Linear(3, 4).to(torch.int64)", "only accepts floating point or complex dtypes")]
    [InlineData("m = nn.Linear(3, 4)\nm.to(torch.zeros(2))", "found a tensor")]
    public void What_a_move_cannot_be_is_said(string text, string because)
        => Assert.Contains(because, Assert.ThrowsAny<Exception>(() => InitPlan.Of(text)).Message, StringComparison.Ordinal);

    /// <summary>The GPU of a profile is the default device, unless the text itself puts all draws there.</summary>
    [Fact]
    public void A_profile_with_a_GPU_draws_the_same_there()
    {
        TorchProfile h100 = TorchProfile.Cuda("2.11", Gpu.H100Sxm);
        AssertBits.Equal(Normals(h100, 20), Drawn("torch.empty(4, 5).cuda().normal_()", h100));
        AssertBits.Equal(Drawn("nn.Linear(3, 4)", h100), Drawn("nn.Linear(3, 4).cuda()", h100));
        Assert.Equal([0, 0, 5, 5], Drawn("x = torch.zeros(2)\ny = x.cuda()\ny.fill_(5)", h100));
        Assert.Contains("draws on cpu", Assert.ThrowsAny<ArgumentException>(() => Drawn("torch.randn(3).cpu().normal_()", h100)).Message,
            StringComparison.Ordinal);
        Assert.Contains("draws on the CPU, and torch 2.11 cuda:132x2048 draws on a GPU", Assert.ThrowsAny<ArgumentException>(()
            => Drawn("torch.empty(3).cpu().clone().normal_()", h100)).Message, StringComparison.Ordinal);
    }
}
