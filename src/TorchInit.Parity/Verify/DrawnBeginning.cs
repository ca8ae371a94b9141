using System.Runtime.InteropServices;

namespace TorchInit.Parity;

/// <summary>
/// The first elements of one draw of a plan, made without the rest from any seed and any later place of its stream: so that weights can
/// be compared with thousands of streams.
/// </summary>
sealed class DrawnBeginning
{
    const int Block = CudaLaunch.BlockSize;             // in every launch these elements are the first draws of their threads
    const int MostOfSparse = 1024;                      // some of which are not zero

    // Where elements may have been replaced, this many do not agree by chance in a million streams.
    const int FewestOfSome = 4, FewestOfSome16Bit = 24;

    // At a wrong place, these few tell. Where more than 0.3 of the normals are kept, one of them is, but once in 90,000 times.
    const int Glance = 32;

    readonly InitPlan _plan;
    readonly PlacedStep _placed;
    readonly InitStep _first;
    readonly DType _dtype;
    readonly byte[] _given;             // a copy: the elements may still be in their file
    readonly DType _type;
    readonly Generator _generator, _probe;
    readonly Kind _kind;
    readonly int[] _compared;
    readonly int _count, _fewest;
    readonly byte[] _drawn;

    DrawnBeginning(InitPlan plan, DType dtype, StreamSpan span, TensorBuffer given, Kind kind)
    {
        (_plan, _dtype, _placed, _type, _kind) = (plan, dtype, plan.Placed[span.Step], given.DType, kind);
        (_generator, _probe) = (new(0UL, plan.Profile), new(0UL, plan.Profile));
        From = span.From!.Value;
        _first = FirstRound(_placed.Step);
        _count = CountOf(plan, _placed, kind);
        Predicate<long> isKept = DrawnWords.Kept(plan, span.Step, _placed.Tensor);
        _compared = [.. Enumerable.Range(0, _count).Where(at => isKept(_placed.Layout.Offset + at))];
        _fewest = given.DType.ByteSize() == 2 ? FewestOfSome16Bit : FewestOfSome;
        _given = given.Bytes((int)_placed.Layout.Offset, _count).ToArray();
        _drawn = new byte[_given.Length];
    }

    /// <summary>Which elements of the draw are still there, and how it is made.</summary>
    enum Kind
    {
        /// <summary>All elements of a fill.</summary>
        All,

        /// <summary>All elements of trunc_normal_ by erfinv.</summary>
        ByErfInv,

        /// <summary>Those that trunc_normal_ by rejection did not draw again, or sparse_ did not set to zero.</summary>
        Some,

        /// <summary>The elements depend on each other: the plan is drawn as a whole.</summary>
        Whole,
    }

    /// <summary>The plan's profile.</summary>
    public TorchProfile Profile => _plan.Profile;

    /// <summary>The tensor.</summary>
    public string Tensor => _placed.Tensor.Name;

    /// <summary>Where the draw starts: its first word, or on a GPU the offset.</summary>
    public long From { get; }

    /// <summary>Whether later places can be tried, too.</summary>
    public bool CanBeLate => _kind != Kind.Whole;

    /// <summary>The first draw of a plan that weights still hold and that can be made in this way; null if there is none.</summary>
    public static DrawnBeginning? Of(InitPlan plan, DType dtype, StateDict weights)
    {
        try
        {
            foreach (StreamSpan span in PlanStreamMap.Of(plan, dtype))
            {
                if (span.From is null) { return null; }
                if (span.Fate != DrawFate.Kept || span.Words == 0) { continue; }
                if (weights.TryGetValue(span.Tensor, out TensorBuffer? given) && Of(plan, dtype, span, given) is { } beginning)
                {
                    return beginning;
                }
            }
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            // That torch refuses the plan.
        }
        return null;
    }

    /// <summary>The beginning of one draw; null if it cannot be made in this way.</summary>
    public static DrawnBeginning? Of(InitPlan plan, DType dtype, StreamSpan span, TensorBuffer given)
    {
        PlacedStep placed = plan.Placed[span.Step];
        if (span.From is null || !placed.Layout.IsContiguous || given.DType != placed.Tensor.TypeOr(dtype)
            || KindOf(plan, placed, given.DType) is not { } kind) { return null; }
        try
        {
            DrawnBeginning beginning = new(plan, dtype, span, given, kind);
            if (beginning._compared.Length == 0) { return null; }
            _ = beginning.Drawn(0);
            return beginning;
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            return null;        // not in this dtype, or not on this device
        }
    }

    /// <summary>What a seed gives: equal bytes for plans that begin alike.</summary>
    public string Drawn(ulong seed)
    {
        Start(seed);
        Draw(_drawn);
        return Convert.ToBase64String(_drawn);
    }

    /// <summary>Whether the weights begin as a seed's draw does, in its place or later; earlier if negative.</summary>
    public bool IsOf(ulong seed, long late = 0)
    {
        Start(seed, late);
        return Fits(_count, _fewest);
    }

    /// <summary>How much later in a seed's stream the weights' draw is: 1 to <paramref name="most"/> words; null if it is not
    /// there.</summary>
    public long? LateBy(ulong seed, int most)
    {
        bool isCounter = Profile.Gpu is not null;
        _generator.ManualSeed(seed);
        _generator.Advance(From);
        int step = isCounter ? 4 : 1;
        for (int late = step; late <= most; late += step)
        {
            _generator.Advance(step);
            _probe.CopyFrom(_generator);
            if (!MayFit()) { continue; }
            _probe.CopyFrom(_generator);
            if (Fits(_count, _fewest)) { return late; }
        }
        return null;
    }

    void Start(ulong seed, long late = 0)
    {
        _probe.ManualSeed(seed);
        if (_kind != Kind.Whole) { _probe.Advance(From + late); }
    }

    static Kind? KindOf(InitPlan plan, PlacedStep placed, DType dtype)
    {
        bool isLong = placed.Layout.Count >= Block, isFloat = dtype.IsFloatingPoint();
        return placed.Step switch
        {
            TruncNormalStep when plan.Profile.TruncatesByRejection && isFloat && isLong => Kind.Some,
            TruncNormalStep when plan.Profile.TruncatesByRejection && IsSmall(plan) => Kind.Whole,
            // The words of a CPU's other draws can be told from their values.
            _ when plan.Profile.Gpu is null => null,
            TruncNormalStep when isFloat => Kind.ByErfInv,
            SparseStep when isFloat && isLong => Kind.Some,
            SparseStep or RandPermStep when IsSmall(plan) => Kind.Whole,
            TruncNormalStep or SparseStep => null,
            _ when placed.Step.FillBy(plan.Profile.Fills) is { Rule.Draws: true } && (isFloat || dtype == DType.Int64) => Kind.All,
            _ => null,
        };
    }

    /// <summary>Whether a plan may be drawn a thousand times; on every listed GPU, it is then the same.</summary>
    static bool IsSmall(InitPlan plan) => plan.Tensors.Sum(tensor => tensor.Count) <= (long)Block * Gpu.Any.Blocks;

    static int CountOf(InitPlan plan, PlacedStep placed, Kind kind)
    {
        long all = placed.Layout.Count;
        // On a CPU, the last 16 normals come from later words if the count is no multiple of 16.
        long sure = plan.Profile.Gpu is not null || all % NormalFill.Block == 0 ? all : all - NormalFill.Block;
        return (int)Math.Min(kind == Kind.Some ? sure / NormalFill.Block * NormalFill.Block : all,
            kind == Kind.Whole ? int.MaxValue : placed.Step is SparseStep ? MostOfSparse : Block);
    }

    bool MayFit() => _kind == Kind.Some && _first is UniformStep || _placed.Step is SparseStep
        || Fits(Math.Min(Glance, _count), 1);

    /// <summary>Whether the first elements are those drawn from where the probe is; at least the fewest, if some were replaced.</summary>
    bool Fits(int count, int fewest)
    {
        int size = _type.ByteSize();
        Span<byte> drawn = _drawn.AsSpan(0, count * size);
        Draw(drawn);
        int same = 0;
        foreach (int at in _compared)
        {
            if (at >= count) { break; }
            bool isSame = _given.AsSpan(at * size, size).SequenceEqual(drawn.Slice(at * size, size));
            if (isSame) { same++; } else if (_kind != Kind.Some) { return false; }
        }
        return _kind != Kind.Some || same >= fewest;
    }

    /// <summary>Draws from where the probe is.</summary>
    void Draw(Span<byte> bytes)
    {
        if (_kind == Kind.Whole)
        {
            _plan.Materialize(_probe, _dtype)[Tensor].Bytes((int)_placed.Layout.Offset, _count).CopyTo(bytes);
            return;
        }
        switch (_type)
        {
            case DType.Float32: Draw(MemoryMarshal.Cast<byte, float>(bytes)); break;
            case DType.Float64: Draw(MemoryMarshal.Cast<byte, double>(bytes)); break;
            case DType.Float16: Draw(MemoryMarshal.Cast<byte, Half>(bytes)); break;
            case DType.BFloat16: Draw(MemoryMarshal.Cast<byte, BFloat16>(bytes)); break;
            default: Draw(MemoryMarshal.Cast<byte, long>(bytes)); break;
        }
    }

    void Draw<T>(Span<T> drawn)
        where T : unmanaged
    {
        if (_kind == Kind.ByErfInv && _placed.Step is TruncNormalStep cut)
        {
            TruncNormalFill.Fill(drawn, cut.Mean, cut.Std, cut.A, cut.B, _probe);
            return;
        }
        ElementFill fill = _first.FillBy(Profile.Fills)!.Value;
        fill.Check<T>(Profile);
        fill.Draw(drawn, new(_probe.Position, 0, _placed.Layout.Extent), _probe);
    }

    /// <summary>The fill from which trunc_normal_ by rejection, or sparse_, starts.</summary>
    static InitStep FirstRound(InitStep step) => step switch
    {
        TruncNormalStep cut => Mass(cut) > TruncNormalByRejection<float, float>.EnoughMass
            ? new NormalStep(cut.Target, cut.Mean, cut.Std) : new UniformStep(cut.Target, cut.A, cut.B),
        SparseStep sparse => new NormalStep(sparse.Target, 0, sparse.Std),
        _ => step,
    };

    static double Mass(TruncNormalStep cut)
        => NormalLaw.Cumulative((cut.B - cut.Mean) / cut.Std) - NormalLaw.Cumulative((cut.A - cut.Mean) / cut.Std);
}
