namespace TorchInit.Syntax;

sealed partial class ExpressionParser
{
    /// <summary>torch.device('cuda') means its name; a device that depends on the machine means none.</summary>
    TorchValue Device()
    {
        TokenKind kind = _tokens[_next + 1].Kind;
        bool isVariable = kind == TokenKind.Name && _scope.Find(Text(_tokens[_next + 1])) is not null;
        bool isKeyword = kind == TokenKind.Name && IsAt(_next + 2, '=');
        bool isPlain = kind is TokenKind.String or TokenKind.Integer || isVariable;
        if (!isKeyword && !(isPlain && (IsAt(_next + 2, ')') || IsAt(_next + 2, ','))))
        {
            SkipBrackets();
            return TorchNone.Instance;
        }
        ExpressionToken start = Current;
        Open('(');
        (List<TorchValue> arguments, List<TorchKeyword> keywords) = Arguments("torch.device");
        Close(')');
        TorchValue[] parts = [.. arguments, .. keywords.Select(keyword => keyword.Value)];
        return parts switch
        {
            [var device] => device,
            [TorchString { Value: var type }, TorchInt index] => new TorchString($"{type}:{index.Value}"),
            _ => throw Error(start, "expected a device and perhaps its index, for example torch.device('cuda', 0)"),
        };
    }

    /// <summary>x.to('cuda'), x.cuda(), x.cpu() of a tensor. One that is made in the same expression, and not drawn, is made
    /// there.</summary>
    TorchValue Moved(ExpressionToken start, TorchValue tensor, string name)
    {
        (List<TorchValue> arguments, List<TorchKeyword> keywords) = MoveArguments(start, name);
        return Counted(InPython(start, () =>
        {
            TensorMove move = TensorMove.Of(arguments, keywords);
            if (move is { Device: null, DType: null, Other: null, IsCopy: false }) { return tensor; }
            return move is { Device: { } device, DType: null, Other: null } && Fresh(tensor) is { } fresh ? MadeOn(fresh, device)
                : new TorchCall("to", [tensor, .. arguments], keywords);
        }));
    }

    /// <summary>model.to('cuda'), model.cuda(), model.cpu(): moves the module itself.</summary>
    TorchValue MovedModule(ExpressionToken start, TorchValue module, string name)
    {
        // A memory format moves values, and changes none.
        bool isFormat = _tokens[_next + 1].Kind == TokenKind.Name && Text(_tokens[_next + 1]) == "memory_format";
        if (isFormat || IsUnknownDevice())
        {
            SkipBrackets();
            return module;
        }
        (List<TorchValue> arguments, List<TorchKeyword> keywords) = MoveArguments(start, name);
        TensorMove move = InPython(start, () => TensorMove.Of(arguments, keywords));
        if (move.Other is not null) { throw Error(start, "expected a device or dtype in .to of a module, found a tensor"); }
        if (move.DType is { } dtype) { Cast(start, module, dtype); }
        if (DeviceArgument.NameOf(move.Device) is not { } device) { return module; }
        if (_program is not null)
        {
            if (IsMade(module)) { MakePending(); }
            Program.Move((TorchCall)module, device);
            _hasMoved = true;
        }
        else if (_callee.Length > 0 && PythonName.WithoutTorch(_callee) is not ("Sequential" or "ModuleList" or "ModuleDict"))
        {
            throw Error(start, $"expected a module that stays on its device inside {Short(_callee)}, found .{name}; write it as lines, for "
                + $"example m = nn.Linear(3, 4).{name}(…)");
        }
        return module;
    }

    /// <summary>Whether the only argument is a name that the text does not set, as in part of a script: <c>.to(args.device)</c>.</summary>
    bool IsUnknownDevice()
    {
        int at = _next + 1;
        if (_tokens[at].Kind != TokenKind.Name || _scope.Find(Text(_tokens[at])) is not null) { return false; }
        while (_tokens[at].Kind == TokenKind.Name && IsAt(at + 1, '.')) { at += 2; }
        bool isDType = _tokens[at].Kind == TokenKind.Name && IsDType($"torch.{Text(_tokens[at])}");
        return _tokens[at].Kind == TokenKind.Name && !isDType && IsAt(at + 1, ')');
    }

    (List<TorchValue> Arguments, List<TorchKeyword> Keywords) MoveArguments(ExpressionToken start, string name)
    {
        (string outer, string callee) = (_where, _callee);
        _callee = name == "to" ? name : "";
        Open('(');
        (List<TorchValue> arguments, List<TorchKeyword> keywords) = Arguments(name);
        Close(')');
        (_where, _callee) = (outer, callee);
        return name == "to" ? (arguments, keywords) : ([InPython(start, () => TensorMove.DeviceOf(name, arguments, keywords))], []);
    }

    /// <summary>Whether a value is a module that does not exist before this expression.</summary>
    bool IsFreshModule(TorchValue value) => value is TorchCall call && !IsMade(call)
        && (IsParameters(call) || (!TensorOperators.IsTensor(call) && CallTable.Knows(call.Name) && !IsFill(call.Name)));

    /// <summary>Whether a method follows that returns its module: <c>nn.Linear(3, 4).cuda()</c>.</summary>
    bool ReturnsModule() => _tokens[_next + 1].Kind == TokenKind.Name && IsAt(_next + 2, '(')
        && Text(_tokens[_next + 1]) is "to" or "cpu" or "cuda" or "eval" or "train" or "requires_grad_" or "double" or "half" or "float"
            or "bfloat16";

    TorchValue MethodOfFresh(TorchValue module)
    {
        ExpressionToken token = Take();
        string name = Text(token);
        if (name is "to" or "cpu" or "cuda") { return MovedModule(token, module, name); }
        SkipBrackets();
        if (DTypeOfMethod(name) is { } dtype) { Cast(token, module, dtype); }
        return module;
    }

    /// <summary>A tensor of given values or none that only this expression has; null for other values.</summary>
    TorchCall? Fresh(TorchValue tensor) => tensor is not TorchCall call || IsMade(call) ? null : call.Name switch
    {
        "empty" or "zeros" or "ones" or "full" or "arange" or "linspace" or "eye" or "tensor" => call,
        "Tensor" when call.Arguments.All(size => size is TorchInt) => new("empty", call.Arguments, call.Keywords),
        _ => null,
    };

    static TorchCall MadeOn(TorchCall tensor, TorchValue device)
        => new(tensor.Name, tensor.Arguments, [.. tensor.Keywords.Where(keyword => keyword.Name != "device"), new("device", device)]);
}
