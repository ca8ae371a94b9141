namespace TorchInit.Syntax;

sealed partial class ExpressionParser
{
    /// <summary>append, extend, insert and add_module of a container, which grows under all its names; null for other methods.</summary>
    TorchNone? Grows(ExpressionToken at, TorchValue container, string name)
    {
        if (container is not TorchCall { Name: "ModuleList" or "Sequential" or "ParameterList" or "ModuleDict" } call
            || name is not ("append" or "extend" or "insert" or "add_module" or "register_module" or "update"))
        {
            return null;
        }
        (List<TorchValue> arguments, _) = InBrackets(name);
        Make(new TorchTuple(arguments));
        TorchValue longer = (name, arguments) switch
        {
            ("append" or "extend", [var item]) => Extended(at, call, item, isList: name == "extend"),
            ("update", [TorchDict more]) => more.Items.Aggregate(call, (whole, one) => Named(at, whole, one.Key, one.Value)),
            ("insert", [TorchInt place, var item]) => Inserted(at, call, place.Value, item),
            ("add_module" or "register_module", [TorchString key, var item]) => Named(at, call, key.Value, item),
            _ => throw Error(at, $"expected other arguments of {name}"),
        };
        Replace(at, call, longer);
        return TorchNone.Instance;
    }

    TorchCall Inserted(ExpressionToken at, TorchCall list, long place, TorchValue item)
    {
        if (ChildrenOf(list) is not { } children) { throw Error(at, $"expected a list of modules, found {list.Name}"); }
        List<TorchValue> items = [.. children];
        items.Insert((int)Math.Clamp(place < 0 ? place + items.Count : place, 0, items.Count), item);
        return Grown(at, list, list.Name == "Sequential" ? items : [new TorchList(items)]);
    }

    /// <summary>A Sequential with one more child of that name, or with another in its place.</summary>
    TorchCall Named(ExpressionToken at, TorchCall list, string name, TorchValue item)
    {
        if (list.Name is not ("Sequential" or "ModuleDict"))
        {
            throw Error(at, $"expected a Sequential or an object of the text before add_module, found {list.Name}");
        }
        Dictionary<string, TorchValue> items = new(StringComparer.Ordinal);
        foreach ((string key, TorchValue child) in ChildrenByName(list)) { items[key] = child; }
        items[name] = item;
        return Grown(at, list, [new TorchDict([.. items], isOrdered: true)]);
    }

    /// <summary>container[first:end]: a container of the same class with some of the modules, in a Sequential under their names.</summary>
    TorchCall SliceOf(TorchCall container, int first, int end)
    {
        ExpressionToken at = _tokens[_next - 1];
        int count = Math.Max(0, end - first);
        KeyValuePair<string, TorchValue>[] part = [.. ChildrenByName(container).Skip(first).Take(count)];
        return Grown(at, container, [container.Name == "Sequential" ? new TorchDict(part, isOrdered: true)
            : new TorchList([.. part.Select(child => child.Value)])]);
    }

    /// <summary>Puts a changed list or dict in the place of one, under all its names.</summary>
    void Become(ExpressionToken at, TorchValue before, TorchValue after)
    {
        SpendCopy(after is TorchDict dict ? dict.Items.Count : after is PythonSet set ? set.Items.Count : ((TorchList)after).Items.Count,
            at);
        Counted(after);
        Make(after);
        Replace(at, before, after);
    }

    TorchCall Grown(ExpressionToken at, TorchCall list, IReadOnlyList<TorchValue> arguments)
    {
        SpendCopy(arguments is [TorchList items] ? items.Items.Count : arguments.Count, at);
        TorchCall longer = new(list.Name, arguments);
        Counted(longer);
        Make(longer);
        return longer;
    }

    /// <summary>All scopes whose variables can be seen later.</summary>
    static IEnumerable<PythonScope> Scopes(PythonScope first)
    {
        HashSet<PythonScope> seen = [];
        Stack<PythonScope> left = new([first]);
        while (left.TryPop(out PythonScope? scope))
        {
            if (!seen.Add(scope)) { continue; }
            yield return scope;
            if (scope.Outer is { } outer) { left.Push(outer); }
            if (scope.Caller is { } caller) { left.Push(caller); }
            foreach ((_, TorchValue value) in scope.Own)
            {
                if (value is FunctionName { Function.Scope: var closure }) { left.Push(closure); }
                if (value is ClassName { Class: var own }) { left.Push(own.Attributes); }
            }
        }
    }

    /// <summary>A list or container that grows does so under all its names.</summary>
    void Replace(ExpressionToken at, TorchValue before, TorchValue after)
    {
        bool isMutable = before is TorchList or TorchDict or PythonSet or TorchCall { Name: "ParameterList" };
        if (!isMutable && ItemsOf(before) is null) { return; }
        _changes++;
        if (_looped.Exists(value => ReferenceEquals(value, before)))
        {
            throw Error(at, "expected a list that stays the same while a loop goes through it");
        }
        PythonScope[] scopes = [.. Scopes(_scope)];
        HashSet<TorchValue> views = new(_views.Where(one => ReferenceEquals(one.Dict, before)).Select(one => one.View),
            ReferenceEqualityComparer.Instance);
        if (views.Count > 0 && scopes.SelectMany(scope => scope.Own).Any(variable => views.Contains(variable.Value)))
        {
            throw Error(at, "expected a dict that stays the same while a variable holds its keys, values or items");
        }
        foreach (PythonScope scope in scopes)
        {
            CheckParts(scope.Own);
            scope.Replace(before, after);
        }
        foreach (List<KeyValuePair<string, TorchValue>> attributes in Program.Objects)
        {
            CheckParts(attributes);
            for (int i = 0; i < attributes.Count; i++)
            {
                if (ReferenceEquals(attributes[i].Value, before)) { attributes[i] = new(attributes[i].Key, after); }
            }
        }
        IEnumerable<ProgramParameter> ofFunctions = scopes.SelectMany(scope => scope.Own).Select(variable => variable.Value)
            .OfType<FunctionName>().SelectMany(name => name.Function.Parameters);
        IEnumerable<ProgramParameter> ofClasses = _classes.Values.SelectMany(own => own.Parameters.Concat(
            own.Methods.Values.SelectMany(method => method.Parameters)));
        foreach (ProgramParameter parameter in ofFunctions.Concat(ofClasses))
        {
            if (ReferenceEquals(parameter.Value, before)) { parameter.Value = after; }
        }

        // A module copies the list that it is given; its own children may grow.
        bool Holds(TorchValue value)
        {
            Spend(1, at);
            return ReferenceEquals(value, before) || value switch
            {
                TorchList list => list.Items.Any(Holds),
                TorchTuple tuple => tuple.Items.Any(Holds),
                TorchDict dict => dict.Items.Any(item => Holds(item.Value)),
                PartialName partial => partial.Arguments.Concat(partial.Keywords.Select(keyword => keyword.Value)).Any(Holds),
                TorchCall call => before is TorchCall && IsModule(call) && call.Parts().Any(Holds),
                _ => false,
            };
        }

        void CheckParts(IEnumerable<KeyValuePair<string, TorchValue>> values)
        {
            foreach ((string name, TorchValue value) in values)
            {
                if (!ReferenceEquals(value, before) && Holds(value))
                {
                    throw Error(at, $"expected a list that is no part of another value when it grows, found it in '{Short(name)}'");
                }
            }
        }
    }

    /// <summary>A list, ModuleList or Sequential with items appended; for numbers, the sum.</summary>
    TorchValue Extended(ExpressionToken at, TorchValue list, TorchValue more, bool isList)
    {
        IReadOnlyList<TorchValue> added = !isList ? [more] : ItemsOf(more) ?? new PythonArgument("", more).Items ?? [more];
        SpendCopy(added.Count + ((ChildrenOf(list) ?? (list as TorchList)?.Items)?.Count ?? 0), at);
        switch (list)
        {
            case TorchList items: return Counted(new TorchList([.. items.Items, .. added]));
            case TorchCall { Name: "ModuleList" or "Sequential" } call when ChildrenOf(call) is { } children:
                if (call.Arguments is [TorchDict])
                {
                    return added.Select((item, place) => (item, place)).Aggregate(call, (whole, one)
                        => Named(at, whole, $"{children.Count + one.place}", one.item));
                }
                IReadOnlyList<TorchValue> all = [.. children, .. added];
                return Grown(at, call, call.Name == "Sequential" ? all : [new TorchList(all)]);
            case TorchCall { Name: "ParameterList", Arguments: [] or [TorchList] } call:
                return Grown(at, call, [new TorchList([.. call.Arguments is [TorchList own] ? own.Items : [], .. added])]);
            default:
                return Applied(_tokens[_next - 1] is { Kind: TokenKind.Punctuation } plus && Text(plus) == "+" ? plus
                : at, list, more);
        }
    }
}
