namespace TorchInit.Parity;

/// <summary>One random program, statement by statement.</summary>
sealed class TextGrammar
{
    readonly FuzzRandom _random;
    readonly TextValues _values;
    readonly long[][] _family;
    readonly List<string> _names = [];
    readonly List<string> _modules = [];
    readonly bool _isSoft;

    public TextGrammar(FuzzRandom random, TextValues values)
    {
        (_random, _values) = (random, values);
        _family = random.Of(values.Families);
        IsTyped = random.Chance(40);
        _isSoft = random.Chance(12);
    }

    public List<string> Lines { get; } = [];

    public List<string> Data { get; } = [];

    /// <summary>Whether every floating tensor is given a dtype.</summary>
    public bool IsTyped { get; }

    public void Seed()
    {
        int seed = _random.Below(100_000);
        Add($"torch.manual_seed({seed})", $"""["seed",{seed}]""");
    }

    public void Statement()
    {
        switch (_random.Below(20))
        {
            case < 2 when _names.Count > 0: Augment(); break;
            case < 5 when _names.Count > 0: Write(); break;
            case < 7 when _names.Count > 0: Change(); break;
            case 7: Module(); break;
            case 8: Loop(); break;
            case 9 when _names.Count > 0: Unpack(); break;
            case 10 when _modules.Count > 0: Fill(); break;
            default: Assign(NewName(), Value(2)); break;
        }
    }

    string NewName() => _names.Count > 0 && _random.Chance(15) ? _random.Of(_names) : $"x{_names.Count}";

    void Assign(string name, TextNode value)
    {
        Add($"{name} = {value.Text}", $"""["=","{name}",{value.Json}]""");
        if (!_names.Contains(name)) { _names.Add(name); }
    }

    void Do(TextNode value) => Do(value.Text, value.Json);

    void Do(string text, string json) => Add(text, $"""["do",{json}]""");

    void Add(string line, string data)
    {
        Lines.Add(line);
        Data.Add(data);
    }

    TextNode Known() => TextNode.Variable(_random.Of(_names));

    /// <summary>x *= 0.5: of a tensor in place.</summary>
    void Augment()
    {
        TextNode target = Known();
        string symbol = $"{_random.Of(_values.Operators)}=";
        TextNode value = _random.Chance(50) ? Number() : Value(1);
        Add($"{target.Text} {symbol} {value.Text}",
            $"""["=","{target.Text}",{TextNode.Data("operator", [TextNode.Quoted(symbol), target, value], [])}]""");
    }

    /// <summary>x[0] = …, or of a part in place.</summary>
    void Write()
    {
        (TextNode target, TextNode index) = (Known(), Index());
        TextNode item = TextNode.Item(target, index);
        if (_random.Chance(60))
        {
            TextNode value = _random.Chance(50) ? Number() : Value(1);
            Do($"{item.Text} = {value.Text}", TextNode.Data("setitem", [target, index, value], []));
            return;
        }
        Do(_random.Chance(50) ? TextNode.Method(item, _random.Of<string>(["fill_", "mul_", "add_"]), Number())
            : TextNode.Method(item, "normal_", TextNode.Float("0.5"), TextNode.Float("2.0")));
    }

    /// <summary>x.mul_(3), x.normal_(), nn.init.uniform_(x).</summary>
    void Change()
    {
        TextNode target = _random.Chance(75) ? Known() : View(Known());
        switch (_random.Below(6))
        {
            case 0: Do(TextNode.Method(target, "normal_", TextNode.Float("0.3"), TextNode.Float("1.7"))); break;
            case 1: Do(TextNode.Method(target, "uniform_", TextNode.Float("-0.3"), TextNode.Float("0.41"))); break;
            case 2: Do(Initialised(target)); break;
            case 3: Do(TextNode.Method(target, $"{_random.Of(_values.Unary)}_")); break;
            case 4: Do(TextNode.Method(target, "copy_", Value(1))); break;
            default:
                Do(TextNode.Method(target, _random.Of(_values.InPlace), _random.Chance(60) ? Number() : Value(1)));
                break;
        }
    }

    TextNode Initialised(TextNode target)
    {
        string name = _random.Of(_values.Inits);
        TextNode[] rest = name switch
        {
            "constant_" => [TextNode.Float("0.1")],
            "normal_" or "uniform_" when _random.Chance(50) => [TextNode.Float("-0.2"), TextNode.Float("0.7")],
            _ => [],
        };
        TextNode[] arguments = [target, .. rest];
        return new($"nn.init.{name}({string.Join(", ", arguments.Select(argument => argument.Text))})",
            TextNode.Data($"init.{name}", arguments, []));
    }

    void Module()
    {
        string name = $"m{_modules.Count}";
        (int from, int to) = (1 + _random.Below(7), 1 + _random.Below(7));
        TextNode[] sizes = [TextNode.Integer(from), TextNode.Integer(to)];
        TextNode module = _random.Chance(60) ? TextNode.Call("nn.", "Linear", sizes)
            : TextNode.Call("nn.", "Embedding", sizes);
        Add($"{name} = {module.Text}", $"""["=","{name}",{module.Json}]""");
        _modules.Add(name);
    }

    /// <summary>m.weight.data.mul_(2), nn.init.normal_(m.weight), m.weight.data[0] = 1.</summary>
    void Fill()
    {
        TextNode weight = TextNode.Attribute(TextNode.Variable(_random.Of(_modules)), "weight");
        TextNode data = TextNode.Attribute(weight, "data");
        switch (_random.Below(4))
        {
            case 0: Do(Initialised(weight)); break;
            case 1: Do(TextNode.Method(data, _random.Of<string>(["mul_", "add_", "div_"]), Number())); break;
            case 2: Assign(NewName(), TextNode.Operator("*", data, Number())); break;
            default:
                (TextNode index, TextNode value) = (Index(), Number());
                Do($"{TextNode.Item(data, index).Text} = {value.Text}", TextNode.Data("setitem", [data, index, value], []));
                break;
        }
    }

    void Loop()
    {
        int times = 1 + _random.Below(3);
        string name = NewName();
        TextNode value = Value(1);
        Lines.Add($"for i in range({times}):\n    {name} = {value.Text}");
        for (int i = 0; i < times; i++) { Data.Add($"""["=","{name}",{value.Json}]"""); }
        if (!_names.Contains(name)) { _names.Add(name); }
    }

    void Unpack()
    {
        TextNode parts = _random.Chance(50)
            ? TextNode.Method(Known(), "chunk", TextNode.Integer(2), TextNode.Integer(_random.Below(2)))
            : TextNode.Method(Known(), "split", TextNode.Integer(1 + _random.Below(4)));
        string[] names = [$"x{_names.Count}", $"x{_names.Count + 1}"];
        Lines.Add($"{names[0]}, {names[1]} = {parts.Text}");
        Data.Add($"""["=","parts",{parts.Json}]""");
        for (int i = 0; i < 2; i++)
        {
            TextNode[] arguments = [TextNode.Variable("parts"), TextNode.Integer(i), TextNode.Integer(2)];
            Data.Add($"""["=","{names[i]}",{TextNode.Data("unpack", arguments, [])}]""");
        }
        Data.Add("""["=","parts",[]]""");
        _names.AddRange(names);
    }

    TextNode Number() => _random.Chance(60) ? TextNode.Float(_random.Of(_values.Numbers)) : TextNode.Integer(_random.Below(7) - 1);

    TextNode Value(int depth)
    {
        if (depth == 0 || _random.Chance(15)) { return _names.Count > 0 && _random.Chance(50) ? Known() : Drawn(); }
        TextNode inner = Value(depth - 1);
        return _random.Below(16) switch
        {
            < 3 => TextNode.Operator(_random.Of(_values.Operators), inner, Number()),
            3 => TextNode.Operator(_random.Of<string>(["+", "-", "*", "/"]), Number(), inner),
            4 or 5 => TextNode.Operator(_random.Of(_values.Operators), inner, Value(depth - 1)),
            6 => TextNode.Operator("**", inner, Exponent()),
            7 => TextNode.Negative(inner),
            8 => _random.Chance(50) ? TextNode.Method(inner, _random.Of(_isSoft ? _values.Soft : _values.Unary))
                : TextNode.Call("torch.", _random.Of(_isSoft ? _values.Soft : _values.Unary), [inner]),
            9 or 10 => View(inner),
            11 => TextNode.Item(inner, Index()),
            12 => Joined(inner, depth - 1),
            13 => Chosen(inner, depth - 1),
            14 => Cast(inner),
            _ => TextNode.Method(inner, _random.Of<string>(["clone", "contiguous", "detach"])),
        };
    }

    TextNode Exponent()
    {
        string text = _random.Of(_values.Exponents);
        return text.Contains('.', StringComparison.Ordinal) ? TextNode.Float(text) : TextNode.Integer(long.Parse(text,
            System.Globalization.CultureInfo.InvariantCulture));
    }

    TextNode Cast(TextNode inner)
    {
        string name = IsTyped && _random.Chance(60) ? _random.Of(_values.Floats)
            : _random.Of<string>(["int64", "float64", "bool", "int32"]);
        return TextNode.Method(inner, "to", TextNode.DType(name));
    }

    TextNode Joined(TextNode inner, int depth)
    {
        TextNode[] parts = [inner, Value(depth)];
        TextNode list = _random.Chance(50) ? TextNode.List(parts) : TextNode.Tuple(parts);
        return TextNode.Call("torch.", _random.Of<string>(["cat", "stack"]), _random.Chance(50) ? [list]
            : [list, TextNode.Integer(_random.Below(4) - 1)]);
    }

    TextNode Chosen(TextNode inner, int depth)
    {
        TextNode condition = TextNode.Operator(_random.Of(_values.Comparisons), Value(depth), Number());
        return _random.Chance(40) ? condition
            : TextNode.Call("torch.", "where", [condition, inner, _random.Chance(40) ? Number() : Value(depth)]);
    }

    TextNode View(TextNode inner) => _random.Below(9) switch
    {
        0 => TextNode.Method(inner, "t"),
        1 => TextNode.Method(inner, "transpose", TextNode.Integer(_random.Below(2)), TextNode.Integer(-1)),
        2 => TextNode.Method(inner, _random.Of<string>(["view", "reshape"]), Shape(_random.Of(_family))),
        3 => TextNode.Method(inner, _random.Of<string>(["view", "reshape"]), TextNode.Integer(-1)),
        4 => TextNode.Method(inner, "unsqueeze", TextNode.Integer(_random.Below(4) - 2)),
        5 => TextNode.Method(inner, "expand", Shape(_family[0])),
        6 => TextNode.Method(inner, "flatten"),
        7 => TextNode.Method(inner, "permute", [.. new[] { 1, 0 }.Select(at => TextNode.Integer(at))]),
        _ => TextNode.Method(inner, "squeeze"),
    };

    TextNode Index()
    {
        TextNode[] items = [.. Enumerable.Range(0, _random.Chance(65) ? 1 : 2).Select(_ => IndexItem())];
        return items.Length == 1 ? items[0] : TextNode.Tuple(items);
    }

    TextNode IndexItem() => _random.Below(12) switch
    {
        < 5 => TextNode.Integer(_random.Below(5) - 2),
        < 10 => TextNode.Slice(Bound(), Bound(), _random.Chance(30) ? TextNode.Integer(1 + _random.Below(3)) : null),
        10 => TextNode.Ellipsis,
        _ => TextNode.None,
    };

    TextNode? Bound() => _random.Chance(50) ? TextNode.Integer(_random.Below(7) - 2) : null;

    static TextNode Shape(long[] shape) => shape.Length == 1 ? TextNode.Tuple(TextNode.Integer(shape[0]))
        : TextNode.Tuple([.. shape.Select(TextNode.Integer)]);

    TextNode Drawn()
    {
        string name = _random.Of(_values.Draws);
        bool whole = _random.Chance(20) && name is "zeros" or "ones" or "arange" or "randint";
        List<(string, TextNode)> keywords = [];
        if (whole && _random.Chance(60)) { keywords.Add(("dtype", TextNode.DType(_random.Of(_values.Wholes)))); }
        else if (IsTyped && (!whole || name is "zeros" or "ones"))
        {
            keywords.Add(("dtype", TextNode.DType(_random.Of(_values.Floats))));
        }
        TextNode shape = Shape(_random.Of(_family));
        TextNode[] arguments = name switch
        {
            "arange" => [TextNode.Integer(_random.Below(7))],
            "randint" => [TextNode.Integer(-3), TextNode.Integer(9), shape],
            "full" => [shape, TextNode.Float(_random.Of(_values.Numbers))],
            _ => [shape],
        };
        TextNode made = TextNode.Call("torch.", name, arguments, keywords);
        // The contents of empty are undefined.
        return name == "empty" ? TextNode.Method(made, "fill_", TextNode.Float("0.25")) : made;
    }
}
