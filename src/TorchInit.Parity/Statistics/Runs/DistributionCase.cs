namespace TorchInit.Parity;

/// <summary>A case of the statistical run: what is drawn, and which law each part must have.</summary>
public sealed class DistributionCase
{
    readonly Func<TorchProfile, InitPlan> _planOf;
    readonly Lazy<IReadOnlyList<LawRegion>> _regions;
    readonly Lazy<IReadOnlyDictionary<string, bool[]>> _undefined;
    readonly Lazy<HashSet<string>> _drawn;

    /// <summary>Creates a case from an expression.</summary>
    /// <param name="expression">In torch's own spelling.</param>
    /// <param name="dtype">The floating dtype.</param>
    /// <param name="profile">The torch followed; null for the default.</param>
    /// <exception cref="ArgumentException">The expression is not valid, or torch refuses it.</exception>
    public DistributionCase(string expression, DType dtype = DType.Float32, TorchProfile? profile = null)
    {
        (Expression, DType, Plan) = (expression, dtype, InitPlan.Of(expression, profile));
        // A text that names a GPU cannot be planned for a CPU, but its steps can be drawn there.
        _planOf = other => other.Gpu is null && Plan.Profile.Gpu is not null && TorchProgram.Parse(expression).NamesGpu
            ? new(Plan.Title, other, Plan.Tensors, Plan.Steps) : InitPlan.Of(expression, other);
        _regions = new(() => PlanLaws.Of(Plan, DType));
        _drawn = new(() => DrawnTensors.Of(Plan, DType));
        _undefined = new(() => UndefinedElements.Of(Plan));
    }

    /// <summary>Creates a case from a plan, whose title stands for the expression.</summary>
    /// <param name="plan">The plan that draws.</param>
    /// <param name="dtype">The floating dtype.</param>
    public DistributionCase(InitPlan plan, DType dtype = DType.Float32)
    {
        ArgumentNullException.ThrowIfNull(plan);
        (Expression, DType, Plan) = (plan.Title, dtype, plan);
        _planOf = other => new(plan.Title, other, plan.Tensors, plan.Steps);
        _regions = new(() => PlanLaws.Of(Plan, DType));
        _drawn = new(() => DrawnTensors.Of(Plan, DType));
        // What no step of a user's plan writes is zeros, as its builder says.
        _undefined = new(() => new Dictionary<string, bool[]>());
    }

    /// <summary>In torch's own spelling.</summary>
    public string Expression { get; }

    /// <summary>The floating dtype.</summary>
    public DType DType { get; }

    /// <summary>The expression's plan.</summary>
    public InitPlan Plan { get; }

    /// <summary>The plan for another torch: an expression is planned anew for that torch; a plan keeps its steps, and so does an expression
    /// that names a GPU if the other torch draws on a CPU.</summary>
    /// <exception cref="ArgumentException">That torch refuses an argument.</exception>
    /// <exception cref="NotInThisTorchException">That torch does not have the class or argument yet.</exception>
    internal InitPlan PlanOf(TorchProfile profile) => _planOf(profile);

    /// <summary>The laws, derived from the plan.</summary>
    public IReadOnlyList<LawRegion> Regions => _regions.Value;

    /// <summary>The tensors that hold draws.</summary>
    internal HashSet<string> Drawn => _drawn.Value;

    /// <summary>The elements that torch leaves undefined.</summary>
    internal IReadOnlyDictionary<string, bool[]> Undefined => _undefined.Value;

    /// <summary>The most tests that an examination makes.</summary>
    internal long Tests => Regions.Count * (long)Detector.All.Count + Pairs.Count() + 1;

    /// <summary>The regions whose elements are independent draws.</summary>
    internal IEnumerable<LawRegion> Random => Regions.Where(region => region is { CopyOf: null, Law: not null and not ConstantLaw }
        && region.Law.ElementsAreIndependent);

    /// <summary>Tensors whose draws are compared with each other: neighbours, and the first with each.</summary>
    internal IEnumerable<(LawRegion Left, LawRegion Right)> Pairs
    {
        get
        {
            LawRegion[] random = [.. Random];
            for (int i = 1; i < random.Length; i++)
            {
                yield return (random[i - 1], random[i]);
                if (i > 1) { yield return (random[0], random[i]); }
            }
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Expression} {DType.TorchName()}";
}
