namespace TorchInit.Syntax;

sealed partial class ExpressionParser
{
    /// <summary>A method of a string, list, tuple or dict; null for other names.</summary>
    TorchValue? MethodOfValue(TorchValue value, string name)
    {
        if (_program is null && value is not TorchString) { return null; }
        bool isKnown = value switch
        {
            TorchString => PythonFormat.IsMethod(name),
            PythonSet => name is "add" or "discard" or "remove" or "update" or "union" or "intersection" or "difference" or "issubset"
                or "issuperset" or "copy",
            TorchDict => name is "items" or "keys" or "values" or "get" or "pop" or "update" or "setdefault" or "copy",
            TorchList => name is "index" or "count" or "copy" or "pop" or "insert" or "reverse" or "append" or "extend",
            _ => name is "index" or "count",
        };
        if (!isKnown) { return null; }
        ExpressionToken at = Take();
        (List<TorchValue> arguments, List<TorchKeyword> keywords) = InBrackets(name);
        TorchValue answer = value switch
        {
            TorchString text => InPython(at, () => PythonFormat.Method(text.Value, name, arguments, keywords)),
            TorchDict dict => OfDict(at, dict, name, arguments, keywords),
            PythonSet set => OfSet(at, set, name, arguments),
            _ => OfSequence(at, value, name, arguments),
        };
        Spend(answer is TorchString made ? made.Value.Length : new PythonArgument("", answer).Items?.Count ?? 1, at);
        return Counted(answer);
    }

    // What items(), keys() and values() have returned: in Python it changes with its dict.
    readonly List<(TorchList View, TorchDict Dict)> _views = [];

    TorchValue OfDict(ExpressionToken at, TorchDict dict, string name, List<TorchValue> arguments, List<TorchKeyword> keywords)
    {
        int found = arguments is [var key, ..] && PythonKey.Of(key) is { } text
            ? dict.Items.ToList().FindIndex(item => item.Key == text) : -1;
        switch (name, arguments)
        {
            case ("items", []): return View(dict.Items.Select(item => new TorchTuple(PythonKey.Value(item.Key), item.Value)));
            case ("keys", []): return View(dict.Items.Select(item => PythonKey.Value(item.Key)));
            case ("values", []): return View(dict.Items.Select(item => item.Value));
            case ("copy", []): return new TorchDict([.. dict.Items], dict.IsOrdered);
            case ("get", [var wanted, .. var usual]) when usual.Count < 2 && PythonKey.Of(wanted) is not null:
                return found >= 0 ? dict.Items[found].Value : usual.FirstOrDefault() ?? TorchNone.Instance;
            case ("pop", [TorchString asked, .. var usual]) when usual.Count < 2:
                if (found < 0) { return usual.FirstOrDefault() ?? throw Error(at, $"KeyError: {asked}", "KeyError"); }
                TorchValue popped = dict.Items[found].Value;
                Become([.. dict.Items.Where((_, place) => place != found)]);
                return popped;
            case ("setdefault", [TorchString asked, .. var usual]) when usual.Count < 2:
                if (found >= 0) { return dict.Items[found].Value; }
                TorchValue set = usual.FirstOrDefault() ?? TorchNone.Instance;
                Become([.. dict.Items, new(asked.Value, set)]);
                return set;
            case ("update", [] or [TorchDict]):
                Dictionary<string, TorchValue> items = new(dict.Items, StringComparer.Ordinal);
                foreach ((string other, TorchValue value) in arguments is [TorchDict more] ? more.Items : []) { items[other] = value; }
                foreach (TorchKeyword keyword in keywords) { items[keyword.Name] = keyword.Value; }
                Become([.. items]);
                return TorchNone.Instance;
            default: throw Error(at, $"expected a name, and perhaps a value, as arguments of {name}");
        }

        TorchList View(IEnumerable<TorchValue> items)
        {
            TorchList view = new([.. items]);
            _views.Add((view, dict));
            return view;
        }

        void Become(IReadOnlyList<KeyValuePair<string, TorchValue>> items)
            => this.Become(at, dict, new TorchDict([.. items], dict.IsOrdered));
    }

    TorchValue OfSequence(ExpressionToken at, TorchValue sequence, string name, List<TorchValue> arguments)
    {
        List<TorchValue> items = [.. new PythonArgument("", sequence).Items!];
        switch (name, arguments)
        {
            case ("copy", []): return new TorchList(items);
            case ("index", [var item]):
                int found = items.FindIndex(one => IsSameItem(one, item));
                return found >= 0 ? new TorchInt(found)
                    : throw Error(at, $"ValueError: {Short(item.ToString())} is not in list", "ValueError");
            case ("count", [var item]): return new TorchInt(items.Count(one => IsSameItem(one, item)));
            case ("pop", [] or [TorchInt]):
                long place = arguments is [TorchInt { Value: var given }] ? given : -1;
                place += place < 0 ? items.Count : 0;
                if (place < 0 || place >= items.Count) { throw Error(at, "IndexError: pop index out of range", "IndexError"); }
                TorchValue popped = items[(int)place];
                items.RemoveAt((int)place);
                Become();
                return popped;
            case ("insert", [TorchInt { Value: var where }, var item]):
                items.Insert((int)Math.Clamp(where < 0 ? where + items.Count : where, 0, items.Count), item);
                Become();
                return TorchNone.Instance;
            case ("append", [var item]):
                items.Add(item);
                Become();
                return TorchNone.Instance;
            case ("extend", [var more]):
                items.AddRange(Iterated(at, more));
                Become();
                return TorchNone.Instance;
            case ("reverse", []):
                items.Reverse();
                Become();
                return TorchNone.Instance;
            default: throw Error(at, $"expected other arguments of {name}");
        }

        static bool IsSameItem(TorchValue one, TorchValue other) => one is TorchCall || other is TorchCall ? ReferenceEquals(one, other)
            : new PythonArgument("", one).IsEqualTo(new("", other));

        void Become() => this.Become(at, sequence, new TorchList(items));
    }
}
