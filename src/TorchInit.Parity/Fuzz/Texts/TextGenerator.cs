namespace TorchInit.Parity;

/// <summary>Random programs: tensors that are drawn, viewed in other shapes, computed with and written in parts; modules and their
/// parameters. Torch accepts most of them.</summary>
/// <param name="seed">The same seed gives the same programs.</param>
sealed class TextGenerator(ulong seed)
{
    readonly FuzzRandom _random = new(seed);
    readonly TextValues _values = new();

    public TextCase Next()
    {
        TextGrammar grammar = new(_random, _values);
        int statements = 1 + _random.Below(6);
        if (_random.Chance(40)) { grammar.Seed(); }
        for (int i = 0; i < statements; i++) { grammar.Statement(); }
        DType dtype = grammar.IsTyped || _random.Chance(60) ? DType.Float32
            : _random.Of<DType>([DType.Float64, DType.BFloat16, DType.Float16]);
        return new(string.Join('\n', grammar.Lines), $"[{string.Join(",", grammar.Data)}]", dtype, $"{_random.Below(1000)}");
    }
}
