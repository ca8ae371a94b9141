namespace TorchInit.Syntax;

/// <summary>An argument with Python's operators: where Python would raise, they throw an exception that names the argument.</summary>
readonly record struct PythonArgument(string Name, TorchValue Value)
{
    public bool IsNone => Value is TorchNone;

    /// <summary>An integer; True and False count as 1 and 0.</summary>
    public long? Integer => Value switch
    {
        TorchInt number => number.Value,
        TorchBool flag => flag.Value ? 1 : 0,
        _ => null,
    };

    /// <summary>A float, an integer or a bool.</summary>
    public double? Number => Value is TorchFloat number ? number.Value : Integer;

    /// <summary>bool(value).</summary>
    public bool IsTrue => Value switch
    {
        TorchNone => false,
        TorchString text => text.Value.Length > 0,
        TorchTuple or TorchList or TorchDict => Items!.Count > 0,
        PythonSet set => set.Items.Count > 0,
        // A container has a length; other modules are True.
        TorchCall { Name: "Sequential" } call => call.Arguments.Count > 0,
        TorchCall { Name: "ModuleList" } call
            => call.Parts().Any(value
            => new PythonArgument("modules", value).IsTrue),
        _ => Number is not 0.0,
    };

    /// <summary>The items of a tuple or list, or a string's characters; null if the value cannot be iterated over.</summary>
    public IReadOnlyList<TorchValue>? Items => Value switch
    {
        TorchTuple tuple => tuple.Items,
        TorchList list => list.Items,
        TorchDict dict => [.. dict.Items.Select(item => PythonKey.Value(item.Key))],
        TorchString text => [.. text.Value.EnumerateRunes().Select(letter => new TorchString(letter.ToString()))],
        _ => null,
    };

    /// <summary>type(value).__name__.</summary>
    public string Type => TypeOf(Value);

    /// <summary>The type as torch.typename() returns it, with its module unless that is torch's.</summary>
    public string TypeName => Value is TorchNone or TorchBool or TorchInt or TorchFloat or TorchString or TorchTuple or TorchList
        or TorchDict { IsOrdered: false } ? Type : Value is TorchDType ? "torch.dtype" : Value is TorchDict ? "collections.OrderedDict"
        : $"torch.nn.modules.{Type}";

    /// <summary>Python's ==: numbers by value, everything else by type and value.</summary>
    public bool Equals(long other) => Number is { } number && number == other;

    /// <summary>Python's == with a string.</summary>
    public bool Equals(string other) => Value is TorchString text && text.Value == other;

    /// <summary>Python's ==.</summary>
    public bool IsEqualTo(PythonArgument other) => AreEqual(Value, other.Value);

    /// <summary>value · other == product, of numbers.</summary>
    public bool IsEqualToProduct(PythonArgument other, PythonArgument product)
        => Integer is { } a && other.Integer is { } b && product.Integer is { } c ? (Int128)a * b == c
        : Number * other.Number == product.Number;

    public bool IsLess(PythonArgument other) => Compare("<", other) < 0;

    public bool IsGreater(PythonArgument other) => Compare(">", other) > 0;

    public bool IsAtMost(PythonArgument other) => Compare("<=", other) <= 0;

    public bool IsAtLeast(PythonArgument other) => Compare(">=", other) >= 0;

    public bool IsLess(long other) => IsLess(Of(other));

    public bool IsGreater(long other) => IsGreater(Of(other));

    public bool IsAtMost(long other) => IsAtMost(Of(other));

    public bool IsAtLeast(long other) => IsAtLeast(Of(other));

    /// <summary>value % other.</summary>
    public PythonArgument Modulo(PythonArgument other)
    {
        // For a string, % formats: a string without fields accepts an empty tuple or a list, and nothing else.
        if (Value is TorchString text && !text.Value.Contains('%', StringComparison.Ordinal))
        {
            return other.Value is TorchList or TorchTuple { Items.Count: 0 } ? this
                : throw TypeError("a number", "not all arguments converted during string formatting");
        }
        (double left, double right) = Operands("%", other);
        if (right == 0)
        {
            throw TorchArgumentException.ZeroDivisionError(other.Name, other.Value, "not 0", IsInteger(other) ? "integer modulo by zero"
                : null);
        }
        if (IsInteger(other)) { return this with { Value = new TorchInt(FloorModulo(Integer!.Value, other.Integer!.Value)) }; }
        double remainder = left % right;
        return this with { Value = new TorchFloat(remainder != 0 && (right < 0) != (remainder < 0) ? remainder + right : remainder) };
    }

    /// <summary>value // other.</summary>
    public PythonArgument FloorDivide(PythonArgument other)
    {
        (double left, double right) = Operands("//", other);
        if (right == 0)
        {
            throw TorchArgumentException.ZeroDivisionError(other.Name, other.Value, "not 0", IsInteger(other)
                ? "integer division or modulo by zero" : null);
        }
        if (!IsInteger(other)) { return this with { Value = new TorchFloat(PythonFloat.FloorDivide(left, right)) }; }
        (long dividend, long divisor) = (Integer!.Value, other.Integer!.Value);
        return this with { Value = new TorchInt((dividend - FloorModulo(dividend, divisor)) / divisor) };
    }

    /// <summary>−value.</summary>
    public PythonArgument Negated() => Number is null ? throw TypeError("a number", $"bad operand type for unary -: '{Type}'") : Times(-1);

    /// <summary>factor · value, as in Python with an integer on the left: a sequence is repeated.</summary>
    public PythonArgument Times(long factor) => Value switch
    {
        TorchFloat number => this with { Value = new TorchFloat(factor * number.Value) },
        TorchString or TorchTuple or TorchList when factor > 16 => throw TypeError("a number", null),
        TorchString text => this with { Value = new TorchString(string.Concat(Enumerable.Repeat(text.Value, (int)Math.Max(factor, 0)))) },
        TorchTuple or TorchList
            => this with { Value = new TorchTuple([.. Enumerable.Repeat(Items!, (int)Math.Max(factor, 0)).SelectMany(items => items)]) },
        _ when Integer is { } number => Int128.Abs((Int128)factor * number) <= long.MaxValue
            ? this with { Value = new TorchInt(factor * number) }
            : throw TypeError("an integer whose product fits in 64 bits", null),
        _ => throw TypeError("a number", $"unsupported operand type(s) for *: 'int' and '{Type}'"),
    };

    /// <summary>The items, or the value repeated <paramref name="count"/> times: torch's _ntuple, which does not check the number of
    /// items.</summary>
    public PythonArgument[] Repeated(int count)
    {
        PythonArgument argument = this;
        return Items is { } items ? [.. items.Select(item => argument with { Value = item })] : [.. Enumerable.Repeat(argument, count)];
    }

    /// <summary>An integer, as range() requires.</summary>
    public long Index() => Integer ?? throw TypeError("an integer", $"'{Type}' object cannot be interpreted as an integer");

    public TorchArgumentException TypeError(string allowed, string? message) => new(Name, Value, allowed, "TypeError", message);

    /// <summary>A message that quotes arguments; null if one is a module, which torch prints differently from its source.</summary>
    public static string? Quoting(FormattableString message)
    {
        object?[] shown = [.. message.GetArguments().Select(part => part is PythonArgument argument ? argument.Text : part)];
        return message.GetArguments().Any(part => part is PythonArgument { Value: TorchCall }) ? null
            : string.Format(System.Globalization.CultureInfo.InvariantCulture, message.Format, shown);
    }

    /// <summary>A ValueError, without torch's text for a module, which torch prints differently from its source.</summary>
    public TorchArgumentException ValueError(string allowed, string? message)
        => new(Name, Value, allowed, "ValueError", Value is TorchCall ? null : message);

    internal static string TypeOf(TorchValue value) => value switch
    {
        TorchNone => "NoneType",
        TorchBool => "bool",
        TorchInt => "int",
        TorchFloat => "float",
        TorchString => "str",
        TorchTuple => "tuple",
        TorchList => "list",
        TorchTransposed or TorchMember => "Tensor",
        TorchDType => "dtype",
        TorchDict dict => dict.IsOrdered ? "OrderedDict" : "dict",
        PythonSet => "set",
        PythonLong => "int",
        TorchName or ClassName => "type",
        PythonCallable => "function",
        TorchCall call => ProgramRecorder.NameOf(call),
        _ => value.GetType().Name,
    };

    /// <summary>str(value), as messages print it.</summary>
    public string Text => Value is TorchString text ? text.Value : Value.ToString();

    static bool AreEqual(TorchValue left, TorchValue right) => (new PythonArgument("", left), new PythonArgument("", right)) switch
    {
        ({ Integer: { } a }, { Integer: { } b }) => a == b,
        ({ Number: { } a }, { Number: { } b }) => a == b,
        ({ Value: TorchTuple a }, { Value: TorchTuple b }) => SameItems(a.Items, b.Items),
        ({ Value: TorchList a }, { Value: TorchList b }) => SameItems(a.Items, b.Items),
        ({ Value: TorchDict a }, { Value: TorchDict b }) => a.Items.Count == b.Items.Count && (a.IsOrdered && b.IsOrdered
            ? a.Items.Zip(b.Items).All(pair => pair.First.Key == pair.Second.Key && AreEqual(pair.First.Value, pair.Second.Value))
            : a.Items.All(item => b.Items.Any(other => other.Key == item.Key && AreEqual(item.Value, other.Value)))),
        ({ Value: PythonSet a }, { Value: PythonSet b }) => a.IsIn(b) && b.IsIn(a),
        _ => left == right,
    };

    static bool SameItems(IReadOnlyList<TorchValue> left, IReadOnlyList<TorchValue> right)
        => left.Count == right.Count && left.Zip(right).All(pair => AreEqual(pair.First, pair.Second));

    static PythonArgument Of(long number) => new("", new TorchInt(number));

    bool IsInteger(PythonArgument other) => Integer is not null && other.Integer is not null;

    (double Left, double Right) Operands(string symbol, PythonArgument other)
        => Number is { } left && other.Number is { } right ? (left, right)
            : throw (Number is null ? this : other).TypeError("a number",
            $"unsupported operand type(s) for {symbol}: '{Type}' and '{other.Type}'");

    /// <summary>Below, at or above 0, as in <see cref="IComparable"/>; with NaN, the value for which the comparison is false.</summary>
    int Compare(string symbol, PythonArgument other)
    {
        if (Integer is { } a && other.Integer is { } b) { return a.CompareTo(b); }
        if (Number is { } x && other.Number is { } y)
        {
            return double.IsNaN(x) || double.IsNaN(y) ? (symbol[0] == '<' ? 1 : -1) : x.CompareTo(y) is var order && x == y ? 0 : order;
        }
        if (Value is TorchString left && other.Value is TorchString right) { return string.CompareOrdinal(left.Value, right.Value); }
        throw (Number is null || other.Name.Length == 0 ? this : other).TypeError("a number",
            $"'{symbol}' not supported between instances of '{Type}' and '{other.Type}'");
    }

    static long FloorModulo(long left, long right)
    {
        if (right == -1) { return 0; }       // long.MinValue has no negation
        long remainder = left % right;
        return remainder != 0 && (right < 0) != (remainder < 0) ? remainder + right : remainder;
    }
}
