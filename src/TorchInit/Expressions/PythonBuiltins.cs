using System.Collections.Frozen;
using System.Globalization;
using System.Numerics;

namespace TorchInit.Syntax;

/// <summary>The Python functions and constants that tutorials use in arguments, on literals.</summary>
static class PythonBuiltins
{
    static readonly FrozenDictionary<string, TorchValue> s_constants = new Dictionary<string, TorchValue>
    {
        ["None"] = TorchNone.Instance,
        ["True"] = new TorchBool(true),
        ["False"] = new TorchBool(false),
        ["inf"] = new TorchFloat(double.PositiveInfinity),
        ["nan"] = new TorchFloat(PythonFloat.NaN),
        ["pi"] = new TorchFloat(Math.PI),
        ["e"] = new TorchFloat(Math.E),
        ["tau"] = new TorchFloat(Math.Tau),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    static readonly FrozenDictionary<string, Func<IReadOnlyList<TorchValue>, TorchValue>> s_functions =
        new Dictionary<string, Func<IReadOnlyList<TorchValue>, TorchValue>>
        {
            ["float"] = ToFloat,
            ["int"] = ToInteger,
            ["bool"] = a => new TorchBool(a.Count == 0 || new PythonArgument("", One(a)).IsTrue),
            ["abs"] = a => One(a) is TorchFloat number ? new TorchFloat(Math.Abs(number.Value))
                : PythonArithmetic.Of(BigInteger.Abs(Whole(a))),
            ["round"] = Round,
            ["pow"] = a => a.Count == 2 ? PythonArithmetic.Of("**", a[0], a[1]) : throw Wrong("pow() takes two numbers here"),
            ["len"] = a => new TorchInt(InAnyOrder(a).Count),
            ["list"] = a => new TorchList(a.Count == 0 ? [] : Items(a)),
            ["tuple"] = a => new TorchTuple(a.Count == 0 ? [] : Items(a)),
            ["reversed"] = a => new TorchList([.. Items(a).Reverse()]),
            ["range"] = Range,
            ["enumerate"] = Enumerate,
            ["zip"] = Zip,
            ["divmod"] = a => a.Count == 2 ? new TorchTuple(PythonArithmetic.Of("//", a[0], a[1]), PythonArithmetic.Of("%", a[0], a[1]))
                : throw Wrong("divmod() takes two numbers"),
            ["sorted"] = Sorted,
            ["any"] = a => new TorchBool(InAnyOrder(a).Any(IsTrue)),
            ["all"] = a => new TorchBool(InAnyOrder(a).All(IsTrue)),
            ["str"] = a => One(a) is TorchString or TorchInt or TorchBool or TorchNone or TorchFloat
                ? new TorchString(new PythonArgument("", a[0]).Text) : throw Wrong("str() takes a number or a string here"),
            ["sum"] = a => Items(a).Aggregate((TorchValue)new TorchInt(0), (sum, item) => PythonArithmetic.Of("+", sum, item)),
            ["max"] = a => Extreme(a, (x, y) => PythonArithmetic.Float(x) > PythonArithmetic.Float(y)),
            ["min"] = a => Extreme(a, (x, y) => PythonArithmetic.Float(x) < PythonArithmetic.Float(y)),
            ["sqrt"] = a => new TorchFloat(Number(a) is >= 0 or double.NaN ? Math.Sqrt(Number(a)) : throw Domain()),
            ["math.log"] = Log,
            ["math.log2"] = a => new TorchFloat(Number(a) > 0 ? Math.Log2(Number(a)) : throw Domain()),
            ["math.log10"] = a => new TorchFloat(Number(a) > 0 ? Math.Log10(Number(a)) : throw Domain()),
            ["math.exp"] = a => new TorchFloat(Math.Exp(Number(a)) is var value && double.IsInfinity(value) && double.IsFinite(Number(a))
                ? throw new PythonException("OverflowError", "math range error") : value),
            ["math.floor"] = a => Rounded(One(a), Math.Floor),
            ["math.ceil"] = a => Rounded(One(a), Math.Ceiling),
            ["math.prod"] = a => Items(a).Aggregate((TorchValue)new TorchInt(1), (product, item)
                => PythonArithmetic.Of("*", product, item)),
        }.ToFrozenDictionary(StringComparer.Ordinal);

    static readonly string[] s_math = ["math.", "numpy.", "np.", "torch."];

    /// <summary>The value of math.pi, torch.inf, True and other constants; null for other names.</summary>
    public static TorchValue? Constant(string name)
    {
        string plain = Plain(name);
        return s_constants.TryGetValue(plain, out TorchValue? value) && (plain.Length < name.Length || plain is not ("pi" or "e" or "tau"))
            && (plain.Length == name.Length || plain is not ("None" or "True" or "False")) ? value : null;
    }

    /// <summary>The function of that name; math.sqrt, np.sqrt and sqrt are the same; null for other names.</summary>
    public static Func<IReadOnlyList<TorchValue>, TorchValue>? Function(string name)
    {
        if (name.StartsWith("torch.", StringComparison.Ordinal)) { return null; }
        string plain = Plain(name);
        return s_functions.GetValueOrDefault(plain)
            ?? (plain.Length < name.Length ? s_functions.GetValueOrDefault($"math.{plain}") : null);
    }

    /// <summary>Whether the name is read as a value, so no torch call can have it.</summary>
    public static bool IsReserved(string name) => name is "float" or "int" or "bool" or "len" or "list" or "tuple" or "range" or "reversed"
        or "enumerate" or "zip" or "dict" or "OrderedDict" || name.StartsWith("math.", StringComparison.Ordinal);

    static string Plain(string name)
        => Array.Find(s_math, prefix => name.StartsWith(prefix, StringComparison.Ordinal)) is { } found ? name[found.Length..] : name;

    static TorchValue One(IReadOnlyList<TorchValue> arguments)
        => arguments.Count == 1 ? arguments[0] : throw Wrong($"expected one argument, got {arguments.Count}");

    static double Number(IReadOnlyList<TorchValue> arguments) => PythonArithmetic.IsNumber(One(arguments))
        ? PythonArithmetic.Float(arguments[0]) : throw Wrong($"must be real number, not {PythonArgument.TypeOf(arguments[0])}");

    static BigInteger Whole(IReadOnlyList<TorchValue> arguments) => PythonArithmetic.Integer(One(arguments))
        ?? throw Wrong($"'{PythonArgument.TypeOf(arguments[0])}' object cannot be interpreted as an integer");

    /// <summary>For functions whose result does not depend on the order of a set.</summary>
    static IReadOnlyList<TorchValue> InAnyOrder(IReadOnlyList<TorchValue> arguments)
        => One(arguments) is PythonSet set ? set.Items : Items(arguments);

    static IReadOnlyList<TorchValue> Items(IReadOnlyList<TorchValue> arguments) => new PythonArgument("", One(arguments)).Items
        ?? throw (arguments[0] is PythonSet
            ? new PythonException(null, "expected a list or tuple, found a set, whose order is not followed; sorted(…) has one")
            : Wrong($"'{PythonArgument.TypeOf(arguments[0])}' object is not iterable"));

    static TorchList Enumerate(IReadOnlyList<TorchValue> arguments)
    {
        long first = arguments.Count == 2 && arguments[1] is TorchInt start ? start.Value : 0;
        IReadOnlyList<TorchValue> items = Items(arguments.Count == 2 && arguments[1] is TorchInt ? [arguments[0]] : arguments);
        return new([.. items.Select((item, at) => new TorchTuple(new TorchInt(first + at), item))]);
    }

    static TorchList Sorted(IReadOnlyList<TorchValue> arguments)
    {
        try { return new([.. InAnyOrder(arguments).Order(Comparer<TorchValue>.Create(Compare))]); }
        catch (InvalidOperationException error) when (error.InnerException is TorchArgumentException inner)
        {
            throw new PythonException(inner.TorchKind, inner.TorchMessage ?? inner.Message);
        }

        static int Compare(TorchValue left, TorchValue right)
        {
            if ((left, right) is (TorchTuple or TorchList, TorchTuple or TorchList))
            {
                (IReadOnlyList<TorchValue> a, IReadOnlyList<TorchValue> b) = (new PythonArgument("", left).Items!,
                    new PythonArgument("", right).Items!);
                int at = 0;
                while (at < a.Count && at < b.Count && new PythonArgument("", a[at]).IsEqualTo(new("", b[at]))) { at++; }
                return at < a.Count && at < b.Count ? Compare(a[at], b[at]) : a.Count.CompareTo(b.Count);
            }
            (PythonArgument x, PythonArgument y) = (new("", left), new("", right));
            return x.IsLess(y) ? -1 : y.IsLess(x) ? 1 : 0;
        }
    }

    static TorchFloat ToFloat(IReadOnlyList<TorchValue> arguments)
    {
        if (One(arguments) is not TorchString text) { return new(Number(arguments)); }
        string word = text.Value.Trim().ToLowerInvariant();
        return word.TrimStart('+', '-') switch
        {
            "inf" or "infinity" when word.Length <= 9 => new(word[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity),
            "nan" when word.Length <= 4 => new(PythonFloat.NaN),
            _ when word.Length > 0 && PythonNumber.Float(word.TrimStart('+', '-').Replace("_", "", StringComparison.Ordinal)
                is var digits && digits.All(char.IsAsciiDigit) ? $"{digits}." : digits) is { } value
                    => new(word[0] == '-' ? -value : value),
            _ => throw new PythonException("ValueError", $"could not convert string to float: {PythonString.Repr(text.Value)}"),
        };
    }

    static TorchValue ToInteger(IReadOnlyList<TorchValue> arguments)
    {
        if (arguments.Count == 0) { return new TorchInt(0); }
        if (One(arguments) is TorchString text)
        {
            return BigInteger.TryParse(text.Value.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out BigInteger read)
                && text.Value.Length < 1000 ? PythonArithmetic.Of(read)
                : throw new PythonException("ValueError", $"invalid literal for int() with base 10: {PythonString.Repr(text.Value)}");
        }
        return Rounded(arguments[0], Math.Truncate);
    }

    static TorchValue Rounded(TorchValue value, Func<double, double> round)
    {
        if (PythonArithmetic.Integer(value) is { } whole) { return PythonArithmetic.Of(whole); }
        if (value is not TorchFloat { Value: var number })
        {
            throw Wrong($"must be real number, not {PythonArgument.TypeOf(value)}");
        }
        return double.IsNaN(number) ? throw new PythonException("ValueError", "cannot convert float NaN to integer")
            : double.IsInfinity(number) ? throw new PythonException("OverflowError", "cannot convert float infinity to integer")
            : PythonArithmetic.Of(new BigInteger(round(number)));
    }

    static TorchValue Round(IReadOnlyList<TorchValue> arguments)
        => arguments.Count == 1 ? Rounded(arguments[0], number => Math.Round(number, MidpointRounding.ToEven))
            : throw Wrong("round() takes one number here");

    static TorchFloat Log(IReadOnlyList<TorchValue> arguments)
    {
        double[] numbers = [.. arguments.Select(argument => Number([argument]))];
        return numbers.Length is 1 or 2 && numbers.All(number => number > 0)
            ? new(numbers.Length == 1 ? Math.Log(numbers[0]) : Math.Log(numbers[0]) / Math.Log(numbers[1])) : throw Domain();
    }

    static TorchList Range(IReadOnlyList<TorchValue> arguments)
    {
        BigInteger[] numbers = [.. arguments.Select(argument => Whole([argument]))];
        if (numbers.Length is 0 or > 3) { throw Wrong($"range expected 1 to 3 arguments, got {numbers.Length}"); }
        (BigInteger from, BigInteger to) = numbers.Length == 1 ? (BigInteger.Zero, numbers[0]) : (numbers[0], numbers[1]);
        BigInteger step = numbers.Length == 3 ? numbers[2] : BigInteger.One;
        if (step.IsZero) { throw new PythonException("ValueError", "range() arg 3 must not be zero"); }
        BigInteger count = step.Sign > 0 ? (to - from + step - 1) / step : (from - to - step - 1) / -step;
        if (count > PythonArithmetic.MostItems)
        {
            throw new PythonException(null, $"a range has at most {PythonArithmetic.MostItems} numbers here");
        }
        return new([.. Enumerable.Range(0, (int)BigInteger.Max(count, 0)).Select(at => PythonArithmetic.Of(from + (at * step)))]);
    }

    static TorchList Zip(IReadOnlyList<TorchValue> arguments)
    {
        IReadOnlyList<TorchValue>[] lists = [.. arguments.Select(argument => Items([argument]))];
        int shortest = lists.Length == 0 ? 0 : lists.Min(list => list.Count);
        return new([.. Enumerable.Range(0, shortest).Select(at => new TorchTuple([.. lists.Select(list => list[at])]))]);
    }

    static TorchValue Extreme(IReadOnlyList<TorchValue> arguments, Func<TorchValue, TorchValue, bool> better)
    {
        IReadOnlyList<TorchValue> items = arguments.Count == 1 ? InAnyOrder(arguments) : arguments;
        if (items.Count == 0) { throw new PythonException("ValueError", "arg is an empty sequence"); }
        foreach (TorchValue item in items) { _ = Number([item]); }
        return items.Aggregate((best, item) => better(item, best) ? item : best);
    }

    static bool IsTrue(TorchValue item) => item is not (TorchCall or TorchMember) ? new PythonArgument("", item).IsTrue
        : throw Wrong("any() and all() take literals here");

    static PythonException Wrong(string message) => new("TypeError", message);

    static PythonException Domain() => new("ValueError", "math domain error");
}
