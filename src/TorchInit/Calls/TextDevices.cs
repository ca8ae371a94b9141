using TorchInit.Syntax;

namespace TorchInit;

/// <summary>Where torch has each tensor and module of a text, and where it draws: what is made stays there until it is moved.</summary>
sealed class TextDevices
{
    readonly Dictionary<TorchCall, string> _places = new(ReferenceEqualityComparer.Instance);
    readonly HashSet<TorchCall> _copies = new(ReferenceEqualityComparer.Instance);
    readonly List<(TorchCall Call, string Device)> _draws = [];
    readonly List<(TorchMember Tensor, string Device)> _tied = [];
    readonly string _usual;

    TextDevices(string usual) => _usual = usual;

    /// <summary>The devices of one expression.</summary>
    /// <param name="call">The expression.</param>
    /// <param name="usual">torch's default device.</param>
    public static TextDevices Of(TorchCall call, string usual)
    {
        TextDevices devices = new(usual);
        devices.Visit(call);
        return devices;
    }

    /// <summary>The devices of a text of statements.</summary>
    /// <param name="steps">What the text does.</param>
    /// <param name="usual">torch's default device.</param>
    public static TextDevices Of(IReadOnlyList<ProgramStep> steps, string usual)
    {
        TextDevices devices = new(usual);
        foreach (ProgramStep step in steps) { devices.Follow(step); }
        return devices;
    }

    /// <summary>Whether the text names a GPU.</summary>
    public bool NamesGpu { get; private set; }

    /// <summary>Why torch refuses the text on these devices; null if it does not.</summary>
    ArgumentException? Problem { get; set; }

    /// <summary>Where the text draws, in order of first use; none if it draws nothing.</summary>
    public IEnumerable<string> Drawing => _draws.Select(draw => draw.Device).Distinct();

    /// <summary>Whether all draws are made on one GPU, or nothing is drawn in a text that names a GPU.</summary>
    bool IsOnGpu => Problem is null && (_draws.Count == 0 ? NamesGpu : Drawing.ToArray() is [var only] && DeviceArgument.IsGpu(only));

    /// <summary>Where a call has its result.</summary>
    public string Of(TorchCall call) => _places.GetValueOrDefault(call, _usual);

    /// <summary>Whether a call of <c>to</c> leaves its tensor's device, so that the result is a copy.</summary>
    public bool IsCopy(TorchCall call) => _copies.Contains(call);

    void Follow(ProgramStep step)
    {
        switch (step)
        {
            case MakeStep { Call: var call }: Visit(call); break;
            case FillAgainStep { Target: var target, Call: var call }:
                foreach (TorchValue argument in call.Arguments.Skip(1)) { Visit(argument); }
                if (CallTable.Draws(call.Name)) { Draw(call, PlaceOf(target) ?? _usual); }
                break;
            case ResetStep { Target: TorchCall target }: Draw(target, Of(target)); break;
            case TieStep { Target: var target, Source: var source }:
                Visit(source);
                _tied.Add((target, PlaceOf(source) ?? _usual));
                break;
            case MoveStep { Moved: var moved, Device: var device }:
                NamesGpu |= DeviceArgument.IsGpu(device);
                foreach (TorchCall call in moved) { _places[call] = device; }
                _tied.RemoveAll(tied => moved.Contains(tied.Tensor.Owner, ReferenceEqualityComparer.Instance));
                break;
        }
    }

    void Visit(TorchValue value)
    {
        foreach (TorchCall call in value.Calls()) { Visit(call); }
    }

    void Visit(TorchCall call)
    {
        if (_places.ContainsKey(call)) { return; }
        foreach (TorchValue part in call.Parts()) { Visit(part); }
        string place = Place(call);
        _places[call] = place;
        NamesGpu |= Named(call) is { } named && DeviceArgument.IsGpu(named);
        if (TensorTable.Draws(call.Name) || CallTable.Draws(call.Name)) { Draw(call, place); }
    }

    void Draw(TorchCall call, string place) => _draws.Add((call, place));

    /// <summary>The device that a call names, else its tensors', else the default.</summary>
    string Place(TorchCall call)
    {
        string[] given = [.. call.Parts().SelectMany(PlacesIn).Distinct()];
        if (call.Name == "to")
        {
            string moved = Named(call) ?? (Move(call)?.Other is { } other ? PlaceOf(other) : null) ?? given.FirstOrDefault(_usual);
            if (call.Arguments is [var tensor, ..] && PlaceOf(tensor) != moved) { _copies.Add(call); }
            return moved;
        }
        if (Named(call) is { } named) { return named; }
        if (given.Length > 1 && TensorTable.IsTensor(call) && !MayMix(call.Name)) { Problem ??= Mixed(call, given); }
        return CallTable.TakesDevice(call.Name) ? _usual : given.FirstOrDefault(_usual);
    }

    /// <summary>The device argument of a call; null for none. A generator's is not the text's.</summary>
    static string? Named(TorchCall call) => DeviceArgument.NameOf(call.Name == "to" ? Move(call)?.Device : NamedValue(call));

    static TorchValue? NamedValue(TorchCall call) => GeneratorCalls.IsGenerator(call) ? null
        : call.Keywords.FirstOrDefault(keyword => keyword.Name == "device")?.Value;

    static TensorMove? Move(TorchCall call)
    {
        try { return TensorMove.Of(call.Arguments.Skip(1), call.Keywords); }
        catch (ArgumentException) { return null; }                  // the plan says so
    }

    IEnumerable<string> PlacesIn(TorchValue value) => value switch
    {
        TorchList list => list.Items.SelectMany(PlacesIn),
        TorchTuple tuple => tuple.Items.SelectMany(PlacesIn),
        TorchDict dict => dict.Items.SelectMany(item => PlacesIn(item.Value)),
        _ => PlaceOf(value) is { } place ? [place] : [],
    };

    /// <summary>Where a tensor or module is; null for other values, and for a number as a tensor, which goes with every device.</summary>
    string? PlaceOf(TorchValue value) => value switch
    {
        TorchMember member => _tied.FindLast(tied => tied.Tensor == member).Device ?? Of(member.Owner),
        TorchCall { Name: "tensor", Arguments: [not (TorchList or TorchTuple)] } call when NamedValue(call) is null => null,
        TorchCall { Name: "range" or "slice" or "Ellipsis" } => null,
        TorchCall call => GeneratorCalls.IsGenerator(call) ? null : Of(call),
        _ => null,
    };

    /// <summary>Whether a function takes tensors of several devices: it copies, or only collects them.</summary>
    static bool MayMix(string name)
        => name is "copy_" or "setitem" or "list" or "epoch" or "expand_as" or "type_as" or "ParameterList" or "ParameterDict";

    static TorchArgumentException Mixed(TorchCall call, string[] given)
        => TorchArgumentException.RuntimeError("device", string.Join(" and ", given), $"one device for the tensors of {call}",
            $"Expected all tensors to be on the same device, but found at least two devices, {string.Join(" and ", given)}!");

    /// <summary>The profile of a text, and where its parts are. If the text draws on a GPU and the profile names none, it is the profile of
    /// what all GPUs draw alike.</summary>
    /// <param name="read">Finds the devices of the text for a default device.</param>
    /// <param name="profile">The requested profile; null for none. One with a GPU makes the GPU the default device, unless the text itself
    /// puts all draws there.</param>
    /// <exception cref="ArgumentException">The text draws on several devices, or not on the profile's.</exception>
    public static (TorchProfile Profile, TextDevices Devices) Resolve(Func<string, TextDevices> read, TorchProfile? profile)
    {
        TextDevices devices = read(profile is { Gpu: not null, IsDefaultDevice: true } ? DeviceArgument.FirstGpu : DeviceArgument.Cpu);
        if (profile?.Gpu is not null && !devices.IsOnGpu) { devices = read(DeviceArgument.FirstGpu); }
        TorchProfile drawn = profile?.Gpu is null && devices.MayBeOnGpu
            ? (profile ?? TorchProfile.For(TorchProfile.MeasuredOnCuda)).On("cuda") : profile ?? TorchProfile.Default;
        devices.CheckOne(drawn);
        return (drawn, devices);
    }

    bool MayBeOnGpu => _draws.Count == 0 ? NamesGpu : Drawing.Any(DeviceArgument.IsGpu);

    void CheckOne(TorchProfile profile)
    {
        (TorchCall? first, string? device) = _draws.Find(draw => DeviceArgument.IsGpu(draw.Device));
        foreach ((TorchCall call, string place) in _draws.Where(draw => profile.Gpu is not null && draw.Device != device))
        {
            if (NamedValue(call) is { } named && !DeviceArgument.IsGpu(place)) { throw DeviceArgument.Elsewhere(named, profile); }
            if (first is null)
            {
                throw new ArgumentException($"{call} draws on the CPU, and {profile} draws on a GPU; allowed: None or 'cuda' wherever the "
                    + "text draws.", nameof(profile));
            }
            bool isUnnamed = !DeviceArgument.IsGpu(place) && !call.Parts().SelectMany(PlacesIn).Any();
            throw new ArgumentException($"{call} {(isUnnamed ? "names no device" : $"draws on {place}")}, but {first} draws on {device}: "
                + (isUnnamed ? "torch would draw the first on the CPU, with another generator. Give both the same device, or draw all on "
                    + "the GPU: --device cuda:h100, TorchProfile.Cuda(\"2.11\", Gpu.H100Sxm)."
                    : "each device has a generator of its own. Allowed: one device for all draws."), nameof(profile));
        }
        if (Problem is not null) { throw Problem; }
    }
}
