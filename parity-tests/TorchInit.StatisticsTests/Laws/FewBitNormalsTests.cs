using System.Collections;
using System.Reflection;
using TorchInit.Parity;

namespace TorchInit.StatisticsTests.Laws;

public class FewBitNormalsTests
{
    // Counted anew for each test: a law that another test had counted would hide what this one is to see.
    public FewBitNormalsTests()
        => ((IDictionary)typeof(FewBitNormals).GetField("s_laws", BindingFlags.NonPublic | BindingFlags.Static)!.GetValue(null)!).Clear();

    [Theory]
    [InlineData("2.0")]
    [InlineData("2.11")]
    public void Every_pair_of_256_uniforms_is_counted(string torch)
    {
        GridLaw law = Assert.IsType<GridLaw>(Expect.Of("init.normal_((64,), mean=0.25, std=0.5)", DType.BFloat16, torch));
        Dictionary<double, long> counts = [];
        BFloat16[] block = new BFloat16[16];
        for (int pair = 0; pair < 65536; pair += 8)
        {
            for (int lane = 0; lane < 8; lane++)
            {
                (block[lane], block[lane + 8]) = ((BFloat16)((pair + lane) / 256 / 256f), (BFloat16)((pair + lane) % 256 / 256f));
            }
            Normal16.Transform<BFloat16>(block, 0.25, 0.5, TorchProfile.For(torch));
            foreach (BFloat16 value in block) { counts[(float)value] = counts.GetValueOrDefault((float)value) + 1; }
        }
        Assert.Equal(counts.OrderBy(pair => pair.Key).Select(pair => pair.Key), law.Points.Select(point => point.Value));
        Assert.All(law.Points, point => Assert.Equal(counts[point.Value] / 131072.0, point.Weight, 1e-12));
        Assert.Equal($"N(0.25, 0.5²) on {counts.Count:N0} values", law.ToString());
    }

    [Fact]
    public void A_law_is_counted_once_for_each_of_its_questions()
    {
        Law[] laws = [Of("2.0", 0, 1), Of("2.0", 0, 1), Of("2.11", 0, 1), Of("2.1", 0, 1), Of("2.0", 1, 1), Of("2.0", 0, 2)];
        Assert.Same(laws[0], laws[1]);
        Assert.Same(laws[2], laws[3]);
        Assert.Equal(4, laws.Distinct().Count());

        static Law Of(string torch, double mean, double std) => FewBitNormals.Of<BFloat16>(mean, std, TorchProfile.For(torch));
    }
}
