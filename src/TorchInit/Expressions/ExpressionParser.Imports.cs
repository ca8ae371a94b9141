namespace TorchInit.Syntax;

sealed partial class ExpressionParser
{
    // The full names of what the text imports under another one.
    readonly Dictionary<string, string> _aliases = new(StringComparer.Ordinal);

    /// <summary>import a.b as c, from a import b as c: nothing is imported; names that torch does not have without their module are
    /// noted.</summary>
    void Import()
    {
        bool isFrom = IsWord("from");
        Take();
        string module = Current.Kind == TokenKind.Name && !Is('.') ? DottedName() : "";
        bool isTorchs = module.StartsWith("torch", StringComparison.Ordinal);
        if (!isFrom) { Renamed(module); }
        else if (module.Length > 0 && IsWord("import"))
        {
            Take();
            if (Is('(')) { Take(); }
            while (Current.Kind == TokenKind.Name)
            {
                string name = Text(Take());
                if (!Renamed($"{module}.{name}") && isTorchs && module.Contains(".utils", StringComparison.Ordinal))
                {
                    _aliases[name] = $"{module}.{name}";
                }
                if (!Is(',')) { break; }
                Take();
            }
        }
        while (!IsLineEnd(_next)) { Take(); }
    }

    /// <summary>as name: whether another name is given.</summary>
    bool Renamed(string full)
    {
        if (!IsWord("as")) { return false; }
        Take();
        if (Current.Kind == TokenKind.Name && Text(Take()) is var name && name is not ("nn" or "F" or "np" or "init" or "torch"))
        {
            _aliases[name] = full.StartsWith("numpy", StringComparison.Ordinal) ? $"np{full["numpy".Length..]}" : full;
        }
        return true;
    }
}
