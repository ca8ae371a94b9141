namespace TorchInit.Syntax;

sealed partial class ExpressionParser
{
    /// <summary>A method of a class or of one that it derives from; null for others.</summary>
    static ProgramFunction? MethodOf(ProgramClass? own, string name, ProgramClass? after = null)
        => Definer(own, name, after)?.Methods.GetValueOrDefault(name);

    /// <summary>What the body of a class, or of one that it derives from, assigns to a name; null for nothing.</summary>
    static TorchValue? AttributeOfClass(ProgramClass? own, string name, ProgramClass? after = null)
        => Definer(own, name, after)?.Attributes.OwnValue(name);

    /// <summary>The first class of the text that has a name; null if none has it, or a class of torch has it before.</summary>
    static ProgramClass? Definer(ProgramClass? own, string name, ProgramClass? after)
        => Order(own, after).FirstOrDefault(one => one.Has(name) || one.Class is { } known
            && (known.Methods.ContainsKey(name) || known.Attributes.OwnValue(name) is not null))?.Class;

    /// <summary>A class of the text and those of the text that it derives from.</summary>
    static IEnumerable<ProgramClass> Lineage(ProgramClass? own)
        => Order(own).Select(one => one.Class).OfType<ProgramClass>();

    /// <summary>A class and those that it derives from, as Python looks through them: all, or those behind one of them.</summary>
    static IEnumerable<ProgramBase> Order(ProgramClass? own, ProgramClass? after = null)
    {
        if (own is null) { return []; }
        ProgramBase[] all = [new(own.Name, own), .. own.Ancestors];
        return after is null ? all : all.SkipWhile(one => one.Class != after).Skip(1);
    }

    /// <summary>The class of torch.nn, other than nn.Module, that a class of the text derives from; null for none.</summary>
    static string? TorchBase(ProgramClass? own)
        => Order(own).FirstOrDefault(one => one.Class is null && !one.IsModule) is { } torch && own!.IsModule ? torch.Name : null;

    /// <summary>(nn.Module), (Base, Mixin): the classes that a class derives from, and whether it is one of modules.</summary>
    (IReadOnlyList<ProgramBase> Ancestors, bool IsModule) Bases(string name)
    {
        ExpressionToken open = Take();
        List<ProgramBase> bases = [];
        while (!Is(')'))
        {
            string one = Current.Kind == TokenKind.Name ? DottedName() : throw Expected("the name of a class");
            if (Is('[')) { SkipBrackets(); }
            if (Is('='))
            {
                Take();
                if (one != "metaclass" || Current.Kind != TokenKind.Name || LastPart(DottedName()) != "ABCMeta")
                {
                    throw Error(open, $"expected no {Short(one)} of the class {Short(name)} but ABCMeta");
                }
            }
            else if (LastPart(one) is not ("object" or "ABC" or "Generic" or "Protocol" or "PyTorchModelHubMixin"))
            {
                bases.Add(_scope.Find(one) is ClassName { Class: var known } ? new(known.Name, known)
                    : new(LastPart(one) is "LightningModule" ? "LightningModule" : PythonName.WithoutTorch(one), null));
            }
            if (!Is(')')) { Expect(',', ')'); }
        }
        Take();
        if (bases.Distinct().Count() < bases.Count)
        {
            throw Error(open, $"TypeError: duplicate base class in {Short(name)}", "TypeError");
        }
        IReadOnlyList<ProgramBase> ancestors = ProgramBase.Order(bases)
            ?? throw Error(open, $"expected base classes of {Short(name)} that Python can put in one order, of at most 100 classes");
        ProgramBase? torch = ancestors.FirstOrDefault(one => one.Class is null && !one.IsModule && !IsPlain(one));
        if (torch is not null && ancestors.SkipWhile(one => one != torch).Any(one => one.Class is not null))
        {
            throw Error(open, $"expected the classes of the text before {Short(torch.Name)} among the bases of {Short(name)}");
        }
        return (ancestors, ancestors.Any(one => one.Class is null ? !IsPlain(one) : one.Class.IsModule));

        static bool IsPlain(ProgramBase one) => one.Class is null
            && LastPart(one.Name) is "NamedTuple" or "Enum" or "IntEnum" or "str" or "int" or "TypedDict" or "dict";
    }
}
