namespace TorchInit.Tests.Draws;

/// <summary>The order of equal keys is that of torch 1.13.1's topk on Linux; of others it is the only one.</summary>
public class PlaceSortTests
{
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

    /// <summary>Keys for which the median of three is always nearly the largest: the library gives up partitioning and makes a
    /// heap.</summary>
    [Theory, InlineData(200), InlineData(150), InlineData(100), InlineData(63), InlineData(3)]
    public void Keys_against_the_median_of_three(int count)
    {
        double[] keys = [.. Enumerable.Range(0, 200).Select(i => -(double)(i switch
        {
            < 28 => i % 2 == 0 ? 28 + i / 2 : i,
            < 100 => i + 14,
            < 114 => 2 * (i - 100),
            _ => i,
        }))];
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
