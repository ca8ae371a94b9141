namespace TorchInit.Syntax;

sealed partial class ExpressionParser
{
    readonly Dictionary<string, ProgramClass> _classes = new(StringComparer.Ordinal);

    ProgramRecorder Program => _program!;

    /// <summary>Reads all statements of the text; returns the module or the variables that they create.</summary>
    public ProgramResult Statements()
    {
        TorchCall self = Program.NewObject("Module");
        _scope.Set("self", self);
        while (Current.Kind != TokenKind.End) { Statement(); }
        if (Program.AttributesOf(self)!.Count > 0) { return new(self, []); }
        TorchCall? last = null;
        foreach (ProgramClass own in _classes.Values.Where(own => !own.IsMade && own.Parameters.All(parameter => parameter.Default >= 0)))
        {
            last = Instance(own, Current, [], []);
        }
        KeyValuePair<string, TorchValue>[] variables =
            [.. _scope.Own.Where(variable => variable.Key != "self" && IsMade(variable.Value))];
        HashSet<TorchValue> parts = new(variables.SelectMany(variable => PartsOf(variable.Value)), ReferenceEqualityComparer.Instance);
        last = variables.LastOrDefault(variable => Program.AttributesOf(variable.Value) is not null
            && !parts.Contains(variable.Value)).Value as TorchCall ?? last;
        return new(last, variables);
    }

    /// <summary>The children of a module, and of its children.</summary>
    IEnumerable<TorchValue> PartsOf(TorchValue value) => value is TorchCall module && IsModule(module)
        ? NamedModules(Current, module, mayBeComposite: true).Skip(1).Select(one => one.Module) : [];

    void Statement()
    {
        _where = "";
        ExpressionToken start = Current;
        if (Program.Steps.Count > ProgramRecorder.MostSteps)
        {
            throw Error(start, $"expected a text that makes and fills at most {ProgramRecorder.MostSteps} modules and tensors, found more");
        }
        string word = start.Kind == TokenKind.Name ? Text(start) : "";
        if (start.Kind == TokenKind.Line)
        {
            Take();
            return;
        }
        if (Is('@') || word is "import" or "from" or "pass" or "print") { SkipLine(); }
        else if (word == "return") { Return(); }
        else if (start.Kind == TokenKind.String && IsLineEnd(_next + 1)) { Take(); }
        else if (word == "class") { Class(); }
        else if (word == "def") { Function(null, _functions); }
        else if (word == "for") { For(); }
        else if (word == "if") { If(); }
        else if (word == "with")
        {
            if (!_text.AsSpan(start.End).TrimStart().StartsWith("torch.no_grad()"))
            {
                throw Error(start,
                "expected torch.no_grad() after 'with'");
            }
            int indent = Indent(start);
            while (!Is(':')) { _ = IsLineEnd(_next) ? throw Expected("':'") : Take(); }
            Take();
            Suite(indent, run: true);
        }
        else if (PythonName.IsReserved(word) && PythonBuiltins.Constant(word) is null)
        {
            throw Error(start, $"expected an assignment, a call, a class or a for loop, found '{word}': nothing is run here");
        }
        else { Simple(); }
        if (!IsLineEnd(_next) && word is not ("class" or "def" or "for" or "with" or "if")) { throw Expected("the end of the line"); }
    }

    bool IsLineEnd(int at) => _tokens[at].Kind is TokenKind.Line or TokenKind.End;

    void SkipLine()
    {
        int first = _next;
        while (!IsLineEnd(_next)) { Take(); }
        if (IsAt(first + 1, '(') && Text(_tokens[first]) == "print") { CheckSkipped(first + 1, "print"); }
    }

    /// <summary>Refuses what draws in a text that is skipped from a token on: the numbers after it would be others.</summary>
    void CheckSkipped(int first, string where)
    {
        for (int at = first; at < _next; at++)
        {
            if (_tokens[at].Kind != TokenKind.Name || !IsAt(at + 1, '(')) { continue; }
            int start = at;
            while (start >= first + 2 && IsAt(start - 1, '.') && _tokens[start - 2].Kind == TokenKind.Name) { start -= 2; }
            string name = _text[_tokens[start].Start.._tokens[at].End], plain = PythonName.WithoutTorch(name);
            if (_classes.ContainsKey(name) || _functions.ContainsKey(name) || name.EndsWith('_') || CallTable.Draws(plain)
                || TensorTable.Draws(plain) || TensorTable.Draws(Text(_tokens[at])))
            {
                throw Error(_tokens[start], $"expected nothing that makes or draws inside {where}, which is skipped, "
                    + $"found '{Short(name)}'; it needs a line of its own");
            }
        }
    }

    /// <summary>The indentation of a token's line.</summary>
    int Indent(ExpressionToken token)
    {
        int line = token.Start == 0 ? 0 : _text.LastIndexOf('\n', token.Start - 1) + 1;
        int at = line;
        while (at < token.Start && _text[at] is ' ' or '\t') { at++; }
        return at - line;
    }

    /// <summary>The block after a colon: on the same line, or on the following lines with more indentation.</summary>
    void Suite(int indent, bool run)
    {
        if (!IsLineEnd(_next))
        {
            while (!IsLineEnd(_next) || (Current.Kind == TokenKind.Line && _text[Current.Start] == ';'))
            {
                if (Current.Kind == TokenKind.Line) { Take(); }
                else { One(); }
            }
            return;
        }
        while (Current.Kind != TokenKind.End)
        {
            if (Current.Kind == TokenKind.Line) { Take(); }
            else if (Indent(Current) <= indent) { return; }
            else { One(); }
        }

        void One()
        {
            if (run && !_hasReturned) { Statement(); }
            else { SkipLine(); }
        }
    }

    void For()
    {
        ExpressionToken start = Take();
        string[] names = Names();
        if (!IsWord("in")) { throw Expected("'in' after the names of 'for'"); }
        Take();
        ExpressionToken token = Current;
        TorchValue iterated = Value();
        Make(iterated);
        IReadOnlyList<TorchValue> values = Iterated(token, iterated);
        Expect(':');
        int body = _next;
        Deeper();
        foreach (TorchValue value in values)
        {
            if (_hasReturned) { break; }
            Bind(token, names, value);
            _next = body;
            Suite(Indent(start), run: true);
        }
        _nesting--;
        _next = body;
        Suite(Indent(start), run: false);
    }
}
