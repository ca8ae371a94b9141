using System.Security.Cryptography;
using System.Text;

namespace TorchInit.Tests.Expressions;

/// <summary>Texts whose variables are tensors: views, parts that are written, arithmetic in place. The digests are those of torch 1.13.1
/// and 2.6.0, which are equal.</summary>
public class TensorProgramTests
{
    const string Makemore = """
        torch.manual_seed(2147483647)
        C = torch.randn((27, 2))
        W1 = torch.randn((6, 20)) * (5/3)/((6)**0.5) #* 0.2
        b1 = torch.randn(20) * 0.01
        W2 = torch.randn((20, 27)) * 0.01
        b2 = torch.randn(27) * 0
        """;

    const string Parts = """
        torch.manual_seed(0)
        w = torch.empty(3, 5)
        nn.init.xavier_uniform_(w[1:])
        w[:, 0].fill_(0)
        w[0] = torch.rand(5) * 2 - 1
        v = w.t()
        v.mul_(2)
        a, b = w.chunk(2, dim=1)
        c = torch.cat([a, b], dim=1)
        d = torch.where(w > 0.5, w, torch.zeros(3, 5))
        params = nn.ParameterDict({'left': nn.Parameter(torch.randn(2)), 'right': nn.Parameter(torch.rand(3) - 0.5)})
        plist = nn.ParameterList([nn.Parameter(torch.randn(2)) for _ in range(2)])
        blocks = nn.ModuleDict()
        blocks['x'] = nn.Linear(2, 2)
        """;

    [Theory]
    [InlineData(Makemore, "6ed328152a35a451")]
    [InlineData(Parts, "e9a3d8138486c2c5")]
    public void Variables_have_torchs_bits(string text, string digest)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        TorchProgram program = TorchProgram.Parse(text);
        TorchProfile profile = TorchProfile.For("2.6");
        foreach ((string name, TensorBuffer tensor) in program.Materialize(profile).OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(name));
            hash.AppendData(tensor.Bytes(0, tensor.Count));
        }
        Assert.Equal(digest, Convert.ToHexStringLower(hash.GetHashAndReset())[..16]);
    }

    [Fact]
    public void Two_names_of_one_memory_stay_one()
    {
        StateDict weights = TorchProgram.Parse("""
            torch.manual_seed(1)
            x = torch.rand(2, 3)
            y = x[1]
            z = x + 0
            y.zero_()
            """).Materialize();
        Assert.Equal(new float[3], weights["y"].AsSpan<float>().ToArray());
        Assert.Equal(new float[3], weights["x"].AsSpan<float>()[3..].ToArray());
        Assert.DoesNotContain(0, weights["z"].AsSpan<float>().ToArray());
    }

    [Fact]
    public void A_parameter_that_is_tied_again_is_one_still()
    {
        InitPlan plan = TorchProgram.Parse("""
            self.a = nn.Linear(4, 3)
            self.b = nn.Linear(3, 4)
            self.b.weight = self.b.weight = self.a.weight
            self.a.weight = self.b.weight
            self.a.weight = self.a.weight
            """).ToPlan();
        Assert.Equal(["a.weight", "a.bias", "b.weight", "b.bias"], plan.StateTensors.Select(tensor => tensor.Name));
        Assert.Equal("a.weight", plan["b.weight"].SameAs);
    }

    [Theory]
    [InlineData("x = torch.zeros(0)\na = x.chunk(9223372036854775807)[0]", "tensors")]
    [InlineData("x = torch.zeros(0)\na = x.chunk(2000000000)[0]", "tensors")]
    public void A_number_of_parts_is_bounded(string text, string named)
        => Assert.Contains(named, Assert.ThrowsAny<ArgumentException>(() => TorchProgram.Parse(text).ToPlan()).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("x = torch.rand(3)\na = x.chunk(9223372036854775807)[2]")]
    [InlineData("x = torch.rand(3)\na = x.split(9223372036854775807)[0]")]
    [InlineData("x = torch.rand(3)\na = x[::9223372036854775807]")]
    public void Large_numbers_are_torchs(string text) => Assert.NotEmpty(TorchProgram.Parse(text).ToPlan().Materialize(1)["a"].Shape);

    [Theory]
    [InlineData("x = torch.rand(3)\ny = torch.rand(3) + x.normal_()", "x = torch.rand(3)\na = torch.rand(3)\nx.normal_()\ny = a + x")]
    [InlineData("x = torch.rand(2, 2)\nx[0] = torch.rand(2)", "x = torch.rand(2, 2)\na = torch.rand(2)\nx[0, :] = a")]
    [InlineData("for i in range(3):\n    x = torch.rand(2) * i", "torch.rand(2)\ntorch.rand(2)\nx = torch.rand(2) * 2")]
    [InlineData("x = torch.rand(4)\nx += 1\nx *= x", "x = (torch.rand(4) + 1)\nx = x * x")]
    [InlineData("x = [torch.rand(2) for i in range(4) if i % 2 == 1][1]", "torch.rand(2)\nx = torch.rand(2)")]
    [InlineData("n = 3\nx = torch.rand(2) if n > 3 else torch.rand(3)", "x = torch.rand(3)")]
    public void Texts_that_mean_the_same_give_the_same(string text, string other)
    {
        StateDict first = TorchProgram.Parse(text).ToPlan().Materialize(5), second = TorchProgram.Parse(other).ToPlan().Materialize(5);
        Assert.Equal(first["x"].Bytes(0, first["x"].Count), second["x"].Bytes(0, second["x"].Count));
    }

    [Theory]
    [InlineData("x = torch.rand(3)\nx[5] = 1", "IndexError")]
    [InlineData("x = torch.rand(3)\nx[::-1].zero_()", "ValueError")]
    [InlineData("x = torch.rand(2, 3)\ny = x + torch.rand(2)", "RuntimeError")]
    [InlineData("x = torch.rand(4)\nx[1:] += x[:-1]", "RuntimeError")]
    [InlineData("x = torch.arange(3)\nx *= 0.5", "RuntimeError")]
    [InlineData("x = torch.rand(3)\na, b = x", "ValueError")]
    [InlineData("x = torch.rand(4, 1).expand(4, 3)\nx.normal_()", "RuntimeError")]
    public void What_torch_refuses_is_refused_with_its_class(string text, string kind)
        => Assert.Equal(kind, Assert.Throws<TorchArgumentException>(() => TorchProgram.Parse(text).ToPlan()).TorchKind);

    [Theory]
    [InlineData("x = torch.rand(3)\ny = x.sum()", "sum")]
    [InlineData("a = []\nfor i in range(400):\n    a.append(nn.Linear(1, 1))\n    net = nn.Sequential(*a)", "allowed: 16384")]
    [InlineData("for i in range(5000):\n    x = torch.rand(1)", "at most 4096 modules and tensors")]
    [InlineData("f(\"\"\"m+i\"", "three closing quotes")]
    [InlineData("x = torch.rand(3)\nif x > 0.5:\n    y = x", "condition on literals")]
    [InlineData("x = torch.rand(4)\ny = x[torch.tensor([0, 1])]", "index")]
    [InlineData("net = nn.Sequential(nn.Linear(2, 2))\nnet.apply(unknown)", "unknown")]
    [InlineData("def f(m):\n    m.weight.data.fill_(1)\nnet = nn.TransformerEncoderLayer(4, 2)\nnet.apply(f)", "TransformerEncoderLayer")]
    public void What_is_not_followed_says_so(string text, string named)
        => Assert.Contains(named, Assert.ThrowsAny<Exception>(() => TorchProgram.Parse(text).ToPlan()).Message, StringComparison.Ordinal);
}
