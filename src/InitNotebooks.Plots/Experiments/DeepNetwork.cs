using TorchInit;

namespace InitNotebooks;

/// <summary>A plain network of equal layers, each a square weight and a ReLU, without biases.</summary>
public static class DeepNetwork
{
    /// <summary>Draws the weights, then inputs and gradients from N(0, 1), from one generator, and passes both through the
    /// network.</summary>
    /// <param name="call">The call that draws a layer's weight, in torch's spelling; its first tensor has two equal sizes.</param>
    /// <param name="depth">The number of layers, 1 or more.</param>
    /// <param name="inputs">The number of inputs averaged over, 1 or more.</param>
    /// <param name="seed">The seed of all draws.</param>
    /// <exception cref="ArgumentException">The weight is not square.</exception>
    public static SignalSizes Run(string call, int depth, int inputs, long seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(depth, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(inputs, 1);
        InitPlan plan = InitPlan.Of(call);
        if (plan.Parameters.First().Shape is not [var rows, var columns] || rows != columns)
        {
            throw new ArgumentException($"call is '{call}'; allowed: one whose first tensor has two equal sizes.", nameof(call));
        }
        int width = (int)rows;
        Generator generator = new(seed);
        float[][] weights = [.. Enumerable.Range(0, depth)
            .Select(_ => plan.Materialize(generator).Values.First().AsSpan<float>().ToArray())];
        float[] x = Normal(width * inputs, generator), gradient = Normal(width * inputs, generator);
        double input = RootMeanSquare(x), last = RootMeanSquare(gradient);
        double[] forward = new double[depth], backward = new double[depth];
        bool[][] passes = new bool[depth][];
        for (int layer = 0; layer < depth; layer++)
        {
            x = Multiply(weights[layer], x, width);
            passes[layer] = [.. x.Select(value => value > 0)];
            x = [.. x.Select(value => Math.Max(value, 0))];
            forward[layer] = RootMeanSquare(x) / input;
        }
        for (int layer = depth - 1; layer >= 0; layer--)
        {
            gradient = [.. gradient.Zip(passes[layer], (value, passed) => passed ? value : 0)];
            gradient = Multiply(Transposed(weights[layer], width), gradient, width);
            backward[layer] = RootMeanSquare(gradient) / last;
        }
        return new(forward, backward);
    }

    static float[] Normal(int count, Generator generator)
    {
        float[] values = new float[count];
        Init.Normal(values.AsSpan(), generator);
        return values;
    }

    static double RootMeanSquare(float[] values) => Math.Sqrt(values.Average(value => (double)value * value));

    static float[] Multiply(float[] weight, float[] x, int width)
    {
        float[] product = new float[x.Length];
        for (int at = 0; at < x.Length; at++)
        {
            product[at] = Dot(weight.AsSpan(at % width * width, width), x.AsSpan(at / width * width, width));
        }
        return product;
    }

    static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        float sum = 0;
        for (int i = 0; i < a.Length; i++) { sum += a[i] * b[i]; }
        return sum;
    }

    static float[] Transposed(float[] weight, int width)
        => [.. Enumerable.Range(0, weight.Length).Select(at => weight[at % width * width + at / width])];
}
