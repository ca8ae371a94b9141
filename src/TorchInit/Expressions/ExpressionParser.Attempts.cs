namespace TorchInit.Syntax;

sealed partial class ExpressionParser
{
    /// <summary>Reads what may not be understood: then the parser is where it was, and the reason is returned, and whether something had
    /// been made by then. In that case the text has to be refused, because the rest would draw as well.</summary>
    (TorchExpressionException? Problem, bool HasMade) Attempt(Action read)
    {
        (int next, int nesting, PythonScope scope, string where, string callee) = (_next, _nesting, _scope, _where, _callee);
        (bool isInFunction, Leaving leaving, TorchValue? returned) = (_isInFunction, _leaving, _returned);
        (int steps, int pending, int looped) = (StepCount, _pending.Count, _looped.Count);
        try
        {
            read();
            return (null, false);
        }
        catch (TorchExpressionException problem)
        {
            (_next, _nesting, _scope, _where, _callee) = (next, nesting, scope, where, callee);
            (_isInFunction, _leaving, _returned) = (isInFunction, leaving, returned);
            if (_pending.Count > pending) { _pending.RemoveRange(pending, _pending.Count - pending); }
            _looped.RemoveRange(looped, _looped.Count - looped);
            return (problem, StepCount > steps);
        }
    }

    int StepCount => _program?.Steps.Count ?? 0;
}
