namespace TorchInit;

/// <summary>The losses of torch.nn: they draw nothing, keep tensor arguments as buffers, and refuse what torch's losses refuse.</summary>
static class CriterionCalls
{
    const string Reduction = "size_average=None, reduce=None, reduction='mean'";

    public static readonly CallRule[] Rules =
    [
        .. new[] { "L1Loss", "MSELoss", "MultiLabelMarginLoss", "SoftMarginLoss" }.Select(name => Rule(name, Reduction)),
        Rule("BCELoss", $"weight=None, {Reduction}", "weight"),
        Rule("BCEWithLogitsLoss", $"weight=None, {Reduction}, pos_weight=None", "weight", "pos_weight"),
        Rule("MultiLabelSoftMarginLoss", $"weight=None, {Reduction}", "weight"),
        .. new[] { "NLLLoss", "NLLLoss2d" }.Select(name
            => Rule(name, "weight=None, size_average=None, ignore_index=-100, reduce=None, reduction='mean'", "weight")),
        Rule("CrossEntropyLoss",
            "weight=None, size_average=None, ignore_index=-100, reduce=None, reduction='mean', label_smoothing=0.0", "weight"),
        Rule("MultiMarginLoss", $"p=1, margin=1.0, weight=None, {Reduction}", CheckMultiMargin, "weight"),
        Rule("CTCLoss", "blank=0, reduction='mean', zero_infinity=False"),
        Rule("CosineEmbeddingLoss", $"margin=0.0, {Reduction}"), Rule("HingeEmbeddingLoss", $"margin=1.0, {Reduction}"),
        Rule("MarginRankingLoss", $"margin=0.0, {Reduction}"), Rule("KLDivLoss", $"{Reduction}, log_target=False"),
        Rule("GaussianNLLLoss", "*, full=False, eps=1e-6, reduction='mean'"), Rule("HuberLoss", "reduction='mean', delta=1.0"),
        Rule("PoissonNLLLoss", "log_input=True, full=False, size_average=None, eps=1e-8, reduce=None, reduction='mean'"),
        Rule("SmoothL1Loss", $"{Reduction}, beta=1.0"),
        Rule("TripletMarginLoss", $"margin=1.0, p=2.0, eps=1e-6, swap=False, {Reduction}", CheckMargin),
        Rule("TripletMarginWithDistanceLoss", "*, distance_function=None, margin=1.0, swap=False, reduction='mean'", CheckMargin),
    ];

    static CallRule Rule(string name, string signature, params string[] tensors) => Rule(name, signature, null, tensors);

    static CallRule Rule(string name, string signature, Action<BoundArguments, TorchProfile>? check, params string[] tensors)
        => new(name, signature, (a, profile) =>
        {
            WarnOfReduction(a);
            PlanBuilder plan = new(profile);
            foreach (PythonArgument given in tensors.Select(a.Argument).Where(given => !given.IsNone))
            {
                TensorArgument tensor = TensorArgument.Of(given) ?? throw given.TypeError("None or a tensor, for example torch.ones(10)",
                    given.Value is TorchCall ? null       // torch names the module's file, too
                        : $"cannot assign '{given.TypeName}' object to buffer '{given.Name}' (torch Tensor or None required)");
                plan.Buffer(given.Name, tensor.Shape, tensor.DType).Step(tensor.Fill(given.Name));
            }
            check?.Invoke(a, profile);
            if (a.Has("distance_function") && a.OptionalModule("distance_function", profile) is { } distance)
            {
                plan.Child("distance_function", distance);
            }
            return plan.Build(a.Source.ToString());
        })
        {
            TakesTensors = tensors.Length > 0,
        };

    /// <summary>The two arguments that <c>reduction</c> replaced; torch still warns about each.</summary>
    static void WarnOfReduction(BoundArguments a)
    {
        if (!a.Has("size_average") || (a.IsNone("size_average") && a.IsNone("reduce"))) { return; }
        bool reduce = a.IsNone("reduce") || a.Bool("reduce");
        string kind = !reduce ? "none" : a.IsNone("size_average") || a.Bool("size_average") ? "mean" : "sum";
        TorchWarning.User($"size_average and reduce args will be deprecated, please use reduction='{kind}' instead.");
    }

    static void CheckMultiMargin(BoundArguments a, TorchProfile profile)
    {
        PythonArgument p = a.Argument("p");
        if (!p.Equals(1) && !p.Equals(2)) { throw p.ValueError("1 or 2", "only p == 1 and p == 2 supported"); }
        if (TensorArgument.Of(a.Argument("weight")) is { Shape: { Length: not 1 } shape })
        {
            string rank = $"{shape.Length}D";
            throw new TorchArgumentException("weight", a["weight"], "None or a tensor of one dimension",
                profile.Has(2, 6) ? "ValueError" : "AssertionError",
                profile.Has(2, 6) ? $"MultiMarginLoss: expected weight to be None or 1D tensor, got {rank} instead" : "");
        }
    }

    static void CheckMargin(BoundArguments a, TorchProfile profile)
    {
        // 2.6 has this check and 1.13 does not; the version that added it is not known.
        if (!profile.Has(2, 6) || !a.Argument("margin").IsAtMost(0)) { return; }
        throw a.Argument("margin").ValueError("above 0",
            $"{a.Source.Name}: expected margin to be greater than 0, got {a.Argument("margin").Text} instead");
    }
}
