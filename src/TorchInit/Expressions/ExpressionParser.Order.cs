namespace TorchInit.Syntax;

sealed partial class ExpressionParser
{
    // The modules and draws whose calls have been read and which do not exist yet, in Python's order. Python makes each where it evaluates
    // the call, whatever becomes of the value.
    readonly List<TorchCall> _pending = [];

    /// <summary>Notes a call that makes a module or draws.</summary>
    TorchCall Noted(TorchCall call)
    {
        if (MakesOrDraws(call)) { _pending.Add(call); }
        return call;
    }

    static bool MakesOrDraws(TorchCall call) => call.Name == "epoch" || (TensorTable.IsTensor(call)
        ? TensorTable.Draws(call.Name) && !SamplerCalls.IsOrder(call) : CallTable.Knows(call.Name) && call.Name != "init.calculate_gain");

    /// <summary>Makes a value; before it, what was evaluated before it.</summary>
    void Make(TorchValue value)
    {
        if (!IsPlain(value)) { MakePending(); }
        _pending.Clear();
        Program.Make(value);
    }

    /// <summary>Makes what has been evaluated so far, before something happens.</summary>
    void MakePending()
    {
        foreach (TorchCall call in _pending) { Program.Make(call); }
        _pending.Clear();
    }

    /// <summary>Whether all that has been evaluated is in the value, once and in the same order: then the value alone says what
    /// happens.</summary>
    bool IsPlain(TorchValue value)
    {
        int at = 0;
        return Follows(value) && at == _pending.Count;

        bool Follows(TorchValue part) => part switch
        {
            TorchList list => list.Items.All(Follows),
            TorchTuple tuple => tuple.Items.All(Follows),
            TorchDict dict => dict.Items.All(item => Follows(item.Value)),
            TorchCall call => IsMade(call) || (call.Parts().All(Follows)
                && (!MakesOrDraws(call) || (at < _pending.Count && ReferenceEquals(_pending[at++], call)))),
            _ => true,
        };
    }

    /// <summary>Skips an operand that Python does not evaluate, up to one of the words or to the end of the expression.</summary>
    void SkipOperand(params ReadOnlySpan<string> words)
    {
        int start = _next;
        while (!IsLineEnd(_next) && !Is(',') && !Is(')') && !Is(']') && !Is('}') && !Is(':') && !IsWord("for"))
        {
            bool stops = false;
            foreach (string word in words) { stops |= IsWord(word); }
            if (stops) { break; }
            if (IsWord("lambda")) { SkipToColon(); }
            else { SkipOne(); }
        }
        if (_next == start) { throw Expected("a value"); }
    }
}
