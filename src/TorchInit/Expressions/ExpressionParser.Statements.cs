namespace TorchInit.Syntax;

sealed partial class ExpressionParser
{
    // What ends the lines that are running.
    Leaving _leaving;

    ProgramRecorder Program => _program!;

    /// <summary>Reads all statements of the text; returns the module or the variables that they create.</summary>
    public ProgramResult Statements()
    {
        TorchCall self = Program.NewObject("Module", isSelf: true);
        _scope.Set("self", self);
        while (Current.Kind != TokenKind.End) { Statement(); }
        if (Program.AttributesOf(self)!.Count > 0) { return new(self, []); }
        // A text that makes nothing is about its last class.
        if (Program.Steps.Count == 0 && _classes.Values.LastOrDefault(own => own.IsModule) is { IsMade: false } about
            && about.Parameters.TrueForAll(parameter => parameter.IsOptional))
        {
            _scope.Set(about.Name, Instance(about, Current, [], []));
        }
        KeyValuePair<string, TorchValue>[] variables =
            [.. _scope.Own.Where(variable => variable.Key != "self" && IsMade(variable.Value) && !IsPlainObject(variable.Value))];
        HashSet<TorchValue> parts = new(variables.SelectMany(variable => PartsOf(variable.Value)), ReferenceEqualityComparer.Instance);
        TorchValue[] roots = [.. variables.Select(variable => variable.Value).Where(value => value is TorchCall module && IsModule(module)
            && !parts.Contains(value) && NamedTensors(module)).Distinct(ReferenceEqualityComparer.Instance).Cast<TorchValue>()];
        // One module of the text's own classes is the result, whatever tensors stand beside it; several have their names in front.
        bool isOne = roots is [TorchCall root] && (Program.AttributesOf(root) is not null || (IsParameters(root) && variables.Length == 1));
        return isOne ? new((TorchCall)roots[0], []) : new(null, variables);
    }

    /// <summary>Whether a module has parameters or buffers, as far as is known here.</summary>
    bool NamedTensors(TorchCall module) => NamedModules(Current, module, mayBeComposite: true).Any(one
        => Program.AttributesOf(one.Module) is { } attributes
            ? attributes.Exists(attribute => Program.KindOf(one.Module, attribute.Key) is AttributeKind.Parameter or AttributeKind.Buffer)
            : ChildrenOf(one.Module) is null && one.Module.Name != "ModuleDict" && (one.Module.Name is "ParameterList" or "ParameterDict"
                || IsComposite(one.Module) || PlanOf(one.Module).StateTensors.Any()));

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
        if (Is('@')) { Decorator(); }
        else if (word is "import" or "from") { Import(); }
        else if (word is "global" or "nonlocal") { Elsewhere(isGlobal: word == "global"); }
        else if (word is "pass" or "print") { SkipLine(); }
        else if (word == "return") { Return(); }
        else if (word is "break" or "continue")
        {
            Take();
            _leaving = word == "break" ? Leaving.Loop : Leaving.Iteration;
        }
        else if (start.Kind == TokenKind.String && IsLineEnd(_next + 1)) { Take(); }
        else if (word == "class") { Class(); }
        else if (word == "def") { Function(null); }
        else if (word == "for") { For(); }
        else if (word == "while") { While(); }
        else if (word == "if") { If(); }
        else if (word == "with") { With(); }
        else if (word == "try") { Try(); }
        else if (word == "assert") { Assert(); }
        else if (word == "raise") { Raise(); }
        else if (word == "del") { Delete(); }
        else if (PythonName.IsReserved(word) && PythonBuiltins.Constant(word) is null && word is not ("lambda" or "not"))
        {
            throw Error(start, $"expected an assignment, a call, a class or a loop, found '{word}': nothing is run here");
        }
        else { Simple(); }
        if (!IsLineEnd(_next) && word is not ("class" or "def" or "for" or "while" or "with" or "if" or "try"))
        {
            throw Expected("the end of the line");
        }
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
            if (_scope.Find(name) is PythonCallable || name.EndsWith('_') || CallTable.Draws(plain)
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
            if (run && _leaving == Leaving.None) { Statement(); }
            else { SkipLine(); }
        }
    }
}
