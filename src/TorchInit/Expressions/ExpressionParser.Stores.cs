namespace TorchInit.Syntax;

sealed partial class ExpressionParser
{
    // Whether the value that is assigned is the data of a parameter: .data, .detach().
    bool _isData;

    bool IsDataAt(int last) => Text(_tokens[last]) == "data"
        || (IsAt(last, ')') && IsAt(last - 1, '(') && Text(_tokens[last - 2]) == "detach");

    /// <summary>Refuses assignments to attributes whose effect in torch is not followed.</summary>
    void CheckStore(ExpressionToken at, TorchValue owner, string name, TorchValue value)
    {
        if (name.StartsWith("__", StringComparison.Ordinal) && !name.EndsWith("__", StringComparison.Ordinal))
        {
            throw Error(at, $"expected a name without two underscores in front, which Python changes in a class, found '{Short(name)}'");
        }
        if (owner is TorchCall normed && NormOf(normed, name) is { } norm)
        {
            throw Error(at, $"expected no new {Short(name)} of a module after {norm.Name}, found one");
        }
        if (owner is not TorchCall target || Program.AttributesOf(target) is null) { return; }
        if (MethodOf(target, name) is { Kind: FunctionKind.Property })
        {
            throw Error(at, $"expected an attribute, found the property '{Short(name)}': its setter is not followed");
        }
        if (Program.InheritedBy(target) is { } inherited && PlanOf(inherited).StateTensors.Any(tensor => tensor.Name == name))
        {
            throw Error(at, $"expected the {Short(name)} that the class inherits from {inherited.Name}, found another value for it");
        }
        bool isRegistered = Program.KindOf(target, name) is AttributeKind.Buffer or AttributeKind.Parameter;
        bool isBuffer = value is TorchCall { Name: "Buffer" }
            || (value is TorchMember member && !PlanOf(member.Owner).Parameters.Any(one => one.Name == member.Path));
        if ((isBuffer && Program.KindOf(target, name) != AttributeKind.Buffer && !IsNewBuffer(value))
            || (_isData && !isRegistered && value is TorchMember or TorchCall { Name: "Parameter" }))
        {
            throw Error(at, $"expected a parameter, a module or a tensor of its own for {Short(name)}, found what belongs to another one");
        }
        if (value is TorchCall module && IsModule(module)
            && NamedModules(at, module, mayBeComposite: true).Exists(one => ReferenceEquals(one.Module, target)))
        {
            throw Error(at, $"expected another module than the one that gets {Short(name)}: no module can contain itself");
        }
    }

    /// <summary>nn.Buffer(…), which is no attribute yet.</summary>
    bool IsNewBuffer(TorchValue value) => value is TorchCall
        && !Program.Objects.Any(attributes => attributes.Exists(attribute => ReferenceEquals(attribute.Value, value)));

    /// <summary>Refuses to replace a parameter that a variable, list or attribute still holds: in Python these keep the old one.</summary>
    void CheckHeld(ExpressionToken at, TorchMember replaced)
    {
        if (Scopes(_scope).SelectMany(scope => scope.Own).Concat(Program.Objects.SelectMany(attributes => attributes))
            .Any(held => Holds(held.Value)))
        {
            throw Error(at, $"expected a parameter that nothing else holds when it is replaced, found {Short(replaced.ToString())} in a "
                + "variable");
        }

        bool Holds(TorchValue value)
        {
            Spend(1, at);
            return value switch
            {
                TorchMember member => ReferenceEquals(member.Owner, replaced.Owner) && member.Path == replaced.Path,
                TorchList list => list.Items.Any(Holds),
                TorchTuple tuple => tuple.Items.Any(Holds),
                TorchDict dict => dict.Items.Any(item => Holds(item.Value)),
                _ => false,
            };
        }
    }

    // Values that Python makes one after the other, and only once: what had happened when they were made, and what they go through.
    readonly Dictionary<TorchValue, (long Stamp, IReadOnlyList<TorchValue> Sources)> _iterators = new(ReferenceEqualityComparer.Instance);
    readonly HashSet<TorchValue> _usedUp = new(ReferenceEqualityComparer.Instance);

    // How often a list has changed.
    long _changes;

    long Stamp => _changes + StepCount;

    /// <summary>Notes that a value can be gone through only once.</summary>
    T Once<T>(T value, params IReadOnlyList<TorchValue> sources) where T : TorchValue
    {
        _iterators[value] = (Stamp, sources);
        return value;
    }

    void UseUp(ExpressionToken at, TorchValue value)
    {
        if (!_iterators.TryGetValue(value, out (long Stamp, IReadOnlyList<TorchValue>) made)) { return; }
        if (!_usedUp.Add(value))
        {
            throw Error(at, "expected a list, found an iterator that has been gone through: it is empty the second time");
        }
        if (made.Stamp != Stamp && _program is not null)
        {
            throw Error(at, "expected a list, found an iterator that was made before something else was made or changed");
        }
    }
}
