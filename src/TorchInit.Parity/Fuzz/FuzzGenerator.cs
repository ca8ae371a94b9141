using System.Globalization;

namespace TorchInit.Parity;

/// <summary>Generates random cases from a seed: every class and function, ordinary and odd arguments, any dtype, seed, state and number of
/// resets.</summary>
sealed class FuzzGenerator
{
    static readonly DType[] s_dtypes = [DType.Float32, DType.Float32, DType.Float64, DType.Float16, DType.BFloat16];
    static readonly string[] s_seeds = ["0", "1", "42", "-1", "4294967295", "4294967296", "9223372036854775808", "18446744073709551615"];
    static readonly int[] s_before = [0, 0, 0, 0, 1, 3, 15, 16, 17, 623, 624, 625];

    readonly FuzzRandom _random;
    readonly FuzzValues _values;

    public FuzzGenerator(ulong seed) => _values = new(_random = new(seed));

    /// <summary>The next case.</summary>
    public FuzzCase Next()
    {
        string expression = _random.Below(100) switch
        {
            < 44 => Call(_random.Of(FuzzGrammar.Modules), depth: 0),
            < 68 => Call(_random.Of(FuzzGrammar.Fills), depth: 0),
            < 78 => Lazy(),
            < 88 => Call(_random.Of(FuzzGrammar.Wrappers), depth: 0),
            < 94 => Call(_random.Of(FuzzGrammar.Parameterless), depth: 0),
            _ => Container(depth: 0),
        };
        string seed = _random.Chance(60) ? _random.Of(s_seeds)
            : (_random.Word() >> _random.Below(64)).ToString(CultureInfo.InvariantCulture);
        return new(expression, _random.Of(s_dtypes), seed, _random.Of(s_before), _random.Chance(15) ? 1 + _random.Below(2) : 0);
    }

    /// <summary>A call with every required argument and some of the others, by position and by keyword; one in three has odd arguments,
    /// one in thirty has a wrong list of them.</summary>
    string Call(FuzzRule rule, int depth)
    {
        int odd = _random.Chance(33) ? 30 : 0;
        bool isWrong = _random.Chance(3);
        int optional = _random.Of([10, 25, 60, 100]);
        List<string> written = [];
        bool byKeyword = false;
        foreach (FuzzArgument argument in rule.Arguments)
        {
            if ((argument.IsOptional && !_random.Chance(optional)) || (isWrong && _random.Chance(25)))
            {
                byKeyword = true;       // later arguments cannot be given by position
                continue;
            }
            byKeyword |= _random.Chance(argument.IsOptional ? 30 : 10);
            // Tensors, modules and dtypes are parsed as such, and devices are torch's to judge.
            bool isOdd = _random.Chance(odd) && argument.Kind is not "shape" and not "device" and not "dtype" and not "none";
            string value = isOdd ? _values.Odd() : Value(argument.Kind, rule.Rank, depth);
            written.Add(byKeyword && argument.Kind != "shape" ? $"{argument.Name}={value}" : value);
        }
        if (isWrong && _random.Chance(30)) { written.Add("biass=True"); }
        if (isWrong && !byKeyword && _random.Chance(30)) { written.AddRange(["1", "2", "3"]); }
        return $"{rule.Name}({string.Join(", ", written)})";
    }

    string Value(string kind, int rank, int depth) => kind switch
    {
        "module" or "norm" => depth > 1 || kind == "norm" ? _random.Of(["None", "LayerNorm(8)", "Linear(8, 3)", "RMSNorm(8)"])
        : Module(depth + 1),
        "encoder" => Call(FuzzGrammar.Modules.First(rule => rule.Name == "TransformerEncoderLayer"), depth + 1),
        "decoder" => Call(FuzzGrammar.Modules.First(rule => rule.Name == "TransformerDecoderLayer"), depth + 1),
        _ => _values.Usual(kind, rank),
    };

    string Module(int depth) => _random.Below(100) switch
    {
        < 70 => Call(_random.Of(FuzzGrammar.Modules), depth),
        < 78 => Call(_random.Of(FuzzGrammar.Wrappers), depth),
        < 83 => Lazy(),
        < 90 => Call(_random.Of(FuzzGrammar.Parameterless), depth),
        _ when depth < 3 => Container(depth),
        _ => "Linear(3, 4)",
    };

    string Lazy()
    {
        FuzzRule rule = _random.Of(FuzzGrammar.Lazy);
        string call = Call(rule, depth: 1);
        if (_random.Chance(25)) { return call; }
        int rank = _random.Chance(85) ? rule.Rank + 2 : _random.Below(5);
        string[] sizes = [.. Enumerable.Range(0, rank).Select(_ => _random.Chance(5) ? "0" : _random.Of(["1", "2", "3", "5", "9"]))];
        return rank == 0 ? $"{call}(())" : $"{call}({string.Join(", ", sizes)})";
    }

    string Container(int depth)
    {
        string[] children = [.. Enumerable.Range(0, _random.Below(4)).Select(_ => _random.Chance(4) ? _values.Odd() : Module(depth + 1))];
        return _random.Chance(70) ? $"Sequential({string.Join(", ", children)})" : _random.Chance(90)
            ? $"ModuleList([{string.Join(", ", children)}])" : $"ModuleList({_values.Odd()})";
    }
}
