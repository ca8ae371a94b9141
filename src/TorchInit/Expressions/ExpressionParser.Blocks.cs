namespace TorchInit.Syntax;

/// <summary>What ends the lines that are running.</summary>
enum Leaving
{
    /// <summary>Nothing: the next line runs.</summary>
    None,

    /// <summary>continue.</summary>
    Iteration,

    /// <summary>break.</summary>
    Loop,

    /// <summary>return.</summary>
    Function,
}

sealed partial class ExpressionParser
{
    // The values that for loops are going through.
    readonly List<TorchValue> _looped = [];

    /// <summary>for names in values: runs its lines once for each value.</summary>
    void For()
    {
        ExpressionToken start = Take();
        NamePattern names = Names();
        if (!IsWord("in")) { throw Expected("'in' after the names of 'for'"); }
        Take();
        ExpressionToken token = Current;
        TorchValue iterated = Several();
        TorchValue[]? numbers = IsMade(iterated) ? null : NumbersOf(token, iterated);
        if (numbers is null) { Make(iterated); }
        IReadOnlyList<TorchValue> values = numbers ?? Iterated(token, iterated);
        Expect(':');
        int body = _next;
        Deeper();
        bool isLeft = false;
        int loops = _looped.Count;
        Loops(iterated);
        foreach (TorchValue value in values)
        {
            Bind(token, names, value);
            if (isLeft = IsLeft(body, Indent(start))) { break; }
        }
        _looped.RemoveRange(loops, _looped.Count - loops);
        _nesting--;
        EndOfLoop(body, Indent(start), isLeft);
    }

    /// <summary>Notes that a loop goes through a value, and what the value goes through.</summary>
    void Loops(TorchValue value)
    {
        _looped.Add(value);
        if (_iterators.TryGetValue(value, out (long, IReadOnlyList<TorchValue> Sources) made)) { _looped.AddRange(made.Sources); }
    }

    /// <summary>while condition: runs its lines while the condition, which must be known, holds.</summary>
    void While()
    {
        ExpressionToken start = Take();
        int condition = _next;
        SkipToColon();
        int body = _next;
        Deeper();
        bool isLeft = false;
        while (!isLeft)
        {
            _next = condition;
            bool holds = IsTrue(start, Choice());
            MakePending();
            if (!holds) { break; }
            isLeft = IsLeft(body, Indent(start));
        }
        _nesting--;
        EndOfLoop(body, Indent(start), isLeft);
    }

    /// <summary>Runs the lines of a loop once; whether they leave it.</summary>
    bool IsLeft(int body, int indent)
    {
        _next = body;
        Suite(indent, run: true);
        if (_leaving == Leaving.Iteration) { _leaving = Leaving.None; }
        return _leaving != Leaving.None;
    }

    /// <summary>The lines behind a loop; those of its else run unless it was left.</summary>
    void EndOfLoop(int body, int indent, bool isLeft)
    {
        _next = body;
        Suite(indent, run: false);
        if (_leaving == Leaving.Loop) { _leaving = Leaving.None; }
        int end = _next;
        while (Current.Kind == TokenKind.Line) { Take(); }
        if (!IsWord("else") || Indent(Current) != indent)
        {
            _next = end;
            return;
        }
        Take();
        Expect(':');
        Suite(indent, run: !isLeft);
    }

    // What a with statement may enter: it changes neither what its lines make nor what they draw.
    static readonly string[] s_contexts = ["no_grad", "enable_grad", "inference_mode", "set_grad_enabled", "catch_warnings", "nullcontext"];

    /// <summary>with torch.no_grad(): runs its lines.</summary>
    void With()
    {
        ExpressionToken start = Take();
        do
        {
            if (Is(',')) { Take(); }
            string name = Current.Kind == TokenKind.Name ? DottedName() : "";
            if (Array.IndexOf(s_contexts, LastPart(name)) < 0 || !Is('('))
            {
                throw Error(start, "expected torch.no_grad() after 'with', or another context without effect on weights: "
                    + string.Join(", ", s_contexts[1..]));
            }
            int first = _next;
            SkipBrackets();
            CheckSkipped(first, "with");
        }
        while (Is(','));
        Expect(':');
        Suite(Indent(start), run: true);
    }

    /// <summary>assert condition, message: a condition that is not known is taken to hold, if nothing in it draws.</summary>
    void Assert()
    {
        ExpressionToken start = Take();
        bool holds = true;
        (TorchExpressionException? problem, bool hasMade) = Attempt(() =>
        {
            holds = IsTrue(start, Choice());
            if (!Is(',') && !IsLineEnd(_next)) { throw Expected("',' or the end of the line"); }
            MakePending();
        });
        if (hasMade) { throw problem!; }
        if (problem is null && !holds) { throw Error(start, "AssertionError: the condition does not hold", "AssertionError"); }
        int message = _next;
        SkipLine();
        CheckSkipped(message, "assert");
    }

    /// <summary>try: its lines run, and those of its else and finally; what raises in them is refused where it does.</summary>
    void Try()
    {
        ExpressionToken start = Take();
        int indent = Indent(start);
        Expect(':');
        int body = _next;
        Suite(indent, run: false);
        for (int at = body; at < _next; at++)
        {
            if (_tokens[at].Kind == TokenKind.Name && Text(_tokens[at]) == "import")
            {
                throw Error(_tokens[at], "expected no import inside 'try': whether it succeeds is not known here");
            }
        }
        _next = body;
        Suite(indent, run: true);
        while (true)
        {
            int end = _next;
            while (Current.Kind == TokenKind.Line) { Take(); }
            bool isClause = (IsWord("except") || IsWord("else") || IsWord("finally")) && Indent(Current) == indent;
            if (!isClause)
            {
                _next = end;
                return;
            }
            (bool isSkipped, bool isLast) = (IsWord("except"), IsWord("finally"));
            SkipToColon();
            // What comes at last also runs when the lines above have left.
            Leaving leaving = _leaving;
            if (isLast) { _leaving = Leaving.None; }
            Suite(indent, run: !isSkipped);
            if (isLast && _leaving == Leaving.None) { _leaving = leaving; }
        }
    }

    /// <summary>global a, b; nonlocal a.</summary>
    void Elsewhere(bool isGlobal)
    {
        Take();
        while (Current.Kind == TokenKind.Name)
        {
            string name = Text(Take());
            _scope.Send(name, isGlobal ? _scope.Global : _scope.Around(name) ?? throw Expected($"a variable '{Short(name)}' around"));
            if (!Is(',')) { break; }
            Take();
        }
    }

    void Raise()
    {
        ExpressionToken start = Take();
        string kind = Current.Kind == TokenKind.Name ? DottedName() : "an exception";
        throw Error(start, $"{kind}: the text raises it here", kind);
    }

    /// <summary>del name, del self.name.</summary>
    void Delete()
    {
        ExpressionToken start = Take();
        string name = Current.Kind == TokenKind.Name ? Text(Take()) : throw Expected("a name after 'del'");
        TorchValue? owner = null;
        while (Is('.'))
        {
            owner = owner is null ? _scope.Find(name) ?? throw Error(start, $"expected a variable, found the name '{Short(name)}'")
                : AttributeOf(start, owner, name);
            Take();
            name = Current.Kind == TokenKind.Name ? Text(Take()) : throw Expected("a name after the '.'");
        }
        bool isDone = owner is null ? _scope.Remove(name) : owner is TorchCall made && Program.AttributesOf(made) is not null
            && Program.RemoveAttribute(made, name);
        if (isDone) { return; }
        throw Error(start, $"expected a variable, or an attribute of an object of the text, after del, found '{Short(name)}'");
    }
}
