using System.Security.Cryptography;
using System.Text;

namespace TorchInit.Tests.Draws;

/// <summary>The order of equal keys is that of torch 1.13.1's topk on Linux; of others it is the only one.</summary>
public class PlaceSortTests
{
    /// <summary>Keys for which the median of three is always nearly the largest: the library gives up partitioning and makes a
    /// heap.</summary>
    static int AgainstTheMedian(int i) => i switch
    {
        < 28 => i % 2 == 0 ? 28 + i / 2 : i,
        < 100 => i + 14,
        < 114 => 2 * (i - 100),
        _ => i,
    };

    static int[] Top(double[] keys, int count)
    {
        PlaceSort order = new(keys);
        order.Top(count);
        return [.. Enumerable.Range(0, count).Select(order.PlaceAt)];
    }

    /// <summary>As <c>torch.topk([(i * 7919 + 13) % 101 % kinds …], count).indices</c> answered.</summary>
    [Theory]
    [InlineData(40, 7, new[] { 0, 39, 4, 35, 26, 22, 13, 36, 32, 23, 14, 1, 10, 33, 20, 24, 2, 11, 17, 21, 8, 34, 30, 5, 9, 18, 27, 31, 19,
        15, 6, 28, 37, 3, 38, 12, 25, 16, 29, 7 })]
    [InlineData(40, 7, new[] { 0, 13, 22, 26, 35, 39, 4, 14, 23 })]
    [InlineData(40, 3, new[] { 33, 18, 23, 13, 28, 8, 7, 38, 3, 2, 9, 19, 39, 5, 14, 15, 4, 20, 10, 0, 24, 25, 29, 30, 34, 35, 27, 22, 21,
        17, 12, 16, 32, 6, 36, 37, 1, 11, 31 })]
    [InlineData(700, 5, new[] { 1, 9, 10, 18, 27, 35, 43, 51, 34, 26 })]
    [InlineData(700, 5, new[] { 330, 363, 262, 354, 346, 338, 355, 379, 380, 388, 389, 396, 397, 405, 372, 337, 329, 321, 313, 312, 304,
        296, 295, 288, 287, 279, 278, 271, 270, 371 })]
    [InlineData(33, 1, new[] { 25, 17, 18, 19, 20, 21, 22, 23, 24, 29, 32, 31, 30, 27, 26, 16, 28 })]
    [InlineData(130, 2, new[] { 2, 0 })]
    [InlineData(130, 2, new[] { 54, 56, 101 })]
    public void Ties_as_in_torch(int length, int kinds, int[] expected)
        => Assert.Equal(expected, Top([.. Enumerable.Range(0, length).Select(i => (double)((i * 7919 + 13) % 101 % kinds))],
            expected.Length));

    /// <summary>The same for keys against the median of three, several of which are equal; the indices by their SHA-256.</summary>
    [Theory]
    [InlineData(2, 200, "3E76557D51673F5C"), InlineData(2, 150, "7238EE2C6DDCB36B"), InlineData(2, 100, "394EBE38D4DFB6AC")]
    [InlineData(2, 63, "727ACDAFD0ACBB8F"), InlineData(2, 4, "954970427059BD5D"), InlineData(3, 200, "4D809B9EC0AD1257")]
    [InlineData(3, 150, "44B4E7B08F1EAB6A"), InlineData(3, 100, "2215F5F0A8355CE3"), InlineData(3, 63, "6A5550322CDF5DBB")]
    [InlineData(3, 4, "A76FBD8CDFB76364"), InlineData(7, 200, "C64BB162917D311B"), InlineData(7, 150, "7CF826E9CC29D690")]
    [InlineData(7, 100, "2378B863110D0F1E"), InlineData(7, 63, "47F649AD8E9CDA48"), InlineData(7, 4, "2BA1CD747286C746")]
    public void Ties_against_the_median_of_three(int equal, int count, string expected)
        => Assert.Equal(expected, Digest(Top([.. Enumerable.Range(0, 200).Select(i => -(double)(AgainstTheMedian(i) / equal))], count)));

    /// <summary>At 64 keys for each that is wanted, the library changes its way.</summary>
    [Theory, InlineData(639, "A7C29094CFABB708"), InlineData(640, "83EE1C768F5819F0"), InlineData(641, "83EE1C768F5819F0")]
    public void Where_the_way_changes(int length, string expected)
        => Assert.Equal(expected, Digest(Top([.. Enumerable.Range(0, length).Select(i => (double)((i * 7919 + 13) % 101 % 5))], 10)));

    static string Digest(int[] indices)
        => Convert.ToHexString(SHA256.HashData(Encoding.ASCII.GetBytes(string.Join(' ', indices))))[..16];

    [Theory, InlineData(200), InlineData(150), InlineData(100), InlineData(63), InlineData(3)]
    public void Keys_against_the_median_of_three(int count)
    {
        double[] keys = [.. Enumerable.Range(0, 200).Select(i => -(double)AgainstTheMedian(i))];
        Assert.Equal(Enumerable.Range(0, 200).OrderByDescending(i => keys[i]).Take(count), Top(keys, count));
    }

    [Theory, InlineData(1), InlineData(2), InlineData(5), InlineData(40), InlineData(300), InlineData(1000)]
    public void Different_keys_in_descending_order(int length)
    {
        for (long seed = 0; seed < 20; seed++)
        {
            double[] keys = new double[length];
            TorchInit.Draws.Rand(keys.AsSpan(), new Generator(seed));
            if (length > 2) { keys[seed % length] = double.NaN; }                    // counts as the largest
            foreach (int count in (int[])[1, (length + 63) / 64, length / 3 + 1, length])
            {
                Assert.Equal(Enumerable.Range(0, length).OrderByDescending(i => double.IsNaN(keys[i]) ? 2 : keys[i]).Take(count),
                    Top(keys, count));
            }
        }
    }

    [Fact]
    public void The_first_tie_among_those_wanted()
    {
        static int? Tie(double[] keys, int count)
        {
            PlaceSort order = new(keys);
            order.Top(count);
            return order.FirstTie(count);
        }
        Assert.Null(Tie([3, 2, 1], 3));
        Assert.Null(Tie([3, 2, 1, 1], 2));
        Assert.Equal(1, Tie([3, 2, 2, 1], 3));
        Assert.Equal(1, Tie([3, 2, 2, 1], 2));
        Assert.Equal(0, Tie([3, 3, 1], 2));
    }
}
