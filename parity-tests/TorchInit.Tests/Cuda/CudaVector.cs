using System.Globalization;

namespace TorchInit.Tests.Cuda;

/// <summary>What torch 2.11.0 drew on an H200 and again on an H100: a line of golden/cuda/2.11.0-132x2048.tsv.</summary>
/// <param name="Op">torch's name; <c> on </c> names the view that is filled.</param>
/// <param name="DType">Of the tensor.</param>
/// <param name="Shape">Of the tensor.</param>
/// <param name="Seed">Of the generator.</param>
/// <param name="Before">Float32 uniforms that were drawn first.</param>
/// <param name="Arguments">By torch's names.</param>
/// <param name="Sha256">The first 32 digits over all bytes; empty where values are close only, or another generator's.</param>
/// <param name="Offset">The generator's, afterwards.</param>
/// <param name="Bits">Some elements, by their place.</param>
sealed record CudaVector(string Op, DType DType, long[] Shape, long Seed, int Before, IReadOnlyDictionary<string, string> Arguments,
    string Sha256, long Offset, IReadOnlyDictionary<long, ulong> Bits)
{
    public static TorchProfile Profile { get; } = TorchProfile.Cuda("2.11.0", Gpu.H100Sxm);

    public static IReadOnlyList<CudaVector> All { get; } = [.. GoldenTable.Read("cuda/2.11.0-132x2048.tsv").Select(Parse)];

    public long Count => TensorShape.CountOrThrow(Shape);

    /// <summary>Whether the fill is cut in two on a GPU.</summary>
    public bool IsHuge => Count > 5_000_000;

    /// <summary>The generator before the draw.</summary>
    public Generator Start(TorchProfile? profile = null)
    {
        Generator generator = new(Seed, profile ?? Profile);
        Init.Uniform<float>(new float[Before], generator);
        return generator;
    }

    public double Number(string name) => double.Parse(Arguments[name], CultureInfo.InvariantCulture);

    public long Integer(string name) => long.Parse(Arguments[name], CultureInfo.InvariantCulture);

    public override string ToString()
        => $"{Op} {DType.TorchName()} {string.Join('x', Shape)} {string.Join(' ', Arguments)} seed {Seed} after {Before}";

    static CudaVector Parse(Dictionary<string, string> line)
        => new(line["op"], DType.Parse(line["dtype"]), [.. line["shape"].Split('x').Select(long.Parse)],
            long.Parse(line["seed"], CultureInfo.InvariantCulture), int.Parse(line["before"], CultureInfo.InvariantCulture),
            Pairs(line["arguments"], '=').ToDictionary(pair => pair.Name, pair => pair.Value), line["sha256"] == "-" ? "" : line["sha256"],
            long.Parse(line["offset"], CultureInfo.InvariantCulture), Pairs(line["bits"], ':').ToDictionary(
                pair => long.Parse(pair.Name, CultureInfo.InvariantCulture),
                pair => ulong.Parse(pair.Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture)));

    static IEnumerable<(string Name, string Value)> Pairs(string text, char between)
        => text == "-" ? [] : text.Split(' ').Select(pair => pair.Split(between)).Select(pair => (pair[0], pair[1]));
}
